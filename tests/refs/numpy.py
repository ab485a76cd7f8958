"""Writes numpy.txt: arrays as bits and the text that NumPy gives.

Run with an interpreter that has NumPy 1.24:  python3 numpy.py > numpy.txt
The format is that of repr.py; the options are not used, the suffix says "repr" or "str".
"""
import random
import sys

sys.path.pop(0)  # this file's folder: its own name would hide the module

import numpy as np  # noqa: E402

NAMES = {"float32": "f32", "float64": "f64", "float16": "f16", "int64": "i64", "int32": "i32",
         "uint8": "u8", "bool": "bool", "complex64": "c64"}


def hexes(a):
    a = np.ascontiguousarray(a)
    if a.dtype == np.complex64:
        a = a.view(np.float32)
    return " ".join("%x" % v for v in a.reshape(-1).view("u%d" % a.itemsize).tolist())


def pattern(shape, dtype):
    """As in repr.py."""
    n = int(np.prod(shape))
    v = np.array([(i * 2654435761 % 2**32) / 2**31 - 1 for i in range(n)])
    return (np.arange(n) if dtype == "int64" else v > 0 if dtype == "bool" else
            v.astype(dtype)).reshape(shape)


def case(a, is_pattern=False):
    for form in ("repr", "str"):
        print("case", NAMES[a.dtype.name], a.ndim, *a.shape, "| 0 0 0 0 0 |", form)
        print("pattern" if is_pattern else hexes(a))
        for line in (repr(a) if form == "repr" else str(a)).split("\n"):
            print(">" + line)


inf, nan = np.inf, np.nan
for dt in ("float64", "float32"):
    for v in ([1.0, 2.0], [0.1, 0.25], [1 / 3, 2.0], [1e-5, 1.0], [1e8, 1.0], [123456.789, 1.5],
              [nan, 1.0], [-inf, 0.5], [inf, nan], [-inf], [0.0, -0.0], [1e10], [1e-10, -1.0],
              [1e100 if dt == "float64" else 1e30, 1.0], [3.0, 1000.0], [3.0, 4000.0], [-1.5, nan],
              [[1.0, -2.5], [100.25, 0.0]], [0.12345678912345, 1.0], [9999999.99], [1e-4], [9e-5],
              [0.0001, 0.1], [1e16, 1e15], [5e-324 if dt == "float64" else 1e-45], [-1e-7, nan, inf]):
        case(np.array(v, dtype=dt))
    for v in (1.0, 0.1, 1e-5, 1e8, nan, -inf, 1e16, 1 / 3, -0.0, 12345678.9):
        case(np.array(v, dtype=dt))
case(np.array([1.0, 0.1, 65504.0, 1 / 3], dtype="float16"))
case(np.array([1, -20, 300]))
case(np.array([[1, 2], [3, 4]], dtype="int32"))
case(np.array([1, 255], dtype="uint8"))
case(np.array([[True, False], [True, True]]))
case(np.array(True))
case(np.array(7))
for shape in ((0,), (0, 3), (2, 0)):
    case(np.zeros(shape))
    case(np.zeros(shape, dtype="float32"))
    case(np.zeros(shape, dtype="int64"))
case(np.array([1 + 2j, -0.5 - 0.25j], dtype="complex64"))
case(np.array([[1 + 0j, 1e-5 - 1j], [complex(nan, inf), 3j]], dtype="complex64"))
case(np.array(1 - 2j, dtype="complex64"))
for shape in ((30,), (3, 30), (2, 3, 4), (2, 2, 2, 2), (1001,), (40, 40), (8, 200), (5, 20, 20),
              (1, 1, 1), (1001, 1), (2, 8, 8, 8)):
    for dt in ("float32", "float64", "int64", "bool"):
        if dt != "float64" or np.prod(shape) < 300:
            case(pattern(shape, dt), is_pattern=dt != "float64")
rng = np.random.RandomState(1)
random.seed(1)
for i in range(60):
    shape = tuple(random.choice([1, 2, 3, 5, 9]) for _ in range(random.randint(1, 3)))
    a = rng.randn(*shape) * 10.0 ** random.randint(-5, 8)
    if i % 5 == 0:
        a = a.round()
    if i % 7 == 0:
        a[a < 0] = -inf
    case(a.astype(random.choice(["float32", "float64"])))
