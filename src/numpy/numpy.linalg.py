"""Linear algebra, on torch.linalg."""
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
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    return _reduce.sum(size ** ord, axis, keepdims=keepdims) ** (1 / ord)


def _matrix(a, ord, axes, keepdims):
    inf = float('inf')
    if ord is None or ord in ('fro', 'f'):
        return _reduce.sum(a * a, axes, keepdims=keepdims) ** 0.5
    if axes[0] == axes[1]:
        raise ValueError('Duplicate axes given.')
    if ord in (1, -1, inf, -inf):
        first, second = axes if ord in (1, -1) else axes[::-1]
        lines = _reduce.sum(abs(a), first, keepdims=True)
        r = (_reduce.max if ord > 0 else _reduce.min)(lines, second, keepdims=True)
    elif ord in (2, -2, 'nuc'):
        s = torch.linalg.svdvals(tensor(a).movedim(axes, (-2, -1)))
        r = s.sum(-1) if ord == 'nuc' else s[..., 0] if ord == 2 else s[..., -1]
        r = as_array(r.reshape([1 if d in axes else n for d, n in enumerate(a.shape)]))
    else:
        raise ValueError('Invalid norm order for matrices.')
    return r if keepdims else r.reshape([n for d, n in enumerate(a.shape) if d not in axes])[()]


def _matrices(a, square=False):
    t = float_tensor(a)
    if t.ndim < 2:
        raise LinAlgError(f'{t.ndim}-dimensional array given. Array must be at least '
                          'two-dimensional')
    if square and t.shape[-1] != t.shape[-2]:
        raise LinAlgError('Last 2 dimensions of the array must be square')
    return t


def _or(message, f, *args, **kwargs):
    """f(...), with torch's failure in NumPy's words."""
    try:
        return f(*args, **kwargs)
    except torch.linalg.LinAlgError:
        raise LinAlgError(message) from None


def inv(a):
    """The inverse of each matrix."""
    return wrap(_or('Singular matrix', torch.linalg.inv, _matrices(a, True)))


def solve(a, b):
    """The x of a @ x = b."""
    a, b = _matrices(a, True), float_tensor(b)
    dtype = torch.promote_types(a.dtype, b.dtype)
    return wrap(_or('Singular matrix', torch.linalg.solve, a.to(dtype), b.to(dtype)))


def det(a):
    """The determinant of each matrix."""
    t = _matrices(a, True).mT.contiguous().mT  # by columns, as NumPy factors it
    sign, logdet = torch.linalg.slogdet(t)
    return wrap(sign * logdet.exp())


def slogdet(a):
    """Sign and log|det| of each matrix."""
    sign, logdet = torch.linalg.slogdet(_matrices(a, True))
    return wrap(sign), wrap(logdet)


def cholesky(a):
    """The lower triangular L of a = L @ L.T."""
    return wrap(_or('Matrix is not positive definite', torch.linalg.cholesky, _matrices(a, True)))


def qr(a, mode='reduced'):
    """q with orthonormal columns and r upper triangular."""
    if mode not in ('reduced', 'complete', 'r'):
        raise ValueError(f"Unrecognized mode '{mode}'")
    q, r = torch.linalg.qr(_matrices(a), mode)
    return wrap(r) if mode == 'r' else (wrap(q), wrap(r))


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """u, s falling, vh of a = u @ diag(s) @ vh."""
    a = _matrices(a, hermitian)
    if not compute_uv:
        return wrap(_or('SVD did not converge', torch.linalg.svdvals, a))
    return tuple(wrap(t) for t in _or('SVD did not converge', torch.linalg.svd, a, full_matrices))


def eigh(a, UPLO='L'):
    """Eigenvalues, rising, and eigenvectors of symmetric matrices."""
    if UPLO.upper() not in ('L', 'U'):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    return tuple(wrap(t) for t in _or('Eigenvalues did not converge', torch.linalg.eigh,
                                      _matrices(a, True), UPLO))


def eigvalsh(a, UPLO='L'):
    return eigh(a, UPLO)[0]


def pinv(a, rcond=1e-15, hermitian=False):
    """The pseudo-inverse."""
    return wrap(torch.linalg.pinv(_matrices(a, hermitian), rcond))


def matrix_rank(A, tol=None, hermitian=False):
    """Singular values that are not 0."""
    t = float_tensor(A)
    if t.ndim < 2:
        return int(bool((t != 0).any()))
    return wrap(torch.linalg.matrix_rank(t, tol, hermitian))


def matrix_power(a, n):
    if n < 0:
        a, n = inv(a), -n
    from numpy._create import eye
    a, r = asarray(a), None
    for _ in range(n):
        r = a if r is None else r @ a
    return eye(a.shape[0], dtype=a.dtype) if r is None else r


def cond(x, p=None):
    """norm(x, p) * norm(inv(x), p): how much a solution's error may grow."""
    a = as_array(_matrices(x))
    if a.size == 0:
        raise LinAlgError('cond is not defined on empty arrays')
    if p in (None, 2, -2):
        s = torch.linalg.svdvals(tensor(a))
        return wrap(s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1])
    _matrices(a, True)
    inverse = torch.linalg.inv_ex(tensor(a))
    r = tensor(norm(a, p, (-2, -1))) * tensor(norm(inverse[0], p, (-2, -1)))
    r = torch.where(inverse[1] != 0, float('inf'), r).to(r.dtype)
    return wrap(torch.where(torch.isnan(tensor(a)).any(-1).any(-1), float('nan'), r).to(r.dtype))


def lstsq(a, b, rcond='warn'):
    """(x, residuals, rank, singular values): the x that makes |a @ x - b| smallest.

    >>> import numpy as np
    >>> x, residuals, rank, s = np.linalg.lstsq(np.array([[1., 0.], [1., 1.]]), [1., 3.], rcond=None)
    >>> x.round(6), rank
    (array([1., 2.]), 2)
    """
    a, b = _matrices(a), float_tensor(b)
    if b.dim() not in (1, 2):
        raise LinAlgError(f'{b.dim()}-dimensional array given. Array must be two-dimensional')
    if a.dim() != 2:
        raise LinAlgError(f'{a.dim()}-dimensional array given. Array must be two-dimensional')
    if a.shape[0] != b.shape[0]:
        raise LinAlgError('Incompatible dimensions')
    dtype = torch.promote_types(a.dtype, b.dtype)
    a, b = a.to(dtype), b.to(dtype)
    m, n = a.shape
    eps = torch.finfo(dtype).eps
    if rcond == 'warn':
        _warn_rcond()
        rcond = -1
    rcond = eps * max(m, n) if rcond is None else eps if rcond < 0 else rcond
    u, s, vh = _or('SVD did not converge in Linear Least Squares', torch.linalg.svd, a, False)
    kept = s > rcond * s[:1]
    rank = int(kept.sum())
    columns = b.reshape(m, -1)
    inverse = torch.where(kept, 1 / s, 0.0).to(dtype)
    x = vh.mT @ (inverse.unsqueeze(1) * (u.mT @ columns))
    rest = columns - a @ x if rank == n and m > n else columns[:0, :0]
    residuals = as_array((rest * rest).sum(0))
    return as_array(x.reshape([n] + list(b.shape[1:]))), residuals, rank, as_array(s)


def _warn_rcond():
    import warnings
    warnings.warn('`rcond` parameter will change to the default of machine precision times '
                  '``max(M, N)`` where M and N are the input matrix dimensions.\nTo use the future '
                  'default and silence this warning we advise to pass `rcond=None`, to keep using '
                  'the old, explicitly pass `rcond=-1`.', FutureWarning, stacklevel=3)


def multi_dot(arrays):
    """The product of a chain."""
    arrays = [asarray(a) for a in arrays]
    if len(arrays) < 2:
        raise ValueError('Expecting at least two arrays.')
    product = arrays[0]
    for a in arrays[1:]:
        product = dot(product, a)
    return product
