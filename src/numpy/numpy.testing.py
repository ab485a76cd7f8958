"""Assertions about arrays, in NumPy's words."""
import numpy as np
from numpy import array_repr, array2string


def build_err_msg(arrays, err_msg, header='Items are not equal:', verbose=True,
                  names=('ACTUAL', 'DESIRED'), precision=8):
    """The header, what is to be said, and each array's first three lines."""
    lines = ['\n' + header]
    if err_msg and '\n' not in err_msg and len(err_msg) < 79 - len(header):
        lines[0] += ' ' + err_msg
    elif err_msg:
        lines.append(err_msg)
    for name, a in zip(names, arrays if verbose else ()):
        text = array_repr(a, precision=precision) if isinstance(a, np.ndarray) else repr(a)
        if text.count('\n') > 3:
            text = '\n'.join(text.splitlines()[:3]) + '...'
        lines.append(f' {name}: {text}')
    return '\n'.join(lines)


# ---- arrays ------------------------------------------------------------------------------------

def _array(a):
    return a if isinstance(a, np.ndarray) else np.array(a)


def _short(number):
    return array2string(np.asarray(number))


def _remarks(x, y):
    """How far the arrays are apart; bools have no distance."""
    try:
        error = abs(x - y)
        if np.issubdtype(x.dtype, np.unsignedinteger):
            error = np.minimum(error, abs(y - x))
    except TypeError:
        return []
    error, y = np.atleast_1d(error), np.broadcast_to(y, error.shape or (1,))
    nonzero = y != 0
    relative = np.max(error[nonzero] / abs(y[nonzero])) if nonzero.any() else np.inf
    return ['Max absolute difference: ' + _short(np.max(error)),
            'Max relative difference: ' + _short(relative)]


def _special(x, y, equal_nan, equal_inf):
    """Where both are the same nan or infinity, with the kind that stands at other places in one
    than in the other, or None."""
    kinds = [('nan', np.isnan)] if equal_nan else []
    if equal_inf:
        kinds += [('+inf', lambda a: a == np.inf), ('-inf', lambda a: a == -np.inf)]
    flagged = np.array(False)
    for name, test in kinds:
        here, there = np.asarray(test(x)), np.asarray(test(y))
        if not np.all(here == there):
            return flagged, name
        flagged = np.asarray(flagged | (here if here.ndim == 0 else there))
    return flagged, None


def assert_array_compare(comparison, x, y, err_msg='', verbose=True, header='', precision=6,
                         equal_nan=True, equal_inf=True, *, strict=False):
    """AssertionError unless comparison holds everywhere; one number compares with every element."""
    x, y = _array(x), _array(y)
    both = [x, y]

    def fail(text):
        raise AssertionError(build_err_msg(both, err_msg + text, verbose=verbose, header=header,
                                           names=('x', 'y'), precision=precision))

    if x.shape != y.shape and (strict or () not in (x.shape, y.shape)):
        fail(f'\n(shapes {x.shape}, {y.shape} mismatch)')
    if strict and x.dtype != y.dtype:
        fail(f'\n(dtypes {x.dtype}, {y.dtype} mismatch)')
    flagged, kind = _special(x, y, equal_nan, equal_inf)
    if kind:
        fail(f'\nx and y {kind} location mismatch:')
    if flagged.ndim == 0 and flagged:
        return
    if flagged.ndim:
        x, y = (a if a.ndim == 0 else a[~flagged] for a in both)
        if (x.size if x.ndim else y.size) == 0:
            return
    held = np.atleast_1d(comparison(x, y)).ravel()
    if not held.all():
        wrong, count = int((~held).sum()), flagged.size if flagged.ndim else held.size
        fail('\n' + '\n'.join([f'Mismatched elements: {wrong} / {count} '
                               f'({100 * wrong / count:.3g}%)'] + _remarks(x, y)))


def assert_array_equal(x, y, err_msg='', verbose=True, *, strict=False):
    """Same shape, same elements; nan equals nan.

    >>> import numpy as np
    >>> np.testing.assert_array_equal(np.array([1, 2]), [1, 2])
    """
    assert_array_compare(lambda a, b: a == b, x, y, err_msg, verbose, 'Arrays are not equal',
                         strict=strict)


def assert_array_less(x, y, err_msg='', verbose=True):
    """x < y everywhere."""
    assert_array_compare(lambda a, b: a < b, x, y, err_msg, verbose,
                         'Arrays are not less-ordered', equal_inf=False)


def assert_array_almost_equal(x, y, decimal=6, err_msg='', verbose=True):
    """|x - y| < 1.5 * 10**-decimal everywhere."""
    def near(a, b):
        return abs(a - np.asarray(b, np.result_type(b, 1.0))) < 1.5 * 10.0 ** -decimal
    assert_array_compare(near, x, y, err_msg, verbose,
                         f'Arrays are not almost equal to {decimal} decimals', decimal)


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg='', verbose=True):
    """|actual - desired| <= atol + rtol * |desired| everywhere.

    >>> import numpy as np
    >>> np.testing.assert_allclose([1.0, 2.0], [1.0, 2.0 + 1e-8])
    """
    def near(x, y):
        return np.isclose(x, y, rtol=rtol, atol=atol, equal_nan=equal_nan)
    assert_array_compare(near, actual, desired, str(err_msg), verbose,
                         f'Not equal to tolerance rtol={rtol:g}, atol={atol:g}',
                         equal_nan=equal_nan)


# ---- anything ----------------------------------------------------------------------------------

def assert_(val, msg=''):
    """assert, also where assertions are switched off."""
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def _number(v):
    return np.isscalar(v) and not isinstance(v, str)


def assert_equal(actual, desired, err_msg='', verbose=True):
    """Equal, through dicts, lists and arrays; nan equals nan, 0.0 is not -0.0."""
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for key in desired:
            if key not in actual:
                raise AssertionError(repr(key))
            assert_equal(actual[key], desired[key], f'key={key!r}\n{err_msg}', verbose)
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for i, want in enumerate(desired):
            assert_equal(actual[i], want, f'item={i!r}\n{err_msg}', verbose)
        return
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        assert_array_equal(actual, desired, err_msg, verbose)
        return
    if not _same(actual, desired):
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose))


def _same(actual, desired):
    if np.isscalar(actual) != np.isscalar(desired):
        return False
    if _number(actual) and _number(desired):
        if actual != actual and desired != desired:
            return True
        if actual == 0 and desired == 0 and isinstance(actual + desired, (float, np.floating)):
            return np.copysign(1.0, actual) == np.copysign(1.0, desired)
    return bool(desired == actual)


def _finite(a, b):
    return bool(np.isfinite(a)) and bool(np.isfinite(b))


def assert_almost_equal(actual, desired, decimal=7, err_msg='', verbose=True):
    """|desired - actual| < 1.5 * 10**-decimal, of numbers or arrays."""
    if isinstance(actual, (np.ndarray, tuple, list)) or isinstance(desired,
                                                                   (np.ndarray, tuple, list)):
        assert_array_almost_equal(actual, desired, decimal, err_msg)
        return
    if _finite(actual, desired):
        near = abs(desired - actual) < 1.5 * 10.0 ** -decimal
    else:
        near = desired == actual or (actual != actual and desired != desired)
    if not near:
        header = f'Arrays are not almost equal to {decimal} decimals'
        raise AssertionError(build_err_msg([actual, desired], err_msg, header, verbose))


def assert_approx_equal(actual, desired, significant=7, err_msg='', verbose=True):
    """Numbers that agree in so many significant digits."""
    actual, desired = float(actual), float(desired)
    if desired == actual or (actual != actual and desired != desired):
        return
    if _finite(actual, desired):
        scale = 10.0 ** np.floor(np.log10(0.5 * (abs(desired) + abs(actual))))
        if abs(desired / scale - actual / scale) < 10.0 ** -(significant - 1):
            return
    header = f'Items are not equal to {significant} significant digits:'
    raise AssertionError(build_err_msg([actual, desired], err_msg, header, verbose))


# ---- exceptions --------------------------------------------------------------------------------

class _Raises:
    """The context that wants an exception of its block."""

    def __init__(self, expected, pattern, called):
        self.expected, self.pattern, self._called = expected, pattern, called
        self.exception = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            name = getattr(self.expected, '__name__', str(self.expected))
            raise AssertionError(f'{name} not raised' + (f' by {self._called}' if self._called
                                                         else ''))
        if not issubclass(kind, self.expected):
            return False
        self.exception = value
        if self.pattern is not None:
            import re
            if not re.search(self.pattern, str(value)):
                pattern = getattr(self.pattern, 'pattern', self.pattern)
                raise AssertionError(f'"{pattern}" does not match "{value}"')
        return True


def _raises(expected, pattern, args, kwargs):
    if not args:
        return _Raises(expected, pattern, None)
    function = args[0]
    with _Raises(expected, pattern, getattr(function, '__name__', str(function))):
        function(*args[1:], **kwargs)


def assert_raises(exception_class, *args, **kwargs):
    """with assert_raises(ValueError): ..., or assert_raises(ValueError, f, *args).

    >>> import numpy as np
    >>> np.testing.assert_raises(ZeroDivisionError, lambda: 1 / 0)
    """
    return _raises(exception_class, None, args, kwargs)


def assert_raises_regex(exception_class, expected_regexp, *args, **kwargs):
    """The same for an exception whose text has the pattern."""
    return _raises(exception_class, expected_regexp, args, kwargs)
