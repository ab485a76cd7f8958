"""What less code asks numpy for: loaded with the first of its names."""

__late__ = """
numpy: alltrue angle asarray_chkfinite asfarray atleast_3d binary_repr blackman block
    broadcast_shapes c_ choose convolve copysign cumproduct diag_indices_from diagflat digitize
    divmod dsplit ediff1d extract float_power gcd gradient hamming hanning heaviside index_exp
    intersect1d iscomplex iscomplexobj isneginf isposinf isreal isrealobj iterable lcm lexsort
    logaddexp2 mgrid modf msort nanargmax nanargmin nancumsum nanmedian nanpercentile nanprod
    nanquantile nanstd nanvar ogrid piecewise place polyfit polyval product put putmask r_
    ravel_multi_index resize rollaxis s_ setdiff1d setxor1d signbit sinc sometrue trapz
    tril_indices_from trim_zeros triu_indices_from union1d vander
"""

import math

import torch
from numpy import _core, _reduce
from numpy._base import (as_array, axis_of, axes_of, finish, float_tensor, is_array, size_tuple,
                         tensor, torch_dtype, wrap)
from numpy._create import arange, asarray, array, linspace
from numpy._reduce import diff, searchsorted, sort, unique
from numpy._shape import concatenate, nonzero, split, tri, where
from numpy._ufunc import _promoting, remainder, floor_divide, ufunc

# ---- elementwise -------------------------------------------------------------------------------

copysign = _promoting('copysign', torch.copysign, True)
heaviside = _promoting('heaviside', torch.heaviside, True)
logaddexp2 = _promoting('logaddexp2', torch.logaddexp2, True)
gcd, lcm = _promoting('gcd', torch.gcd), _promoting('lcm', torch.lcm)
float_power = ufunc('float_power', lambda a, b: tensor(a).double() ** tensor(b).double(), 2)
signbit = ufunc('signbit', lambda x: torch.signbit(tensor(x)), 1)


def divmod(x1, x2):
    """(x1 // x2, x1 % x2)."""
    return floor_divide(x1, x2), remainder(x1, x2)


def modf(x):
    """Fraction and whole part, both with the sign of x."""
    t = float_tensor(x, 'modf')
    whole = torch.trunc(t)
    fraction = torch.where(torch.isinf(t), 0.0, t - whole).to(t.dtype)
    return wrap(torch.copysign(fraction, t)), wrap(whole)


def isposinf(x):
    return wrap(torch.isposinf(tensor(x)))


def isneginf(x):
    return wrap(torch.isneginf(tensor(x)))


def iscomplexobj(x):
    return tensor(x).is_complex()


def isrealobj(x):
    return not iscomplexobj(x)


def iscomplex(x):
    t = tensor(x)
    return wrap(t.imag != 0 if t.is_complex() else torch.zeros(t.shape, dtype=torch.bool))


def isreal(x):
    return wrap(~tensor(iscomplex(x)))


def angle(z, deg=False):
    """The angle of complex numbers; pi for real ones below 0."""
    r = torch.angle(float_tensor(z))
    return wrap(r * (180 / math.pi) if deg else r)


def sinc(x):
    """sin(pi x) / (pi x), 1 at 0."""
    y = math.pi * torch.where(float_tensor(x) == 0, 1e-20, float_tensor(x))
    return wrap(torch.sin(y) / y)


def iterable(y):
    try:
        iter(y)
    except TypeError:
        return False
    return True


# ---- shapes ------------------------------------------------------------------------------------

def atleast_3d(a):
    t = tensor(a)
    return as_array(t.reshape([1, -1, 1] if t.dim() < 2 else list(t.shape) + [1])
                    if t.dim() < 3 else t)


def rollaxis(a, axis, start=0):
    """axis moved to stand before the axis start."""
    t = tensor(a)
    axis = axis_of(axis, t.dim())
    start = start if start >= 0 else start + t.dim()
    if not 0 <= start <= t.dim():
        raise ValueError(f"'start' arg requires {-t.dim()} <= start < {t.dim() + 1}, but {start} "
                         'was passed in')
    return as_array(t.movedim(axis, start - (axis < start)))


def resize(a, new_shape):
    """The elements, again and again, in a new shape."""
    t, shape = tensor(a).reshape(-1), size_tuple(new_shape)
    n = math.prod(shape)
    if n and not t.numel():
        return as_array(torch.zeros(shape, dtype=t.dtype))
    return as_array(t[torch.arange(n) % max(t.numel(), 1)].reshape(shape))


def diagflat(v, k=0):
    return as_array(torch.diag(tensor(v).reshape(-1), k))


def vander(x, N=None, increasing=False):
    """Powers of x as columns, falling."""
    t = tensor(x)
    if t.dim() != 1:
        raise ValueError('x must be a one-dimensional array or sequence.')
    return as_array(torch.vander(t, N, increasing))


def dsplit(ary, indices_or_sections):
    if tensor(ary).dim() < 3:
        raise ValueError('dsplit only works on arrays of 3 or more dimensions')
    return split(ary, indices_or_sections, 2)


def broadcast_shapes(*args):
    shapes = [size_tuple(s) for s in args]
    out = []
    for back in range(1, max([len(s) for s in shapes], default=0) + 1):
        sizes = {s[-back] for s in shapes if len(s) >= back} - {1}
        if len(sizes) > 1:
            raise ValueError('shape mismatch: objects cannot be broadcast to a single shape')
        out.insert(0, sizes.pop() if sizes else 1)
    return tuple(out)


def block(arrays):
    """Blocks side by side (the innermost lists), then below one another."""
    depth, inner = 0, arrays
    while isinstance(inner, list):
        if not inner:
            raise ValueError('List at arrays' + '[0]' * depth + ' cannot be empty')
        depth, inner = depth + 1, inner[0]
    leaves = [0]
    _deepest(arrays, leaves)
    return _block(arrays, depth, max(depth, leaves[0]))


def _deepest(arrays, found):
    if isinstance(arrays, list):
        for a in arrays:
            _deepest(a, found)
    else:
        found[0] = max(found[0], tensor(arrays).dim())


def _block(arrays, depth, ndim):
    if isinstance(arrays, list) != (depth > 0):
        raise ValueError('List depths are mismatched.')
    if depth == 0:
        return array(arrays, ndmin=ndim)
    return concatenate([_block(a, depth - 1, ndim) for a in arrays], -depth)


# ---- selecting ---------------------------------------------------------------------------------

def _within(i, n, mode):
    """Indices as mode says: an error, modulo n, or the nearest that there is."""
    if mode == 'wrap':
        return i % n
    if mode == 'clip':
        return i.clamp(0, n - 1)
    if mode != 'raise':
        raise ValueError(f"clipmode must be one of 'clip', 'raise', or 'wrap' (got '{mode}')")
    return None if bool(((i < -n) | (i >= n)).any()) else i % max(n, 1)


def put(a, ind, v, mode='raise'):
    """a.flat[ind] = v, with v repeated."""
    if not is_array(a):
        raise TypeError(f"argument 1 must be numpy.ndarray, not {type(a).__name__}")
    t, values = tensor(a), tensor(v).reshape(-1)
    raw = tensor(ind).reshape(-1).long()
    i = _within(raw, t.numel(), mode)
    if i is None:
        bad = raw[(raw < -t.numel()) | (raw >= t.numel())][0]
        raise IndexError(f'index {bad} is out of bounds for axis 0 with size {t.numel()}')
    _scatter(t, i, values)


def _scatter(t, places, values):
    """t.flat[places] = values, repeated; of places that stand twice the last counts."""
    if not values.numel() or not places.numel():
        return
    flat = t.reshape(-1)
    flat[places] = values[torch.arange(places.numel()) % values.numel()].to(t.dtype)
    if flat.data_ptr() != t.data_ptr():
        t.copy_(flat.reshape(t.shape))


def putmask(a, mask, values):
    """a.flat[n] = values[n] where the mask holds, with values repeated."""
    t, v = tensor(a), tensor(values).reshape(-1)
    at = tensor(mask).reshape(-1).nonzero().reshape(-1)
    if v.numel():
        _scatter(t, at, v[at % v.numel()])


def place(arr, mask, vals):
    """The first values go where the mask holds, one after the other."""
    at = tensor(mask).reshape(-1).nonzero().reshape(-1)
    if at.numel() and not tensor(vals).numel():
        raise ValueError('Cannot insert from an empty array!')
    _scatter(tensor(arr), at, tensor(vals).reshape(-1))


def extract(condition, arr):
    return as_array(tensor(arr).reshape(-1)[tensor(condition).reshape(-1) != 0])


def choose(a, choices, out=None, mode='raise'):
    """choices[a[i]][i] for each place i."""
    ts = [tensor(c) for c in choices]
    dtype = _core.result_type(ts)
    *ts, i = torch.broadcast_tensors(*[t.to(dtype) for t in ts], tensor(a).long())
    i = i if mode == 'raise' else _within(i, len(ts), mode)
    if bool(((i < 0) | (i >= len(ts))).any()):
        raise ValueError('invalid entry in choice array')
    return finish(torch.stack(ts).gather(0, i.unsqueeze(0)).squeeze(0), out)


def piecewise(x, condlist, funclist, *args, **kw):
    """Each function (or value) where its condition holds; one more is for the rest."""
    x = asarray(x)
    conditions = [tensor(c).bool() for c in (condlist if isinstance(condlist, list)
                                             or tensor(condlist).dim() > x.ndim else [condlist])]
    if len(funclist) == len(conditions) + 1:
        rest = ~torch.stack(conditions).any(0)
        conditions.append(rest)
    elif len(funclist) != len(conditions):
        n = len(conditions)
        raise ValueError(f'with {n} condition(s), either {n} or {n + 1} functions are expected')
    y = as_array(torch.zeros_like(tensor(x)))
    for held, f in zip(conditions, funclist):
        if not callable(f):
            y[as_array(held)] = f
        elif bool(held.any()):
            y[as_array(held)] = f(x[as_array(held)], *args, **kw)
    return y


def trim_zeros(filt, trim='fb'):
    """Without the zeros at its front and back."""
    lo, hi = 0, len(filt)
    while 'f' in trim.lower() and lo < hi and filt[lo] == 0:
        lo += 1
    while 'b' in trim.lower() and hi > lo and filt[hi - 1] == 0:
        hi -= 1
    return filt[lo:hi]


def ravel_multi_index(multi_index, dims, mode='raise'):
    """Flat indices of coordinates."""
    flat = torch.zeros((), dtype=torch.int64)
    for i, n in zip(multi_index, size_tuple(dims)):
        i = tensor(i).long()
        if mode == 'raise' and bool(((i < 0) | (i >= n)).any()):
            raise ValueError('invalid entry in coordinates array')
        flat = flat * n + (i if mode == 'raise' else _within(i, n, mode))
    return wrap(flat)


def tril_indices_from(arr, k=0):
    n, m = asarray(arr).shape
    return nonzero(tri(n, m, k, bool))


def triu_indices_from(arr, k=0):
    n, m = asarray(arr).shape
    return nonzero(~tri(n, m, k - 1, bool))


def diag_indices_from(arr):
    t = tensor(arr)
    if len(set(t.shape)) != 1:
        raise ValueError('All dimensions of input must be of equal length')
    return (as_array(torch.arange(t.shape[0])),) * t.dim()


# ---- from the brackets -------------------------------------------------------------------------

def _points(s):
    """The numbers of a slice; a step of nj means n points, the end among them."""
    start, step = s.start or 0, 1 if s.step is None else s.step
    if isinstance(step, complex):
        return linspace(start, s.stop, int(abs(step)))
    return arange(start, s.stop, step)


class _Joined:
    """r_ and c_: what stands in the brackets, joined along an axis."""

    def __init__(self, columns):
        self._columns = columns

    def __getitem__(self, key):
        parts = []
        for item in key if isinstance(key, tuple) else (key,):
            if isinstance(item, str):
                raise NotImplementedError(f'np.r_[{item!r}, ...] is not in qkv: np.concatenate and '
                                          'np.stack take an axis')
            t = tensor(_points(item) if isinstance(item, slice) else item)
            parts.append(t)
        dtype = _core.result_type(parts)
        if self._columns:
            parts = [t.reshape(-1, 1) if t.dim() < 2 else t for t in parts]
        parts = [(t.reshape(1) if t.dim() == 0 else t).to(dtype) for t in parts]
        return concatenate([as_array(t) for t in parts], -1 if self._columns else 0)


class _Grid:
    """mgrid and ogrid: coordinates from slices."""

    def __init__(self, sparse):
        self._sparse = sparse

    def __getitem__(self, key):
        if isinstance(key, slice):
            return _points(key)
        lines = [tensor(_points(s)) for s in key]
        dtype = _core.result_type(lines)
        lines = [t.to(dtype) for t in lines]
        if self._sparse:
            return [as_array(t.reshape([-1 if d == k else 1 for d in range(len(lines))]))
                    for k, t in enumerate(lines)]
        return as_array(torch.stack(torch.meshgrid(*lines, indexing='ij')))


class _Index:
    """s_ and index_exp: the index itself."""

    def __init__(self, always):
        self._always = always

    def __getitem__(self, item):
        return (item,) if self._always and not isinstance(item, tuple) else item


r_, c_ = _Joined(False), _Joined(True)
mgrid, ogrid = _Grid(False), _Grid(True)
s_, index_exp = _Index(False), _Index(True)


# ---- differences and sums ----------------------------------------------------------------------

def _spacing(given, n):
    """The distance of neighbours: one number, or one for each pair."""
    t = tensor(given)
    if t.dim() == 0:
        return t.item()
    if t.dim() != 1:
        raise ValueError('distances must be either scalars or 1d')
    if t.shape[0] != n:
        raise ValueError('when 1d, distances must match the length of the corresponding dimension')
    steps = t.double()[1:] - t.double()[:-1]
    return steps[0].item() if bool((steps == steps[0]).all()) else steps


def _slopes(f, h, edge_order):
    """Central differences along the last axis, one-sided ones at its ends."""
    out = torch.empty_like(f)
    if not isinstance(h, torch.Tensor):
        out[..., 1:-1] = (f[..., 2:] - f[..., :-2]) / (2. * h)
        first = last = h
        start, end = (-1.5 / h, 2. / h, -0.5 / h), (0.5 / h, -2. / h, 1.5 / h)
    else:
        p, q = h[:-1], h[1:]
        out[..., 1:-1] = (-q / (p * (p + q)) * f[..., :-2] + (q - p) / (p * q) * f[..., 1:-1]
                          + p / (q * (p + q)) * f[..., 2:])
        first, last = h[0].item(), h[-1].item()
        if edge_order == 2:
            p, q = h[0].item(), h[1].item()
            start = (-(2. * p + q) / (p * (p + q)), (p + q) / (p * q), -p / (q * (p + q)))
            p, q = h[-2].item(), h[-1].item()
            end = (q / (p * (p + q)), -(q + p) / (p * q), (2. * q + p) / (q * (p + q)))
    if edge_order == 1:
        out[..., 0] = (f[..., 1] - f[..., 0]) / first
        out[..., -1] = (f[..., -1] - f[..., -2]) / last
    else:
        out[..., 0] = start[0] * f[..., 0] + start[1] * f[..., 1] + start[2] * f[..., 2]
        out[..., -1] = end[0] * f[..., -3] + end[1] * f[..., -2] + end[2] * f[..., -1]
    return out


def gradient(f, *varargs, axis=None, edge_order=1):
    """Slopes along each axis; varargs are distances or coordinates.

    >>> import numpy as np
    >>> np.gradient(np.array([1., 2., 4., 7.]))
    array([1. , 1.5, 2.5, 3. ])
    """
    t = tensor(f)
    t = t if t.is_floating_point() else t.double()
    axes = axes_of(axis, t.dim())
    if len(varargs) not in (0, 1, len(axes)):
        raise TypeError('invalid number of arguments')
    if len(varargs) == 1 and tensor(varargs[0]).dim() and len(axes) > 1:
        raise TypeError('invalid number of arguments')
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    given = (varargs or (1.0,)) * (len(axes) if len(varargs) < 2 else 1)
    out = []
    for d, h in zip(axes, given):
        if t.shape[d] < edge_order + 1:
            raise ValueError('Shape of array too small to calculate a numerical gradient, at least '
                             '(edge_order + 1) elements are required.')
        out.append(as_array(_slopes(t.movedim(d, -1), _spacing(h, t.shape[d]), edge_order)
                            .movedim(-1, d).contiguous()))
    return out[0] if len(out) == 1 else out


def trapz(y, x=None, dx=1.0, axis=-1):
    """The integral by trapezoids."""
    t = tensor(y)
    d = axis_of(axis, t.dim())
    t = t.movedim(d, -1)
    if x is not None:
        h = tensor(x)
        h = h[1:] - h[:-1] if h.dim() == 1 else tensor(diff(x, axis=axis)).movedim(d, -1)
    else:
        h = dx
    return _reduce.sum(as_array(h * (t[..., 1:] + t[..., :-1]) / 2.0), -1)


def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours, with values put before and behind."""
    middle = diff(tensor(ary).reshape(-1))
    parts = [asarray(tensor(p).reshape(-1)) for p in (to_begin, middle, to_end) if p is not None]
    return concatenate(parts).astype(middle.dtype)


def digitize(x, bins, right=False):
    """The number of the bin that each x lies in: bins[i - 1] <= x < bins[i].

    >>> import numpy as np
    >>> np.digitize([0.2, 6.4, 3.0], [0.0, 1.0, 2.5, 4.0])
    array([1, 4, 3])
    """
    b = tensor(bins)
    if b.dim() != 1:
        raise ValueError('object too deep for desired array' if b.dim() else
                         'object of too small depth for desired array')
    side = 'left' if right else 'right'
    if bool((b[1:] >= b[:-1]).all()):
        return searchsorted(bins, x, side)
    if not bool((b[1:] <= b[:-1]).all()):
        raise ValueError('bins must be monotonically increasing or decreasing')
    return b.shape[0] - searchsorted(as_array(b.flip(0)), x, side)


def convolve(a, v, mode='full'):
    """Sums of products of a with v running backwards over it."""
    a, v = (t.reshape(1) if t.dim() == 0 else t for t in (tensor(a), tensor(v)))
    a, v = (v, a) if len(v) > len(a) else (a, v)
    for name, t in (('a', a), ('v', v)):
        if not t.numel():
            raise ValueError(f'{name} cannot be empty')
        if t.dim() != 1:
            raise ValueError('object too deep for desired array')
    n, m = a.numel(), v.numel()
    out = torch.zeros(n + m - 1, dtype=_core.result_type([a, v]))
    for k in range(m):
        out[k:k + n] += a * v[k]
    if mode not in ('full', 'same', 'valid'):
        raise ValueError(f"mode must be one of 'valid', 'same', or 'full' (got '{mode}')")
    skip = 0 if mode == 'full' else (m - 1) // 2 if mode == 'same' else m - 1
    return as_array(out[skip:skip + {'full': n + m - 1, 'same': n, 'valid': n - m + 1}[mode]]
                    .clone())


def polyval(p, x):
    """A polynomial, highest power first, at x."""
    y = asarray(tensor(x)) * 0
    for c in asarray(p):
        y = y * x + c
    return y


def polyfit(x, y, deg):
    """The coefficients, highest power first, that fit y best."""
    from numpy.linalg import lstsq
    x, y = float_tensor(x) + 0.0, float_tensor(y) + 0.0
    if deg < 0:
        raise ValueError('expected deg >= 0')
    if x.dim() != 1:
        raise TypeError('expected 1D vector for x')
    if not x.numel():
        raise TypeError('expected non-empty vector for x')
    if x.shape[0] != y.shape[0]:
        raise TypeError('expected x and y to have same length')
    powers = torch.vander(x, deg + 1)
    scale = (powers * powers).sum(0).sqrt()
    eps = torch.finfo(x.dtype).eps
    c = tensor(lstsq(as_array(powers / scale), as_array(y), rcond=len(x) * eps)[0])
    return as_array((c.T / scale).T.contiguous())


# ---- sets --------------------------------------------------------------------------------------

def union1d(ar1, ar2):
    return unique(concatenate([tensor(ar1).reshape(-1), tensor(ar2).reshape(-1)]))


def intersect1d(ar1, ar2):
    a, b = unique(ar1), unique(ar2)
    return a[_reduce.isin(a, b)]


def setdiff1d(ar1, ar2):
    a = unique(ar1)
    return a[~_reduce.isin(a, ar2)]


def setxor1d(ar1, ar2):
    a, b = unique(ar1), unique(ar2)
    return sort(concatenate([a[~_reduce.isin(a, b)], b[~_reduce.isin(b, a)]]))


# ---- without nans ------------------------------------------------------------------------------

def nanprod(a, axis=None, keepdims=False):
    t = tensor(a)
    return _reduce.prod(torch.where(torch.isnan(t), 1, t).to(t.dtype), axis, keepdims=keepdims)


def nancumsum(a, axis=None):
    t = tensor(a)
    return _reduce.cumsum(torch.where(torch.isnan(t), 0, t).to(t.dtype), axis)


def nanvar(a, axis=None, ddof=0, keepdims=False):
    t = float_tensor(a)
    held = ~torch.isnan(t)
    n = _reduce.sum(held, axis, keepdims=keepdims)
    away = torch.where(held, t - tensor(_reduce.nanmean(t, axis, True)), 0.0).to(t.dtype)
    over = n - ddof
    r = _reduce.sum(away * away, axis, keepdims=keepdims) / where(over > 0, over, float('nan'))[()]
    return r.astype(asarray(t).dtype)


def nanstd(a, axis=None, ddof=0, keepdims=False):
    return nanvar(a, axis, ddof, keepdims) ** 0.5


def _by_line(f):
    """f of the numbers of every line along an axis."""
    def of(a, axis=None):
        t = float_tensor(a)
        if axis is None:
            t, axis = t.reshape(-1), 0
        t = t.movedim(axis_of(axis, t.dim()), -1)
        lines = [f(as_array(line[~torch.isnan(line)])) for line in t.reshape(-1, t.shape[-1])]
        return wrap(tensor(array(lines)).to(t.dtype).reshape(t.shape[:-1]))
    return of


def nanmedian(a, axis=None):
    return _by_line(_reduce.median)(a, axis)


def nanquantile(a, q, axis=None):
    return _by_line(lambda line: _reduce.quantile(line, q) if line.size else float('nan'))(a, axis)


def nanpercentile(a, q, axis=None):
    return nanquantile(a, q / 100, axis)


def _arg(pick, empty):
    def f(a, axis=None):
        t = tensor(a)
        axes = axes_of(axis, t.dim())
        if bool(tensor(_reduce.all(torch.isnan(t), axes)).any()):
            raise ValueError('All-NaN slice encountered')
        return pick(torch.where(torch.isnan(t), empty, t).to(t.dtype), axis)
    return f


nanargmax = _arg(_reduce.argmax, -math.inf)
nanargmin = _arg(_reduce.argmin, math.inf)


# ---- the rest ----------------------------------------------------------------------------------

alltrue, sometrue = _reduce.all, _reduce.any
product, cumproduct = _reduce.prod, _reduce.cumprod


def msort(a):
    return sort(a, 0)


def lexsort(keys, axis=-1):
    """Indices that sort by the last key, then by the one before it."""
    ts = [tensor(k) for k in keys]
    d = axis_of(axis, ts[0].dim())
    order = torch.arange(ts[0].shape[d]).reshape([-1 if k == d else 1 for k in range(ts[0].dim())])
    order = order.expand(ts[0].shape)
    for t in ts:
        order = order.gather(d, t.gather(d, order).sort(dim=d, stable=True).indices)
    return as_array(order)


def binary_repr(num, width=None):
    """Binary digits; two's complement of a number below 0 where width is given."""
    num = int(num)
    if num < 0 and width is not None:
        width = max(width, (-num - 1).bit_length() + 1)
        return f'{num + 2 ** width:0{width}b}'
    return f'{num:0{width or 0}b}'


def asfarray(a, dtype=float):
    t = torch_dtype(dtype)
    return asarray(a, dtype if t.is_floating_point else float)


def asarray_chkfinite(a, dtype=None, order=None):
    a = asarray(a, dtype)
    if not bool(torch.isfinite(tensor(a)).all()):
        raise ValueError('array must not contain infs or NaNs')
    return a


def _window(*weights):
    """Cosines of 0, 1, 2 turns over M points, weighted."""
    def f(M):
        if M < 1:
            return as_array(torch.zeros(0, dtype=torch.float64))
        if M == 1:
            return as_array(torch.ones(1, dtype=torch.float64))
        n = torch.arange(1 - M, M, 2, dtype=torch.float64)
        total = weights[0] + weights[1] * torch.cos(math.pi * n / (M - 1))
        if len(weights) > 2:
            total = total + weights[2] * torch.cos(2.0 * math.pi * n / (M - 1))
        return as_array(total)
    return f


hanning, hamming, blackman = _window(0.5, 0.5), _window(0.54, 0.46), _window(0.42, 0.5, 0.08)
