### list comprehension
print([x * x for x in range(5)])
### with a filter
print([x for x in range(10) if x % 3 == 0], [x for x in range(20) if x % 2 if x % 3])
### nested loops
print([(a, b) for a in 'xy' for b in range(2)])
### a later loop uses an earlier variable
print([b for a in [[1, 2], [3]] for b in a], [(i, j) for i in range(4) for j in range(i)])
### nested comprehensions
print([[i * j for j in range(3)] for i in range(3)])
### transposing
m = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in m] for i in range(3)])
### dict comprehension
print({k: v for k, v in zip('abc', range(3))}, {x: x ** 2 for x in range(3) if x})
### dict comprehension with repeated keys
print({i % 2: i for i in range(5)})
### inverting a dict
d = {'a': 1, 'b': 2}
print({v: k for k, v in d.items()})
### set comprehension
print(sorted({x % 3 for x in range(10)}))
### generator expression
g = (x + 1 for x in range(3))
print(next(g), list(g), list(g))
### generator as the only argument
print(sum(x for x in range(5)), max(len(w) for w in ['a', 'bbb']), ','.join(str(x) for x in range(3)))
### conditional value
print(['even' if x % 2 == 0 else 'odd' for x in range(3)])
### unpacking targets
print([a + b for a, b in [(1, 2), (3, 4)]], [x for (x, *_), y in [((1, 2), 3)]])
### enumerate and zip
print([(i, c) for i, c in enumerate('ab')], [x * y for x, y in zip([1, 2], [3, 4])])
### calling functions
def f(x):
    return x * 10
print([f(x) for x in range(3)], [*map(f, [1])])
### starred in displays
print([*[x for x in 'ab'], *range(2)], (*(i for i in range(2)),))
### any and all with generators stop early
def check(x):
    print('check', x)
    return x > 1
print(any(check(x) for x in range(5)))
print(all(check(x) for x in (2, 0, 3)))
### comprehension over a dict
d = {'x': 1, 'y': 2}
print([k for k in d], [v for v in d.values()], {k: v * 2 for k, v in d.items()})
### comprehension over a string
print([c.upper() for c in 'abc' if c != 'b'], {c: ord(c) for c in 'ab'})
### a comprehension of lambdas
print([f() for f in [lambda x=x: x for x in range(3)]])
### walrus in the condition
print([y for x in range(5) if (y := x * 2) > 3])
### tuple from a generator
print(tuple(x for x in 'ab'), set(x for x in [1]), dict((k, 1) for k in 'a'))
### sorting inside
print(sorted((w for w in ['b', 'a', 'c']), reverse=True))
### deep filter
print([x for x in range(50) if x % 2 == 0 if x % 3 == 0 if x % 4 == 0])
### an error inside goes out
try:
    [1 / x for x in (1, 0)]
except ZeroDivisionError as e:
    print(e)
### comprehension with class attribute iterables
class A:
    xs = [1, 2, 3]
    ys = [x * 2 for x in xs]
print(A.ys)
### generator in a function argument with others
print(sum((x for x in range(4)), 10), list(zip((a for a in 'ab'), (b for b in 'cd'))))
### empty results
print([x for x in []], {x: 1 for x in ()}, list(x for x in ''), sum(x for x in []))
### comprehension of comprehension results
print([len(r) for r in [[0] * n for n in range(3)]])
### flattening three levels
m = [[[1, 2]], [[3], [4]]]
print([z for x in m for y in x for z in y])
### chained comparison as condition
print([x for x in range(10) if 2 < x <= 5])
