### print to a file
class Out:
    def __init__(self): self.got = []
    def write(self, text): self.got.append(text)
    def flush(self): self.got.append(None)
o = Out()
print('a', 1, [2], sep='-', file=o); print(file=o); print('x', end='', file=o, flush=True); print('seen', file=None)
print(o.got)
for bad in (3, object()):
    try: print('a', file=bad)
    except AttributeError as e: print(e)
class Half:
    def write(self, text): raise ValueError(text)
try: print('p', 'q', file=Half())
except ValueError as e: print(repr(e))
class NoFlush:
    def write(self, text): pass
try: print('a', file=NoFlush(), flush=True)
except AttributeError as e: print(e)
### functions tell their defaults
def f(a: int, b: 'str' = 3, /, c=(), *args, d: float, e=4, g=None, **kw) -> bool: pass
print(f.__annotations__, f.__defaults__, f.__kwdefaults__)
print((lambda x, *, y: 0).__kwdefaults__, (lambda *, y=1: 0).__kwdefaults__, (lambda: 0).__defaults__, (lambda: 0).__annotations__)
class C:
    def m(self, *, k=[1]): pass
print(C.m.__kwdefaults__, C().m.__kwdefaults__)
### copies of generators and views are refused
import copy
for make in (lambda: (x for x in [1]), lambda: {}.keys(), lambda: {1: 2}.items(), lambda: {}.values()):
    for f in (copy.copy, copy.deepcopy):
        try: print(f(make()))
        except TypeError as e: print(e)
class It:
    def __init__(self): self.n = [0]
    def __iter__(self): return self
    def __next__(self): self.n[0] += 1; return self.n[0]
a = It(); next(a); b = copy.deepcopy(a); print(next(b), next(b), next(a))
try: copy.deepcopy({'a': [(x for x in [1])]})
except TypeError as e: print(e)
### unique names all aliases
from enum import Enum, unique
try:
    @unique
    class Kind(Enum):
        A = 1
        B = 1
        C = 2
        D = 2
        E = 1
except ValueError as e: print(e)
### namedtuple refuses keywords
from collections import namedtuple
for args in (('A', 'x class'), ('class', 'x'), ('A', 'None'), ('A', '1x'), ('1A', 'x'), ('A', '_x'), ('A', 'x x')):
    try: print(namedtuple(*args))
    except ValueError as e: print(e)
print(namedtuple('A', 'x class def _y x 1', rename=True)._fields)
import keyword
print(keyword.iskeyword('if'), keyword.iskeyword('match'), keyword.issoftkeyword('match'), len(keyword.kwlist))
### super in a comprehension
class B:
    def f(self): return [1, 2]
class C(B):
    def a(self): return [super().f() for _ in range(2)]
    def b(self): return list(super().f() for _ in range(2))
    def c(self): return {x: super().f() for x in 'a'}
    def d(self): return [x for x in super().f()]
    def e(self): return [super(C, self).f() for _ in range(2)]
    def g(self): return (lambda: super().f())()
    def h(self): return [x for y in [1] for x in super().f()]
    def i(self): return (lambda s: super().f())(self)
for name in 'abcdeghi':
    try: print(name, getattr(C(), name)())
    except (TypeError, RuntimeError) as e: print(name, type(e).__name__, e)
### the functional form of enumerations
import enum
for k in (dict(type=int), dict(type=str), dict(type=int, start=3), dict(qualname='Q.A', module='mm'), dict(boundary=enum.STRICT)):
    A = enum.Enum('A', 'x y', **k)
    print(A, A.__qualname__, A.__module__, repr(A.x), A.x == 1, A.y.value, [m.name for m in A])
print(enum.Enum('A', 'x', type=int).x + 1, enum.Enum('A', {'x': 'p'}, type=str).x.upper(), repr(enum.Flag('G', 'a b').b), enum.IntEnum('I', 'a b', start=4).b + 1)
try: enum.Enum('A', 'x', foo=1)
except TypeError as e: print('TypeError')
