"""Iterators that combine and slice other iterators; all of them lazy."""


class chain:
    """The items of the first iterable, then of the second, ...

    >>> from itertools import chain
    >>> list(chain('ab', [1])), list(chain.from_iterable(['ab', 'c']))
    (['a', 'b', 1], ['a', 'b', 'c'])
    """

    def __init__(self, *iterables):
        self._items = chain._run(iterables)

    @staticmethod
    def _run(iterables):
        for it in iterables:
            yield from it

    @classmethod
    def from_iterable(cls, iterable, /):
        made = cls()
        made._items = chain._run(iterable)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


class count:
    """start, start + step, ... without end.

    >>> from itertools import count
    >>> c = count(5, 2)
    >>> next(c), next(c), c
    (5, 7, count(9, 2))
    """

    def __init__(self, start=0, step=1):
        self._at, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        at = self._at
        self._at = at + self._step
        return at

    def __repr__(self):
        return f'count({self._at!r})' if self._step == 1 else f'count({self._at!r}, {self._step!r})'


def cycle(iterable, /):
    """The items over and over.

    >>> from itertools import cycle, islice
    >>> ''.join(islice(cycle('qkv'), 7))
    'qkvqkvq'
    """
    saved = []
    for x in iterable:
        yield x
        saved.append(x)
    while saved:
        yield from saved


class repeat:
    """The same object without end, or that many times.

    >>> from itertools import repeat
    >>> list(repeat(0, 3))
    [0, 0, 0]
    """

    def __init__(self, object, times=None):
        self._object, self._left = object, None if times is None else max(times, 0)

    def __iter__(self):
        return self

    def __next__(self):
        if self._left is not None:
            if self._left == 0:
                raise StopIteration
            self._left -= 1
        return self._object

    def __repr__(self):
        return f'repeat({self._object!r})' if self._left is None else f'repeat({self._object!r}, {self._left})'


def accumulate(iterable, func=None, *, initial=None):
    """Running sums, or running results of func.

    >>> from itertools import accumulate
    >>> list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], max, initial=2))
    ([1, 3, 6], [2, 2, 2, 3])
    """
    it = iter(iterable)
    total = initial
    if initial is None:
        for total in it:
            break
        else:
            return
    yield total
    for x in it:
        total = total + x if func is None else func(total, x)
        yield total


def islice(iterable, *args):
    """A slice of an iterator: stop, or start, stop and step.

    >>> from itertools import islice, count
    >>> list(islice(count(), 2, 9, 3))
    [2, 5, 8]
    """
    s = slice(*args)
    start, stop, step = s.start, s.stop, s.step
    for n in (start, stop):
        if n is not None and (not isinstance(n, int) or n < 0):
            raise ValueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
    if step is not None and (not isinstance(step, int) or step < 1):
        raise ValueError('Step for islice() must be a positive integer or None.')
    return _slice(iter(iterable), start or 0, stop, step or 1)


def _slice(it, start, stop, step):
    at, want = 0, start
    while stop is None or want < stop:
        for x in it:
            at += 1
            if at > want:
                break
        else:
            return
        yield x
        want += step
    while stop is not None and at < stop:  # the items up to stop are used up, too
        for _ in it:
            break
        else:
            return
        at += 1


def starmap(function, iterable, /):
    """function(*args) for every tuple.

    >>> from itertools import starmap
    >>> list(starmap(pow, [(2, 5), (3, 2)]))
    [32, 9]
    """
    for args in iterable:
        yield function(*args)


def takewhile(predicate, iterable, /):
    """Items up to the first for which predicate is false.

    >>> from itertools import takewhile
    >>> list(takewhile(lambda x: x < 3, [1, 2, 3, 1]))
    [1, 2]
    """
    for x in iterable:
        if not predicate(x):
            return
        yield x


def dropwhile(predicate, iterable, /):
    """Items from the first for which predicate is false.

    >>> from itertools import dropwhile
    >>> list(dropwhile(lambda x: x < 3, [1, 2, 3, 1]))
    [3, 1]
    """
    it = iter(iterable)
    for x in it:
        if not predicate(x):
            yield x
            break
    yield from it


def filterfalse(predicate, iterable, /):
    """Items for which predicate is false.

    >>> from itertools import filterfalse
    >>> list(filterfalse(lambda x: x % 2, range(5)))
    [0, 2, 4]
    """
    for x in iterable:
        if not (x if predicate is None else predicate(x)):
            yield x


def compress(data, selectors):
    """Items whose selector is true.

    >>> from itertools import compress
    >>> list(compress('qkv', [1, 0, 1]))
    ['q', 'v']
    """
    return (d for d, s in zip(data, selectors) if s)


def pairwise(iterable, /):
    """Neighbours.

    >>> from itertools import pairwise
    >>> list(pairwise('abc'))
    [('a', 'b'), ('b', 'c')]
    """
    it = iter(iterable)
    for last in it:
        break
    else:
        return
    for x in it:
        yield last, x
        last = x


def zip_longest(*iterables, fillvalue=None):
    """As zip, up to the longest.

    >>> from itertools import zip_longest
    >>> list(zip_longest('ab', [1], fillvalue='-'))
    [('a', 1), ('b', '-')]
    """
    its = [iter(it) for it in iterables]
    left = len(its)
    while left:
        row = []
        for i, it in enumerate(its):
            x = fillvalue
            if it is not None:
                for x in it:
                    break
                else:
                    its[i], x = None, fillvalue
                    left -= 1
                    if left == 0:
                        return
            row.append(x)
        yield tuple(row)


def groupby(iterable, key=None):
    """Runs of neighbours with the same key: (key, items).

    >>> from itertools import groupby
    >>> [(k, list(g)) for k, g in groupby('aab')]
    [('a', ['a', 'a']), ('b', ['b'])]
    """
    it = iter(iterable)
    for x in it:
        break
    else:
        return
    state = [x, x if key is None else key(x), False]  # item, its key, end reached

    def group(k):
        while not state[2] and state[1] == k:
            yield state[0]
            step()

    def step():
        for item in it:
            state[0], state[1] = item, item if key is None else key(item)
            return
        state[2] = True

    while not state[2]:
        k = state[1]
        members = group(k)
        yield k, members
        for _ in members:  # what the caller left of the group
            pass


def tee(iterable, n=2, /):
    """n independent iterators over one.

    >>> from itertools import tee
    >>> a, b = tee([1, 2])
    >>> list(a), list(b)
    ([1, 2], [1, 2])
    """
    it = iter(iterable)
    queues = [[] for _ in range(n)]

    def run(mine):
        while True:
            if not mine:
                for x in it:
                    break
                else:
                    return
                for q in queues:
                    q.append(x)
            yield mine.pop(0)
    return tuple(run(q) for q in queues)


def product(*iterables, repeat=1):
    """The cartesian product, the last iterable turning fastest.

    >>> from itertools import product
    >>> list(product('ab', range(2))), len(list(product([0, 1], repeat=3)))
    ([('a', 0), ('a', 1), ('b', 0), ('b', 1)], 8)
    """
    pools = [tuple(it) for it in iterables] * repeat
    if not all(pools):
        return
    at = [0] * len(pools)
    while True:
        yield tuple(pool[i] for pool, i in zip(pools, at))
        for k in range(len(pools) - 1, -1, -1):
            at[k] += 1
            if at[k] < len(pools[k]):
                break
            at[k] = 0
        else:
            return


def permutations(iterable, r=None):
    """Arrangements of r items, in the order of positions.

    >>> from itertools import permutations
    >>> list(permutations('abc', 2))
    [('a', 'b'), ('a', 'c'), ('b', 'a'), ('b', 'c'), ('c', 'a'), ('c', 'b')]
    """
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    if r < 0:
        raise ValueError('r must be non-negative')
    if r > n:
        return
    order = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple(pool[i] for i in order[:r])
    while True:
        for i in range(r - 1, -1, -1):
            cycles[i] -= 1
            if cycles[i] == 0:
                order[i:] = order[i + 1:] + order[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                order[i], order[-j] = order[-j], order[i]
                yield tuple(pool[k] for k in order[:r])
                break
        else:
            return


def combinations(iterable, r):
    """Choices of r items, in the order of positions.

    >>> from itertools import combinations
    >>> list(combinations('abc', 2))
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    pool = tuple(iterable)
    n = len(pool)
    if r < 0:
        raise ValueError('r must be non-negative')
    if r > n:
        return
    at = list(range(r))
    while True:
        yield tuple(pool[i] for i in at)
        for i in range(r - 1, -1, -1):
            if at[i] != i + n - r:
                break
        else:
            return
        at[i] += 1
        for j in range(i + 1, r):
            at[j] = at[j - 1] + 1


def combinations_with_replacement(iterable, r):
    """Choices of r items that may repeat.

    >>> from itertools import combinations_with_replacement
    >>> list(combinations_with_replacement('ab', 2))
    [('a', 'a'), ('a', 'b'), ('b', 'b')]
    """
    pool = tuple(iterable)
    n = len(pool)
    if r < 0:
        raise ValueError('r must be non-negative')
    if n == 0 and r:
        return
    at = [0] * r
    while True:
        yield tuple(pool[i] for i in at)
        for i in range(r - 1, -1, -1):
            if at[i] != n - 1:
                break
        else:
            return
        at[i:] = [at[i] + 1] * (r - i)
