"""Linear algebra: norms."""
import torch
from numpy._base import tensor, float_tensor, wrap, axes_of, as_array
from numpy._create import asarray
from numpy import _reduce
from numpy._product import dot


class LinAlgError(Exception):
    """A matrix that an operation cannot take."""


def norm(x, ord=None, axis=None, keepdims=False):
    """The 2-norm of vectors, the Frobenius norm of matrices, or what ord says."""
    a = as_array(float_tensor(x))
    if axis is None and ord is None:
        flat = a.ravel()
        r = tensor(dot(flat, flat)) ** 0.5
        return wrap(r.reshape([1] * a.ndim) if keepdims else r)
    axes = axes_of(axis, a.ndim)
    if len(axes) == 1:
        return _vector(a, ord, axes[0], keepdims)
    if len(axes) != 2:
        raise ValueError('Improper number of dimensions to norm.')
    return _matrix(a, ord, axes, keepdims)


def _vector(a, ord, axis, keepdims):
    size = abs(a)
    if ord is None or ord == 2:
        return _reduce.sum(size * size, axis, keepdims=keepdims) ** 0.5
    if ord == float('inf'):
        return _reduce.max(size, axis, keepdims=keepdims)
    if ord == float('-inf'):
        return _reduce.min(size, axis, keepdims=keepdims)
    if ord == 0:
        return _reduce.sum((a != 0).astype(a.dtype), axis, keepdims=keepdims)
    if ord == 1:
        return _reduce.sum(size, axis, keepdims=keepdims)
    return _reduce.sum(size ** ord, axis, keepdims=keepdims) ** (1 / ord)


def _matrix(a, ord, axes, keepdims):
    if ord is None or ord == 'fro':
        return _reduce.sum(a * a, axes, keepdims=keepdims) ** 0.5
    if ord in (1, float('inf')):
        first, second = axes if ord == 1 else axes[::-1]
        lines = _reduce.sum(abs(a), first, keepdims=True)
        r = _reduce.max(lines, second, keepdims=True)
        return r if keepdims else r.reshape([n for d, n in enumerate(a.shape) if d not in axes])[()]
    raise ValueError(f'Invalid norm order for matrices: {ord!r} (here: None, "fro", 1, inf)')


def matrix_power(a, n):
    if n < 0:
        raise LinAlgError('negative powers need an inverse, which is not here')
    from numpy._create import eye
    a, r = asarray(a), None
    for _ in range(n):
        r = a if r is None else r @ a
    return eye(a.shape[0], dtype=a.dtype) if r is None else r
