### positional and keyword arguments
def f(a, b, c):
    return a, b, c
print(f(1, 2, 3), f(1, c=3, b=2), f(c=1, a=2, b=3))
### defaults
def f(a, b=2, c=3):
    return a, b, c
print(f(1), f(1, 5), f(1, c=9), f(1, 5, 6))
### a default is evaluated once
def f(x, acc=[]):
    acc.append(x)
    return acc
print(f(1), f(2), f(3, []))
### a default is evaluated at the def
n = 1
def f(x=n):
    return x
n = 2
print(f())
### varargs
def f(*args):
    return args
print(f(), f(1), f(1, 2), f(*[1, 2], 3, *'ab'))
### keyword varargs
def f(**kw):
    return kw
print(f(), f(a=1, b=2), f(**{'x': 1}, y=2))
### everything together
def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2, 3], **{'c': 1, 'z': 2}))
### keyword-only parameters
def f(a, *, b, c=3):
    return a, b, c
print(f(1, b=2), f(1, b=2, c=4))
### positional-only parameters
def f(a, b=2, /, c=3, *, d=4):
    return a, b, c, d
print(f(1), f(1, 5, c=6, d=7))
def g(a, /, **kw):
    return a, kw
print(g(1, a=2))
### functions are values
def f(x):
    return x * 2
g = f
print(g(3), [h(4) for h in (f, lambda x: x + 1)], (lambda: 7)())
### lambdas
add = lambda a, b=1, *c, d=2, **e: (a, b, c, d, e)
print(add(1), add(1, 2, 3, d=4, e=5))
### a function without return gives None
def f():
    pass
def g():
    return
print(f(), g())
### several values are a tuple
def f():
    return 1, 2
a, b = f()
print(f(), a, b)
### returning a starred tuple
def f(xs):
    return 0, *xs
print(f([1, 2]))
### recursion
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fact(10), [fib(i) for i in range(10)])
### mutual recursion
def even(n):
    return n == 0 or odd(n - 1)
def odd(n):
    return n != 0 and even(n - 1)
print(even(10), odd(7), even(3))
### docstring and name
def f():
    """Says nothing."""
print(f.__doc__, f.__name__)
def g():
    pass
print(g.__doc__)
### annotations are kept
def f(a: int, b: 'str' = 'x') -> float:
    return a
print(f.__annotations__)
### function attributes
def f():
    f.calls += 1
f.calls = 0
f(); f()
print(f.calls)
### missing argument
def f(a, b):
    pass
for call in (lambda: f(), lambda: f(1)):
    try:
        call()
    except TypeError as e:
        print(type(e).__name__, e)
### too many arguments
def f(a):
    pass
def g():
    pass
for call in (lambda: f(1, 2), lambda: g(1)):
    try:
        call()
    except TypeError as e:
        print(type(e).__name__, e)
### unexpected keyword
def f(a):
    pass
try:
    f(1, b=2)
except TypeError as e:
    print(type(e).__name__, e)
### an argument given twice
def f(a):
    pass
try:
    f(1, a=2)
except TypeError as e:
    print(type(e).__name__, e)
### a missing keyword-only argument
def f(*, a):
    pass
try:
    f()
except TypeError as e:
    print(type(e).__name__, e)
### arguments are evaluated left to right
def show(x):
    print(x, end=' ')
    return x
def f(*a, **k):
    print()
f(show(1), show(2), c=show(3), *[show(4)], d=show(5))
### default arguments capture loop values
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
### closures capture variables, not values
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
### inner functions
def outer(x):
    def inner(y):
        return x + y
    return inner
print(outer(1)(2), outer(10)(5))
### functions compare by identity
def f(): pass
g = f
print(f == g, f is g, f == (lambda: 0))
### callable
print(callable(print), callable(lambda: 0), callable(5), callable(int))
### argument unpacking of strings and dicts
def f(a, b, c):
    return a + b + c
print(f(*'xyz'), f(**dict(a='1', b='2', c='3')), f('q', *['w'], **{'c': 'e'}))
### repeated keyword through **
def f(**kw):
    return kw
try:
    f(a=1, **{'a': 2})
except TypeError as e:
    print(type(e).__name__)
### ** wants strings as keys
def f(**kw):
    return kw
try:
    f(**{1: 2})
except TypeError as e:
    print(type(e).__name__)
### nested calls and tuples
def f(t):
    a, b = t
    return a * b
print(f((2, 3)), f(t=(4, 5)))
### conditional definition
if True:
    def f(): return 'yes'
else:
    def f(): return 'no'
print(f())
### redefinition
def f(): return 1
def f(): return 2
print(f())
### higher-order functions
def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return run
print(compose(lambda x: x + 1, lambda x: x * 2)(5))
### keyword names that are builtins
def f(list, str=3):
    return list, str
print(f([1]), f(list=2, str='x'))
### long argument lists
def f(*a):
    return len(a), sum(a)
print(f(*range(300)))
### method as a function
class A:
    def f(self, x):
        return x
print(A.f(None, 3), A().f(4))
### print returns None
print(print('inner'))
### lambda with conditional and nested lambda
f = lambda x: 'pos' if x > 0 else 'neg'
g = lambda x: lambda y: (x, y)
print(f(1), f(-1), g(1)(2))
### immediately unpacked return
def f():
    return [1, 2, 3]
first, *rest = f()
print(first, rest)
