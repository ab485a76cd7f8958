### simple assignment
x = 1
y = x
x = 2
print(x, y)
### chained assignment
a = b = c = [0]
a.append(1)
print(a, b, c, a is c)
### tuple unpacking
a, b = 1, 2
a, b = b, a
print(a, b)
### nested unpacking
(a, (b, c)), d = (1, [2, 3]), 4
print(a, b, c, d)
[x, [y]] = [1, [2]]
print(x, y)
### starred unpacking
a, *b, c = range(6)
print(a, b, c)
*a, b = 'xyz'
print(a, b)
a, *b = [1]
print(a, b)
### starred inside nested
(a, *b), *c = [(1, 2, 3), 4, 5]
print(a, b, c)
### unpacking strings, dicts, ranges, generators
a, b = 'xy'
c, d = {'k': 1, 'l': 2}
e, f, g = range(3)
h, i = (n * n for n in (2, 3))
print(a, b, c, d, e, f, g, h, i)
### single starred target
*a, = (1, 2)
print(a)
### targets may be attributes and items
class A: pass
o = A()
l = [0, 0]
o.x, l[1], d = 1, 2, {}
d['k'], (o.y, l[0]) = 3, (4, 5)
print(o.x, o.y, l, d)
### the right side is evaluated first
i = 0
a = [10, 20]
i, a[i] = 1, 99
print(i, a)
### swapping items
a = [1, 2, 3]
a[0], a[2] = a[2], a[0]
print(a)
### too many values
try:
    a, b = 1, 2, 3
except ValueError as e:
    print(type(e).__name__, e)
### too few values
try:
    a, b, c = 1, 2
except ValueError as e:
    print(type(e).__name__, e)
### too few for a starred target
try:
    a, *b, c = [1]
except ValueError as e:
    print(type(e).__name__, e)
### not iterable
try:
    a, b = 5
except TypeError as e:
    print(type(e).__name__, e)
### del of a name
x = 1
del x
try:
    x
except NameError as e:
    print(type(e).__name__, e)
### del of items and attributes
a = [0, 1, 2, 3, 4]
del a[0], a[-1]
d = {'a': 1, 'b': 2}
del d['a']
class A: pass
o = A()
o.x = 1
del o.x
print(a, d, hasattr(o, 'x'))
### del of a slice
a = list(range(10))
del a[2:5]
print(a)
del a[::2]
print(a)
### del of several
a, b, c = 1, 2, 3
del (a, b), c
print('a' in globals() if False else 'gone')
### unbound name
try:
    undefined_name
except NameError as e:
    print(type(e).__name__, e)
### unbound local
def f():
    print(x)
    x = 1
try:
    f()
except UnboundLocalError as e:
    print(type(e).__name__)
### annotations are kept, not enforced
x: int = 'text'
y: 'list[int]'
def f(a: int, b: str = 1) -> bool:
    return a
print(x, f('q'))
### annotated attribute
class A: pass
o = A()
o.x: int = 3
print(o.x)
### unicode names
α = 1
größe = 2
print(α + größe)
### names of builtins can be taken
list = [1]
print(list)
del list
print(list((1, 2)))
### underscore names
_, __, _x = 1, 2, 3
print(_, __, _x)
### soft keywords are names
match = 1
case = 2
type_ = match + case
print(type_)
### keyword-like attributes
class A:
    match = 1
print(A.match)
### augmented assignment to attributes
class A:
    n = 0
a = A()
a.n += 1
a.n += 1
print(a.n, A.n)
### assignment expression of several types
print([(k, v) for k, v in {'a': 1}.items()], [x for x, *_ in [(1, 2, 3)]])
### for with unpacking targets
for i, (a, b) in enumerate([(1, 2), (3, 4)]):
    print(i, a, b)
### for into an item
l = [0]
for l[0] in range(3):
    pass
print(l)
### dict unpack with starred rest
first, *rest = {'a': 1, 'b': 2, 'c': 3}.items()
print(first, rest)
