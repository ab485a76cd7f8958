"""Means and deviations of plain numbers, summed without rounding."""
from math import fsum, isfinite, sqrt


class StatisticsError(ValueError):
    pass


def _data(data, least, name):
    data = list(data)
    if len(data) < least:
        need = 'one data point' if least == 1 else 'two data points'
        raise StatisticsError(f'{name} requires at least {need}')
    return data


def _tidy(total, n):
    """total / n, an int again when all were ints and it divides."""
    return total // n if isinstance(total, int) and total % n == 0 else total / n


def _sum(data):
    return sum(data) if all(isinstance(x, int) for x in data) else fsum(data)


def mean(data):
    """Arithmetic mean.

    >>> import statistics
    >>> statistics.mean([1, 2, 3, 4]), statistics.mean([1, 2, 3])
    (2.5, 2)
    """
    data = _data(data, 1, 'mean')
    total = _sum(data)
    if isinstance(total, int) or not isfinite(total):
        return _tidy(total, len(data))
    return sum(_quotient(total, fsum([*data, -total]), len(data)))


def fmean(data):
    """Arithmetic mean as a float."""
    data = _data(data, 1, 'fmean')
    return fsum(data) / len(data)


def median(data):
    """Middle value.

    >>> import statistics
    >>> statistics.median([3, 1, 2]), statistics.median([1, 2, 3, 4])
    (2, 2.5)
    """
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def mode(data):
    """Most frequent value, the first of several."""
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    if not counts:
        raise StatisticsError('no mode for empty data')
    return max(counts, key=counts.get)


def _two_product(a, b):
    """a * b exactly, as two floats (Dekker)."""
    def split(x):
        c = 134217729.0 * x
        high = c - (c - x)
        return high, x - high
    p = a * b
    (ah, al), (bh, bl) = split(a), split(b)
    return p, ((ah * bh - p) + ah * bl + al * bh) + al * bl


def _squares(data, centre):
    """The sum of squares about the centre (None: the mean) as two floats, a head and its rest."""
    n = len(data)
    if centre is None and all(isinstance(x, int) for x in data):
        total = sum(data)  # exact: the sum of squares about the mean is q / n with whole q
        q = n * sum(x * x for x in data) - total * total
        return _quotient(q, 0.0, n)
    about = fsum(data) / n if centre is None else centre
    terms, off = [], []
    for x in data:
        d = x - about  # and what its rounding lost
        lost = fsum([x, -about, -d])
        terms += [*_two_product(d, d), *_two_product(2 * d, lost), lost * lost]
        off += [d, lost]
    if centre is None:
        terms.append(-fsum(off) ** 2 / n)
    head = fsum(terms)
    return head, fsum([*terms, -head])


def _quotient(head, rest, n):
    """(head + rest) / n as two floats."""
    q = head / n
    p, low = _two_product(q, float(n))
    return q, fsum([head, -p, -low, rest]) / n


def _variance(data, centre, n):
    head, rest = _squares(data, centre)
    if not isfinite(head):
        return head / n, 0.0
    return _quotient(head, rest, n)


def _root(head, rest):
    r = sqrt(head)
    if r == 0 or not isfinite(r):
        return r
    p, low = _two_product(r, r)
    return r + fsum([head, -p, -low, rest]) / (2 * r)


def pvariance(data, mu=None):
    """Variance of a whole population: divides by n."""
    data = _data(data, 1, 'pvariance')
    return sum(_variance(data, mu, len(data)))


def variance(data, xbar=None):
    """Variance of a sample: divides by n - 1."""
    data = _data(data, 2, 'variance')
    return sum(_variance(data, xbar, len(data) - 1))


def stdev(data, xbar=None):
    """Standard deviation of a sample.

    >>> import statistics
    >>> statistics.stdev([1, 2, 3, 4])
    1.2909944487358056
    """
    data = _data(data, 2, 'stdev')
    return _root(*_variance(data, xbar, len(data) - 1))


def pstdev(data, mu=None):
    """Standard deviation of a whole population."""
    data = _data(data, 1, 'pstdev')
    return _root(*_variance(data, mu, len(data)))
