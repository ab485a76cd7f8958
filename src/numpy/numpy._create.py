"""Arrays from data and from nothing."""
import math
import torch
from numpy import _core
from numpy._base import _refuse
from numpy._base import (ndarray, as_array, is_array, tensor, torch_dtype, size_tuple, np_dtype,
                         wrap)


def array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None):
    """A new array of nested sequences, an array or a tensor."""
    t = torch_dtype(dtype)
    if is_array(object) or isinstance(object, torch.Tensor):
        own = tensor(object)
        t = own.to(t) if t is not None and t != own.dtype else own.clone() if copy else own
    else:
        t = _core.nest(_plain(object), t)
    while t.dim() < ndmin:
        t = t.unsqueeze(0)
    return as_array(t)


def _plain(data):
    """Iterables that are no sequences (map, zip, dict views) are refused as NumPy would make
    object arrays of them."""
    if isinstance(data, (list, tuple, range, int, float, bool)) or not hasattr(data, '__iter__'):
        return data
    raise TypeError(f'an array is made of a list or a tuple, not {type(data).__name__}: '
                    'write np.array(list(...))')


def asarray(a, dtype=None, order=None):
    """The array itself where it is one of the dtype; else np.array(a, dtype)."""
    if isinstance(a, ndarray) and (dtype is None or torch_dtype(dtype) == tensor(a).dtype):
        return a
    if isinstance(a, torch.Tensor) and dtype is None:
        return a.numpy()
    return array(a, dtype)


asanyarray = ascontiguousarray = asarray


def copy(a, order='K'):
    return as_array(tensor(a).clone())


def _filled(make):
    def f(shape, dtype=None, order='C'):
        return as_array(make(size_tuple(shape), dtype=torch_dtype(dtype) or torch.float64))
    return f


zeros, ones = _filled(torch.zeros), _filled(torch.ones)
empty = zeros


def full(shape, fill_value, dtype=None, order='C'):
    value = tensor(fill_value)
    a = zeros(shape, dtype or np_dtype(value.dtype))
    a[...] = fill_value
    return a


def zeros_like(a, dtype=None, order='K', subok=True, shape=None):
    t = tensor(a)
    return zeros(t.shape if shape is None else shape, dtype or np_dtype(t.dtype))


empty_like = zeros_like


def ones_like(a, dtype=None, order='K', subok=True, shape=None):
    t = tensor(a)
    return ones(t.shape if shape is None else shape, dtype or np_dtype(t.dtype))


def full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None):
    t = tensor(a)
    return full(t.shape if shape is None else shape, fill_value, dtype or np_dtype(t.dtype))


def eye(N, M=None, k=0, dtype=float, order='C'):
    """Ones on the k-th diagonal of an (N, M) matrix."""
    N, M = int(N), int(N if M is None else M)
    rows, cols = torch.arange(N).unsqueeze(1), torch.arange(M)
    return as_array((cols - rows == k).to(torch_dtype(dtype)))


def identity(n, dtype=float):
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=float):
    """Ones on and below the k-th diagonal."""
    N, M = int(N), int(N if M is None else M)
    rows, cols = torch.arange(N).unsqueeze(1), torch.arange(M)
    return as_array((cols - rows <= k).to(torch_dtype(dtype)))


def arange(start, stop=None, step=1, dtype=None, *, like=None):
    """start, start + step, ... below stop; the dtype is that of the arguments."""
    if stop is None:
        start, stop = 0, start
    ends = [_core.tensor(v) for v in (start, stop, step)]
    t = torch_dtype(dtype) or _core.result_type(ends)
    start, stop, step = [e.item() for e in ends]
    if step == 0:
        raise ZeroDivisionError('division by zero')
    count = math.ceil((stop - start) / step)
    if count <= 0:
        return zeros(0, dtype or np_dtype(t))
    if all(isinstance(v, int) for v in (start, stop, step)):
        return as_array((torch.arange(count) * step + start).to(t))
    # as NumPy fills: from the first two values
    delta = (start + step) - start
    values = torch.arange(count, dtype=torch.float64) * delta + start
    return as_array(values.to(t))


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    """num points from start to stop."""
    num = int(num)
    if num < 0:
        raise ValueError(f'Number of samples, {num}, must be non-negative.')
    start, stop = tensor(start).to(torch.float64), tensor(stop).to(torch.float64)
    div = num - 1 if endpoint else num
    delta = stop - start
    y = torch.arange(num, dtype=torch.float64).reshape([num] + [1] * delta.dim())
    step = delta / div if div > 0 else torch.full_like(delta, float('nan'))
    y = y * step + start if div > 0 else y * delta + start
    if endpoint and num > 1:
        y[-1] = stop
    t = torch_dtype(dtype)
    if t is not None and not t.is_floating_point:
        y = y.floor()
    y = y if axis == 0 else y.movedim(0, axis)
    y = as_array(y.to(t) if t is not None else y)
    return (y, wrap(step)) if retstep else y


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """base to the powers of linspace."""
    y = base ** linspace(start, stop, num, endpoint, axis=axis)
    return y.astype(dtype) if dtype is not None else y


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Numbers whose logarithms are evenly spaced."""
    _refuse('geomspace', axis=axis or None)
    lo, hi = tensor(start).double().log10().item(), tensor(stop).double().log10().item()
    y = logspace(lo, hi, num, endpoint)
    if num > 0:
        y[0] = start
        if endpoint and num > 1:
            y[-1] = stop
    return y.astype(dtype) if dtype is not None else y


def meshgrid(*xi, copy=True, sparse=False, indexing='xy'):
    ts = [tensor(x).reshape(-1) for x in xi]
    if sparse:
        at = list(range(len(ts)))
        if indexing == 'xy' and len(ts) > 1:
            at[0], at[1] = 1, 0
        return [as_array(t.reshape([-1 if d == k else 1 for d in range(len(ts))]))
                for t, k in zip(ts, at)]
    grids = torch.meshgrid(*ts, indexing=indexing)
    return [as_array(g.contiguous()) for g in grids]


def indices(dimensions, dtype=int):
    grids = torch.meshgrid(*[torch.arange(n) for n in dimensions], indexing='ij')
    return as_array(torch.stack(list(grids)).to(torch_dtype(dtype)))


def fromiter(iter, dtype, count=-1):
    if count < 0:
        return array(list(iter), dtype)
    values = [v for v, _ in zip(iter, range(count))]
    if len(values) < count:
        raise ValueError(f'iterator too short: Expected {count} but iterator had only '
                         f'{len(values)} items.')
    return array(values, dtype)


def fromfunction(function, shape, dtype=float, **kwargs):
    return function(*[g.astype(dtype) for g in indices(shape)], **kwargs)
