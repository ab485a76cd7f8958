"""Where an item belongs in a sorted list."""


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """First position whose item is not less than x.

    >>> from bisect import bisect_left
    >>> bisect_left([1, 2, 2, 3], 2)
    1
    """
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if (a[mid] if key is None else key(a[mid])) < x:
            lo = mid + 1
        else:
            hi = mid
    return lo


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """First position whose item is greater than x.

    >>> from bisect import bisect_right
    >>> bisect_right([1, 2, 2, 3], 2)
    3
    """
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if x < (a[mid] if key is None else key(a[mid])):
            hi = mid
        else:
            lo = mid + 1
    return lo


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Inserts x behind equal items.

    >>> from bisect import insort
    >>> a = [1, 3]
    >>> insort(a, 2)
    >>> a
    [1, 2, 3]
    """
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Inserts x before equal items."""
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)


bisect = bisect_right
insort = insort_right
