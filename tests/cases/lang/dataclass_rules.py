### what a dataclass refuses
from dataclasses import dataclass, field, KW_ONLY, InitVar
from typing import ClassVar
def tries(*makers):
    for make in makers:
        try: print(make())
        except (TypeError, ValueError, AttributeError) as e: print(type(e).__name__, e)
def f1():
    @dataclass(frozen=True)
    class A: a: int = 1
    @dataclass
    class B(A): b: int = 2
def f2():
    @dataclass
    class A: a: int = 1
    @dataclass(frozen=True)
    class B(A): b: int = 2
def f3():
    @dataclass
    class A:
        a: int = 1
        b: int
def f4():
    @dataclass
    class A: a: list = []
def f5():
    @dataclass
    class A: a: ClassVar[list] = field(default_factory=list)
def f6():
    @dataclass
    class A: a: ClassVar[int] = field(kw_only=True)
def f7():
    @dataclass(order=True)
    class A:
        a: int = 1
        def __lt__(self, o): return True
def f8():
    @dataclass(order=True, eq=False)
    class A: a: int = 1
def f9():
    @dataclass(frozen=True)
    class A:
        a: int = 1
        def __setattr__(self, n, v): pass
def f10():
    @dataclass(unsafe_hash=True)
    class A:
        a: int = 1
        def __hash__(self): return 1
def f11():
    @dataclass
    class A: a = field(default=1)
def f12():
    @dataclass
    class A:
        _: KW_ONLY
        a: int
        __: KW_ONLY
def f13(): return field(default=1, default_factory=list)
def f14():
    @dataclass(init=False)
    class A:
        a: int = 1
        b: int
    return 'taken'
def f15():
    @dataclass(slots=True)
    class A: __slots__ = 'a'
tries(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15)
### keyword-only fields
from dataclasses import dataclass, field, KW_ONLY
import dataclasses
@dataclass
class A:
    a: int
    _: KW_ONLY
    b: int = 2
    c: str = field(default='x', kw_only=False)
@dataclass
class B(A):
    d: dataclasses.KW_ONLY
    e: int = 5
print(A(1), A(1, 'y', b=3), B(1, 'z', e=6), A.__match_args__, [(f.name, f.kw_only) for f in dataclasses.fields(B)])
for make in (lambda: A(1, 'y', 3), lambda: A(), lambda: A(1, z=2)):
    try: make()
    except TypeError as e: print(e)
### class variables and arguments of __init__ alone
from dataclasses import *
from typing import ClassVar
@dataclass
class A:
    x: int
    scale: InitVar[int] = 10
    count: ClassVar[int] = 0
    y: int = field(init=False)
    def __post_init__(self, scale): self.y = self.x * scale
print(A(2), A(2, 3), A.count, [f.name for f in fields(A)], asdict(A(1)), replace(A(1), x=5, scale=2))
for make in (lambda: replace(A(1), y=3),):
    try: make()
    except ValueError as e: print(e)
### slots
from dataclasses import dataclass, field
@dataclass(slots=True)
class P:
    x: int
    y: int = 0
@dataclass(slots=True, frozen=True)
class Q:
    a: tuple = ()
p = P(1)
p.y = 5
print(p, P.__slots__, hasattr(p, '__dict__'), Q(), P(1) == P(1), P.__name__)
for do in (lambda: setattr(p, 'z', 1), lambda: setattr(Q(), 'a', 1)):
    try: do()
    except AttributeError as e: print(type(e).__name__)
### defaults of a base, own methods, the made text
from dataclasses import dataclass, field
@dataclass
class A:
    a: int = 1
    b: list = field(default_factory=list)
@dataclass(order=True)
class B(A):
    a: int
    c: str = 'x'
    def __repr__(self): return 'own'
@dataclass
class C:
    'documented'
    x: int
    def __eq__(self, o): return True
print(B(), A(), B(2) > B(1), A.__doc__, C.__doc__, C(1) == 5, C.__hash__, hash(dataclass(frozen=True)(type('D', (), {'__annotations__': {'q': int}}))(3)) == hash((3,)))
