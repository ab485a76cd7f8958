"""Writes repr.txt: tensors as bits, print options, and the text that PyTorch gives.

Run with an interpreter that has PyTorch 1.13:  python3 repr.py > repr.txt
A case is
    case DTYPE NDIM SIZES... | PRECISION THRESHOLD EDGEITEMS LINEWIDTH SCI | SUFFIXES
    the elements in hexadecimal, row-major; or "pattern": element i is pattern(i) below
    as many lines of text as PyTorch printed, each after a '>'
"""
import random
import struct

import torch

NAMES = {torch.float32: ("f32", "<f", "I"), torch.float64: ("f64", "<d", "Q"),
         torch.float16: ("f16", "<e", "H"), torch.bfloat16: ("bf16", None, None),
         torch.int64: ("i64", "<q", "Q"), torch.int32: ("i32", "<i", "I"),
         torch.uint8: ("u8", "<B", "B"), torch.int8: ("i8", "<b", "B"),
         torch.int16: ("i16", "<h", "H"), torch.bool: ("bool", "<?", "B"),
         torch.complex64: ("c64", None, None)}


def hexes(t):
    t = t.detach().contiguous()
    if t.dtype == torch.complex64:
        t = torch.view_as_real(t).contiguous()
    if t.dtype == torch.bfloat16:
        return ["%x" % (struct.unpack("<I", struct.pack("<f", v))[0] >> 16)
                for v in t.float().flatten().tolist()]
    _, pack, unpack = NAMES[t.dtype]
    return ["%x" % struct.unpack("<" + unpack, struct.pack(pack, v))[0]
            for v in t.flatten().tolist()]


def pattern(shape, dtype=torch.float32):
    """(i * 2654435761 mod 2^32) / 2^31 - 1; integers i; bool: whether that is > 0."""
    n = torch.Size(shape).numel()
    if dtype == torch.int64:
        t = torch.arange(n)
    else:
        t = torch.tensor([(i * 2654435761 % 2**32) / 2**31 - 1 for i in range(n)], dtype=torch.float64)
        t = t > 0 if dtype == torch.bool else t.to(dtype)
    return t.view(shape)


def case(t, suffix="", is_pattern=False, **opts):
    o = dict(precision=4, threshold=1000, edgeitems=3, linewidth=80, sci_mode=None)
    o.update(opts)
    torch.set_printoptions(**o)
    text = repr(t)
    torch.set_printoptions(profile="default", sci_mode=None)
    sci = -1 if o["sci_mode"] is None else int(o["sci_mode"])
    print("case", NAMES[t.dtype][0], t.dim(), *t.shape, "|", o["precision"], o["threshold"],
          o["edgeitems"], o["linewidth"], sci, "|", suffix)
    print("pattern" if is_pattern else " ".join(hexes(t)))
    for line in text.split("\n"):
        print(">" + line)


def fixed_cases():
    inf, nan = float("inf"), float("nan")
    T = torch.tensor
    for v in [0.0, -0.0, 1.0, -1.0, 3.14159, 1e-5, 1e-4, 9.9e-5, 1e8, 1.1e8, 123456.0, 123456.7,
              inf, -inf, nan, 0.5, 1e38, 1e-38, 2.0**24, 99999999.0, 0.99995, 0.99994]:
        for dt in (torch.float32, torch.float64):
            case(T(v, dtype=dt))
    for v in [0, 1, -1, 2**40, -2**62]:
        case(T(v))
    for v in [True, False]:
        case(T(v))
    lists = [[1.0, 2.0], [1.0, 1001.0], [1.0, 1000.0], [0.1, 100.0], [0.1, 100.1], [1e-5, 1.0],
             [nan, 1.0, inf], [-inf, 1.0], [-inf, 0.5], [-inf, -inf], [nan, nan], [0.0, 0.0],
             [0.0, -0.0], [inf, 100000.0, 2.0], [1e8, 1e5], [1e9, 1e8], [2e8, 2e8 + 0.5],
             [0.1, -inf, 0.0], [1.0, nan], [1.5, nan, -12345.5], [1e10], [1e-10, 0.0],
             [123456789.0, 1.0], [0.00012, 0.1], [12.0, 0.012], [3.0, -0.0], [1e-4], [1e-4, 0.05],
             [10.0, 0.01], [10.0, 0.00999], [-1.0, -2.5], [1e30, 1e-30, nan, -inf]]
    for l in lists:
        case(T(l))
        case(T(l, dtype=torch.float64))
    for l in [[1, 2, 3], [-1, 10, 100], [], [[1, -2], [3, 4]], list(range(30))]:
        case(T(l, dtype=torch.int64))
        case(T(l, dtype=torch.int32))
    case(T([[True, False], [False, False]]))
    case(T([True, True]))
    case(T([250, 3], dtype=torch.uint8))
    case(T([-3, 3], dtype=torch.int8))
    case(T([-300, 3], dtype=torch.int16))
    for shape in [(0,), (0, 3), (3, 0), (2, 0, 4), (1, 0)]:
        for dt in (torch.float32, torch.float64, torch.int64, torch.bool):
            case(torch.zeros(shape, dtype=dt))
    for shape in [(1,), (1, 1), (1, 1, 1), (2, 3), (2, 1, 3), (3, 2, 2, 2), (2, 1, 1, 1, 2)]:
        case(torch.zeros(shape))
        case(torch.ones(shape, dtype=torch.int64))
    for dt in (torch.float16, torch.bfloat16):
        case(T([1.0, 0.5, -3.25], dtype=dt))
        case(T([65000.0, 0.001], dtype=dt))
        case(T([-inf, -1e4, 0.0], dtype=dt))
        case(T(0.1, dtype=dt))
    case(T([1 + 2j, -3.5 - 0.25j]))
    case(T([1 + 2j, -3 - 4j]))
    case(T([1 + 0j, 0 - 1j]))
    case(T(0.5 - 1j))
    case(T([[1e5 + 1j, 0.5 - 1e-5j], [complex(inf, nan), 0j]]))
    case(torch.polar(torch.ones(3, 4), torch.arange(12.0).view(3, 4)))
    case(torch.polar(torch.ones(20), torch.arange(20.0)))


def suffix_cases():
    torch.manual_seed(1)
    for n in list(range(1, 14)):
        x = torch.randn(n, requires_grad=True)
        case(x, "requires_grad=True")
        case(x.double(), "grad_fn=<ToCopyBackward0>")
        case(x * 2, "grad_fn=<MulBackward0>")
        case(x.unsqueeze(0) * 100, "grad_fn=<MulBackward0>")
    x = torch.randn(3, 4, requires_grad=True)
    case(x, "requires_grad=True")
    case(x.sum(), "grad_fn=<SumBackward0>")
    case(x[:0], "grad_fn=<SliceBackward0>")


def summary_cases():
    torch.manual_seed(2)
    for shape in [(1001,), (1000,), (40, 40), (8, 200), (200, 8), (7, 200), (6, 200), (10, 11, 12),
                  (5, 20, 20), (2, 2, 300), (1, 1, 1, 1001), (1001, 1), (1001, 1, 1), (2, 8, 8, 8)]:
        for dt in (torch.float32, torch.int64, torch.bool):
            case(pattern(shape, dt), is_pattern=True)
    case(pattern((20, 20)), is_pattern=True, threshold=100)
    case(pattern((20, 20)), is_pattern=True, threshold=100, edgeitems=1)
    case(pattern((20, 20)), is_pattern=True, threshold=100, edgeitems=5)
    case(pattern((20, 20)), is_pattern=True, threshold=100, edgeitems=30)
    case(torch.randn(5, 4, 3), threshold=10, edgeitems=2, linewidth=40)
    case(torch.randn(20), threshold=5, edgeitems=6, linewidth=30)


def option_cases():
    torch.manual_seed(3)
    for p in (0, 1, 2, 6, 8, 10):
        for s in (None, True, False):
            case(torch.randn(2, 3), precision=p, sci_mode=s)
            case(torch.tensor([1.0, 100.0]), precision=p, sci_mode=s)
            case(torch.tensor([1e-5, 100.0, float("nan")]), precision=p, sci_mode=s)
            case(torch.zeros(2), precision=p, sci_mode=s)
    for w in (1, 20, 40, 79, 80, 81, 120, 1000):
        case(torch.randn(3, 20), linewidth=w)
        case(torch.arange(60), linewidth=w)
        case(torch.randn(2, 2, dtype=torch.float64), linewidth=w)


def random_cases():
    random.seed(4)
    torch.manual_seed(4)
    for i in range(150):
        shape = tuple(random.choice([1, 2, 3, 4, 5, 7, 11]) for _ in range(random.randint(0, 4)))
        if torch.Size(shape).numel() > 200:
            shape = shape[:2]
        t = torch.randn(shape, dtype=random.choice([torch.float32, torch.float32, torch.float64]))
        t = t * 10.0 ** random.randint(-6, 9)
        kind = random.randint(0, 5)
        if kind == 0:
            t = t.round()
        elif kind == 1:
            t = t.clone()
            t[t > 0] = float("-inf")
        elif kind == 2:
            t = t ** 3
        elif kind == 3:
            t = t.clamp(-1000, 1000).to(torch.int64)
        case(t)


fixed_cases()
suffix_cases()
summary_cases()
option_cases()
random_cases()
