### locals hide globals
x = 'global'
def f():
    x = 'local'
    return x
print(f(), x)
### reading a global
x = 1
def f():
    return x + 1
print(f())
x = 10
print(f())
### global statement
n = 0
def f():
    global n
    n += 1
f(); f()
print(n)
### global creates a name
def f():
    global created_here
    created_here = 5
f()
print(created_here)
### nonlocal
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter()
d = counter()
print(c(), c(), d())
### nonlocal through two levels
def f():
    x = 1
    def g():
        def h():
            nonlocal x
            x += 1
        h()
        h()
    g()
    return x
print(f())
### several closures share a variable
def make():
    x = 0
    def get():
        return x
    def put(v):
        nonlocal x
        x = v
    return get, put
get, put = make()
put(5)
print(get())
### a closure keeps parameters
def adder(n):
    return lambda x: x + n
print([adder(i)(10) for i in range(3)])
### comprehension variables stay inside
x = 'outer'
a = [x for x in range(3)]
print(x, a)
### a comprehension sees enclosing variables
def f(n):
    k = 2
    return [k * i + n for i in range(3)]
print(f(1))
### a walrus in a comprehension binds outside
a = [last := i for i in range(4)]
print(last, a)
### walrus in a function's comprehension
def f():
    any((hit := x) > 2 for x in range(10))
    return hit
print(f())
### class scope is not enclosing
x = 'global'
class A:
    x = 'class'
    def f(self):
        return x
print(A().f(), A.x)
### class body sees its own names
class A:
    a = 1
    b = a + 1
    c = [a for _ in range(1)] if False else [b]
print(A.b, A.c)
### a function in a class body may run there
class A:
    def double(x):
        return 2 * x
    y = double(4)
print(A.y)
### loops do not make scopes
for i in range(2):
    inside = i
if True:
    also = 1
print(inside, also)
### del of a local
def f():
    x = 1
    del x
    try:
        return x
    except UnboundLocalError as e:
        return 'unbound'
print(f())
### a loop variable captured late
def f():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    return [g() for g in fs]
print(f())
### recursion of an inner function
def f(n):
    def g(k):
        return 1 if k == 0 else k * g(k - 1)
    return g(n)
print(f(5))
### except variable is local to its handler
def f():
    e = 'kept'
    try:
        1 / 0
    except ZeroDivisionError as e2:
        pass
    return e
print(f())
### nested functions with the same names
def f(x):
    def g(x):
        def h(x):
            return x
        return h(x + 1), x
    return g(x + 1), x
print(f(0))
### globals used before definition at call time
def f():
    return later()
def later():
    return 'defined'
print(f())
### builtins can be shadowed and come back
def f():
    len = lambda x: 'mine'
    return len([1])
print(f(), len([1]))
### a lambda in a default sees globals
k = 3
f = lambda x, g=lambda y: y * k: g(x)
print(f(2))
### generator expression sees the scope it was made in
def f():
    n = 2
    g = (n * i for i in range(3))
    n = 10
    return list(g)
print(f())
### the first iterable of a generator is evaluated at once
def f():
    xs = [1, 2]
    g = (x for x in xs)
    xs = [9]
    return list(g)
print(f())
### star-import style names
from math import pi, sqrt as root
def f():
    return round(pi, 2), root(9)
print(f())
### import inside a function is local
def f():
    import math
    return math.floor(2.5)
print(f())
### nonlocal with augmented list
def f():
    acc = []
    def add(x):
        acc.append(x)
        return acc
    add(1)
    return add(2)
print(f())
### a method sees module globals
scale = 2
class A:
    def f(self, x):
        return x * scale
print(A().f(4))
### conditional local is unbound when skipped
def f(flag):
    if flag:
        v = 1
    return v
try:
    f(False)
except UnboundLocalError as e:
    print(type(e).__name__)
print(f(True))
