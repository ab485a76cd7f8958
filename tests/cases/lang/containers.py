### list append, extend, insert
a = [1]
a.append(2)
a.extend([3, 4])
a.extend('xy')
a.insert(0, 'first')
a.insert(-1, 'before last')
a.insert(100, 'end')
print(a)
### list pop and remove
a = [1, 2, 3, 2]
print(a.pop(), a.pop(0), a)
a.remove(2)
print(a)
### list pop and remove errors
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(9)):
    try:
        f()
    except (IndexError, ValueError) as e:
        print(type(e).__name__, e)
### list index and count
a = [1, 2, 1, 3]
print(a.index(1), a.index(1, 1), a.count(1), a.count(9))
### list sort and reverse
a = [3, 1, 2]
print(a.sort(), a)
a.sort(reverse=True)
print(a)
a.reverse()
print(a)
a.sort(key=lambda x: -x)
print(a)
### list copy and clear
a = [1, [2]]
b = a.copy()
b[1].append(3)
b.append(4)
print(a, b)
a.clear()
print(a)
### list comparison
print([1, 2] < [1, 2, 3], [2] > [1, 9], [] == [], [1, [2]] == [1, [2]], [1] != [1.0])
### list multiplication and addition
a = [0] * 3
a[0] = 1
print(a, [[]] * 2, [1, 2] + [3], 2 * ['a'])
### list as stack and queue
s = []
for i in range(3):
    s.append(i)
print(s.pop(), s.pop(0), s)
### nested list building
grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 5
print(grid)
### unpacking in calls
print(*[1, 2, 3], *'ab', sep='-')
### list in boolean context and len
print(bool([]), bool([0]), len([[], []]))
### dict get, setdefault, pop
d = {'a': 1}
print(d.get('a'), d.get('b'), d.get('b', 0), d.setdefault('a', 5), d.setdefault('c', []), d.pop('a'), d.pop('z', 'none'), d)
### dict update
d = {'a': 1}
d.update({'b': 2})
d.update(c=3, a=0)
d.update([('d', 4)])
print(d)
### dict views
d = {'a': 1, 'b': 2}
print(d.keys(), d.values(), d.items(), list(d), 'a' in d.keys(), 2 in d.values(), ('a', 1) in d.items())
### views follow the dict
d = {'a': 1}
k = d.keys()
d['b'] = 2
print(list(k), len(k))
### views as sets
a, b = {'x': 1, 'y': 2}, {'y': 3, 'z': 4}
print(sorted(a.keys() & b.keys()), sorted(a.keys() | b.keys()), sorted(a.keys() - b.keys()))
### dict merge operators
a = {'x': 1, 'y': 2}
print(a | {'y': 3}, {**a, 'z': 0})
a |= {'w': 9}
print(a)
### dict popitem, clear, copy
d = {'a': 1, 'b': 2}
print(d.popitem(), d)
e = d.copy()
d.clear()
print(d, e)
### dict fromkeys
print(dict.fromkeys('ab', 0), dict.fromkeys([1, 2]))
### dict order after deletion
d = {'a': 1, 'b': 2, 'c': 3}
del d['b']
d['b'] = 4
d['a'] = 5
print(d, list(reversed(d)))
### dict pop of a missing key
try:
    {}.pop('k')
except KeyError as e:
    print(type(e).__name__, e)
try:
    {}.popitem()
except KeyError as e:
    print(type(e).__name__, e)
### dict of lists
groups = {}
for w in ['apple', 'avocado', 'bean']:
    groups.setdefault(w[0], []).append(w)
print(groups)
### counting with get
c = {}
for ch in 'hello':
    c[ch] = c.get(ch, 0) + 1
print(c, max(c, key=c.get), sorted(c.items(), key=lambda t: (-t[1], t[0])))
### dict equality ignores order
print({'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {1: 'x'} == {1.0: 'x'}, {} == {'a': 1})
### many keys
d = {i: i * i for i in range(1000)}
for i in range(0, 1000, 2):
    del d[i]
print(len(d), d[999], 500 in d, sum(d.values()))
### nested dict
d = {'a': {'b': {'c': 1}}}
d['a']['b']['d'] = 2
print(d['a']['b'], d)
### set operations
a, b = {1, 2, 3}, {3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= {1, 2, 3, 4}, a < a, {1} < a, a.isdisjoint({9}))
### set methods
s = {1, 2}
s.add(3)
s.discard(9)
s.remove(1)
s.update([5, 6])
print(sorted(s), len(s), 2 in s)
### set methods with other iterables
s = {1, 2, 3}
print(sorted(s.union([4], (5,))), sorted(s.intersection([2, 9])), sorted(s.difference('a', [1])), sorted(s.symmetric_difference([3, 4])), s.issubset(range(9)), s.issuperset([1]))
### set in-place operators
s = {1, 2, 3}
s |= {4}
s &= {2, 3, 4}
s -= {4}
s ^= {9}
print(sorted(s))
### set remove of a missing element
try:
    {1}.remove(5)
except KeyError as e:
    print(type(e).__name__, e)
### set of tuples and dedup
print(len({(1, 2), (1, 2), (2, 1)}), sorted(set('mississippi')), list(dict.fromkeys([3, 1, 3, 2])))
### unhashable set element
try:
    {[]}
except TypeError as e:
    print(type(e).__name__, e)
### tuple methods
t = (1, 2, 1)
print(t.count(1), t.index(2), t + (3,), t * 2, len(t), 2 in t, t[1:])
### tuple index of what is missing
try:
    (1,).index(5)
except ValueError as e:
    print(type(e).__name__, e)
### tuples compare and hash
print((1, 'a') < (1, 'b'), (1, 2) == (1, 2), {(1, 2): 'x'}[1, 2], hash((1,)) == hash((1,)))
### tuple with one element prints a comma
print((1,), ('a',), tuple('a'), ((),))
### nested structures print
print([(1, {'a': [2, (3,)]}), {4: (5,)}], {'k': {1}})
### list of dicts sorted
rows = [{'n': 'b', 'v': 2}, {'n': 'a', 'v': 2}]
print(sorted(rows, key=lambda r: r['n'])[0]['n'], max(rows, key=lambda r: r['v'])['n'])
### in-place slice delete and insert
a = list(range(5))
a[1:1] = ['x', 'y']
del a[-2:]
print(a)
### list contains by equality
print(1.0 in [1], '1' in [1], None in [None], [1] in [[1]], float('nan') in [float('nan')])
### star in the middle of a list
print([0, *range(1, 3), 9], [*{}, *()], {**{}, 'a': 1})
### zip to dict and back
d = dict(zip(['x', 'y'], [1, 2]))
ks, vs = zip(*d.items())
print(d, ks, vs)
### list methods return None
a = [2, 1]
print(a.append(0), a.reverse(), a.extend([]), a.insert(0, 5), a)
### sort with mixed key errors
try:
    [1, None].sort()
except TypeError as e:
    print(type(e).__name__, e)
### list slices are copies
a = [1, 2, 3]
b = a[:]
b[0] = 9
c = a[1:]
c[0] = 7
print(a, b, c)
### del in a loop over keys
d = {i: i for i in range(5)}
for k in list(d):
    if k % 2:
        del d[k]
print(d)
### enumerate with unpacked pairs
for i, (k, v) in enumerate({'a': 1, 'b': 2}.items()):
    print(i, k, v)
