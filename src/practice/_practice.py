"""What practice asks with and compares with; see ask.h and value.c in C."""
import math
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

import qkv

WRONG, PARTLY, RIGHT = 0, 1, 2

# What letters for sizes stand for: numbers that no two different formulas give the same value with
LETTER_PRIMES = [13, 29, 7, 37, 17, 23, 11, 31, 19, 41, 43, 47]


def begin(scope, seed, letters=()):
    """What expressions of an item and answers see, in the scope of a question."""
    draws = random.Random(seed)
    scope.pick = lambda *options: draws.choice(options)
    scope.whole = draws.randint
    for name, module in (('torch', torch), ('nn', nn), ('F', F), ('math', math), ('qkv', qkv)):
        setattr(scope, name, module)
    for letter, prime in zip(letters, LETTER_PRIMES):
        setattr(scope, letter, prime)


def with_numpy(scope):
    import numpy
    scope.np = numpy


def shuffled(n, seed):
    """The numbers 0 to n - 1 in an order that the seed decides."""
    order = list(range(n))
    random.Random(seed).shuffle(order)
    return tuple(order)


def plain(value):
    """A value without tensors: numbers, lists of numbers."""
    if isinstance(value, torch.Size):
        return tuple(value)
    return value.tolist() if hasattr(value, 'tolist') else value


def rows_of(value):
    """A mask as rows of 0 and 1, or None; texts as 1000/1100 and anything like a matrix."""
    if isinstance(value, str):
        rows = [row for row in value.replace(',', ' ').replace(';', '/').replace('|', '/')
                .replace('\n', '/').split('/') if row.strip()]
        if len(rows) == 1 and ' ' in rows[0].strip():
            rows = rows[0].split()
        value = [[int(digit) for digit in row if digit in '01'] for row in rows]
    value = plain(value)
    while isinstance(value, (list, tuple)) and len(value) == 1 and isinstance(value[0], (list, tuple)) \
            and value[0] and isinstance(value[0][0], (list, tuple)):
        value = value[0]
    if not isinstance(value, (list, tuple)) or not value:
        return None
    if not isinstance(value[0], (list, tuple)):
        value = [value]
    if any(not isinstance(row, (list, tuple)) or len(row) != len(value[0]) for row in value):
        return None
    if any(cell not in (0, 1) for row in value for cell in row):
        return None
    return [[int(cell) for cell in row] for row in value]


def row_text(rows):
    return '/'.join(''.join(str(cell) for cell in row) for row in rows)


def typed(value, kind):
    """A right answer as one would type it."""
    if kind == 'mask':
        return row_text(rows_of(value))
    value = plain(value)
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, float):
        return f'{value:.6g}'
    return str(value)


def close(got, want, tolerance):
    if got != got or want != want:
        return got != got and want != want
    if math.isinf(got) or math.isinf(want):
        return got == want
    return abs(got - want) <= max(tolerance, 1e-9) * abs(want)


def same(got, want, tolerance):
    """Are two plain values the same? Numbers by their tolerance, lists element by element."""
    got, want = plain(got), plain(want)
    numbers = (int, float)
    if isinstance(got, numbers) and isinstance(want, numbers):
        return close(got, want, tolerance)
    if isinstance(got, (list, tuple)) and isinstance(want, (list, tuple)):
        return len(got) == len(want) and all(same(g, w, tolerance) for g, w in zip(got, want))
    return type(got) == type(want) and got == want


def half_unit(text):
    """Half a unit of the last digit of a number as typed, in relation to it: how far 2.36 may be off."""
    digits = text.strip().lstrip('+-').replace('_', '')
    if not digits.replace('.', '', 1).isdigit():
        return 0.0
    value = float(digits)
    decimals = len(digits.split('.')[1]) if '.' in digits else 0
    if len(digits.replace('.', '').lstrip('0')) < 2 or value == 0:
        return 0.0
    return 0.5 * 10 ** -decimals / value * (1 + 1e-9)


def compare_number(got, want, tolerance, times, rounded, text):
    got, want = plain(got), plain(want)
    if not isinstance(got, (int, float)) or isinstance(got, bool):
        return WRONG, None, f'A number is wanted; this is {described(got)}.'
    if rounded:
        tolerance = max(tolerance, half_unit(text))
    if close(got * times, want, tolerance):
        return RIGHT, None, ''
    if want and got * times == -want:
        return WRONG, None, 'The sign is the other way round.'
    ratio = got * times / want if want else 0
    for factor in (2, 3, 4, 8, 12, 1 / 2, 1 / 3, 1 / 4, 1 / 8, 1 / 12):
        if want and close(ratio, factor, 1e-6):
            said = f'{factor:g} times as much as' if factor > 1 else f'1/{1 / factor:g} of'
            return WRONG, None, f'That is {said} the right number.'
    return WRONG, None, ''


def compare_shape(got, want):
    got, want = plain(got), plain(want)
    if isinstance(got, int):
        got = (got,)
    if not isinstance(got, (list, tuple)):
        return WRONG, None, f'A shape is wanted, as (2, 8, 6, 6); this is {described(got)}.'
    got, want = list(got), list(want)
    if got == want:
        return RIGHT, None, ''
    if sorted(got, key=str) == sorted(want, key=str):
        return WRONG, None, 'These are the right sizes in another order.'
    if len(got) != len(want):
        return WRONG, None, f'The right shape has {len(want)} dimensions, yours {len(got)}.'
    wrong = [i for i in range(len(want)) if got[i] != want[i]]
    return WRONG, None, f'Wrong: dimension {", ".join(str(i) for i in wrong)} (counted from 0).'


def compare_mask(got, want):
    got, want = rows_of(got), rows_of(want)
    if got is None:
        return WRONG, None, 'A mask is wanted: rows of 0 and 1, as 1000/1100/1110/1111, or an expression.'
    if len(got) != len(want) or len(got[0]) != len(want[0]):
        if len(got) == 1 and len(want) > 1 and got[0] in want:
            return WRONG, None, f'That is one row; {len(want)} queries want {len(want)} rows.'
        return WRONG, None, f'It wants {len(want)} rows of {len(want[0])}; yours has {len(got)} of {len(got[0])}.'
    if got == want:
        return RIGHT, None, ''
    if [[1 - cell for cell in row] for row in got] == want:
        return WRONG, 'mask-inverted', 'That is the mask with 0 and 1 exchanged: here 1 means "may attend".'
    if [list(column) for column in zip(*got)] == want:
        return WRONG, 'mask-transposed', 'That is the transpose: rows are queries, columns are keys.'
    strict = all(g <= w for a, b in zip(got, want) for g, w in zip(a, b))
    if strict and all(got[i][j] == want[i][j] or i == j for i in range(len(want)) for j in range(len(want[0]))):
        return WRONG, 'causal-off-by-one', 'The diagonal is hidden: a query may see its own position.'
    wrong = sum(g != w for a, b in zip(got, want) for g, w in zip(a, b))
    i, j = next((i, j) for i in range(len(want)) for j in range(len(want[0])) if got[i][j] != want[i][j])
    may = 'may' if want[i][j] else 'may not'
    return WRONG, None, f'{wrong} of {len(want) * len(want[0])} cells differ, the first in row {i}, column {j}: ' \
        f'query {i} {may} see key {j} (counted from 0).'


def described(value):
    if isinstance(value, torch.Tensor):
        return f'a tensor of shape {tuple(value.shape)}'
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + '…'


def compare(kind, got, want, tolerance, times, rounded, text):
    """An answer's value against the right one: (result, diagnosis or None, what there is to say)."""
    if kind == 'mask':
        return compare_mask(got, want)
    if kind == 'shape':
        return compare_shape(got, want)
    if kind == 'number':
        return compare_number(got, want, tolerance, times, rounded, text)
    if same(got, want, max(tolerance, 1e-6)):
        return RIGHT, None, ''
    return WRONG, None, f'Yours is {described(plain(got))}.'
