### print with sep and end
print(1, 2, 3, sep=', ', end='!\n')
print('a', 'b', sep='')
print()
print('x', end='')
print('y')
### print of many types
print(1, 1.5, 'a', None, True, [1, 'a'], (1,), {'k': 'v'}, ...)
### print with flush
print('a', flush=True)
### len
print(len('abc'), len([1, 2]), len({}), len((1,)), len(range(10)), len({1, 2}))
### range
print(range(3), list(range(3)), list(range(1, 4)), list(range(5, 0, -2)), range(1, 10, 3)[1])
### range step zero
try:
    range(1, 2, 0)
except ValueError as e:
    print(type(e).__name__, e)
### enumerate
print(list(enumerate('ab')), list(enumerate('ab', 5)), list(enumerate([], start=1)))
### zip
print(list(zip([1, 2, 3], 'ab')), list(zip()), list(zip('ab', 'cd', 'ef')), list(zip(*[(1, 2), (3, 4)])))
### zip strict
try:
    list(zip([1, 2], [1], strict=True))
except ValueError as e:
    print(type(e).__name__, e)
### map
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(map(len, ['a', 'bb'])))
### filter
print(list(filter(lambda x: x > 1, [0, 1, 2, 3])), list(filter(None, [0, 1, '', 'a', None])))
### sum
print(sum([1, 2, 3]), sum([1, 2], 10), sum([0.1] * 3), sum([]), sum([[1], [2]], []), sum((True, 2)))
### sum of strings is refused
try:
    sum(['a', 'b'])
except TypeError as e:
    print(type(e).__name__, e)
### min and max
print(min(3, 1, 2), max([1, 5, 2]), min('b', 'a'), max('abc'), min([3, -1], key=abs), max(['a', 'bbb'], key=len), max([], default=0), min(1.5, 2))
### max of nothing
try:
    max([])
except ValueError as e:
    print(type(e).__name__, e)
### ties give the first
print(max([(1, 'a'), (1, 'b')], key=lambda t: t[0]), min('bB', key=str.lower))
### abs
print(abs(-3), abs(3.5), abs(-0.0), abs(True))
### round goes to even
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234.567, -2), round(1.005, 2), round(3), round(15, -1), round(25, -1), type(round(2.0)))
### sorted
print(sorted([3, 1, 2]), sorted('hello'), sorted([3, 1, 2], reverse=True), sorted(['b', 'A', 'c'], key=str.lower), sorted({'b': 1, 'a': 2}))
### sorting is stable
print(sorted([(1, 'b'), (0, 'x'), (1, 'a')], key=lambda t: t[0]), sorted([(1, 'b'), (0, 'x'), (1, 'a')], key=lambda t: t[0], reverse=True))
### sorting by several keys
data = [('b', 2), ('a', 2), ('c', 1)]
print(sorted(data, key=lambda t: (-t[1], t[0])))
### sorting what does not compare
try:
    sorted([1, 'a'])
except TypeError as e:
    print(type(e).__name__, e)
### reversed
print(list(reversed([1, 2, 3])), list(reversed('abc')), list(reversed(range(3))), list(reversed((1, 2))), list(reversed({'a': 1, 'b': 2})))
### any and all
print(any([0, 1]), any([]), all([1, 1]), all([]), all([1, 0]), any(x > 2 for x in [1, 3]))
### int
print(int('42'), int('-7'), int(' 5 '), int(3.99), int(True), int(), int('ff', 16), int('0b101', 2), int('0x1f', 0), int('1_000'), int('z', 36))
### float
print(float('1.5'), float('1e3'), float(2), float(), float(' 3 '), float('inf'), float('-nan'), float('1_0.5'), float(True))
### bool
print(bool(1), bool(0), bool(''), bool('0'), bool([]), bool(), bool(0.0), bool([[]]))
### str
print(str(1), str(1.0), str(None), str([1, 'a']), str(True), str(), str('x') + 'y')
### list, tuple, dict, set constructors
print(list('abc'), list(), tuple([1, 2]), tuple(), dict(a=1), dict([('a', 1), ('b', 2)]), dict({'x': 1}, y=2), sorted(set('hello')), set())
### copies are new objects
a = [1, 2]
b = list(a)
d = {'k': 1}
e = dict(d)
b.append(3)
e['z'] = 2
print(a, b, d, e)
### isinstance with tuples and unions
print(isinstance(1, (str, int)), isinstance('a', str), isinstance([], (tuple, list)), isinstance(None, type(None)), isinstance(1.0, int), isinstance(1, int | str))
### type
print(type(1), type('a'), type([]), type(None), type(print), type(lambda: 0), type(int), type({}.keys()))
### repr
print(repr('a'), repr(1.0), repr([1, 'b']), repr(None), repr({'a': (1,)}), repr(range(2)), repr(slice(1)))
### id
a = []
b = a
print(id(a) == id(b), id(a) == id([]), isinstance(id(a), int))
### iter and next
it = iter([1, 2])
print(next(it), next(it), next(it, 'end'))
### divmod and pow
print(divmod(17, 5), pow(2, 10), pow(2, -1), pow(3, 4, 5), pow(2.0, 3), pow(7, -1, 11))
### chr and ord
print(chr(97), ord('a'), chr(945), ord('é'), chr(0x1F600))
### chr out of range
try:
    chr(0x110000)
except ValueError as e:
    print(type(e).__name__)
try:
    ord('ab')
except TypeError as e:
    print(type(e).__name__)
### hex, oct, bin
print(hex(255), oct(8), bin(5), hex(-255), bin(0))
### hash
print(hash('a') == hash('a'), hash(1) == hash(1.0) == hash(True), hash((1, 2)) == hash((1, 2)))
### hash of a list
try:
    hash([])
except TypeError as e:
    print(type(e).__name__, e)
### object
o = object()
print(type(o), o == o, o == object(), isinstance(5, object))
### frozenset
f = frozenset([1, 2, 2])
print(len(f), 1 in f, f == {1, 2}, {f: 'x'}[frozenset([2, 1])], sorted(f | {3}))
### callable and getattr with defaults
print(callable(len), getattr('a', 'upper')(), getattr(5, 'nothing', None), hasattr([], 'append'))
### map is lazy
def f(x):
    print('f', x)
    return x
m = map(f, [1, 2])
print('made')
print(next(m))
### zip with unequal generators
print(list(zip(range(100), 'abc')), dict(zip(['a', 'b'], range(2))))
### nested functions of iterators
print(list(map(sum, zip([1, 2], [3, 4]))), sorted(map(abs, [-3, 1])), max(enumerate([3, 9, 4]), key=lambda t: t[1]))
### sum of generators with start
print(sum((x * x for x in range(4)), start=100))
### vars and dir of a module
import math
print('sqrt' in dir(math))
### input conversions fail with the text
for f, x in ((int, 'x1'), (float, '1,5')):
    try:
        f(x)
    except ValueError as e:
        print(e)
### bool of comparisons of containers
print([1, 2] == [1, 2], {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {1, 2} == {2, 1}, (1,) == [1])
### format builtin with nothing
print(format(None), format(True), format([1]))
### abs and round of bools and ints keep ints
print(round(7), round(True), abs(False), round(1e15), round(-7.5))
### min and max with several iterables and strings
print(max('apple', 'pear', key=len), min((2, 1), (1, 5)), max(1, 2.0), max(2, 2.0))
### iterators of dicts
d = {'a': 1, 'b': 2}
it = iter(d.items())
print(next(it), list(it), list(iter(d)), list(d.values()))
### wrong argument types are named
for f in (lambda: len(5), lambda: abs('a'), lambda: sum(5), lambda: list(3), lambda: enumerate(1)):
    try:
        f()
    except TypeError as e:
        print(type(e).__name__, e)
### float methods
print((2.0).is_integer(), (2.5).is_integer(), (0.5).as_integer_ratio(), (5).bit_length(), (3).real)
### int methods and class methods
print((10).bit_length(), (7).bit_count(), int.__name__, (5).conjugate(), (6).numerator, (6).denominator)
