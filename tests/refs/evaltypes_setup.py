"""What the expressions of evaltypes.txt may use; run by CPython and by check_evaltypes."""
import math, random, functools, itertools, collections, dataclasses, enum, copy, statistics
import json, typing, string, operator, heapq, bisect, types, contextlib, time

L1 = [1, 2, 3, 4, 5]
P = collections.namedtuple('P', 'x y')


@dataclasses.dataclass
class D:
    x: int
    y: int = 0


@dataclasses.dataclass(order=True, frozen=True)
class O:
    a: int
    b: str = 'z'


@dataclasses.dataclass
class N:
    d: D
    l: list = dataclasses.field(default_factory=list, repr=False)


class E(enum.Enum):
    A = 1
    B = 2


class IE(enum.IntEnum):
    A = 1
    B = 2


@functools.lru_cache(None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
