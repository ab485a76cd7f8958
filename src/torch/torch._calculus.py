"""Differences, integrals, statistics, windows and small products of torch."""

__late__ = """
torch: gradient trapezoid trapz cumulative_trapezoid pdist hamming_window hann_window
    blackman_window bartlett_window
torch torch.Tensor: diff logcumsumexp cov corrcoef dist renorm nanmean nanmedian addmv addr addbmm
    cross inner
"""

import math
import torch
from torch._node import named, returned


def _slice(x, dim, start, end):
    return x[(slice(None),) * (dim % x.dim()) + (slice(start, end),)]


def diff(input, n=1, dim=-1, prepend=None, append=None):
    """Differences of neighbours along dim, n times."""
    if input.dim() == 0:
        raise RuntimeError('diff expects input to be at least one-dimensional')
    if n < 0:
        raise RuntimeError(f'order must be non-negative but got {n}')
    parts = [t for t in (prepend, input, append) if t is not None]
    if len(parts) > 1:
        input = torch.cat(parts, dim)
    for _ in range(n):
        after, before = _slice(input, dim, 1, None), _slice(input, dim, None, -1)
        if input.shape[dim] == 0:
            return input
        input = after ^ before if input.dtype == torch.bool else after - before
    return input


def gradient(input, *, spacing=1, dim=None, edge_order=1):
    """Central differences (one-sided at the edges) along each dim; spacing: the step, or a list
    with a step or coordinates for each dim."""
    if edge_order not in (1, 2):
        raise RuntimeError('torch.gradient only supports edge_order=1 and edge_order=2.')
    dims = list(range(input.dim())) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    if not isinstance(spacing, (list, tuple)):
        spacing = [spacing] * len(dims)
    if len(spacing) != len(dims):
        raise RuntimeError(f'torch.gradient expected spacing to be unspecified, a scalar, or a list '
                           f'of length equal to dim of length {len(dims)}, but got {len(spacing)}')
    return tuple(_gradient_along(input, d, h, edge_order) for d, h in zip(dims, spacing))


def _gradient_along(x, dim, h, edge_order):
    n = x.shape[dim]
    if n < edge_order + 1:
        raise RuntimeError('torch.gradient expected each dimension size to be at least edge_order+1')
    if isinstance(h, torch.Tensor) and h.dim() == 1:
        where = h
    else:
        where = torch.arange(n, dtype=torch.get_default_dtype()) * h
    steps = where[1:] - where[:-1]

    def at(i, j=None):
        return _slice(x, dim, i, j)

    def wide(v):
        return v.view([-1] + [1] * (x.dim() - 1 - dim % x.dim()))

    slopes = (at(1, None) - at(None, -1)) / wide(steps)
    if edge_order == 1 or n < 3:
        first, last = _slice(slopes, dim, None, 1), _slice(slopes, dim, -1, None)
    else:
        a, b = steps[0], steps[1]
        first = (-(2 * a + b) / (a * (a + b)) * at(0, 1) + (a + b) / (a * b) * at(1, 2)
                 - a / (b * (a + b)) * at(2, 3))
        a, b = steps[-2], steps[-1]
        last = (b / (a * (a + b)) * at(n - 3, n - 2) - (a + b) / (a * b) * at(n - 2, n - 1)
                + (a + 2 * b) / (b * (a + b)) * at(n - 1, n))
    before, after = wide(steps[:-1]), wide(steps[1:])
    inner = ((before * _slice(slopes, dim, 1, None) + after * _slice(slopes, dim, None, -1))
             / (before + after))
    return torch.cat([first, inner, last], dim)


def _areas(y, x, dx, dim):
    """Twice the trapezoids between neighbours, and what they are to be multiplied by."""
    if x is None:
        return _slice(y, dim, 1, None) + _slice(y, dim, None, -1), dx / 2.
    widths = diff(x, dim=-1 if x.dim() == 1 else dim)
    if x.dim() == 1:
        widths = widths.view([-1] + [1] * (y.dim() - 1 - dim % y.dim()))
    return (_slice(y, dim, 1, None) + _slice(y, dim, None, -1)) * widths, 1 / 2.


def trapezoid(y, x=None, *, dx=1, dim=-1):
    """The integral of y along dim by trapezoids; x: where, or dx: the step."""
    areas, share = _areas(y, x, dx, dim)
    total = areas.sum(dim)
    return named(total * share, 'MulBackward1') if x is None else named(total / 2., 'DivBackward1')


trapz = trapezoid


def cumulative_trapezoid(y, x=None, *, dx=1, dim=-1):
    """Integrals up to each place, by trapezoids."""
    areas, share = _areas(y, x, dx, dim)
    return areas.cumsum(dim) * share


def logcumsumexp(input, dim):
    """log of the cumulative sum of exp, without overflow."""
    if input.dim() == 0 or input.shape[dim] == 0:
        return input.clone()
    out, pieces = [], input.unbind(dim)
    for x in pieces:
        out.append(torch.logaddexp(out[-1], x) if out else x)
    return named(torch.stack(out, dim), 'LogcumsumexpBackward0')


# ---- statistics ------------------------------------------------------------------------------


def cov(input, *, correction=1, fweights=None, aweights=None):
    """Covariances of the rows (variables) over the columns (observations)."""
    if input.dim() > 2:
        raise RuntimeError('cov(): expected input to have two or fewer dimensions but got an input '
                           f'with {input.dim()} dimensions')
    x = input if input.dim() == 2 else input.reshape(1, -1)
    if not x.is_floating_point():
        x = x.to(torch.get_default_dtype())
    n = x.shape[1]
    w = None
    if fweights is not None:
        w = fweights
    if aweights is not None:
        w = aweights if w is None else w * aweights
    if w is None:
        mean, norm = x.sum(1, keepdim=True) / n, n - correction
        y = x - mean
        z = y
    else:
        total = w.sum()
        mean = (x * w).sum(1, keepdim=True) / total
        if aweights is None or correction == 0:
            norm = total - correction
        else:
            norm = total - correction * (w * aweights).sum() / total
        y = x - mean
        z = y * w
    c = y @ z.mT.conj() / norm if isinstance(norm, torch.Tensor) else (y @ z.mT.conj()) / max(norm, 0)
    return c.squeeze()


def corrcoef(input):
    """Correlations of the rows over the columns."""
    if input.dim() > 2:
        raise RuntimeError('corrcoef(): expected input to have two or fewer dimensions but got an '
                           f'input with {input.dim()} dimensions')
    c = cov(input)
    if c.dim() == 0:
        return c / c
    d = c.diag().sqrt()
    return (c / d.view(-1, 1) / d.view(1, -1)).clamp(-1, 1)


def dist(input, other, p=2):
    """The p-norm of input - other."""
    return named(torch.norm(input - other, p), 'DistBackward0')


def renorm(input, p, dim, maxnorm):
    """Slices along dim whose p-norm passes maxnorm, scaled down to it."""
    if input.dim() < 2:
        raise RuntimeError('renorm: input needs at least 2 dimensions, got '
                           f'{input.dim()} dimensions')
    rows = input.transpose(0, dim).reshape(input.shape[dim], -1)
    norms = torch.norm(rows, p, dim=1)
    scale = torch.where(norms > maxnorm, maxnorm / (norms + 1e-7), torch.ones_like(norms))
    shape = [1] * input.dim()
    shape[dim] = -1
    return named(input * scale.view(shape), 'RenormBackward0')


def nanmean(input, dim=None, keepdim=False, *, dtype=None):
    """The mean of what is not nan."""
    dims = list(range(input.dim())) if dim is None else dim
    x = input if dtype is None else input.to(dtype)
    count = (~x.isnan()).sum(dims, keepdim=keepdim)
    return torch.nansum(x, dims, keepdim=keepdim) / count


def nanmedian(input, dim=None, keepdim=False):
    """The median of what is not nan; with dim also where it stands."""
    if dim is None:
        kept = input[~input.isnan()]
        return kept.median() if kept.numel() else input.sum() * float('nan')
    order, where = input.sort(dim)
    count = (~input.isnan()).sum(dim, keepdim=True)
    at = (count - 1).clamp(min=0) // 2
    values, index = order.gather(dim, at), where.gather(dim, at)
    if not keepdim:
        values, index = values.squeeze(dim), index.squeeze(dim)
    return returned('nanmedian', values, index)


# ---- products ----------------------------------------------------------------------------------


def addmv(input, mat, vec, *, beta=1, alpha=1):
    """beta input + alpha mat @ vec"""
    if mat.dim() != 2 or vec.dim() != 1:
        raise RuntimeError(f'vector + matrix @ vector expected, got {input.dim()}, {mat.dim()}, '
                           f'{vec.dim()}')
    if mat.shape[1] != vec.shape[0]:
        raise RuntimeError(f'size mismatch, got input ({mat.shape[0]}), mat ({mat.shape[0]}x'
                           f'{mat.shape[1]}), vec ({vec.shape[0]})')
    return _weighted(input, mat @ vec, beta, alpha, 'AddmvBackward0')


def _weighted(input, product, beta, alpha, name):
    """beta input + alpha product; beta = 0: input does not count, nan or not."""
    if alpha != 1:
        product = product * alpha
    if beta == 0:
        out = product + torch.zeros_like(input)
    else:
        out = input + product if beta == 1 else input * beta + product
    if out.shape != product.shape:
        raise RuntimeError(f'The expanded size of the tensor must match the product, of shape '
                           f'{list(product.shape)}; input has shape {list(input.shape)}')
    return named(out, name)


def inner(input, other):
    """Sums of products over the last dims: every row of input with every row of other."""
    if input.dim() == 0 or other.dim() == 0:
        return input * other
    if input.shape[-1] != other.shape[-1]:
        raise RuntimeError('inner() the last dimension must match on both input tensors but got '
                           f'shapes {list(input.shape)} and {list(other.shape)}')
    if input.dim() == 1 and other.dim() == 1:
        return torch.dot(input, other)
    return torch.tensordot(input, other, dims=([-1], [-1]))


def addr(input, vec1, vec2, *, beta=1, alpha=1):
    """beta input + alpha (vec1 outer vec2)"""
    if vec1.dim() != 1 or vec2.dim() != 1:
        which = 1 if vec1.dim() != 1 else 2
        raise RuntimeError(f'addr: Expected 1-D argument vec{which}, but got '
                           f'{(vec1, vec2)[which - 1].dim()}-D')
    return _weighted(input, torch.outer(vec1, vec2), beta, alpha, 'AddrBackward0')


def addbmm(input, batch1, batch2, *, beta=1, alpha=1):
    """beta input + alpha the sum of batch1[i] @ batch2[i]"""
    if batch1.dim() != 3 or batch2.dim() != 3:
        which = 1 if batch1.dim() != 3 else 2
        raise RuntimeError(f'batch{which} must be a 3D tensor')
    return _weighted(input, torch.bmm(batch1, batch2).sum(0), beta, alpha, 'AddbmmBackward0')


def cross(input, other, dim=None):
    """The cross product along a dim of size 3 (the first one, when dim is not given)."""
    a, b = torch.broadcast_tensors(input, other)
    if dim is None:
        sized = [d for d, n in enumerate(a.shape) if n == 3]
        if not sized:
            raise RuntimeError('no dimension of size 3 in input')
        dim = sized[0]
    if a.shape[dim] != 3:
        raise RuntimeError(f'linalg.cross: inputs dimension {dim} must have length 3. Got '
                           f'{input.shape[dim]} and {other.shape[dim]}')
    a1, a2, a3 = a.unbind(dim)
    b1, b2, b3 = b.unbind(dim)
    out = torch.stack([a2 * b3 - a3 * b2, a3 * b1 - a1 * b3, a1 * b2 - a2 * b1], dim)
    return named(out, 'LinalgCrossBackward0')


def pdist(input, p=2):
    """Distances of all pairs of rows."""
    if input.dim() != 2:
        raise RuntimeError('pdist only supports 2D tensors, got: ' + str(input.dim()) + 'D')
    n = input.shape[0]
    i, j = torch.triu_indices(n, n, 1)
    return named(torch.norm(input[i] - input[j], p, dim=1), 'PdistBackward0')


# ---- windows -------------------------------------------------------------------------------------


def _window(length, periodic, fn, dtype):
    if length < 0:
        raise RuntimeError(f'window length must be non-negative, got {length}')
    dtype = torch.get_default_dtype() if dtype is None else dtype
    if length < 2:
        return torch.ones(length, dtype=dtype)
    n = length if periodic else length - 1
    return fn(torch.arange(length, dtype=dtype) / n)


def hann_window(window_length, periodic=True, *, dtype=None):
    """(1 - cos(2 pi n / N)) / 2"""
    return _window(window_length, periodic, lambda x: .5 - .5 * torch.cos(2 * math.pi * x), dtype)


def hamming_window(window_length, periodic=True, alpha=.54, beta=.46, *, dtype=None):
    """alpha - beta cos(2 pi n / N)"""
    return _window(window_length, periodic,
                   lambda x: alpha - beta * torch.cos(2 * math.pi * x), dtype)


def blackman_window(window_length, periodic=True, *, dtype=None):
    """.42 - .5 cos(2 pi n / N) + .08 cos(4 pi n / N)"""
    return _window(window_length, periodic,
                   lambda x: (.08 * torch.cos(4 * math.pi * x)
                              - .5 * torch.cos(2 * math.pi * x) + .42), dtype)


def bartlett_window(window_length, periodic=True, *, dtype=None):
    """1 - |2 n / N - 1|: a triangle."""
    return _window(window_length, periodic, lambda x: 1 - (2 * x - 1).abs(), dtype)
