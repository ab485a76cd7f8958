"""A developer's tool: random Python programs of corner cases (pygrammar.py) run by CPython and by
qkv, compared by what they print.

    /usr/bin/python3 tests/refs/pydiffer.py [--seed N] [--seconds 50] [--rules scopes,enums] [--qkv build/src/qkv]

A piece that raises prints the exception's class. What differs is shortened, line by line, and
shown by cause: programs that differ in the same way (rule, the line CPython prints, the line
qkv prints, numbers and texts apart) are one group with its count and its shortest program.
"""
import argparse
import contextlib
import io
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import warnings

sys.path.pop(0)  # numpy.py here is a reference of its own
sys.path.append(__file__.rsplit('/', 1)[0])
import pygrammar

warnings.filterwarnings('ignore')
sys.setrecursionlimit(1000)


def script(lines):
    """The prologue and the lines, under a try that prints the class of what they raise."""
    return pygrammar.PROLOGUE + 'try:\n' + ''.join(f'    {l}\n' for l in lines) + 'except BaseException as e: print("!", type(e).__name__)\n'


def alarm(*_):
    raise TimeoutError


def by_python(source):
    text = io.StringIO()
    signal.signal(signal.SIGALRM, alarm)
    signal.alarm(3)
    try:
        code = compile(source, 'program', 'exec')
        with contextlib.redirect_stdout(text):
            exec(code, {'__name__': '__main__'})
    except SyntaxError:
        return '! SyntaxError\n'
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)
    return text.getvalue()


def by_qkv(qkv, source):
    with tempfile.NamedTemporaryFile('w', suffix='.py') as f:
        f.write(source)
        f.flush()
        try:
            r = subprocess.run([qkv, '--norc', f.name], capture_output=True, text=True, timeout=20)
        except subprocess.TimeoutExpired:
            return 'timeout\n'
    if r.returncode < 0:
        return r.stdout + f'signal {-r.returncode}\n'
    if 'SyntaxError' in r.stderr and not r.stdout:
        return '! SyntaxError\n'
    return r.stdout + r.stderr


def on_purpose(want, got):
    """Integers beyond 64 bits, addresses, and what qkv refuses by name."""
    return re.search(r'\d{19}|0x[0-9a-f]{8}', want) or re.search(r'is not (part of|in) qkv', got)


def differs(qkv, lines):
    source = script(lines)
    want = by_python(source)
    if want is None:
        return None
    got = by_qkv(qkv, source)
    return None if want == got or on_purpose(want, got) else (want, got)


def kind_of(pair):
    """The first lines that differ, numbers and quoted text apart."""
    blur = lambda s: re.sub(r"'[^']*'|\d+(\.\d+)?(e[-+]?\d+)?", '_', s)
    for w, g in zip((pair[0] + '\n' * 99).splitlines(), (pair[1] + '\n' * 99).splitlines()):
        if w != g:
            return blur(w)[:60], blur(g)[:60]
    return '', ''


def shorten(qkv, lines, kind):
    """Drops lines (a block with what is inside it) while what is left differs in the same way."""
    at = len(lines) - 1
    while at >= 0:
        depth = len(lines[at]) - len(lines[at].lstrip())
        end = at + 1
        while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > depth:
            end += 1
        inner = [l[4:] for l in lines[at + 1:end]]
        for less in (lines[:at] + lines[end:], lines[:at] + inner + lines[end:] if inner else None):
            pair = less and by_python(script(less)) != '! SyntaxError\n' and differs(qkv, less)
            if pair and kind_of(pair) == kind:
                lines = less
                break
        at = min(at, len(lines)) - 1
    return lines


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--seed', type=int, default=0)
    p.add_argument('--seconds', type=float, default=50)
    p.add_argument('--rules', default='')
    p.add_argument('--qkv', default='build/src/qkv')
    p.add_argument('--show', type=int, default=40)
    args = p.parse_args()
    rules = [f for f in pygrammar.RULES if not args.rules or f.__name__ in args.rules.split(',')]
    end, seed, count, found, groups = time.time() + args.seconds, args.seed, 0, 0, {}
    while time.time() < end:
        r = random.Random(seed)
        rule = r.choice(rules)
        lines = rule(r)
        seed, count = seed + 1, count + 1
        pair = differs(args.qkv, lines)
        if not pair:
            continue
        found += 1
        key = (rule.__name__,) + kind_of(pair)
        if key not in groups:
            groups[key] = [0, seed - 1, shorten(args.qkv, lines, key[1:])]
        groups[key][0] += 1
    for key, (n, at, lines) in sorted(groups.items(), key=lambda g: -g[1][0])[:args.show]:
        print(f'--- {n} x {key[0]}, seed {at}\n' + '\n'.join(lines) + f'\npython: {key[1]}\nqkv:    {key[2]}')
    print(f'{count} programs from seed {args.seed}, {found} differ, in {len(groups)} ways')


main()
