"""Shapes, joining and cutting, selecting."""
import torch
from numpy import _core
from numpy._base import _refuse, torch_dtype
from numpy._base import (ndarray, as_array, wrap, is_array, tensor, axis_of, axes_of, size_tuple,
                         shape_text, finish, int64)
from numpy._create import asarray, zeros, tri


# ---- shape -------------------------------------------------------------------------------------

def _fit(t, shape):
    """The sizes of a reshape with -1 filled in, or NumPy's error."""
    known, free = 1, 0
    for n in shape:
        if n < 0:
            free += 1
        else:
            known *= n
    if free > 1:
        raise ValueError('can only specify one unknown dimension')
    if (free and (known == 0 or t.numel() % known)) or (not free and known != t.numel()):
        text = shape_text(['newaxis' if n < 0 else n for n in shape])
        raise ValueError(f'cannot reshape array of size {t.numel()} into shape {text}')
    return [t.numel() // known if n < 0 else n for n in shape]


def reshape(a, newshape, order='C'):
    """The same elements in another shape; a view where the layout allows."""
    t = tensor(a)
    shape = _fit(t, size_tuple(newshape))
    if order == 'F':
        turned = t.permute(list(range(t.dim()))[::-1]).reshape(shape[::-1])
        return as_array(turned.permute(list(range(len(shape)))[::-1]))
    return as_array(t.reshape(shape))


def _reshape(a, *shape, order='C'):
    return reshape(a, shape[0] if len(shape) == 1 else shape, order)


def ravel(a, order='C'):
    return reshape(a, -1, order)


def _flatten(a, order='C'):
    return as_array(tensor(reshape(a, -1, order)).clone())


def transpose(a, axes=None):
    """The axes in another order, reversed where none is given; a view."""
    t = tensor(a)
    if axes is None:
        axes = range(t.dim())[::-1]
    axes = [axis_of(d, t.dim()) for d in axes] if len(axes) == t.dim() else None
    if axes is None:
        raise ValueError("axes don't match array")
    if len(set(axes)) != len(axes):
        raise ValueError('repeated axis in transpose')
    return as_array(t.permute(axes))


def _transpose(a, *axes):
    if len(axes) == 1 and (axes[0] is None or isinstance(axes[0], (tuple, list))):
        axes = axes[0]
    return transpose(a, axes or None)


def swapaxes(a, axis1, axis2):
    t = tensor(a)
    return as_array(t.transpose(axis_of(axis1, t.dim(), 'axis1: '),
                                axis_of(axis2, t.dim(), 'axis2: ')))


def moveaxis(a, source, destination):
    t = tensor(a)
    source, destination = [[axis_of(d, t.dim(), name + ': ')
                            for d in (given if isinstance(given, (tuple, list)) else (given,))]
                           for given, name in ((source, 'source'), (destination, 'destination'))]
    if len(source) != len(destination):
        raise ValueError('`source` and `destination` arguments must have the same number of '
                         'elements')
    return as_array(torch.movedim(t, source, destination))


def expand_dims(a, axis):
    t = tensor(a)
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    ndim = t.dim() + len(axes)
    for d in sorted(axis_of(d, ndim) for d in axes):
        t = t.unsqueeze(d)
    return as_array(t)


def squeeze(a, axis=None):
    t = tensor(a)
    axes = axes_of(axis, t.dim())
    if axis is not None and any(t.shape[d] != 1 for d in axes):
        raise ValueError('cannot select an axis to squeeze out which has size not equal to one')
    return as_array(t.reshape([n for d, n in enumerate(t.shape) if d not in axes or n != 1]))


def broadcast_to(array, shape, subok=False):
    t, shape = tensor(array), size_tuple(shape)
    try:
        return as_array(t.expand(shape))
    except RuntimeError:
        raise ValueError('operands could not be broadcast together with remapped shapes '
                         f'[original->remapped]: {shape_text(t.shape)} and requested shape '
                         f'{shape_text(shape)}')


def broadcast_arrays(*args):
    ts = [tensor(a) for a in args]
    for t in ts[1:]:
        _core.check_broadcast(ts[0], t)
    return [as_array(t) for t in torch.broadcast_tensors(*ts)]


def atleast_1d(a):
    t = tensor(a)
    return as_array(t.reshape(1) if t.dim() == 0 else t)


def atleast_2d(a):
    t = tensor(a)
    return as_array(t.reshape(1, -1) if t.dim() < 2 else t)


def shape(a):
    return asarray(a).shape


def ndim(a):
    return asarray(a).ndim


def size(a, axis=None):
    return asarray(a).size if axis is None else asarray(a).shape[axis]


# ---- joining -----------------------------------------------------------------------------------

def _common(arrays):
    ts = [tensor(a) for a in arrays]
    if not ts:
        raise ValueError('need at least one array to concatenate')
    dtype = _core.result_type(ts)
    return [t.to(dtype) for t in ts]


def concatenate(arrays, axis=0, out=None, dtype=None):
    """Arrays one after the other along an axis they have."""
    ts = _common(arrays)
    if dtype is not None:
        ts = [t.to(torch_dtype(dtype)) for t in ts]
    if axis is None:
        ts, axis = [t.reshape(-1) for t in ts], 0
    first = ts[0]
    if first.dim() == 0:
        raise ValueError('zero-dimensional arrays cannot be concatenated')
    axis = axis_of(axis, first.dim())
    for i, t in enumerate(ts):
        if t.dim() != first.dim():
            raise ValueError('all the input arrays must have same number of dimensions, but the '
                             f'array at index 0 has {first.dim()} dimension(s) and the array at '
                             f'index {i} has {t.dim()} dimension(s)')
        for d in range(first.dim()):
            if d != axis and t.shape[d] != first.shape[d]:
                raise ValueError('all the input array dimensions except for the concatenation axis '
                                 f'must match exactly, but along dimension {d}, the array at index '
                                 f'0 has size {first.shape[d]} and the array at index {i} has size '
                                 f'{t.shape[d]}')
    return finish(torch.cat(ts, axis), out)


def stack(arrays, axis=0, out=None):
    """Arrays of one shape along a new axis."""
    arrays = list(arrays)
    if not arrays:
        raise ValueError('need at least one array to stack')
    ts = _common(arrays)
    if any(t.shape != ts[0].shape for t in ts):
        raise ValueError('all input arrays must have the same shape')
    return finish(torch.stack(ts, axis_of(axis, ts[0].dim() + 1)), out)


def vstack(tup):
    return concatenate([atleast_2d(a) for a in tup], 0)


row_stack = vstack


def hstack(tup):
    arrays = [atleast_1d(a) for a in tup]
    return concatenate(arrays, 0 if arrays and arrays[0].ndim == 1 else 1)


def dstack(tup):
    arrays = [atleast_2d(a) for a in tup]
    return concatenate([a[:, :, None] if a.ndim == 2 else a for a in arrays], 2)


def column_stack(tup):
    return concatenate([reshape(a, (-1, 1)) if ndim(a) < 2 else a for a in tup], 1)


def append(arr, values, axis=None):
    if axis is None:
        arr, values, axis = ravel(arr), ravel(values), 0
    return concatenate((arr, values), axis)


def delete(arr, obj, axis=None):
    t = tensor(arr)
    if axis is None:
        t, axis = t.reshape(-1), 0
    keep = torch.ones(t.shape[axis], dtype=torch.bool)
    keep[tensor(obj) if not isinstance(obj, slice) else obj] = False
    return as_array(t.index_select(axis, keep.nonzero().reshape(-1)))


def insert(arr, obj, values, axis=None):
    t = tensor(arr)
    if axis is None:
        t, axis = t.reshape(-1), 0
    at = obj + t.shape[axis] if obj < 0 else obj
    v = tensor(values).to(t.dtype)
    if v.dim() < t.dim():
        want = list(t.shape)
        want[axis] = v.numel() if t.dim() == 1 else 1
        v = (v.unsqueeze(axis) if v.dim() == t.dim() - 1 and t.dim() > 1 else v).expand(want)
    return as_array(torch.cat([t.narrow(axis, 0, at), v, t.narrow(axis, at, t.shape[axis] - at)],
                              axis))


def array_split(ary, indices_or_sections, axis=0):
    """Pieces along an axis: so many of about one size, or cut at the places given."""
    t = tensor(ary)
    axis = axis_of(axis, t.dim())
    n = t.shape[axis]
    if isinstance(indices_or_sections, (tuple, list, ndarray)):
        cuts = [0] + [min(int(i) + n if i < 0 else int(i), n) for i in indices_or_sections] + [n]
    else:
        parts = int(indices_or_sections)
        if parts <= 0:
            raise ValueError('number sections must be larger than 0.')
        each, extra = divmod(n, parts)
        cuts = [0]
        for i in range(parts):
            cuts.append(cuts[-1] + each + (i < extra))
    return [as_array(t.narrow(axis, lo, max(hi - lo, 0))) for lo, hi in zip(cuts, cuts[1:])]


def split(ary, indices_or_sections, axis=0):
    """array_split, where a number of pieces must divide the size."""
    if not isinstance(indices_or_sections, (tuple, list, ndarray)):
        t = tensor(ary)
        if t.shape[axis_of(axis, t.dim())] % int(indices_or_sections):
            raise ValueError('array split does not result in an equal division')
    return array_split(ary, indices_or_sections, axis)


def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0 if ndim(ary) == 1 else 1)


def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


def tile(A, reps):
    """A repeated as a block along each axis."""
    t, reps = tensor(A), size_tuple(reps)
    reps = (1,) * (t.dim() - len(reps)) + reps
    return as_array(t.repeat(reps))


def repeat(a, repeats, axis=None):
    """Each element repeated."""
    t = tensor(a)
    if axis is None:
        t, axis = t.reshape(-1), 0
    return as_array(t.repeat_interleave(tensor(repeats), axis_of(axis, t.dim())))


def flip(m, axis=None):
    t = tensor(m)
    return as_array(t.flip(axes_of(axis, t.dim())))


def fliplr(m):
    return flip(m, 1)


def flipud(m):
    return flip(m, 0)


def roll(a, shift, axis=None):
    t = tensor(a)
    if axis is None:
        return as_array(t.reshape(-1).roll(shift).reshape(t.shape))
    axes = axis if isinstance(axis, tuple) else (axis,)
    return as_array(t.roll(shift, tuple(axis_of(d, t.dim()) for d in axes)))


def rot90(m, k=1, axes=(0, 1)):
    """Turned by 90 degrees k times, from the first axis towards the second."""
    return as_array(_turned(tensor(m), k % 4, axes))


def _turned(t, k, axes):
    if k == 0:
        return t
    if k == 2:
        return t.flip(list(axes))
    return t.flip(axes[1]).transpose(*axes) if k == 1 else t.transpose(*axes).flip(axes[1])


def pad(array, pad_width, mode='constant', constant_values=0, **kwargs):
    """Values around an array: one width, (before, after), or a pair per axis."""
    t = tensor(array)
    _refuse('pad', **kwargs)
    if mode != 'constant':
        raise NotImplementedError(f"np.pad here knows mode='constant', not {mode!r}")
    if isinstance(pad_width, (int, ndarray)) and not getattr(pad_width, 'shape', ()):
        pairs = [(int(pad_width),) * 2] * t.dim()
    else:
        pairs = [tuple(p) if isinstance(p, (tuple, list, ndarray)) else p for p in pad_width]
        if not isinstance(pairs[0], tuple):
            pairs = [tuple(pairs) if len(pairs) == 2 else tuple(pairs) * 2] * t.dim()
        elif len(pairs) == 1:
            pairs = pairs * t.dim()
    out = zeros([n + lo + hi for n, (lo, hi) in zip(t.shape, pairs)], as_array(t).dtype)
    if constant_values:
        out[...] = constant_values
    out[tuple(slice(lo, lo + n) for n, (lo, hi) in zip(t.shape, pairs))] = as_array(t)
    return out


# ---- triangles and diagonals -------------------------------------------------------------------

def _lower(t, k):
    """True up to the k-th diagonal of the last two axes; of one axis, of its square."""
    if t.dim() == 0:
        raise TypeError("tri() missing 1 required positional argument: 'N'")
    return tensor(tri(*t.shape[-2:], k=k, dtype=bool))


def tril(m, k=0):
    t = tensor(m)
    keep = _lower(t, k)
    return as_array(torch.where(keep, t, torch.zeros((), dtype=t.dtype)))


def triu(m, k=0):
    t = tensor(m)
    drop = _lower(t, k - 1)
    return as_array(torch.where(drop, torch.zeros((), dtype=t.dtype), t))


def tril_indices(n, k=0, m=None):
    return nonzero(tri(n, m, k, bool))


def triu_indices(n, k=0, m=None):
    return nonzero(~tri(n, m, k - 1, bool))


def diag(v, k=0):
    t = tensor(v)
    if t.dim() not in (1, 2):
        raise ValueError('Input must be 1- or 2-d.')
    return as_array(torch.diag(t, k).clone())


def diagonal(a, offset=0, axis1=0, axis2=1):
    t = tensor(a)
    if t.dim() < 2:
        raise ValueError('diag requires an array of at least two dimensions')
    return as_array(torch.diagonal(t, offset, axis1, axis2))


def fill_diagonal(a, val, wrap=False):
    _refuse('fill_diagonal', wrap=wrap)
    if tensor(a).dim() < 2:
        raise ValueError('array must be at least 2-d')
    tensor(a).diagonal()[:] = tensor(val).to(tensor(a).dtype)


def diag_indices(n, ndim=2):
    return (as_array(torch.arange(n)),) * ndim


# ---- selecting ---------------------------------------------------------------------------------

def nonzero(a):
    """A tuple of indices, one array per axis."""
    t = tensor(a)
    found = (t.reshape(1) if t.dim() == 0 else t).nonzero()
    return tuple(as_array(column.clone()) for column in found.unbind(1))


def argwhere(a):
    return as_array(tensor(a).nonzero())


def flatnonzero(a):
    return nonzero(ravel(a))[0]


def where(condition, x=None, y=None):
    """x where condition holds, else y; with one argument, nonzero."""
    if x is None and y is None:
        return nonzero(condition)
    if x is None or y is None:
        raise ValueError('either both or neither of x and y should be given')
    c, a, b = tensor(condition), tensor(x), tensor(y)
    for p, q in ((a, b), (c, a), (c, b)):
        _core.check_broadcast(p, q)
    dtype = _core.result_type([a, b])
    got = torch.where(c != 0, a.to(dtype), b.to(dtype))
    return as_array(got)


def take(a, indices, axis=None, out=None, mode='raise'):
    t = tensor(a)
    if axis is None:
        t, axis = t.reshape(-1), 0
    if mode != 'raise':
        n, i = t.shape[axis], tensor(indices)
        indices = as_array(i % n if mode == 'wrap' else i.clamp(0, n - 1))
    key = (slice(None),) * axis_of(axis, t.dim())
    return finish(tensor(as_array(t)[key + (indices,)]), out)


def take_along_axis(arr, indices, axis):
    t, i = tensor(arr), tensor(indices)
    if axis is None:
        t, axis = t.reshape(-1), 0
    return as_array(torch.take_along_dim(t, i, axis))


def put_along_axis(arr, indices, values, axis):
    t, i = tensor(arr), tensor(indices)
    v = tensor(values).to(t.dtype)
    t.scatter_(axis, i, v.expand(i.shape) if v.shape != i.shape else v)


def compress(condition, a, axis=None):
    t = tensor(a)
    if axis is None:
        t, axis = t.reshape(-1), 0
    return as_array(t.index_select(axis, tensor(condition).nonzero().reshape(-1)))


def select(condlist, choicelist, default=0):
    """From the first choice whose condition holds, else default."""
    out = asarray(default)
    for condition, choice in zip(condlist[::-1], choicelist[::-1]):
        out = where(condition, choice, out)
    return out


def ix_(*args):
    grids = []
    for d, a in enumerate(args):
        t = tensor(a)
        t = t.nonzero().reshape(-1) if t.dtype == torch.bool else t
        grids.append(as_array(t.reshape([-1 if i == d else 1 for i in range(len(args))])))
    return tuple(grids)


def unravel_index(indices, shape):
    t, out = tensor(indices), []
    for n in reversed(size_tuple(shape)):
        out.append(wrap(t % n))
        t = torch.div(t, n, rounding_mode='floor')
    return tuple(reversed(out))


def ndenumerate(arr):
    arr = asarray(arr)
    for index in ndindex(arr.shape):
        yield index, arr[index]


def ndindex(*shape):
    """All index tuples of a shape, the last one running fastest."""
    sizes = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
    if not sizes:
        yield ()
        return
    for i in range(sizes[0]):
        for rest in ndindex(tuple(sizes[1:])):
            yield (i,) + rest
