"""Products of arrays."""
import torch
from numpy import _core
from numpy._base import _refuse
from numpy._base import as_array, wrap, tensor, finish, shape_text, axis_of, axes_of
from numpy._create import asarray


def _pair(a, b):
    x, y = tensor(a), tensor(b)
    dtype = _core.result_type([x, y])
    return x.to(dtype), y.to(dtype)


def dot(a, b, out=None):
    """Sums over the last axis of a and the last but one of b (its only one, if 1-dimensional)."""
    x, y = _pair(a, b)
    if x.dim() == 0 or y.dim() == 0:
        return finish(x * y, out)
    d = y.dim() - 2 if y.dim() > 1 else 0
    if x.shape[-1] != y.shape[d]:
        raise ValueError(f'shapes {shape_text(x.shape)} and {shape_text(y.shape)} not aligned: '
                         f'{x.shape[-1]} (dim {x.dim() - 1}) != {y.shape[d]} (dim {d})')
    if x.dtype == torch.bool:
        return finish(torch.tensordot(x.long(), y.long(), dims=([-1], [d])) != 0, out)
    if y.dim() <= 2:
        return finish(torch.matmul(x, y), out)
    return finish(torch.tensordot(x, y, dims=([x.dim() - 1], [d])), out)


def inner(a, b):
    """Sums over the last axis of both."""
    x, y = _pair(a, b)
    if x.dim() == 0 or y.dim() == 0:
        return wrap(x * y)
    if x.shape[-1] != y.shape[-1]:
        raise ValueError(f'shapes {shape_text(x.shape)} and {shape_text(y.shape)} not aligned: '
                         f'{x.shape[-1]} (dim {x.dim() - 1}) != {y.shape[-1]} (dim {y.dim() - 1})')
    return wrap(torch.tensordot(x, y, dims=([x.dim() - 1], [y.dim() - 1])))


def vdot(a, b):
    x, y = _pair(a, b)
    return wrap(torch.dot(x.reshape(-1), y.reshape(-1)))


def outer(a, b, out=None):
    x, y = _pair(a, b)
    return finish(torch.outer(x.reshape(-1), y.reshape(-1)), out)


def kron(a, b):
    x, y = _pair(a, b)
    n = max(x.dim(), y.dim())
    x = x.reshape([1] * (n - x.dim()) + list(x.shape))
    y = y.reshape([1] * (n - y.dim()) + list(y.shape))
    xs, ys = [], []
    for d in range(n):
        xs += [x.shape[d], 1]
        ys += [1, y.shape[d]]
    sizes = [x.shape[d] * y.shape[d] for d in range(n)]
    return wrap((x.reshape(xs) * y.reshape(ys)).reshape(sizes))


def tensordot(a, b, axes=2):
    x, y = _pair(a, b)
    if isinstance(axes, int):
        if axes > min(x.dim(), y.dim()):
            raise IndexError('tuple index out of range')
        axes = (list(range(x.dim() - axes, x.dim())), list(range(axes)))
    first, second = [[d] if isinstance(d, int) else list(d) for d in axes]
    if [x.shape[d] for d in first] != [y.shape[d] for d in second]:
        raise ValueError('shape-mismatch for sum')
    return as_array(torch.tensordot(x, y, dims=(first, second)))


def einsum(subscripts, *operands, out=None, optimize=False, **kwargs):
    """Einstein's summation: the letters say which axes are multiplied and summed."""
    _refuse('einsum', **kwargs)
    ts = [tensor(a) for a in operands]
    dtype = _core.result_type(ts)
    try:
        r = torch.einsum(subscripts, *[t.to(dtype) for t in ts])
    except RuntimeError as e:
        raise ValueError(str(e)) from None
    return finish(r, out)


def trace(a, offset=0, axis1=0, axis2=1):
    from numpy._reduce import sum
    from numpy._shape import diagonal
    return sum(diagonal(a, offset, axis1, axis2), -1)


def cross(a, b):
    x, y = _pair(a, b)
    x0, x1, x2 = x.unbind(-1)
    y0, y1, y2 = y.unbind(-1)
    return as_array(torch.stack([x1 * y2 - x2 * y1, x2 * y0 - x0 * y2, x0 * y1 - x1 * y0], -1))
