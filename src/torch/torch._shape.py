"""Functions of torch that join, cut, turn and build, written with its others."""

__late__ = """
torch: block_diag cartesian_prod combinations atleast_1d atleast_2d atleast_3d column_stack
    row_stack dstack vander
torch torch.Tensor: tensor_split hsplit vsplit dsplit fliplr flipud rot90 diagflat adjoint
    unsafe_chunk unsafe_split msort
torch.Tensor: mH
"""

import torch
from torch._node import named


def _tensors(args):
    """f(a, b) and f([a, b]) are the same."""
    return tuple(args[0]) if len(args) == 1 and isinstance(args[0], (list, tuple)) else args


def _common(tensors):
    """The tensors in the dtype that all of them promote to."""
    dtype = tensors[0].dtype
    for t in tensors:
        dtype = torch.promote_types(dtype, t.dtype)
    return [t.to(dtype) for t in tensors]


def block_diag(*tensors):
    """Matrices down the diagonal, 0 elsewhere; a vector counts as a row, a number as 1 x 1."""
    for i, t in enumerate(tensors):
        if not isinstance(t, torch.Tensor):
            raise TypeError(f"block_diag(): argument 'tensors' (position 1) must be tuple of Tensors, "
                            f'but found element of type {type(t).__name__} at pos {i}')
        if t.dim() > 2:
            raise RuntimeError('torch.block_diag: Input tensors must have 2 or fewer dimensions. '
                               f'Input {i} has {t.dim()} dimensions')
    if len(tensors) == 0:
        return torch.zeros(1, 0)
    blocks = [t.reshape(1, -1) if t.dim() < 2 else t for t in _common(tensors)]
    width = sum(b.shape[1] for b in blocks)
    rows, at = [], 0
    for b in blocks:
        left, right = b.new_zeros(b.shape[0], at), b.new_zeros(b.shape[0], width - at - b.shape[1])
        rows.append(torch.cat([left, b, right], 1))
        at += b.shape[1]
    return named(torch.cat(rows, 0), 'BlockDiagBackward0')


def cartesian_prod(*tensors):
    """All ways to take one element of each vector, one way a row."""
    for t in tensors:
        if t.dim() != 1:
            raise RuntimeError(f'Expect a 1D vector, but got shape {_sizes(t)}')
    if len(tensors) == 1:
        return tensors[0]
    grids = torch.meshgrid(*tensors, indexing='ij')
    return torch.stack([g.flatten() for g in grids], 1)


def _sizes(t):
    return '[' + ', '.join(str(n) for n in t.shape) + ']'


def combinations(input, r=2, with_replacement=False):
    """All choices of r elements of a vector, in order, one a row."""
    if input.dim() != 1:
        raise RuntimeError(f'Expect a 1D vector, but got shape {_sizes(input)}')
    if r < 0:
        raise RuntimeError(f'Expect a non-negative number, but got {r}')
    if r == 0:
        return torch.empty(0, dtype=input.dtype)
    n = input.shape[0]
    index = torch.meshgrid(*[torch.arange(n) for _ in range(r)], indexing='ij')
    keep = torch.ones([n] * r, dtype=torch.bool)
    for a, b in zip(index, index[1:]):
        keep = keep & (a <= b if with_replacement else a < b)
    grids = torch.meshgrid(*[input for _ in range(r)], indexing='ij')
    return torch.stack([g.masked_select(keep) for g in grids], 1)


def vander(x, N=None, increasing=False):
    """Powers of a vector's elements, one element a row."""
    if x.dim() != 1:
        raise RuntimeError('x must be a one-dimensional tensor.')
    n = x.shape[0] if N is None else N
    if n < 0:
        raise RuntimeError(f'N must be non-negative.')
    columns = [torch.ones_like(x)]
    for _ in range(n - 1):
        columns.append(columns[-1] * x)
    columns = columns[:n] if increasing else columns[:n][::-1]
    dtype = torch.promote_types(x.dtype, torch.int64) if not x.is_floating_point() else x.dtype
    return torch.stack(columns, 1).to(dtype) if n else torch.empty(x.shape[0], 0, dtype=dtype)


# ---- to at least so many dims, side by side --------------------------------------------------


def _each(fn, tensors):
    many = len(tensors) != 1 or isinstance(tensors[0], (list, tuple))
    out = tuple(fn(t) for t in _tensors(tensors))
    return out if many else out[0]


def atleast_1d(*tensors):
    """A number becomes a vector; several tensors give a tuple."""
    return _each(lambda t: t.reshape(1) if t.dim() == 0 else t, tensors)


def _rows(t):
    return t.reshape(1, 1) if t.dim() == 0 else t.unsqueeze(0) if t.dim() == 1 else t


def atleast_2d(*tensors):
    """A vector becomes a row; several tensors give a tuple."""
    return _each(_rows, tensors)


def _deep(t):
    return _rows(t).unsqueeze(-1) if t.dim() < 3 else t


def atleast_3d(*tensors):
    """A matrix (m, n) becomes (m, n, 1), a vector (1, n, 1)."""
    return _each(_deep, tensors)


def column_stack(tensors):
    """Vectors as columns beside matrices."""
    return torch.hstack([t.reshape(t.numel(), 1) if t.dim() < 2 else t for t in tensors])


def row_stack(tensors):
    """vstack."""
    return torch.vstack(tensors)


def dstack(tensors):
    """Behind each other, along dim 2."""
    return torch.cat([_deep(t) for t in tensors], 2)


def diagflat(input, offset=0):
    """A square matrix with all elements of input on a diagonal."""
    return torch.diag(input.contiguous().view(-1), offset)


# ---- cutting ------------------------------------------------------------------------------------


def tensor_split(input, indices_or_sections=None, dim=0, *, sections=None, indices=None):
    """Pieces before each index, or so many pieces, of which the first are one longer."""
    where = indices_or_sections
    if where is None:
        where = sections if sections is not None else indices
    if where is None:
        raise TypeError('tensor_split(): wanted a number of sections or a tuple of indices')
    if input.dim() == 0:
        raise RuntimeError('tensor_split expected at least a 1-dimensional tensor, but got a tensor '
                           'with 0 dims')
    size = input.shape[dim]
    if isinstance(where, torch.Tensor):
        if where.dtype != torch.int64 or where.dim() > 1:
            raise RuntimeError('tensor_split expected tensor_indices_or_sections to have dtype of '
                               'long and at most 1 dimension')
        where = where.tolist()
    if not isinstance(where, int):
        ends = [0] + [range(size)[:i].stop for i in where] + [size]
        return tuple(_piece(input, dim, a, b) for a, b in zip(ends, ends[1:]))
    if where <= 0:
        raise RuntimeError(f'number of sections must be larger than 0, got {where}')
    small, more = divmod(size, where)
    out, at = [], 0
    for i in range(where):
        n = small + (i < more)
        out.append(_piece(input, dim, at, at + n))
        at += n
    return tuple(out)


def _piece(x, dim, start, end):
    cut = [slice(None)] * x.dim()
    cut[dim] = slice(start, end)
    return x[tuple(cut)]


def _nsplit(name, input, where, dim, least):
    if input.dim() < least:
        raise RuntimeError(f'torch.{name} requires a tensor with at least {least} dimension'
                           f', but got a tensor with {input.dim()} '
                           'dimensions!')
    if isinstance(where, int) and (where == 0 or input.shape[dim] % where != 0):
        raise RuntimeError(f'torch.{name} attempted to split along dimension {dim}, but the size of '
                           f'the dimension {input.shape[dim]} is not divisible by the split_size '
                           f'{where}!')
    return tensor_split(input, where, dim)


def hsplit(input, indices_or_sections):
    """Equal pieces (or up to each index) along the columns."""
    return _nsplit('hsplit', input, indices_or_sections, 0 if input.dim() == 1 else 1, 1)


def vsplit(input, indices_or_sections):
    """Equal pieces (or up to each index) along the rows."""
    return _nsplit('vsplit', input, indices_or_sections, 0, 2)


def dsplit(input, indices_or_sections):
    """Equal pieces (or up to each index) along dim 2."""
    return _nsplit('dsplit', input, indices_or_sections, 2, 3)


def unsafe_chunk(input, chunks, dim=0):
    """chunk."""
    return torch.chunk(input, chunks, dim)


def unsafe_split(tensor, split_size, dim=0):
    """split."""
    return torch.split(tensor, split_size, dim)


# ---- turning ------------------------------------------------------------------------------------


def fliplr(input):
    """Columns in reverse."""
    if input.dim() < 2:
        raise RuntimeError('Input must be >= 2-d.')
    return input.flip(1)


def flipud(input):
    """Rows in reverse."""
    if input.dim() < 1:
        raise RuntimeError('Input must be >= 1-d.')
    return input.flip(0)


def rot90(input, k=1, dims=(0, 1)):
    """Turned by k times 90 degrees from the first dim towards the second."""
    a, b = dims
    if input.dim() < 2:
        raise RuntimeError(f'expected total dims >= 2, but got total dims = {input.dim()}')
    if a % input.dim() == b % input.dim():
        raise RuntimeError(f'expected rotation dims to be different, but got dim0 = {a} and '
                           f'dim1 = {b}')
    k = k % 4
    if k == 1:
        turned = input.flip(b).transpose(a, b)
    elif k == 2:
        turned = input.flip((a, b))
    elif k == 3:
        turned = input.flip(a).transpose(a, b)
    else:
        turned = input.clone()
    return named(turned.contiguous() if k % 2 else turned, 'Rot90Backward0')


def adjoint(input):
    """The conjugate of the last two dims exchanged."""
    return input.mT.conj() if input.is_complex() else input.transpose(-2, -1)


mH = property(adjoint)


def msort(input):
    """Sorted along dim 0."""
    return torch.sort(input, 0)[0]
