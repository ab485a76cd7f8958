### the text of a class
class A:
    'doc of A'
class B(A): pass
print(A.__doc__, B.__doc__, B().__doc__, A().__doc__, type('C', (), {}).__doc__)
### keywords of a class statement
class Base:
    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag
        print('new', cls.__name__, tag, rest)
class K(Base, tag='x'): pass
class L(K): pass
print(K.tag, L.tag, type('M', (Base,), {}, tag=3).tag)
for make in (lambda: type('N', (Base,), {}, other=1), lambda: type('O', (), {}, other=1)):
    try: make()
    except TypeError as e: print(e)
import abc
class P(metaclass=abc.ABCMeta): pass
class Q(metaclass=type): pass
### an object changes its class
class A:
    def f(self): return 'A'
class B(A):
    def f(self): return 'B'
class D(dict): pass
a = A()
a.x = 1
print(a.f())
a.__class__ = B
print(a.f(), type(a).__name__, isinstance(a, B), a.x, vars(a))
for bad in int, 5, D:
    try: a.__class__ = bad
    except TypeError as e: print(type(e).__name__)
try: del a.__class__
except TypeError as e: print(e)
try: (1).__class__ = A
except (TypeError, AttributeError) as e: print(type(e).__name__)
### __getattribute__ sees every name
class A:
    x = 1
    def __init__(self): self.y = 2
    def __getattribute__(self, name):
        if name == 'secret': raise AttributeError(name)
        if name.startswith('made'): return name
        return super().__getattribute__(name)
    def f(self): return 'f'
class B(A):
    def __getattr__(self, name): return 'fallback ' + name
a = A()
print(a.x, a.y, a.made_up, a.f(), hasattr(a, 'secret'), getattr(a, 'secret', 'none'))
print(B().secret, B().other, B().made, B().y)
try: a.zzz
except AttributeError as e: print(e)
print(object.__getattribute__(a, 'y'))
### __slots__
class P:
    __slots__ = ('x', 'y')
    def __init__(self, x): self.x = x
class Q(P):
    __slots__ = 'z'
class R(P): pass
class S:
    __slots__ = ['a', '__dict__']
p, q, r, s = P(1), Q(2), R(3), S()
q.z = 5
r.anything = 6
s.b = 7
print(p.x, q.x, q.z, r.anything, s.b, hasattr(p, '__dict__'), hasattr(r, '__dict__'), P.__slots__)
for do in (lambda: setattr(p, 'w', 1), lambda: p.y, lambda: setattr(q, 'w', 1), lambda: vars(p), lambda: delattr(p, 'y')):
    try: do()
    except (AttributeError, TypeError) as e: print(type(e).__name__)
del p.x
print(hasattr(p, 'x'))
for names in ((1,), ('f',)):
    try: type('T', (), {'__slots__': names, 'f': 1})
    except (TypeError, ValueError) as e: print(e)
### annotations are not inherited
class A:
    x: int = 1
class B(A): pass
class C(A):
    z: str
print(sorted(A.__annotations__), B.__annotations__, sorted(C.__annotations__), sorted(B().__annotations__))
### names as a dict
x_global = 5
def f(a, b=2):
    c = 3
    def g(): return a
    seen = locals()
    return sorted(k for k in locals() if k not in ('g', 'seen')), seen['c'], vars()['b']
print(f(1), globals()['x_global'], 'nothing' in globals(), globals().get('nothing', 'none'), locals() == globals())
class K:
    y = 1
    print([k for k in locals() if k[0] != '_'])
print((lambda a, *b, **c: locals())(1, 2, d=3))
### a class keeps its module and names, which may be changed
class A: pass
A.__module__, A.__qualname__ = 'x.y', 'B.A'
print(A, A.__module__, A.__qualname__, A.__name__)
A.__name__ = 'C'
print(A.__name__, A)
try: A.__name__ = 3
except TypeError as e: print(e)
### positional-only arguments by name
def f(a, /, b=1): pass
try: f(a=1, b=2)
except TypeError as e: print(e)
