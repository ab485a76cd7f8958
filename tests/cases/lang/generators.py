### a simple generator
def g():
    yield 1
    yield 2
print(list(g()), [x for x in g()], sum(g()))
### a generator runs lazily
def g():
    print('start')
    yield 1
    print('end')
it = g()
print('made')
print(next(it))
print(next(it, 'default'))
### a loop that yields
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
print(list(count(4)), list(count(0)))
### an endless generator
def naturals():
    n = 0
    while True:
        yield n
        n += 1
it = naturals()
print([next(it) for _ in range(5)])
### yield from
def g():
    yield 0
    yield from [1, 2]
    yield from range(3, 5)
    yield from 'ab'
print(list(g()))
### yield from another generator gives its return value
def inner():
    yield 1
    return 'result'
def outer():
    r = yield from inner()
    yield r
print(list(outer()))
### return ends a generator
def g():
    yield 1
    return
    yield 2
print(list(g()))
### send
def g():
    x = yield 'ready'
    while True:
        x = yield x * 2
it = g()
print(next(it), it.send(3), it.send(5))
### send to a generator that has not started
def g():
    yield 1
try:
    g().send(5)
except TypeError as e:
    print(type(e).__name__, e)
### StopIteration carries the return value
def g():
    yield 1
    return 'done'
it = g()
next(it)
try:
    next(it)
except StopIteration as e:
    print(e.value)
### exhausted generators stay so
def g():
    yield 1
it = g()
print(list(it), list(it), next(it, None))
### close runs finally
def g():
    try:
        yield 1
        yield 2
    finally:
        print('cleanup')
it = g()
print(next(it))
it.close()
print(list(it))
### throw into a generator
def g():
    try:
        yield 1
    except ValueError as e:
        yield 'caught ' + str(e)
it = g()
next(it)
print(it.throw(ValueError('x')))
### an exception from inside
def g():
    yield 1
    raise ValueError('inside')
it = g()
print(next(it))
try:
    next(it)
except ValueError as e:
    print(e)
### recursion with yield from
def walk(t):
    for x in t:
        if isinstance(x, list):
            yield from walk(x)
        else:
            yield x
print(list(walk([1, [2, [3, 4]], 5])))
### a pipeline
def read():
    for x in range(10):
        yield x
def odd(xs):
    for x in xs:
        if x % 2:
            yield x
def square(xs):
    return (x * x for x in xs)
print(list(square(odd(read()))))
### fibonacci
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
import itertools
print(list(itertools.islice(fib(), 10)))
### a generator method
class Tree:
    def __init__(self, v, kids=()):
        self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids:
            yield from k
print(list(Tree(1, [Tree(2), Tree(3, [Tree(4)])])))
### yield as an expression without value
def g():
    x = yield
    print('got', x)
    y = yield 5
it = g()
print(next(it))
print(it.send('v'))
### unpacking a generator
def g():
    yield from (1, 2, 3)
a, b, c = g()
first, *rest = g()
print(a, b, c, first, rest, [*g(), *g()])
### generators in zip and enumerate
def g():
    yield 'a'
    yield 'b'
print(list(zip(g(), g())), list(enumerate(g())), dict(zip(g(), range(5))))
### a generator is its own iterator
def g():
    yield 1
it = g()
print(iter(it) is it)
### state between yields
def running():
    total = 0
    while True:
        x = yield total
        total += x
r = running()
next(r)
print([r.send(x) for x in (1, 2, 3)])
### yield in a loop with try
def g(xs):
    for x in xs:
        try:
            yield 10 // x
        except ZeroDivisionError:
            yield 'zero'
print(list(g([1, 0, 5])))
### yield inside with
class C:
    def __enter__(self):
        print('enter')
    def __exit__(self, *a):
        print('exit')
def g():
    with C():
        yield 1
print(list(g()))
### batches
def batches(xs, n):
    for i in range(0, len(xs), n):
        yield xs[i:i + n]
print(list(batches(list(range(7)), 3)))
### conditional yields
def g(n):
    for i in range(n):
        if i % 2:
            continue
        yield i
    else:
        yield 'end'
print(list(g(5)))
### a generator with arguments and defaults
def g(a, *b, c=3):
    yield a
    yield b
    yield c
print(list(g(1, 2)), list(g(1, c=5)))
### yield in a tuple and in a call
def g():
    t = (yield 1), (yield 2)
    print(t, (yield 3))
it = g()
next(it)
it.send('a')
it.send('b')
try:
    it.send('c')
except StopIteration:
    print('end')
### the iterator protocol by hand
class Up:
    def __init__(self, n):
        self.n, self.i = n, 0
    def __iter__(self):
        return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i
print(list(Up(3)), sum(Up(4)), 2 in Up(3), max(Up(5)))
### iteration by __getitem__
class S:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError
        return i * 10
print(list(S()), 20 in S(), [x for x in S()])
### iter with a sentinel
it = iter([1, 2, 0, 3])
print(list(iter(lambda: next(it), 0)))
### a generator that raises StopIteration
def g():
    yield 1
    raise StopIteration
try:
    list(g())
except RuntimeError as e:
    print(type(e).__name__, e)
