"""Reductions, sorting and counting. Sums add in NumPy's order (numpy._core.sum), because
print(x.sum()) shows all digits of a float64."""
import torch
from numpy import _core
from numpy._base import _refuse
from numpy._base import (ndarray, as_array, wrap, tensor, float_tensor, finish, axis_of, axes_of,
                         drop, torch_dtype, int64)
from numpy._create import asarray

_max, _min, _any = max, min, any


# ---- sums and means ----------------------------------------------------------------------------

def _sum(t, axes):
    """Sums over axes, which stay with size 1."""
    if t.dtype in (torch.float32, torch.float64):
        mask = 0
        for d in axes:
            mask |= 1 << d
        return _core.sum(t, mask)
    if t.dtype == torch.float16:
        return _sum(t.float(), axes).half()
    return t.sum(axes, keepdim=True) if axes else t


def sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None):
    """Adds up along axes; ints and bools in int64."""
    t = tensor(a)
    if where is not None:
        t = torch.where(tensor(where), t, torch.zeros((), dtype=t.dtype))
    want = torch_dtype(dtype)
    if want is None and not (t.is_floating_point() or t.is_complex()):
        want = torch.int64
    if want is not None:
        t = t.to(want)
    axes = axes_of(axis, t.dim())
    r = drop(_sum(t, axes), axes, keepdims)
    return finish(r + initial if initial is not None else r, out)


def _count(t, axes):
    n = 1
    for d in axes:
        n *= t.shape[d]
    return n


def _mean(t, axes):
    if t.dtype == torch.float16:
        return (_sum(t.float(), axes) / _count(t, axes)).half()
    return _sum(t, axes) / _count(t, axes)


def _real(a, dtype):
    """Ints as float64, or what dtype= says."""
    t, want = tensor(a), torch_dtype(dtype)
    if want is not None:
        return t.to(want)
    return t if t.is_floating_point() or t.is_complex() else t.double()


def mean(a, axis=None, dtype=None, out=None, keepdims=False, where=None):
    """Sum over count; ints as float64."""
    t = _real(a, dtype)
    axes = axes_of(axis, t.dim())
    if where is not None:
        w = tensor(where).expand(t.shape)
        total = _sum(torch.where(w, t, torch.zeros((), dtype=t.dtype)), axes)
        return finish(drop(total / _sum(w.to(t.dtype), axes), axes, keepdims), out)
    return finish(drop(_mean(t, axes), axes, keepdims), out)


def _var(a, axis, dtype, ddof, keepdims):
    t = _real(a, dtype)
    axes = axes_of(axis, t.dim())
    half = t.dtype == torch.float16
    x = t.float() if half else t
    x = x - _mean(x, axes)
    n = _max(_count(t, axes) - ddof, 0)
    r = drop(_sum(x * x, axes) / n, axes, keepdims)
    return r.half() if half else r


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """Mean squared distance from the mean; divides by n - ddof."""
    return finish(_var(a, axis, dtype, ddof, keepdims), out)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """The root of var."""
    return finish(torch.sqrt(_var(a, axis, dtype, ddof, keepdims)), out)


def average(a, axis=None, weights=None, returned=False, keepdims=False):
    """The mean, or the weighted one."""
    if weights is None:
        return mean(a, axis, keepdims=keepdims)
    a, w = asarray(a), asarray(weights)
    if w.shape != a.shape:
        if axis is None:
            raise TypeError('Axis must be specified when shapes of a and weights differ.')
        shape = [1] * a.ndim
        shape[axis] = -1
        w = w.reshape(shape)
    total = sum(w * (a * 0 + 1), axis, keepdims=keepdims)
    r = sum(a * w, axis, keepdims=keepdims) / total
    return (r, total) if returned else r


def prod(a, axis=None, dtype=None, out=None, keepdims=False):
    """Multiplies along axes."""
    t = tensor(a)
    if torch_dtype(dtype) is not None:
        t = t.to(torch_dtype(dtype))
    axes = axes_of(axis, t.dim())
    if not axes:
        return finish(t, out)
    r = t
    for d in axes:
        r = r.prod(d, keepdim=True)
    return finish(drop(r, axes, keepdims), out)


def _running(name, fn):
    def f(a, axis=None, dtype=None, out=None):
        t = tensor(a)
        if axis is None:
            t, axis = t.reshape(-1), 0
        if torch_dtype(dtype) is not None:
            t = t.to(torch_dtype(dtype))
        return finish(fn(t, axis_of(axis, t.dim())), out)
    f.__name__ = name
    return f


cumsum, cumprod = _running('cumsum', torch.cumsum), _running('cumprod', torch.cumprod)


# ---- extremes ----------------------------------------------------------------------------------

def _extreme(name, fn, ufunc_name):
    def f(a, axis=None, out=None, keepdims=False, initial=None, where=None):
        _refuse(name, where=where)
        t = tensor(a)
        axes = axes_of(axis, t.dim())
        if initial is not None:
            t = torch.cat([t.reshape(-1), torch.tensor([initial], dtype=t.dtype)])
            axes = (0,)
        if _any(t.shape[d] == 0 for d in axes):
            raise ValueError(f'zero-size array to reduction operation {ufunc_name} which has no '
                             'identity')
        if not axes:
            return finish(t, out)
        small = t.to(torch.uint8) if t.dtype == torch.bool else t
        return finish(drop(fn(small, axes, True).to(t.dtype), axes, keepdims), out)
    f.__name__ = name
    return f


amax = max = _extreme('amax', torch.amax, 'maximum')
amin = min = _extreme('amin', torch.amin, 'minimum')


def ptp(a, axis=None, out=None, keepdims=False):
    return finish(tensor(max(a, axis, keepdims=keepdims) - min(a, axis, keepdims=keepdims)), out)


def _arg(name, fn):
    def f(a, axis=None, out=None, keepdims=False):
        t = tensor(a)
        if t.numel() == 0:
            raise ValueError(f'attempt to get {name} of an empty sequence')
        t = t.to(torch.uint8) if t.dtype == torch.bool else t
        if axis is None:
            return finish(fn(t.reshape(-1), 0), out)
        return finish(fn(t, axis_of(axis, t.dim()), keepdim=keepdims), out)
    f.__name__ = name
    return f


argmax, argmin = _arg('argmax', torch.argmax), _arg('argmin', torch.argmin)


# ---- truth -------------------------------------------------------------------------------------

def all(a, axis=None, out=None, keepdims=False):
    t = tensor(a) != 0
    axes = axes_of(axis, t.dim())
    for d in axes:
        t = t.all(d, keepdim=True)
    return finish(drop(t, axes, keepdims), out)


def any(a, axis=None, out=None, keepdims=False):
    t = tensor(a) != 0
    axes = axes_of(axis, t.dim())
    for d in axes:
        t = t.any(d, keepdim=True)
    return finish(drop(t, axes, keepdims), out)


def count_nonzero(a, axis=None, keepdims=False):
    n = sum(tensor(a) != 0, axis, keepdims=keepdims)
    return int(n) if axis is None and not keepdims else n


# ---- without nans ------------------------------------------------------------------------------

def nansum(a, axis=None, keepdims=False):
    t = torch.nan_to_num(tensor(a), 0.0, float('inf'), float('-inf'))
    return sum(t, axis, keepdims=keepdims)


def nanmean(a, axis=None, keepdims=False):
    t = float_tensor(a)
    return nansum(t, axis, keepdims) / sum(~torch.isnan(t), axis, keepdims=keepdims)


def nanmax(a, axis=None):
    return max(torch.nan_to_num(tensor(a), float('-inf'), float('inf'), float('-inf')), axis)


def nanmin(a, axis=None):
    return min(torch.nan_to_num(tensor(a), float('inf'), float('inf'), float('-inf')), axis)


# ---- order -------------------------------------------------------------------------------------

def sort(a, axis=-1, kind=None, order=None):
    """A sorted copy."""
    _refuse('sort', order=order)
    t = tensor(a)
    if axis is None:
        t, axis = t.reshape(-1), 0
    return as_array(t.sort(dim=axis_of(axis, t.dim()), stable=True).values)


def _sort(a, axis=-1, kind=None, order=None):
    tensor(a).copy_(tensor(sort(a, axis, order=order)))


def argsort(a, axis=-1, kind=None, order=None):
    """Indices that would sort; equal elements stay in order."""
    _refuse('argsort', order=order)
    t = tensor(a)
    if axis is None:
        t, axis = t.reshape(-1), 0
    return as_array(t.sort(dim=axis_of(axis, t.dim()), stable=True).indices)


def partition(a, kth, axis=-1):
    return sort(a, axis)


def argpartition(a, kth, axis=-1):
    return argsort(a, axis)


def searchsorted(a, v, side='left', sorter=None):
    """Where values would go into a sorted array."""
    _refuse('searchsorted', sorter=sorter)
    t, x = tensor(a), tensor(v)
    left = x.unsqueeze(-1) > t if side == 'left' else x.unsqueeze(-1) >= t
    return wrap(left.sum(-1))


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None):
    """Sorted distinct values, with first indices, inverse and counts where asked for."""
    t = tensor(ar)
    if axis is not None:
        raise NotImplementedError('np.unique here is of the flattened array: leave axis out')
    t = t.reshape(-1)
    order = t.sort(stable=True)
    s = order.values
    first = torch.ones(s.shape[0], dtype=torch.bool)
    if s.shape[0] > 1:
        first[1:] = s[1:] != s[:-1]
    out = [s[first]]
    if return_index:
        out.append(order.indices[first])
    if return_inverse:
        inverse = torch.zeros(s.shape[0], dtype=torch.int64)
        inverse[order.indices] = first.to(torch.int64).cumsum(0) - 1
        out.append(inverse)
    if return_counts:
        at = torch.cat([first.nonzero().reshape(-1), torch.tensor([s.shape[0]])])
        out.append(at[1:] - at[:-1])
    arrays = tuple(as_array(o) for o in out)
    return arrays[0] if len(arrays) == 1 else arrays


def isin(element, test_elements, invert=False):
    t, of = tensor(element), tensor(test_elements).reshape(-1)
    hit = (t.unsqueeze(-1) == of).any(-1)
    return wrap(~hit if invert else hit)


in1d = isin


def bincount(x, weights=None, minlength=0):
    w, t = None if weights is None else tensor(weights).double(), tensor(x)
    if t.dim() != 1:
        raise ValueError('object too deep for desired array' if t.dim() else
                         'object of too small depth for desired array')
    if t.is_floating_point():
        raise TypeError(f"Cannot cast array data from {as_array(t).dtype!r} to dtype('int64') "
                        "according to the rule 'safe'")
    if (t < 0).any():
        raise ValueError("'list' argument must have no negative elements")
    return as_array(torch.bincount(t.long(), w, minlength))


def _quantile(a, q, axis, keepdims):
    t = float_tensor(a)
    if axis is None:
        t, d = t.reshape(-1), 0
    else:
        d = axis_of(axis, t.dim())
    s = t.sort(dim=d).values
    at = q * (s.shape[d] - 1)
    lo = int(at // 1)
    hi = _min(lo + 1, s.shape[d] - 1)
    x, y, w = s.select(d, lo), s.select(d, hi), at - lo
    r = x + (y - x) * w if w < 0.5 else y - (y - x) * (1 - w)
    if keepdims:
        r = r.reshape([1] * tensor(a).dim()) if axis is None else r.unsqueeze(d)
    return r


def quantile(a, q, axis=None, out=None, keepdims=False):
    """Linear between the two nearest ranks."""
    _refuse('quantile', out=out)
    qs = tensor(q).double()
    if qs.dim() == 0:
        return wrap(_quantile(a, qs.item(), axis, keepdims))
    return as_array(torch.stack([_quantile(a, v, axis, keepdims) for v in qs.tolist()]))


def percentile(a, q, axis=None, out=None, keepdims=False):
    return quantile(a, tensor(q).double() / 100, axis, out, keepdims=keepdims)


def median(a, axis=None, out=None, keepdims=False):
    """The middle value, or the mean of the two."""
    t = float_tensor(a)
    if axis is None:
        s, d = t.reshape(-1).sort().values, 0
    else:
        d = axis_of(axis, t.dim())
        s = t.sort(dim=d).values
    n = s.shape[d]
    r = (s.select(d, (n - 1) // 2) + s.select(d, n // 2)) / 2 if n else s.sum(d) * float('nan')
    if keepdims:
        r = r.reshape([1] * t.dim()) if axis is None else r.unsqueeze(d)
    return finish(r, out)


def histogram(a, bins=10, range=None, density=None):
    """Counts in bins of equal width, and their edges."""
    from numpy._create import linspace
    x = tensor(a).reshape(-1).double()
    if isinstance(bins, (int, int64)):
        lo, hi = range or ((x.min().item(), x.max().item()) if x.numel() else (0.0, 1.0))
        if lo == hi:
            lo, hi = lo - 0.5, hi + 0.5
        edges = tensor(linspace(lo, hi, int(bins) + 1))
    else:
        edges = tensor(bins)
    inside = (x.unsqueeze(-1) >= edges[:-1]) & (x.unsqueeze(-1) < edges[1:])
    inside[:, -1] |= x == edges[-1]
    counts = inside.sum(0)
    if density:
        counts = counts / (edges[1:] - edges[:-1]) / counts.sum()
    return as_array(counts), as_array(edges)


# ---- differences -------------------------------------------------------------------------------

def diff(a, n=1, axis=-1):
    t = tensor(a)
    if t.dim() == 0:
        raise ValueError('diff requires input that is at least one dimensional')
    d = axis_of(axis, t.dim())
    for _ in range(_min(n, t.shape[d])):
        t = t.narrow(d, 1, t.shape[d] - 1) - t.narrow(d, 0, t.shape[d] - 1)
    return as_array(t)


def interp(x, xp, fp):
    """Piecewise linear through the points (xp, fp)."""
    t, at, f = tensor(x).double(), tensor(xp).double(), tensor(fp).double()
    i = (t.unsqueeze(-1) >= at).sum(-1).clamp(1, at.shape[0] - 1)
    slope = (f[i] - f[i - 1]) / (at[i] - at[i - 1])
    y = slope * (t - at[i - 1]) + f[i - 1]
    return wrap(torch.where(t <= at[0], f[0], torch.where(t >= at[-1], f[-1], y)))


def cov(m, y=None, rowvar=True, ddof=1):
    """Covariances of the rows (variables) over the columns (observations)."""
    t = float_tensor(m) if y is None else torch.stack([float_tensor(m), float_tensor(y)])
    t = t.reshape(1, -1) if t.dim() < 2 else t if rowvar else t.T
    t = t - _mean(t, (1,))
    c = t @ t.T / (t.shape[1] - ddof)
    return wrap(c.reshape(()) if c.numel() == 1 else c)


def corrcoef(x, y=None, rowvar=True):
    """Correlations of the rows."""
    c = tensor(cov(x, y, rowvar))
    if c.dim() == 0:
        return wrap(c / c)
    d = torch.sqrt(torch.diagonal(c))
    return as_array((c / d.unsqueeze(1) / d.unsqueeze(0)).clamp(-1, 1))
