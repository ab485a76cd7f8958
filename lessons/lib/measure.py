"""What lessons that measure have in common: slopes, crossings, short texts of large numbers."""

import math

import qkv
import torch


def slope(x, y):
    """Exponent p of the power law y = c·xᵖ that fits best: least squares on the logarithms."""
    a = [math.log(value) for value in x]
    b = [math.log(value) for value in y]
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    over = sum((ai - ma) * (bi - mb) for ai, bi in zip(a, b))
    return over / sum((ai - ma) ** 2 for ai in a)


def crossing(x, first, second):
    """Where `first` rises above `second` for good, on straight lines between logarithms.

    None when it does not within x.
    """
    ratio = [math.log(f / s) for f, s in zip(first, second)]
    for i in range(len(x) - 2, -1, -1):
        if ratio[i] <= 0 < ratio[i + 1]:
            share = -ratio[i] / (ratio[i + 1] - ratio[i])
            step = math.log(x[i + 1] / x[i])
            return x[i] * math.exp(share * step)
    return None


def size(count):
    """Bytes as people say them: '320 KiB'."""
    for unit in ('B', 'KiB', 'MiB', 'GiB', 'TiB'):
        if count < 1024:
            break
        count = count / 1024
    else:
        unit = 'PiB'
    text = f'{count:.3g}' if count < 1000 else f'{count:.0f}'
    return f'{text} {unit}'


def short(count):
    """A count in at most five characters: '4.2M'."""
    for unit in ('', 'K', 'M', 'G', 'T'):
        if abs(count) < 999.5:
            break
        count = count / 1000
    else:
        unit = 'P'
    if not unit:
        return f'{count:.3g}'
    return (f'{count:.1f}' if abs(count) < 99.95 else f'{count:.0f}') + unit


def some(count, one, many='', comma=False):
    """'1 head', '4 heads'."""
    text = f'{count:,}' if comma else str(count)
    return f'{text} {one if count == 1 else many or one + "s"}'


def join_words(words):
    """'a', 'a and b', 'a, b and c'; 'none' of nothing."""
    words = [str(word) for word in words]
    if len(words) < 2:
        return words[0] if words else 'none'
    return ', '.join(words[:-1]) + ' and ' + words[-1]


def clock(seconds):
    """A time in at most seven characters: '12.3 µs'."""
    for factor, unit in ((1e9, 'ns'), (1e6, 'µs'), (1e3, 'ms'), (1, 's')):
        value = seconds * factor
        if value < 999.5:
            break
    return qkv.measured(f'{value:.3g} {unit}')


def rank(a, tol=1e-9):
    """Rank of a matrix by elimination with full columns and row pivots; tol against its largest
    entry. Wants double precision."""
    a = a.clone()
    left, found = list(range(a.shape[0])), 0
    least = tol * a.abs().max().item()
    for c in range(a.shape[1]):
        if not left:
            break
        column = a[left, c].abs()
        at = int(column.argmax())
        if column[at].item() <= least:
            continue
        pivot = left.pop(at)
        found += 1
        if left:
            a[left] -= torch.outer(a[left, c] / a[pivot, c], a[pivot])
    return found
