### a class with a constructor and methods
class Point:
    def __init__(self, x, y=0):
        self.x = x
        self.y = y
    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
p = Point(3, y=4)
print(p.x, p.y, p.norm(), Point(1).y)
### attributes may be added
class A: pass
a = A()
a.x = 1
A.y = 2
print(a.x, a.y, A().y)
### class attributes are shared
class A:
    items = []
    n = 0
a, b = A(), A()
a.items.append(1)
a.n = 5
print(b.items, b.n, a.n, A.n)
### inheritance
class A:
    def f(self):
        return 'A.f'
    def g(self):
        return 'A.g ' + self.f()
class B(A):
    def f(self):
        return 'B.f'
print(A().g(), B().g())
### super
class A:
    def __init__(self, x):
        self.x = x
    def f(self):
        return [self.x]
class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
    def f(self):
        return super().f() + [self.y]
class C(B):
    def f(self):
        return super(C, self).f() + ['c']
print(B(1, 2).f(), C(3, 4).f())
### isinstance and issubclass
class A: pass
class B(A): pass
print(isinstance(B(), A), isinstance(A(), B), issubclass(B, A), issubclass(A, (int, B)), isinstance(1, (str, int)), isinstance(True, int), issubclass(bool, int), isinstance(A(), object))
### type and __class__
class A: pass
a = A()
print(type(a) is A, a.__class__ is A, type(a).__name__, A.__name__, type(A).__name__)
### properties
class C:
    def __init__(self):
        self._v = 1
    @property
    def v(self):
        return self._v
    @v.setter
    def v(self, x):
        self._v = x * 2
    @property
    def read_only(self):
        return 'r'
c = C()
c.v = 5
print(c.v, c.read_only)
try:
    c.read_only = 1
except AttributeError as e:
    print(type(e).__name__)
### property deleter and doc
class C:
    @property
    def v(self):
        """the doc"""
        return 1
    @v.deleter
    def v(self):
        print('deleted')
c = C()
del c.v
print(C.v.__doc__)
### static and class methods
class A:
    n = 'A'
    @staticmethod
    def s(x):
        return x
    @classmethod
    def c(cls, x):
        return cls.n, x
class B(A):
    n = 'B'
print(A.s(1), A().s(2), A.c(3), B.c(4), B().c(5))
### class method as constructor
class P:
    def __init__(self, x):
        self.x = x
    @classmethod
    def zero(cls):
        return cls(0)
class Q(P): pass
print(P.zero().x, type(Q.zero()).__name__)
### methods are bound
class A:
    def __init__(self, n):
        self.n = n
    def f(self, x):
        return self.n + x
g = A(10).f
print(g(1), list(map(A(5).f, [1, 2])), g.__name__)
### repr and str
class A:
    def __repr__(self):
        return 'A!'
class B:
    def __str__(self):
        return 'b'
    def __repr__(self):
        return 'B'
print(A(), [A()], str(A()), B(), [B()], repr(B()), f'{B()} {B()!r}')
### default repr names the class
class A: pass
r = repr(A())
print(r.startswith('<__main__.A object at 0x'), r.endswith('>'))
### callable instances
class F:
    def __init__(self, k):
        self.k = k
    def __call__(self, x, *, y=0):
        return self.k * x + y
print(F(3)(4), F(3)(4, y=1), callable(F(1)))
### getattr, setattr, hasattr, delattr
class A: pass
a = A()
setattr(a, 'x', 5)
print(getattr(a, 'x'), getattr(a, 'y', 'none'), hasattr(a, 'x'), hasattr(a, 'y'))
delattr(a, 'x')
print(hasattr(a, 'x'))
### __getattr__ for missing names
class A:
    x = 1
    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return 'no ' + name
a = A()
print(a.x, a.y, hasattr(a, 'z'), hasattr(a, '_z'))
### __setattr__
class A:
    def __setattr__(self, name, v):
        object.__setattr__(self, name, v * 2)
a = A()
a.x = 4
print(a.x)
### __dict__ and vars
class A:
    c = 0
    def __init__(self):
        self.x = 1
        self.y = 2
a = A()
print(a.__dict__, vars(a))
a.__dict__['z'] = 3
print(a.z)
### __slots__ is accepted
class A:
    __slots__ = ('x', 'y')
    def __init__(self):
        self.x = 1
print(A().x)
### docstrings
class A:
    """The class."""
    def f(self):
        """The method."""
print(A.__doc__, A.f.__doc__, A().__doc__)
### nested classes
class A:
    class B:
        x = 1
    def make(self):
        return self.B()
print(A.B.x, A().make().x)
### class body runs code
class A:
    x = 1
    for i in range(3):
        x += i
    if x > 2:
        y = 'big'
    del i
print(A.x, A.y, hasattr(A, 'i'))
### multiple inheritance and the order of methods
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__])
### calling the base directly
class A:
    def __init__(self):
        self.a = 1
class B(A):
    def __init__(self):
        A.__init__(self)
        self.b = 2
b = B()
print(b.a, b.b)
### overriding a class attribute
class A:
    name = 'a'
    def hello(self):
        return 'hello ' + self.name
class B(A):
    name = 'b'
print(A().hello(), B().hello())
### private names are mangled
class A:
    def __init__(self):
        self.__x = 1
    def get(self):
        return self.__x
a = A()
print(a.get(), hasattr(a, '__x'), a._A__x)
### inheriting from builtins
class L(list):
    def total(self):
        return sum(self)
class D(dict):
    def __missing__(self, k):
        return k * 2
l = L([1, 2, 3])
l.append(4)
print(l.total(), len(l), l, D()['ab'], isinstance(l, list))
### abstract base by convention
class Shape:
    def area(self):
        raise NotImplementedError
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
print(sum(s.area() for s in [Sq(1), Sq(2)]))
### instances as dict keys
class A: pass
a, b = A(), A()
d = {a: 1, b: 2}
print(d[a], d[b], a in d, A() in d)
### method assigned to an instance
class A:
    def f(self):
        return 'method'
a = A()
a.f = lambda: 'own'
print(a.f(), A().f())
### functions added to a class become methods
class A: pass
def f(self, x):
    return self.k + x
A.f = f
a = A()
a.k = 1
print(a.f(2))
### type() with three arguments is not needed for dynamic classes
def make(n):
    class C:
        size = n
        def get(self):
            return self.size
    return C
print(make(3)().get(), make(4)().get())
### wrong number of arguments to a method
class A:
    def f(self, x):
        pass
try:
    A().f()
except TypeError as e:
    print(type(e).__name__, e)
try:
    A(1)
except TypeError as e:
    print(type(e).__name__)
### a missing constructor argument
class A:
    def __init__(self, x):
        pass
try:
    A()
except TypeError as e:
    print(type(e).__name__, e)
### chained methods
class B:
    def __init__(self):
        self.parts = []
    def add(self, x):
        self.parts.append(x)
        return self
print(B().add(1).add(2).parts)
### __init_subclass__ and class keyword-free hooks
class Base:
    subs = []
    def __init_subclass__(cls):
        Base.subs.append(cls.__name__)
class X(Base): pass
class Y(Base): pass
print(Base.subs)
### __new__
class A:
    def __new__(cls, *args):
        o = super().__new__(cls)
        o.made = True
        return o
    def __init__(self, x):
        self.x = x
a = A(3)
print(a.made, a.x)
### comparing types
print(type(1) == int, type('a') is str, type([]) == list, type(None).__name__, int, type(1.5))
### super in a property and a class method
class A:
    @property
    def p(self): return 1
    @classmethod
    def c(cls): return [cls.__name__]
class B(A):
    @property
    def p(self): return super().p + 1
    @classmethod
    def c(cls): return super().c() + ['b']
print(B().p, B.c())
### dir lists names
class A:
    def f(self): pass
    x = 1
a = A()
a.y = 2
print([n for n in dir(a) if not n.startswith('__')])
### descriptors by hand
class Double:
    def __get__(self, obj, cls):
        return obj.raw * 2
    def __set__(self, obj, v):
        obj.raw = v
class A:
    d = Double()
a = A()
a.d = 5
print(a.d, a.raw)
### __set_name__
class Field:
    def __set_name__(self, owner, name):
        self.name = name
class A:
    alpha = Field()
print(A.alpha.name)
### enumerations of str and of int
from enum import Enum, IntEnum
class A(str, Enum):
    X = 'x'
    Y = 'y'
print(A.X, A.X == 'x', A.X.value, A('y'), [a.name for a in A])
class B(IntEnum):
    P = 1
    Q = 2
print(B.P, B.P == 1, B.P + 1, B.Q > B.P, [10, 20, 30][B.Q], B.P.name, repr(B.P), f'{B.Q}', int(B.P))
print(A.X.upper(), {'x': 1}[A.X], A.X in ('x', 'z'), A.X + 'q', f'{A.X}', repr(A.X), len(A.Y), A['Y'], A.X is A('x'), type(A.X).__name__, isinstance(A.X, Enum), A.X != 'y', sorted([A.Y, A.X])[0].value)
class C(int, Enum):
    ONE = 1
    TWO = 2
print(C.ONE, C.TWO + 1, C.ONE < C.TWO, C(2), C.TWO == 2, list(C))
class PE(str, Enum):
    """Kinds of positions."""
    ROPE = 'rope'
    NONE = 'none'
    @property
    def short(self): return self.value[:2]
    def describe(self): return f'{self.name}:{self.value}'
def make(kind): return 'R' if kind == PE.ROPE else 'N' if kind == 'none' else '?'
print(make('rope'), make(PE.NONE), PE('rope').short, PE.ROPE.describe(), [p.value for p in PE], PE.ROPE.startswith('ro'))
try: PE('alibi')
except ValueError as e: print(e)
