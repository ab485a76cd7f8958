"""A developer's tool: random small programs run by PyTorch or NumPy and by qkv, compared by what they print.

    /usr/bin/python3 tests/refs/differ.py [--kind torch] [--seed N] [--seconds 50] [--qkv build/src/qkv]

Kinds: torch (tensors: operations, views, in-place writes, indexing, autograd), train (modules in training
loops), numpy (arrays), einops (patterns, against reshape and transpose of NumPy itself). A program prints
after every statement; one that raises prints the exception's class. What differs is grouped by cause: the
statement where the outputs part, without its names and numbers, and how they part. Each group is shown
once, shortened to the statements that it needs.
"""
import argparse
import contextlib
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import warnings

import differ_programs

sys.path.pop(0)  # numpy.py here is a reference of its own
# Debian's OpenBLAS does not know newer CPUs and takes its oldest kernels there.
os.environ.setdefault('OPENBLAS_CORETYPE', 'SkylakeX')
import torch

warnings.filterwarnings('ignore')
HEADS = {
    'torch': 'import torch, torch.nn.functional as F\ntorch.manual_seed({seed})\n'
             + ', '.join(f'x{i}' for i in range(16)) + ' = torch.zeros(16).unbind()\n',
    'train': 'import torch, torch.nn as nn, torch.nn.functional as F\ntorch.manual_seed({seed})\n' + differ_programs.TRAIN_HEAD,
    'numpy': 'import numpy as np\nrng = np.random.default_rng({seed})\nnp.random.seed({seed})\n'
             + ' = '.join(f'x{i}' for i in range(16)) + ' = np.zeros(1)\n',
    'einops': 'import numpy as np\n',
}


def name_of(line):
    """What a statement binds or writes to."""
    bound = re.match(r'([a-z]\w*) = ', line)
    if bound and ';' not in line:
        return bound.group(1)
    used = re.search(r'\bx\d+', line)
    return used.group() if used else '-'


def script(kind, seed, lines, reference):
    """With a try around each statement; what it binds is printed, and for tensors at the end all gradients."""
    out = [HEADS[kind].format(seed=seed) + f'print("# {seed}")']
    if kind == 'einops' and not reference:
        out.append('import einops')
    names = []
    for n, line in enumerate(lines):
        if kind == 'einops':
            line = 'r = ' + line.split(' ## ')[1 if reference else 0]
        name = 'loss' if line.startswith('opt.zero') else name_of(line)
        shown = '"-"' if name in ('-', 'ps', 'sched') else name
        out += ['try:', f'    {line}', f'    print({n}, {shown})', f'except Exception as e: print({n}, type(e).__name__)']
        if name not in names and name != '-':
            names.append(name)
    for name in names if kind == 'torch' else []:
        out += ['try:', f'    print("{name}.grad", {name}.grad if {name}.is_leaf else None)',
                'except Exception as e: print(type(e).__name__)']
    return '\n'.join(out) + '\n'


def by_python(source):
    """In this process: importing PyTorch takes seconds. Every program has names of its own."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        exec(compile(source, 'program', 'exec'), {'__name__': '__main__'})
    return text.getvalue()


def by_qkv(qkv, source):
    with tempfile.NamedTemporaryFile('w', suffix='.py') as f:
        f.write(source)
        f.flush()
        try:
            r = subprocess.run([qkv, '--norc', f.name], capture_output=True, text=True, timeout=20)
        except subprocess.TimeoutExpired:
            return 'timeout\n'
    errors = ''.join(l + '\n' for l in r.stderr.splitlines() if 'Warning' not in l and not l.startswith('  '))
    return r.stdout + errors + (f'signal {-r.returncode}\n' if r.returncode < 0 else '')


def both(args, seed, lines):
    return by_python(script(args.kind, seed, lines, True)), by_qkv(args.qkv, script(args.kind, seed, lines, False))


def parting(want, got):
    """The first lines that differ."""
    w, g = want.splitlines(), got.splitlines()
    for i in range(max(len(w), len(g))):
        a, b = w[i] if i < len(w) else '(end)', g[i] if i < len(g) else '(end)'
        if a != b:
            at = next((l.split()[0] for l in reversed(w[:i + 1]) if l[:1].isdigit() and l.split()), '')
            return at, a, b
    return None


def cause(lines, want, got):
    at, a, b = parting(want, got)
    line = lines[int(at)] if at.isdigit() and int(at) < len(lines) else 'gradients' if 'grad' in a else a
    ends = [t.split()[-1] if t.split() else '' for t in (a, b)]
    how = ends if any(re.fullmatch(r'[A-Z]\w*(Error|Exception|Iteration)', e) for e in ends) else ['text']
    how = [e if re.fullmatch(r'[A-Z]\w*(Error|Exception)', e) else 'value' for e in how]
    return re.sub(r'x\d+|-?\d+', '#', line.split(' = ', 1)[-1])[:90] + ' | ' + ' / '.join(how)


def shorten(args, seed, lines):
    """Drops statements while what is left still differs."""
    at = len(lines) - 1
    while at >= 0 and args.kind != 'train':
        less = lines[:at] + lines[at + 1:]
        if less and parting(*both(args, seed, less)):
            lines = less
        at -= 1
    return lines


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--kind', default='torch', choices=sorted(HEADS))
    p.add_argument('--seed', type=int, default=0)
    p.add_argument('--seconds', type=float, default=50)
    p.add_argument('--qkv', default='build/src/qkv')
    args = p.parse_args()
    torch.set_num_threads(1)
    make = getattr(differ_programs, args.kind + '_program')
    end, seed, found, causes = time.time() + args.seconds, args.seed, 0, {}
    while time.time() < end:
        batch = [(s, make(random.Random(s))) for s in range(seed, seed + 20)]
        seed += 20
        got = by_qkv(args.qkv, ''.join(script(args.kind, s, lines, False) for s, lines in batch))
        want = ''.join(by_python(script(args.kind, s, lines, True)) for s, lines in batch)
        for s, lines in batch if got != want else []:
            want, got = both(args, s, lines)
            if want == got:
                continue
            found += 1
            key = cause(lines, want, got)
            causes[key] = causes.get(key, 0) + 1
            if causes[key] > 1 or time.time() > end:
                continue
            lines = shorten(args, s, lines)
            at, a, b = parting(*both(args, s, lines)) or ('', '', '')
            print(f'--- seed {s}: {key}\n' + '\n'.join(lines) + f'\nwant: {a}\ngot:  {b}', flush=True)
    print(f'{seed - args.seed} programs from seed {args.seed}, {found} differ, {len(causes)} causes')
    for key, count in sorted(causes.items(), key=lambda c: -c[1]):
        print(f'{count:5d}  {key}')


main()
