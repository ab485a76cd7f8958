"""Means and deviations of plain numbers, summed without rounding."""
from math import fsum, sqrt


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
    return _tidy(_sum(data), len(data))


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


def _squares(data, centre):
    n = len(data)
    if centre is None and all(isinstance(x, int) for x in data):
        total = sum(data)  # exact: sum of squares about the mean is q/n with whole q
        return (n * sum(x * x for x in data) - total * total) / n
    centre = fsum(data) / n if centre is None else centre
    return fsum((x - centre) ** 2 for x in data)


def pvariance(data, mu=None):
    """Variance of a whole population: divides by n."""
    data = _data(data, 1, 'pvariance')
    return _squares(data, mu) / len(data)


def variance(data, xbar=None):
    """Variance of a sample: divides by n - 1."""
    data = _data(data, 2, 'variance')
    return _squares(data, xbar) / (len(data) - 1)


def stdev(data, xbar=None):
    """Standard deviation of a sample.

    >>> import statistics
    >>> statistics.stdev([1, 2, 3, 4])
    1.2909944487358056
    """
    data = _data(data, 2, 'stdev')
    return sqrt(variance(data, xbar))


def pstdev(data, mu=None):
    """Standard deviation of a whole population."""
    return sqrt(pvariance(data, mu))
