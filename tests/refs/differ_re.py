#!/usr/bin/python3
"""A developer's tool: random patterns and texts, matched by CPython's re and by qkv's; shows what
differs. Patterns that CPython takes long for are left out by their size.

    /usr/bin/python3 tests/refs/differ_re.py --seed 0 --count 1000
"""
import argparse
import contextlib
import io
import random
import re
import subprocess
import tempfile
import warnings

ATOMS = ['a', 'b', 'c', '.', r'\d', r'\w', r'\s', r'\W', r'\S', r'\D', '[ab]', '[^a]', r'[\w-]', r'[^\s\d]', r'[\Wa]',
         r'[a-c1]', '^', '$', r'\b', r'\B', r'\A', r'\Z', r'\n', 'é', '1', '_', r'\x61', '-', ' ', r'\.', '{', '}', ']']
QUANTS = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{,1}', '{1,}', '{0,2}?', '*+', '?+', '{']
TEXTS = ['', 'a', 'ab', 'abc', 'aabbcc', 'a b\nc', 'é1_a', 'ABC', '\n', 'a\n', 'abab-12', 'cab a.b', '{a}', 'ba\nab\n', 'xyz 123']
FLAGS = ['0', '0', '0', 're.I', 're.M', 're.S', 're.X', 're.A', 're.M | re.S']


def pattern(rng, depth=0):
    parts = []
    for _ in range(rng.randint(1, 4)):
        kind = rng.random()
        if kind < 0.62 or depth > 2:
            atom = rng.choice(ATOMS)
        elif kind < 0.8:
            atom = rng.choice(['({})', '(?:{})', '(?P<n%d>{})' % rng.randint(0, 9), '(?>{})', '(?i:{})']).replace(
                '{}', pattern(rng, depth + 1))
        elif kind < 0.88:
            atom = rng.choice(['(?={})', '(?!{})', '(?<={})', '(?<!{})']).replace('{}', pattern(rng, depth + 1))
        elif kind < 0.93:
            atom = rng.choice([r'\1', r'\2', '(?(1)a|b)', '(?#x)', r'(?P=n1)'])
        else:
            atom = pattern(rng, depth + 1) + '|' + pattern(rng, depth + 1)
        if rng.random() < 0.35:
            atom += rng.choice(QUANTS)
        parts.append(atom)
    return ''.join(parts)


def script(cases):
    lines = ['import re']
    for n, (p, t, f, r) in enumerate(cases):
        lines += ['try:', f'    p = re.compile({p!r}, {f})',
                  f'    print({n}, [(m.span(), m.groups()) for m in p.finditer({t!r})], p.groups)',
                  f'    print({n}, p.match({t!r}), p.fullmatch({t!r}), p.findall({t!r}, 1), p.split({t!r}), p.search({t!r}, 1, 3))',
                  f'    print({n}, p.subn({r!r}, {t!r}))',
                  f'except re.error as e: print({n}, "error", e)',
                  f'except (IndexError, NotImplementedError) as e: print({n}, type(e).__name__, e)']
    return '\n'.join(lines) + '\n'


def by_python(source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        exec(compile(source, 'x', 'exec'), {})
    return out.getvalue()


def by_qkv(qkv, source):
    with tempfile.NamedTemporaryFile('w', suffix='.py') as f:
        f.write(source)
        f.flush()
        r = subprocess.run([qkv, '--norc', f.name], capture_output=True, text=True, timeout=120)
    return r.stdout + r.stderr


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--seed', type=int, default=0)
    p.add_argument('--count', type=int, default=1000)
    p.add_argument('--qkv', default='build/src/qkv')
    p.add_argument('--show', type=int, default=25)
    a = p.parse_args()
    rng, differ, errors = random.Random(a.seed), 0, 0
    for start in range(0, a.count, 200):
        cases = [(pattern(rng), rng.choice(TEXTS), rng.choice(FLAGS), rng.choice(['x', r'[\g<0>]', r'\1', r'<\\>']))
                 for _ in range(min(200, a.count - start))]
        want, got = by_python(script(cases)).splitlines(), by_qkv(a.qkv, script(cases)).splitlines()
        for n, case in enumerate(cases):
            w = [x for x in want if x.startswith(f'{n} ')]
            g = [x for x in got if x.startswith(f'{n} ')]
            errors += w and ' error ' in w[-1]
            if w != g:
                differ += 1
                if differ <= a.show:
                    print(case)
                    for x, y in zip(w + [''] * 3, g + [''] * 3):
                        if x != y:
                            print('  python:', x[:300])
                            print('  qkv:   ', y[:300])
                            break
    print(f'{a.count} patterns from seed {a.seed}: {differ} differ ({errors} are errors in CPython)')


main()
