"""Writes rng.txt: what PyTorch's CPU generator gives.

Run with an interpreter that has PyTorch 1.13 (not built with MKL):  python3 rng.py > rng.txt
    seed S                             seeds; the lines below draw one after the other
    DIST DTYPE N A B HASH BITS...      N elements; FNV-1a 64 of their bytes; the first four as bits
    state HASH                         of get_rng_state()'s bytes
"""
import struct

import torch

NAMES = {torch.float32: "f32", torch.float64: "f64", torch.float16: "f16", torch.bfloat16: "bf16",
         torch.int64: "i64", torch.int32: "i32", torch.uint8: "u8"}


def raw(t):
    t = t.contiguous()
    view = {8: torch.int64, 4: torch.int32, 2: torch.int16, 1: torch.uint8}[t.element_size()]
    size = t.element_size()
    values = [v & (1 << 8 * size) - 1 for v in t.view(view).flatten().tolist()]
    return values, b"".join(v.to_bytes(size, "little") for v in values)


def fnv(data):
    h = 0xCBF29CE484222325
    for b in data:
        h = (h ^ b) * 0x100000001B3 & (1 << 64) - 1
    return "%016x" % h


def out(dist, t, a=0, b=0):
    values, data = raw(t)
    print(dist, NAMES[t.dtype], t.numel(), a, b, fnv(data), *["%x" % v for v in values[:4]])


def seed(s):
    torch.manual_seed(s)
    print("seed", s)


def state():
    print("state", fnv(bytes(torch.get_rng_state().tolist())))


def weights(n):
    """(i * 7 + 3) mod 11 / 16: exact in every format."""
    return torch.tensor([(i * 7 + 3) % 11 / 16 for i in range(n)])


REAL = (torch.float32, torch.float64)
for s in (0, 1, 42, 123, 2**32 + 5, 2**63 + 11):
    for n in range(1, 101):
        for dt in REAL:
            seed(s)
            out("rand", torch.rand(n, dtype=dt))
            out("randn", torch.randn(n, dtype=dt))
for s in (3, 2024):
    for n in (1, 2, 7, 15, 16, 17, 31, 32, 33, 100):
        seed(s)
        for dt in (torch.float16, torch.bfloat16):
            out("rand", torch.rand(n, dtype=dt))
            out("randn", torch.randn(n, dtype=dt))
        state()
        for dt in REAL + (torch.float16, torch.bfloat16):
            out("uniform", torch.empty(n, dtype=dt).uniform_(-2.5, 3.25), -2.5, 3.25)
            out("uniform", torch.empty(n, dtype=dt).uniform_(-0.1, 0.1), -0.1, 0.1)
            out("normal", torch.empty(n, dtype=dt).normal_(1.5, 0.02), 1.5, 0.02)
        state()
        for lo, hi in ((0, 10), (-5, 5), (0, 2**31), (0, 2**32), (-2**40, 2**50), (0, 1)):
            out("randint", torch.randint(lo, hi, (n,)), lo, hi)
        out("randint", torch.randint(3, 100, (n,), dtype=torch.int32), 3, 100)
        out("randint", torch.randint(0, 256, (n,), dtype=torch.uint8), 0, 256)
        out("randint", torch.randint(0, 7, (n,), dtype=torch.float32), 0, 7)
        out("randperm", torch.randperm(n))
        state()
        for p in (0.1, 0.5, 0.9, 0.0, 1.0):
            out("bernoulli", torch.empty(n).bernoulli_(p), p)
            out("bernoulli", torch.empty(n, dtype=torch.float64).bernoulli_(p), p)
        out("bernoulli_p", torch.bernoulli(weights(n)))
        out("bernoulli_p", torch.bernoulli(weights(n).double()))
        for lam in (1.0, 0.5, 1.5):
            out("exponential", torch.empty(n).exponential_(lam), lam)
            out("exponential", torch.empty(n, dtype=torch.float64).exponential_(lam), lam)
        out("multinomial_r", torch.multinomial(weights(n), 2 * n, replacement=True), n)
        out("multinomial_r", torch.multinomial(weights(n).double(), 2 * n, replacement=True), n, 64)
        k = int((weights(n) > 0).sum())
        out("multinomial", torch.multinomial(weights(n), k), n)
        out("multinomial", torch.multinomial(weights(n), 1), n)
        state()
