"""A developer's tool: random small programs run by PyTorch and by qkv, compared by what they print.

    /usr/bin/python3 tests/refs/differ.py [--seed N] [--seconds 50] [--qkv build/src/qkv] [--keep DIR]

Each program makes a few tensors, sends them through operations, views, in-place writes, indexing
and autograd, and prints after every statement; a statement that raises prints the exception's
class. Whatever differs is shown with the program's seed, shortened to the statements it needs.
"""
import argparse
import contextlib
import io
import random
import subprocess
import sys
import tempfile
import time
import warnings

sys.path.pop(0)  # numpy.py here is a reference of its own
import torch

warnings.filterwarnings('ignore')
# No half precision: PyTorch 1.13 has few kernels for it on a CPU, qkv has all.
DTYPES = ['torch.float32', 'torch.float32', 'torch.float64', 'torch.int64', 'torch.int32', 'torch.bool',
          'torch.uint8']
UNARY = '''abs neg sign square exp sqrt rsqrt sin cos tanh sigmoid relu floor ceil round trunc log1p
    expm1 reciprocal isnan logical_not contiguous clone detach t numel cumsum(0) cumsum(-1) sum mean
    max min std var argmax argmin all any prod norm flatten squeeze float double long int bool'''.split()
ALONG = '''sum mean softmax log_softmax cumsum cumprod logsumexp argmax argmin amax amin all any var std
    prod sort argsort unbind median norm flip cummax nansum'''.split()
BINARY = ['{a} + {b}', '{a} - {b}', '{a} * {b}', '{a} / {b}', '{a} @ {b}', '{a} // {b}', '{a} % {b}',
          '{a} == {b}', '{a} < {b}', '{a} >= {b}', 'torch.maximum({a}, {b})', 'torch.minimum({a}, {b})',
          'torch.where({a} > 0, {a}, {b})', 'torch.matmul({a}, {b}.transpose(-2, -1))',
          'torch.cat([{a}, {b}], dim={d})', 'torch.stack([{a}, {b}], dim={d})', '{a} & {b}', '{a} | {b}',
          '{a} ** 2 + {b}', 'torch.einsum("ij,jk->ik", {a}, {b})', 'torch.outer({a}.flatten(), {b}.flatten())',
          'torch.allclose({a}, {b})', 'torch.equal({a}, {b})', '{a}.expand_as({b})', '{a}.view_as({b})',
          'torch.dot({a}.flatten(), {b}.flatten())', 'F.cosine_similarity({a}, {b}, dim={d})',
          'F.linear({a}, {b})', 'F.mse_loss({a}, {b})', 'torch.addcmul({a}, {b}, {b}, value=0.5)',
          '{a}.masked_fill({b} > 0, -1)', 'torch.bmm({a}, {b})', 'torch.lerp({a}, {b}, 0.3)']
VIEWS = ['{a}.t()', '{a}.transpose({d}, {e})', '{a}.permute({p})', '{a}.reshape({s})', '{a}.view({s})',
         '{a}.unsqueeze({d})', '{a}.squeeze({d})', '{a}[{i}]', '{a}[{i}, {j}]', '{a}[..., {i}]', '{a}[:, {i}]',
         '{a}[{l}:{h}]', '{a}[{l}:{h}:2]', '{a}[:, {l}:{h}]', '{a}[None]', '{a}[[0, {i}]]', '{a}[{a} > 0]',
         '{a}.flatten({d})', '{a}.narrow({d}, {l}, 1)', '{a}.chunk(2, dim={d})', '{a}.split(1, dim={d})',
         '{a}.expand(2, *{a}.shape)', '{a}.repeat(2, 1)', '{a}.roll(1, {d})', '{a}.flip({d})', '{a}.tril()',
         '{a}.triu(1)', '{a}.diagonal()', '{a}.select({d}, {i})', '{a}.unfold({d}, 2, 1)', '{a}.mT', '{a}.T',
         '{a}.gather({d}, torch.zeros(1, 1, dtype=torch.long))', '{a}.index_select({d}, torch.tensor([{i}, 0]))',
         '{a}.repeat_interleave(2, dim={d})', '{a}.movedim(0, -1)', '{a}.topk(2, dim={d})', '{a}.unique()',
         '{a}.nonzero()', '{a}.to(torch.{t})', '{a}.tolist()', '{a}.stride()', '{a}.is_contiguous()',
         'F.pad({a}, (1, 0))', 'F.layer_norm({a}, {a}.shape[-1:])', 'F.gelu({a})', 'F.silu({a})',
         'F.one_hot({a}.long().clamp(0, 3), 5)', 'F.normalize({a}, dim={d})', 'F.softplus({a})',
         '{a}.clamp(-0.5, 0.5)', '{a}.unsqueeze(0).broadcast_to(2, *{a}.shape)', '{a}.bernoulli()' ]
INPLACE = ['{a}.add_({b})', '{a}.mul_(2)', '{a}.zero_()', '{a}[{i}] = 0', '{a}[:, {i}] = {b}', '{a} += 1',
           '{a}[{a} > 0] = -1', '{a}.fill_({i})', '{a}.copy_({b})', '{a}.clamp_(min=0)', '{a}.t_()',
           '{a}.masked_fill_({b} > 0, 2)', '{a}.transpose_(0, 1)', '{a}.squeeze_()', '{a}.exp_()',
           '{a}.index_fill_(0, torch.tensor([{i}]), 3)', '{a}[{i}] += {b}[{i}]', '{a}.uniform_()',
           '{a}.normal_()', '{a}.sub_({b}).div_(2)', '{a}.scatter_({d}, torch.zeros(1, 1, dtype=torch.long), 7)']


def make(rng):
    """The statements of one program."""
    lines, names = [], []

    def fresh(expr):
        names.append('x%d' % len(names))
        lines.append(f'{names[-1]} = {expr}')

    for _ in range(rng.randint(1, 3)):
        shape = [rng.choice([1, 2, 3, 4]) for _ in range(rng.choice([1, 2, 2, 2, 3, 4]))]
        kind = rng.random()
        if kind < 0.5:
            grad = ', requires_grad=True' if rng.random() < 0.5 else ''
            fresh(f'torch.randn({shape}{grad})')
        elif kind < 0.8:
            fresh(f'torch.randint(-3, 6, {shape}).to({rng.choice(DTYPES)})')
        else:
            fresh(f'torch.arange({rng.randint(1, 12)}.)' if rng.random() < .5 else f'torch.rand({shape})')
    for _ in range(rng.randint(3, 8)):
        a, b = rng.choice(names), rng.choice(names)
        words = dict(a=a, b=b, d=rng.randint(-2, 2), e=rng.randint(-2, 2), i=rng.randint(-2, 2),
                     j=rng.randint(0, 2), l=rng.randint(-2, 1), h=rng.randint(0, 4),
                     t=rng.choice(['float32', 'float64', 'int64', 'bool', 'int32']),
                     p=', '.join(map(str, rng.sample(range(3), rng.choice([2, 3])))),
                     s=', '.join(str(rng.choice([-1, 1, 2, 3, 4, 6])) for _ in range(rng.randint(1, 3))))
        kind = rng.random()
        if kind < 0.2:
            op = rng.choice(UNARY)
            fresh(f'{a}.{op}' if op.endswith(')') else f'{a}.{op}()')
        elif kind < 0.35:
            fresh(f'{a}.{rng.choice(ALONG)}({words["d"]})')
        elif kind < 0.6:
            fresh(rng.choice(BINARY).format(**words))
        elif kind < 0.82:
            fresh(rng.choice(VIEWS).format(**words))
        elif kind < 0.93:
            lines.append(rng.choice(INPLACE).format(**words))
        else:
            lines.append(f'{a}.sum().backward()')
    return lines


def script(seed, lines):
    """With a try around each statement; the name that it binds is printed, and at the end all gradients."""
    out = ['import torch, torch.nn.functional as F', f'torch.manual_seed({seed})', f'print("# {seed}")']
    out.append(', '.join(f'x{i}' for i in range(16)) + ' = torch.zeros(16).unbind()')
    names = []
    for n, line in enumerate(lines):
        name = line.split(' = ')[0] if line.startswith('x') and ' = ' in line else line.split('.')[0].split('[')[0].split(' ')[0]
        out += ['try:', f'    {line}', f'    print({n}, {name})',
                f'except Exception as e: print({n}, type(e).__name__)']
        if name not in names:
            names.append(name)
    for name in names:
        out += ['try:', f'    print("{name}.grad", {name}.grad if {name}.is_leaf else None)',
                'except Exception as e: print(type(e).__name__)']
    return '\n'.join(out) + '\n'


def by_torch(source):
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
    return r.stdout + r.stderr + (f'signal {-r.returncode}\n' if r.returncode < 0 else '')


def differs(qkv, seed, lines):
    want, got = by_torch(script(seed, lines)), by_qkv(qkv, script(seed, lines))
    return None if want == got else (want, got)


def shorten(qkv, seed, lines):
    """Drops statements while what is left still differs."""
    at = len(lines) - 1
    while at >= 0:
        less = lines[:at] + lines[at + 1:]
        if less and differs(qkv, seed, less):
            lines = less
        at -= 1
    return lines


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--seed', type=int, default=0)
    p.add_argument('--seconds', type=float, default=50)
    p.add_argument('--qkv', default='build/src/qkv')
    p.add_argument('--show', type=int, default=12)
    args = p.parse_args()
    torch.set_num_threads(1)
    end, seed, found = time.time() + args.seconds, args.seed, 0
    while time.time() < end:
        batch = [(s, make(random.Random(s))) for s in range(seed, seed + 20)]
        seed += 20
        got = by_qkv(args.qkv, ''.join(script(s, lines) for s, lines in batch))
        want = ''.join(by_torch(script(s, lines)) for s, lines in batch)
        if got == want:
            continue
        for s, lines in batch:
            if differs(args.qkv, s, lines):
                found += 1
                if found <= args.show:
                    lines = shorten(args.qkv, s, lines)
                    want, got = differs(args.qkv, s, lines) or ('', '')
                    print(f'--- seed {s}\n' + '\n'.join(lines))
                    for w, g in zip((want + '\n' * 9).splitlines(), (got + '\n' * 9).splitlines()):
                        if w != g:
                            print(f'torch: {w}\nqkv:   {g}')
                            break
                if time.time() > end:
                    break
    print(f'{seed - args.seed} programs from seed {args.seed}, {found} differ')


main()
