"""Values put into a copy of a tensor, and reductions by index."""

__late__ = """
torch torch.Tensor: scatter_reduce index_reduce slice_scatter select_scatter diagonal_scatter put
"""

import torch
from torch._node import named

_REDUCTIONS = ('sum', 'prod', 'mean', 'amax', 'amin')


def _steps(input, dim, index, src, fn):
    """fn(what stands there, src) by one slice of index after the other: within a slice no two
    places are the same."""
    out = input.clone()
    for j in range(index.shape[dim]):
        at = index.narrow(dim, j, 1)
        out = out.scatter(dim, at, fn(out.gather(dim, at), src.narrow(dim, j, 1)))
    return out


def _extreme(input, dim, index, src, fn, include_self):
    """amax or amin; those that are equal to it share its gradient."""
    with torch.no_grad():
        best = _steps(input.detach(), dim, index, src.detach(), fn)
    if not (input.requires_grad or src.requires_grad):
        return best
    wins = src.detach() == best.gather(dim, index)
    mine = input.detach() == best
    if not include_self:
        mine = mine & ~torch.zeros_like(mine).scatter(dim, index, True)
    count = mine.to(src.dtype).scatter_add(dim, index, wins.to(src.dtype))
    alone = mine | (count == 0)
    total = input.masked_fill(~alone, 0).scatter_add(dim, index, src.masked_fill(~wins, 0))
    return total / count.clamp(min=1)


def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    """input with src reduced into it (sum, prod, mean, amax, amin) where index says along dim.
    include_self=False: what stood there does not count."""
    if reduce not in _REDUCTIONS:
        raise RuntimeError('reduce argument must be either sum, prod, mean, amax or amin, got '
                           + str(reduce))
    if index.dtype != torch.int64:
        raise RuntimeError('scatter(): Expected dtype int64 for index')
    if input.dtype != src.dtype:
        raise RuntimeError('scatter(): Expected self.dtype to be equal to src.dtype')
    if index.dim() != src.dim() or any(i > s for i, s in zip(index.shape, src.shape)):
        raise RuntimeError(f'Expected index {list(index.shape)} to be smaller than self '
                           f'{list(input.shape)} apart from dimension {dim} and to be smaller size '
                           f'than src {list(src.shape)}')
    for d, n in enumerate(index.shape):
        src = src.narrow(d, 0, n)
    start = input
    if not include_self:
        neutral = {'sum': 0, 'mean': 0, 'prod': 1}.get(reduce)
        if neutral is None:
            info = (torch.finfo if input.is_floating_point() else torch.iinfo)(input.dtype)
            worst = float('inf') if input.is_floating_point() else info.max
            neutral = worst if reduce == 'amin' else (-worst if input.is_floating_point()
                                                      else info.min)
        start = input.scatter(dim, index, neutral)
    if reduce == 'sum':
        out = start.scatter_add(dim, index, src)
    elif reduce == 'mean':
        ones = torch.ones_like(input)
        count = ones if include_self else ones.scatter(dim, index, 0)
        count = count.scatter_add(dim, index, torch.ones_like(src)).clamp(min=1)
        total = start.scatter_add(dim, index, src)
        out = total / count if input.is_floating_point() else torch.div(total, count,
                                                                        rounding_mode='floor')
    elif reduce == 'prod':
        out = _steps(start, dim, index, src, torch.mul)
    else:
        fn = torch.maximum if reduce == 'amax' else torch.minimum
        out = _extreme(start, dim, index, src, fn, include_self)
    return named(out, 'ScatterReduceBackward0')


def index_reduce(input, dim, index, source, reduce, *, include_self=True):
    """input with the slices of source reduced into its slices number index[i] along dim."""
    if reduce not in _REDUCTIONS[1:]:
        raise RuntimeError('index_reduce(): Expected reduce to be one of prod, mean, amax or amin '
                           f'but got {reduce}.')
    if index.dim() != 1 or index.shape[0] != source.shape[dim]:
        raise RuntimeError('index_reduce_(): Number of indices should be equal to source.size(dim)')
    shape = [1] * source.dim()
    shape[dim] = -1
    where = index.long().view(shape).expand(source.shape)
    out = scatter_reduce(input, dim, where, source, reduce, include_self=include_self)
    return named(out, 'IndexReduceBackward0')


def _write(input, src, part, name):
    out = input.clone()
    place = part(out)
    if place.shape != src.shape:
        raise RuntimeError('expected src to have a size equal to the slice of self. src size = '
                           f'{list(src.shape)}, slice size = {list(place.shape)}')
    place.copy_(src)
    return named(out.view(out.shape), name)


def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    """input with src in the slice start:end:step of dim."""
    cut = [slice(None)] * (dim % input.dim()) + [slice(start, end, step)]
    return _write(input, src, lambda x: x[tuple(cut)], 'SliceScatterBackward0')


def select_scatter(input, src, dim, index):
    """input with src at index of dim."""
    return _write(input, src, lambda x: x.select(dim, index), 'SelectScatterBackward0')


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    """input with src on a diagonal."""
    return _write(input, src, lambda x: x.diagonal(offset, dim1, dim2), 'DiagonalScatterBackward0')


def put(input, index, source, accumulate=False):
    """input with source at positions of the flattened tensor; accumulate: added to them."""
    if index.numel() != source.numel():
        raise RuntimeError('put_(): Expected source and index to have the same number of elements, '
                           f'but got source.numel() = {source.numel()}, index.numel() = '
                           f'{index.numel()}')
    if index.dtype != torch.int64:
        raise RuntimeError('put_(): Expected a long tensor for index, but got '
                           + typename(index.dtype))
    flat, at = input.reshape(-1), index.reshape(-1)
    at = torch.where(at < 0, at + flat.shape[0], at)
    out = flat.index_put((at,), source.reshape(-1), accumulate)
    return named(out.view(input.shape), 'PutBackward0')


def typename(dtype):
    """'Float' of torch.float32, as messages say it."""
    return torch.empty(0, dtype=dtype).type().split('.')[-1].replace('Tensor', '')
