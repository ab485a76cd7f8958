### lists from both ends
a = [10, 20, 30]
print(a[0], a[-1], a[2], a[-3], a[True])
### slices
a = list(range(10))
print(a[2:5], a[:3], a[7:], a[:], a[-3:], a[:-7])
### slices with steps
a = list(range(10))
print(a[::2], a[1::3], a[::-1], a[8:2:-2], a[-1:-4:-1], a[5:2])
### slices beyond the ends
a = [1, 2, 3]
print(a[-10:10], a[5:], a[:-5], a[2:100:1], a[100::-1])
### strings and tuples
s = 'abcdef'
t = (1, 2, 3, 4)
print(s[1], s[-2], s[1:4], s[::-1], t[1:3], t[::-2])
### ranges
r = range(0, 20, 3)
print(r[1], r[-1], r[1:3], r[::-1], len(r), list(r[::2]))
### slice assignment
a = [1, 2, 3, 4, 5]
a[1:3] = ['x', 'y', 'z']
print(a)
a[:0] = [0]
print(a)
a[-1:] = []
print(a)
a[:] = [9]
print(a)
### slice assignment with steps
a = list(range(6))
a[::2] = ['a', 'b', 'c']
print(a)
### extended slice of the wrong size
a = list(range(6))
try:
    a[::2] = [1, 2]
except ValueError as e:
    print(type(e).__name__, e)
### slice assignment from an iterator
a = [1, 2, 3]
a[1:2] = (i * i for i in range(3))
print(a)
### nested indexing
m = [[1, 2], [3, 4]]
m[0][1] = 9
print(m[0][1], m[-1][-1], [row[0] for row in m])
### rows that share a list
m = [[0] * 2] * 2
m[0][0] = 1
print(m)
### dict indexing
d = {'a': 1}
d['b'] = 2
d['a'] += 10
print(d['a'], d, d[('b')])
### tuple keys
d = {}
d[1, 2] = 'x'
d[(3,)] = 'y'
print(d[(1, 2)], d)
### slice objects
s = slice(1, 5, 2)
print(s, s.start, s.stop, s.step, list(range(10))[s], slice(3), slice(None, -1))
### slice indices
print(slice(1, 100, 2).indices(10), slice(None, None, -1).indices(5))
### list index out of range
try:
    [1, 2][5]
except IndexError as e:
    print(type(e).__name__, e)
### list assignment out of range
try:
    [1][3] = 0
except IndexError as e:
    print(type(e).__name__, e)
### string and tuple index out of range
for s in ('abc', (1, 2)):
    try:
        s[10]
    except IndexError as e:
        print(type(e).__name__, e)
### missing key
try:
    {'a': 1}['b']
except KeyError as e:
    print(type(e).__name__, e)
try:
    {}[1, 2]
except KeyError as e:
    print(type(e).__name__, e, e.args)
### wrong index types
for f in [lambda: [1]['a'], lambda: (1,)[1.0], lambda: 'a'['b']]:
    try:
        f()
    except TypeError as e:
        print(type(e).__name__, e)
### not subscriptable
for x in (5, None, 1.5):
    try:
        x[0]
    except TypeError as e:
        print(type(e).__name__, e)
### no item assignment
for x in ((1, 2), 'abc'):
    try:
        x[0] = 1
    except TypeError as e:
        print(type(e).__name__, e)
### no item deletion
try:
    t = (1, 2)
    del t[0]
except TypeError as e:
    print(type(e).__name__, e)
### unhashable keys
for k in ([], {}):
    try:
        {k: 1}
    except TypeError as e:
        print(type(e).__name__, e)
### what __getitem__ receives
class G:
    def __getitem__(self, i):
        return i
g = G()
print(g[1], g[1, 2], g[1:2], g[::3, ...], g[None], g[()], g['a':], g[-1])
### __getitem__ with __index__
class I:
    def __index__(self):
        return 2
print([1, 2, 3][I()], 'abc'[I()], list(range(5))[:I()], range(10)[I()])
### zero step
try:
    [1][::0]
except ValueError as e:
    print(type(e).__name__, e)
### deleting a dict key twice
d = {'a': 1}
del d['a']
try:
    del d['a']
except KeyError as e:
    print(type(e).__name__, e)
