### arithmetic
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + o.x)
    def __sub__(self, o): return V(self.x - o.x)
    def __mul__(self, k): return V(self.x * k)
    def __rmul__(self, k): return V(self.x * k)
    def __truediv__(self, k): return V(self.x / k)
    def __floordiv__(self, k): return V(self.x // k)
    def __mod__(self, k): return V(self.x % k)
    def __pow__(self, k): return V(self.x ** k)
    def __neg__(self): return V(-self.x)
    def __pos__(self): return V(+self.x)
    def __abs__(self): return V(abs(self.x))
    def __repr__(self): return f'V({self.x})'
a, b = V(7), V(2)
print(a + b, a - b, a * 2, 2 * a, a / 2, a // 2, a % 4, a ** 2, -a, +a, abs(V(-3)))
### bit operations
class B:
    def __and__(self, o): return 'and'
    def __or__(self, o): return 'or'
    def __xor__(self, o): return 'xor'
    def __lshift__(self, o): return 'lshift'
    def __rshift__(self, o): return 'rshift'
    def __invert__(self): return 'invert'
b = B()
print(b & 1, b | 1, b ^ 1, b << 1, b >> 1, ~b)
### reflected operators
class R:
    def __radd__(self, o): return ('radd', o)
    def __rsub__(self, o): return ('rsub', o)
    def __rtruediv__(self, o): return ('rdiv', o)
    def __rpow__(self, o): return ('rpow', o)
    def __rmatmul__(self, o): return ('rmatmul', o)
    def __rand__(self, o): return ('rand', o)
r = R()
print(1 + r, 1 - r, 1 / r, 2 ** r, 3 @ r, 4 & r)
### NotImplemented hands over
class A:
    def __add__(self, o):
        return NotImplemented
class B:
    def __radd__(self, o):
        return 'B.radd'
print(A() + B())
try:
    A() + 1
except TypeError as e:
    print(type(e).__name__, e)
### a subclass's reflected method goes first
class A:
    def __add__(self, o): return 'A.add'
class B(A):
    def __radd__(self, o): return 'B.radd'
print(A() + B(), A() + A())
### in-place operators
class I:
    def __init__(self): self.log = []
    def __iadd__(self, o):
        self.log.append(o)
        return self
i = I()
j = i
i += 1
i += 2
print(i.log, i is j)
### in-place falls back
class A:
    def __add__(self, o): return 'added'
a = A()
a += 1
print(a)
### comparisons
class C:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __le__(self, o): return self.x <= o.x
    def __gt__(self, o): return self.x > o.x
    def __ge__(self, o): return self.x >= o.x
a, b = C(1), C(2)
print(a == b, a != b, a < b, a <= b, a > b, a >= b, a == C(1))
### reflected comparison
class L:
    def __init__(self, x): self.x = x
    def __lt__(self, o): return self.x < o.x
print(L(2) > L(1), sorted([L(3), L(1)])[0].x, min([L(3), L(2)], key=lambda l: l.x).x)
### equality without __eq__ is identity
class A: pass
a = A()
print(a == a, a == A(), a != A(), a in [a])
### __eq__ and __hash__
class K:
    def __init__(self, k): self.k = k
    def __eq__(self, o): return isinstance(o, K) and self.k == o.k
    def __hash__(self): return hash(self.k)
d = {K(1): 'a'}
print(d[K(1)], K(1) in d, len({K(1), K(1), K(2)}), hash(K(3)) == hash(3))
### __eq__ without __hash__ cannot be a key
class K:
    def __eq__(self, o): return True
try:
    {K(): 1}
except TypeError as e:
    print(type(e).__name__, e)
### __ne__ follows __eq__
class A:
    def __eq__(self, o): return True
print(A() != 1, A() == 1, 1 == A())
### container methods
class S:
    def __init__(self): self.d = {}
    def __len__(self): return len(self.d)
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __contains__(self, k): return k in self.d
    def __iter__(self): return iter(self.d)
s = S()
s['a'] = 1
s['b', 'c'] = 2
s['x'] = 0
s['x'] += 5
del s['a']
print(len(s), s['b', 'c'], s['x'], 'a' in s, 'x' in s, list(s), [*s])
### truth by __bool__ and __len__
class T:
    def __bool__(self): return False
class L:
    def __len__(self): return 0
class N: pass
print(bool(T()), bool(L()), bool(N()), not T(), 'x' if L() else 'y', T() or 'z')
### conversions
class C:
    def __int__(self): return 3
    def __float__(self): return 2.5
    def __str__(self): return 'str'
    def __index__(self): return 4
    def __bool__(self): return True
print(int(C()), float(C()), str(C()), list(range(C())), bool(C()), hex(C()))
### rounding
import math
class R:
    def __round__(self, n=None): return ('round', n)
    def __floor__(self): return 'floor'
    def __ceil__(self): return 'ceil'
    def __trunc__(self): return 'trunc'
print(round(R()), round(R(), 2), math.floor(R()), math.ceil(R()), math.trunc(R()))
### iteration
class It:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n):
            yield i
    def __reversed__(self):
        return iter(range(self.n - 1, -1, -1))
    def __len__(self): return self.n
print(list(It(3)), list(reversed(It(3))), max(It(4)), [*It(2)], dict(enumerate(It(2))), tuple(map(str, It(2))))
### reversed by len and getitem
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return 'abc'[i]
print(list(reversed(S())), list(S()))
### context manager
class C:
    def __init__(self, name): self.name = name
    def __enter__(self):
        print('enter', self.name)
        return self
    def __exit__(self, t, v, tb):
        print('exit', self.name, t.__name__ if t else None)
        return False
with C('a') as a, C('b'):
    print('body', a.name)
### a context manager that swallows
class Swallow:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        print('swallowed', v)
        return True
with Swallow():
    raise ValueError('x')
print('after')
### exit runs on exceptions, return and break
class C:
    def __enter__(self): return self
    def __exit__(self, *a): print('exit', a[0] is not None)
def f():
    with C():
        return 'r'
print(f())
for i in range(2):
    with C():
        break
try:
    with C():
        1 / 0
except ZeroDivisionError:
    print('caught')
### with in brackets
class C:
    def __init__(self, x): self.x = x
    def __enter__(self): return self.x
    def __exit__(self, *a): print('exit', self.x)
with (C(1) as a, C(2) as b,):
    print(a, b)
### with unpacking a target
class C:
    def __enter__(self): return 1, (2, 3)
    def __exit__(self, *a): pass
with C() as (a, (b, c)):
    print(a, b, c)
### contextlib.contextmanager
from contextlib import contextmanager
@contextmanager
def tag(name):
    print('<' + name + '>')
    try:
        yield name.upper()
    finally:
        print('</' + name + '>')
with tag('b') as t:
    print(t)
### a context manager without __exit__
class A: pass
try:
    with A():
        pass
except (TypeError, AttributeError) as e:
    print(type(e).__name__)
### __call__ and __getattr__ together
class Proxy:
    def __init__(self, name=''): self.name = name
    def __getattr__(self, n): return Proxy(self.name + '.' + n)
    def __call__(self, *a): return self.name + str(a)
print(Proxy('p').x.y(1, 2))
### __contains__ falls back to iteration
class A:
    def __iter__(self): return iter([1, 2, 3])
print(2 in A(), 5 in A())
### __class_getitem__ for annotations
class A:
    def __class_getitem__(cls, k): return f'{cls.__name__}[{k.__name__}]'
print(A[int])
### __del__ is accepted
class A:
    def __del__(self): pass
a = A()
del a
print('ok')
### __repr__ in containers and nested
class A:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'A({self.n!r})'
print([A(1), (A('x'),)], {A: A(2)}[A], {'k': A([A(3)])})
### recursive containers
a = [1]
a.append(a)
d = {}
d['d'] = d
print(a, d)
### __str__ must give a string
class A:
    def __str__(self): return 5
try:
    str(A())
except TypeError as e:
    print(type(e).__name__, e)
### __len__ must give an int
class A:
    def __len__(self): return 'x'
try:
    len(A())
except TypeError as e:
    print(type(e).__name__, e)
### operator lookups use the class
class A:
    def __len__(self): return 3
a = A()
a.__len__ = lambda: 99
print(len(a))
### operators that decline, raise, recurse, sit in generators and closures
class A:
    def __init__(s, v): s.v = v
    def __add__(s, o):
        if isinstance(o, A): return A(s.v + o.v)
        if o == 'no': return NotImplemented
        return A(s.v + o)
    def __radd__(s, o): return A(o * 100 + s.v)
    def __mul__(s, o): return NotImplemented
    def __sub__(s, o=3): return s.v - o
    def __truediv__(s, o): raise ValueError('div')
class B(A):
    def __radd__(s, o): return 'B first'
class C:
    def __rmul__(s, o): return 'C rmul'
a, b, c = A(1), B(2), C()
print((a + 2).v, (a + a).v, (5 + a).v, a + b, b + a if not isinstance(b + a, A) else (b + a).v)
print(a * c)
for f in (lambda: a * 3, lambda: a * a, lambda: a + 'no', lambda: a / 2, lambda: a @ 2):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(a - 1, [ (a + i).v for i in range(3)], sum([a, a, a], A(0)).v)
def gen():
    for i in range(3): yield (a + i + a).v
print(list(gen()))
x = a
x += 5
print(x.v, (a + 1 + 2 + 3).v, (a + (a + (a + 1))).v)
class R:
    def __add__(s, o): return s + o
try: R() + 1
except RecursionError as e: print('rec')
class K:
    def __add__(s, o):
        f = lambda: s is o
        return f
k = K()
print((k + k)(), (k + 1)())
