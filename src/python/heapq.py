"""A list kept as a binary heap: item i is not greater than items 2i+1 and 2i+2.

Items move exactly as CPython moves them, so the lists look the same.
"""


def _sift_up(heap, start, pos):
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) // 2
        if not item < heap[parent]:
            break
        heap[pos] = heap[parent]
        pos = parent
    heap[pos] = item


def _sift_down(heap, pos):
    # The hole goes down to a leaf along smaller children; then the item rises from there.
    end, start, item = len(heap), pos, heap[pos]
    child = 2 * pos + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _sift_up(heap, start, pos)


def heapify(x):
    """Makes a list a heap.

    >>> import heapq
    >>> a = [3, 1, 2]
    >>> heapq.heapify(a)
    >>> a
    [1, 3, 2]
    """
    for i in range(len(x) // 2 - 1, -1, -1):
        _sift_down(x, i)


def heappush(heap, item):
    """Adds item.

    >>> import heapq
    >>> h = []
    >>> for x in (3, 1, 2): heapq.heappush(h, x)
    >>> heapq.heappop(h), h
    (1, [2, 3])
    """
    heap.append(item)
    _sift_up(heap, 0, len(heap) - 1)


def heappop(heap):
    """Removes and returns the smallest item."""
    last = heap.pop()
    if not heap:
        return last
    top, heap[0] = heap[0], last
    _sift_down(heap, 0)
    return top


def heapreplace(heap, item):
    """heappop, then heappush, in one step."""
    top, heap[0] = heap[0], item
    _sift_down(heap, 0)
    return top


def heappushpop(heap, item):
    """heappush, then heappop, in one step."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sift_down(heap, 0)
    return item


def nlargest(n, iterable, key=None):
    """The n largest items, largest first.

    >>> import heapq
    >>> heapq.nlargest(2, [3, 1, 4, 1, 5])
    [5, 4]
    """
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]


def nsmallest(n, iterable, key=None):
    """The n smallest items, smallest first."""
    return sorted(iterable, key=key)[:max(n, 0)]


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables as one sorted stream."""
    items = [x for it in iterables for x in it]
    return iter(sorted(items, key=key, reverse=reverse))
