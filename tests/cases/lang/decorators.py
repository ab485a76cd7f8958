### a plain decorator
def twice(f):
    def g(*a):
        f(*a)
        return f(*a)
    return g
@twice
def hello(x):
    print('hello', x)
    return x
print(hello('you'))
### a decorator with arguments
def repeat(n):
    def deco(f):
        def g(*a, **k):
            return [f(*a, **k) for _ in range(n)]
        return g
    return deco
@repeat(3)
def f(x, y=1):
    return x + y
print(f(1), f(1, y=5))
### several decorators apply from below
def a(f): return lambda: 'a' + f()
def b(f): return lambda: 'b' + f()
@a
@b
def f(): return 'f'
print(f())
### a decorator may return anything
def value(f): return f()
@value
def x(): return 42
print(x)
### a class as decorator
class Count:
    def __init__(self, f):
        self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
@Count
def f(x): return x
f(1); f(2)
print(f.n)
### decorating a class
def register(cls):
    cls.registered = True
    return cls
@register
class A: pass
print(A.registered)
### functools.wraps
import functools
def deco(f):
    @functools.wraps(f)
    def wrapper(*a, **k):
        """wrapper doc"""
        return f(*a, **k)
    return wrapper
@deco
def named():
    """named doc"""
print(named.__name__, named.__doc__)
### lru_cache and cache
from functools import lru_cache, cache
calls = []
@lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(30), len(calls))
@cache
def sq(x):
    print('computing', x)
    return x * x
print(sq(3), sq(3), sq(4))
@lru_cache
def g(x): return x
print(g(1))
### decorating methods
def log(f):
    def g(self, *a):
        print('call', f.__name__, a)
        return f(self, *a)
    return g
class A:
    @log
    def f(self, x): return x + 1
print(A().f(2))
### a decorator expression
decos = {'up': lambda f: lambda: f().upper()}
@decos['up']
def f(): return 'text'
print(f())
@(lambda f: f)
def g(): return 1
print(g())
### a decorator with state in a closure
def memo(f):
    seen = {}
    def g(x):
        if x not in seen:
            seen[x] = f(x)
        return seen[x]
    g.seen = seen
    return g
@memo
def slow(x): return x * 10
slow(1); slow(2); slow(1)
print(slow.seen)
### functools.partial
from functools import partial
def f(a, b, c=0): return a, b, c
g = partial(f, 1, c=9)
print(g(2), g(2, c=3), partial(print, 'x', sep='-')('y'), g.args, g.keywords)
### functools.reduce
from functools import reduce
import operator
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(operator.add, [[1], [2]], []), reduce(max, [3, 1, 4]))
### reduce of nothing
from functools import reduce
try:
    reduce(lambda a, b: a, [])
except TypeError as e:
    print(type(e).__name__)
### cached_property
from functools import cached_property
class A:
    @cached_property
    def x(self):
        print('once')
        return 5
a = A()
print(a.x, a.x)
### total_ordering
from functools import total_ordering
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(V(1) <= V(2), V(3) > V(2), V(1) >= V(1), V(2) >= V(3))
### cmp_to_key
from functools import cmp_to_key
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
### torch.no_grad style decorators
class no_grad:
    def __call__(self, f):
        def g(*a):
            with self:
                return f(*a)
        return g
    def __enter__(self): print('off')
    def __exit__(self, *a): print('on')
@no_grad()
def f(x): return x
print(f(3))
