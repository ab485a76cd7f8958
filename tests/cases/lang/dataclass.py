### fields, repr and equality
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: float = 2.0
print(P(1), P(1, 3.5), P(x=5), P(1) == P(1), P(1) == P(2), P(1) != P(1, 3))
### field with a factory
from dataclasses import dataclass, field
@dataclass
class C:
    items: list = field(default_factory=list)
    n: int = field(default=3)
a, b = C(), C()
a.items.append(1)
print(a, b, a.items is b.items)
### methods and post-init
from dataclasses import dataclass, field
@dataclass
class R:
    w: float
    h: float
    area: float = field(init=False)
    def __post_init__(self):
        self.area = self.w * self.h
    def scale(self, k):
        return R(self.w * k, self.h * k)
print(R(2, 3), R(2, 3).scale(2).area)
### frozen
from dataclasses import dataclass
@dataclass(frozen=True)
class F:
    x: int
f = F(1)
try:
    f.x = 2
except Exception as e:
    print(type(e).__name__, e)
print(hash(f) == hash(F(1)), {f: 'v'}[F(1)])
### order
from dataclasses import dataclass
@dataclass(order=True)
class O:
    a: int
    b: str = ''
print(O(1) < O(2), sorted([O(2, 'x'), O(1, 'z'), O(2, 'a')]), max(O(1), O(3)))
### field options
from dataclasses import dataclass, field
@dataclass
class S:
    name: str
    secret: str = field(default='s', repr=False)
    tag: int = field(default=0, compare=False)
print(S('n'), S('n', tag=1) == S('n', tag=2))
### inheritance
from dataclasses import dataclass
@dataclass
class A:
    x: int
    y: int = 2
@dataclass
class B(A):
    z: int = 3
print(B(1), B(1, 5, 6), isinstance(B(1), A))
### asdict and replace
from dataclasses import dataclass, asdict, replace, astuple
@dataclass
class In:
    a: int
@dataclass
class Out:
    i: In
    l: list
o = Out(In(1), [In(2)])
print(asdict(o), astuple(o), replace(o, l=[]))
### fields
from dataclasses import dataclass, fields
@dataclass
class C:
    a: int
    b: str = 'x'
print([f.name for f in fields(C)], [f.name for f in fields(C(1))])
### class attributes without annotation are no fields
from dataclasses import dataclass
@dataclass
class C:
    a: int
    k = 5
print(C(1), C.k)
### missing argument
from dataclasses import dataclass
@dataclass
class C:
    a: int
    b: int
try:
    C(1)
except TypeError as e:
    print(type(e).__name__, e)
### a default before a field without
from dataclasses import dataclass
try:
    @dataclass
    class C:
        a: int = 1
        b: int
except TypeError as e:
    print(type(e).__name__, e)
### a mutable default is refused
from dataclasses import dataclass
try:
    @dataclass
    class C:
        a: list = []
except ValueError as e:
    print(type(e).__name__, e)
### own repr and eq off
from dataclasses import dataclass
@dataclass(repr=False, eq=False)
class C:
    a: int
    def __repr__(self): return 'mine'
print(C(1), C(1) == C(1))
### keyword only
from dataclasses import dataclass
@dataclass(kw_only=True)
class C:
    a: int
    b: int = 2
print(C(a=1))
### own __init__ wins
from dataclasses import dataclass
@dataclass
class C:
    a: int = 0
    def double(self) -> int:
        return self.a * 2
c = C(4)
c.a += 1
print(c, c.double())
### configuration object as papers write it
from dataclasses import dataclass
from typing import Optional
@dataclass
class Config:
    dim: int = 512
    n_heads: int = 8
    n_kv_heads: Optional[int] = None
    dropout: float = 0.0
    @property
    def head_dim(self):
        return self.dim // self.n_heads
cfg = Config(n_heads=4)
print(cfg, cfg.head_dim)
### is_dataclass
from dataclasses import dataclass, is_dataclass
@dataclass
class C:
    a: int = 1
class D: pass
print(is_dataclass(C), is_dataclass(C()), is_dataclass(D))
### nested repr
from dataclasses import dataclass
@dataclass
class N:
    v: object
print(N(N('x')), N([N(1), N(None)]), N({'k': N(1.5)}))
