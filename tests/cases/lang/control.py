### if, elif, else
for x in (-1, 0, 1):
    if x < 0:
        print('negative')
    elif x == 0:
        print('zero')
    else:
        print('positive')
### truth values
print([bool(x) for x in (0, 1, 0.0, '', 'a', [], [0], {}, None, (), (0,), set(), range(0), ...)])
### one-line blocks
if True: print('a'); print('b')
for i in range(2): print(i)
### for over everything
for x in [1, 2]: print(x, end=' ')
for x in 'ab': print(x, end=' ')
for x in (3, 4): print(x, end=' ')
for x in {'k': 1}: print(x, end=' ')
for x in range(2): print(x, end=' ')
print()
### for else without break
for i in range(3):
    pass
else:
    print('else', i)
### for else with break
for i in range(3):
    if i == 1:
        break
else:
    print('never')
print(i)
### continue
for i in range(5):
    if i % 2:
        continue
    print(i)
### while else
n = 3
while n:
    n -= 1
else:
    print('done', n)
### while with break skips else
n = 0
while True:
    n += 1
    if n == 4:
        break
else:
    print('never')
print(n)
### nested loops and break
for i in range(3):
    for j in range(3):
        if j == i:
            break
        print(i, j)
### continue in a while
n = 0
while n < 5:
    n += 1
    if n == 2:
        continue
    print(n, end=' ')
print()
### the loop variable survives
for i in range(3):
    pass
print(i)
### an empty loop leaves the variable alone
i = 'before'
for i in []:
    pass
print(i)
### range in all directions
print(list(range(5)), list(range(2, 5)), list(range(10, 0, -3)), list(range(0)), list(range(5, 2)))
### changing the list while looping over a copy
a = [1, 2, 3, 4]
for x in a[:]:
    if x % 2 == 0:
        a.remove(x)
print(a)
### growing a list while looping
a = [1]
for x in a:
    if x < 4:
        a.append(x + 1)
print(a)
### pass and ellipsis as bodies
def f(): ...
class A: pass
if True:
    pass
print(f(), A.__name__)
### assert
assert True
assert 1, 'message'
try:
    assert 1 == 2, 'they differ'
except AssertionError as e:
    print(type(e).__name__, e)
try:
    assert []
except AssertionError as e:
    print(type(e).__name__, str(e) == '')
### assert evaluates its message only on failure
assert True, 1 / 0
print('ok')
### break in try finally
for i in range(3):
    try:
        if i == 1:
            break
    finally:
        print('finally', i)
### continue in try finally
for i in range(2):
    try:
        continue
    finally:
        print('finally', i)
### return in a loop with else
def f(xs):
    for x in xs:
        if x > 2:
            return x
    else:
        return None
print(f([1, 2, 3]), f([1]))
### deep nesting
def f(n):
    if n > 0:
        if n > 1:
            if n > 2:
                return 'many'
            else:
                return 'two'
        return 'one'
    return 'none'
print([f(i) for i in range(4)])
### for over dict views
d = {'a': 1, 'b': 2}
for k, v in d.items():
    print(k, v)
for k in d.keys():
    print(k)
for v in d.values():
    print(v)
### dict changed during iteration
d = {'a': 1, 'b': 2}
try:
    for k in d:
        d[k + 'x'] = 1
except RuntimeError as e:
    print(type(e).__name__, e)
### not iterable
try:
    for x in 5:
        pass
except TypeError as e:
    print(type(e).__name__, e)
### elif chain picks the first
x = 5
if x > 1:
    print('a')
elif x > 2:
    print('b')
### tabs as indentation
if True:
	x = 1
	if x:
		print('tab')
### comments do not end a block
if True:
    print('a')
# not indented
        # deeper
    print('b')
### while with a walrus and not
it = iter([1, 2, 3])
while not (x := next(it, None)) is None:
    print(x)
### loops a million times
n = 0
for i in range(100000):
    n += i
print(n)
### zip and enumerate in a loop
for i, (a, b) in enumerate(zip('ab', [1, 2]), start=1):
    print(i, a, b)
### range compares and contains
print(range(3) == range(0, 3), 2 in range(3), 3 in range(0, 10, 2), range(0, 10, 2).index(4), repr(range(1, 5)), repr(range(0, 5, 2)))
