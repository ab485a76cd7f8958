"""Writes sort.txt: what PyTorch gives for sorting, counting and running functions.

Run with an interpreter that has PyTorch 1.13:  python3 sort.py > sort.txt
    OP P1 P2 P3 : DTYPE SIZES... : ELEMENTS... : RESULT... [: RESULT...]
where DTYPE is f (float32), d (float64) or i (int64) and every result lists its elements.
Ties are left out of kthvalue and the long lines of mode, whose order is open.
"""
import random

import torch

NAMES = {torch.float32: "f", torch.float64: "d", torch.int64: "i"}


def numbers(t):
    return " ".join(str(v).replace("True", "1").replace("False", "0") for v in t.flatten().tolist())


def out(op, t, results, p=(0, 0, 0)):
    p = tuple(p) + (0,) * (3 - len(p))
    print(op, *p, ":", NAMES[t.dtype], *t.shape, ":", numbers(t), ":",
          " : ".join(numbers(r) for r in results))


def inputs():
    """Many ties, nan, infinities; several ranks."""
    inf, nan = float("inf"), float("nan")
    yield torch.tensor([3.0, 1.0, 2.0, 1.0, 3.0, 3.0])
    yield torch.tensor([nan, 1.0, -inf, nan, inf, 0.0, -0.0, -5.0])
    yield torch.tensor([[4, 1, 1], [0, 2, 0]])
    yield torch.tensor(5.0)
    yield torch.tensor([[[1.0], [2.0]], [[2.0], [1.0]]], dtype=torch.float64)
    random.seed(1)
    yield torch.tensor([random.randint(-5, 5) for _ in range(60)]).view(3, 4, 5)
    yield torch.tensor([float(random.randint(-5, 5)) for _ in range(100)])


def distinct():
    torch.manual_seed(1)
    yield torch.randperm(7)
    yield torch.randperm(60).view(3, 4, 5).double()
    yield torch.randn(40)
    yield torch.tensor([float("nan"), 1.0, 3.0, float("inf"), -2.0])


for t in inputs():
    for dim in range(max(t.dim(), 1)):
        for desc in (0, 1):
            out("sort", t, torch.sort(t, dim=dim, descending=bool(desc), stable=True), (dim, desc))
        out("cumsum", t, [torch.cumsum(t, dim)], (dim,))
        out("cumprod", t, [torch.cumprod(t, dim)], (dim,))
        out("cummax", t, torch.cummax(t, dim), (dim,))
        out("cummin", t, torch.cummin(t, dim), (dim,))
        if not torch.isnan(t.double()).any():
            small = not t.dim() or t.shape[dim] <= 16  # PyTorch's sort is stable up to there
            out("mode", t, torch.mode(t, dim)[: 2 if small else 1], (dim,))
        out("median_values", t, [torch.median(t, dim)[0]], (dim,))
    out("median_all", t, [torch.median(t)])
    if not torch.isnan(t.double()).any():
        out("unique", t, torch.unique(t, return_inverse=True, return_counts=True))
        out("unique_consecutive", t, torch.unique_consecutive(t, return_inverse=True,
                                                              return_counts=True))
for t in distinct():
    for dim in range(t.dim()):
        n = t.shape[dim]
        for k in (0, 1, n // 2, n):
            for largest in (0, 1):
                out("topk", t, torch.topk(t, k, dim, bool(largest)), (k, dim, largest))
        for k in (1, n // 2, n):
            out("kthvalue", t, torch.kthvalue(t, k, dim), (k, dim))
        out("median", t, torch.median(t, dim), (dim,))
random.seed(3)
for n in (2, 3, 4, 5, 8, 16, 17, 18, 33, 65, 130):
    for spread in (1, 20):
        t = torch.tensor([float(random.randint(0, spread)) for _ in range(n)])
        for k in sorted({1, 2, 3, n // 2, n - 1, n} - {0}):
            if k <= n:
                for largest in (0, 1):
                    out("topk", t, torch.topk(t, k, 0, bool(largest)), (k, 0, largest))
for n in (50, 100):  # sorted, reversed and organ-pipe inputs use up the depth or nearly
    for t in (torch.arange(n), torch.arange(n).flip(0), torch.cat([torch.arange(n // 2)] * 2)):
        for k in (1, 5, n // 2, n):
            out("topk", t, torch.topk(t, k, 0), (k, 0, 1))
random.seed(2)
ids = torch.tensor([random.randint(0, 9) for _ in range(30)])
out("bincount", ids, [torch.bincount(ids)])
out("bincount", ids, [torch.bincount(ids, minlength=15)], (15,))
out("bincount", ids[:0], [torch.bincount(ids[:0])])
for dt in (torch.float32, torch.float64):
    torch.manual_seed(3)
    x = torch.randn(200, dtype=dt)
    for bins, lo, hi in ((10, 0, 0), (10, -2, 2), (7, 0, 3), (1, -1, 1), (100, -3, 3)):
        out("histc", x, [torch.histc(x, bins, lo, hi)], (bins, lo, hi))
    x = torch.tensor([1.0, 2.0, 1.0, 4.0, 3.0, 0.1, 0.2, 0.3, 0.7], dtype=dt)
    out("histc", x, [torch.histc(x, 4, 0, 3)], (4, 0, 3))
    out("histc", x[:1], [torch.histc(x[:1], 3, 0, 0)], (3, 0, 0))
seq = torch.tensor([1.0, 3.0, 3.0, 5.0, 7.0])
vals = torch.tensor([0.0, 1.0, 3.0, 4.0, 7.0, 8.0, float("nan")])
print("searchsorted 0 5 0 : f 12 :", numbers(torch.cat([seq, vals])), ":",
      numbers(torch.searchsorted(seq, vals)))
print("searchsorted 1 5 0 : f 12 :", numbers(torch.cat([seq, vals])), ":",
      numbers(torch.searchsorted(seq, vals, right=True)))
