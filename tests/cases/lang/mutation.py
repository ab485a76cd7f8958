### containers changed while they are iterated
from collections import deque, OrderedDict, Counter, defaultdict
def run(made, over, change, most=12):
    seen = []
    try:
        for q in over(made):
            seen.append(q)
            change(made, q)
            if len(seen) >= most: break
        print(seen, 'end')
    except RuntimeError as e:
        print(seen, e)
def swap(d, q): d.pop(q); d[q] = 1
def swap_new(d, q): d.pop(q); d[q + 100] = 1
for n in range(1, 14):
    made = {i: i for i in range(n)}
    run(made, iter, swap)
    print(list(made))
for n in 3, 6, 11: run({i: i for i in range(n)}, iter, swap_new, 40)
for over in iter, dict.values, dict.items, reversed:
    run({1: 1, 2: 2, 3: 3}, over, lambda d, q: d.setdefault(9))
    run({1: 1, 2: 2, 3: 3}, over, lambda d, q: d.popitem())
run({1, 2, 3}, iter, lambda s, q: s.add(q + 10))
run({1, 2, 3}, iter, lambda s, q: s.discard(q))
for change in (lambda d, q: d.append(5), lambda d, q: d.popleft(), lambda d, q: d.rotate(1), lambda d, q: d.clear(), lambda d, q: d.reverse(),
               lambda d, q: d.insert(0, 4), lambda d, q: d.remove(q), lambda d, q: d.__setitem__(0, 7), lambda d, q: (d.pop(), d.append(1))):
    run(deque([1, 2, 3]), iter, change)
    run(deque([1]), iter, change)
run(Counter('aab'), iter, lambda c, q: c.update('z'))
run(defaultdict(int, a=1), iter, lambda d, q: d['b'])
### an iterator that failed goes on failing
d = {1: 1, 2: 2}
it = iter(d)
next(it)
d[3] = 3
for _ in range(2):
    try: next(it)
    except RuntimeError as e: print(e)
    d.pop(3, None)
