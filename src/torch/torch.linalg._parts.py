"""torch.linalg: what is made of several factorisations.

Bound by src/torch/linalg.c, which has the signatures."""
import torch

inf = float('inf')


def _need(A, who, dtype=None, name='A'):
    if A.ndim < 2:
        raise RuntimeError(f'{who}: The input tensor {name} must have at least 2 dimensions.')
    _float(A, who, dtype)


def _float(A, who, dtype=None):
    if dtype is None and not A.is_floating_point() and not A.is_complex():
        name = {torch.int64: 'Long', torch.int32: 'Int', torch.int16: 'Short', torch.int8: 'Char',
                torch.uint8: 'Byte', torch.bool: 'Bool'}[A.dtype]
        raise RuntimeError(f'{who}: Expected a floating point or complex tensor as input. '
                           f'Got {name}')


def _square(A, who):
    _need(A, who)
    if A.shape[-1] != A.shape[-2]:
        raise RuntimeError(f'{who}: A must be batches of square matrices, but they are '
                           f'{A.shape[-2]} by {A.shape[-1]} matrices')


# ---- norms -----------------------------------------------------------------------

def _two_dims(A, dim):
    if dim is None:
        dim = (-2, -1)
    if not isinstance(dim, (tuple, list)):
        raise TypeError("linalg_matrix_norm(): argument 'dim' must be tuple of ints, not "
                        f'{type(dim).__name__}')
    if len(dim) != 2:
        raise RuntimeError('linalg.matrix_norm: dim must be a 2-tuple. Got ' +
                           ' '.join(str(d) for d in dim))
    for d in dim:
        if not -A.ndim <= d < A.ndim:
            raise IndexError(f'Dimension out of range (expected to be in range of [{-A.ndim}, '
                             f'{A.ndim - 1}], but got {d})')
    first, second = (d % A.ndim for d in dim)
    if first == second:
        raise RuntimeError(f'linalg.matrix_norm: dims must be different. Got ({dim[0]}, {dim[1]})')
    return first, second


def matrix_norm(A, ord='fro', dim=None, keepdim=False, dtype=None):
    _need(A, 'linalg.matrix_norm', dtype)
    rows, columns = _two_dims(A, dim)
    if dtype is not None:
        A = A.to(dtype)
    if isinstance(ord, str):
        if ord == 'fro':
            return torch.linalg.vector_norm(A, 2, (rows, columns), keepdim)
        if ord != 'nuc':
            raise RuntimeError(f'linalg.matrix_norm: Order {ord} not supported.')
        return _of_values(A, rows, columns, keepdim, lambda s: s.sum(-1))
    if abs(ord) not in (1, 2, inf):
        raise RuntimeError(f'linalg.matrix_norm: Order {ord:g} not supported.')
    if abs(ord) == 2:
        return _of_values(A, rows, columns, keepdim,
                          lambda s: s.amax(-1) if ord > 0 else s.amin(-1))
    if abs(ord) == inf:
        rows, columns = columns, rows
    sums = torch.linalg.vector_norm(A, 1, (rows,), keepdim)
    if rows < columns and not keepdim:
        columns -= 1
    return sums.amax(columns, keepdim) if ord > 0 else sums.amin(columns, keepdim)


def _of_values(A, rows, columns, keepdim, fold):
    kept = [d for d in range(A.ndim) if d not in (rows, columns)]
    norms = fold(torch.linalg.svdvals(A.permute(kept + [rows, columns])))
    if keepdim:
        for d in sorted((rows, columns)):
            norms = norms.unsqueeze(d)
    return norms


def norm(A, ord=None, dim=None, keepdim=False, dtype=None):
    if isinstance(dim, int):
        dim = (dim,)
    if dim is not None and len(dim) not in (1, 2):
        raise RuntimeError('linalg.norm: If dim is specified, it must be of length 1 or 2. Got '
                           f'{list(dim)}')
    if ord is None:
        return torch.linalg.vector_norm(A, 2, dim, keepdim, dtype=dtype)
    if dim is None and not isinstance(ord, str) and A.ndim not in (1, 2):
        raise RuntimeError('linalg.norm: If dim is not specified but ord is, the input must be 1D '
                           f'or 2D. Got {A.ndim}D.')
    if isinstance(ord, str):
        return matrix_norm(A, ord, dim, keepdim, dtype)
    if (A.ndim if dim is None else len(dim)) == 2:
        return matrix_norm(A, ord, (0, 1) if dim is None else dim, keepdim, dtype)
    return torch.linalg.vector_norm(A, ord, dim, keepdim, dtype=dtype)


def cond(A, p=None):
    _need(A, 'linalg.cond')
    if p is None or p in (2, -2):
        s = torch.linalg.svdvals(A)
        if p == -2:
            return (s[..., -1:] / s[..., :1]).squeeze(-1)
        return (s[..., :1] / s[..., -1:]).squeeze(-1)
    if p not in ('fro', 'nuc', 1, -1, inf, -inf):
        raise RuntimeError(f'linalg.cond got an invalid norm type: {p}')
    _square(A, f'linalg.cond(ord={p})')
    if A.numel() == 0:
        return A.new_zeros(A.shape[:-2])
    inverse, info = torch.linalg.inv_ex(A)
    if (info != 0).any():
        inverse = torch.where((info != 0)[..., None, None], inf, inverse)
    return torch.nan_to_num(matrix_norm(A, p) * matrix_norm(inverse, p), nan=inf, posinf=inf,
                            neginf=-inf)


def matrix_rank(A, tol=None, hermitian=False, atol=None, rtol=None):
    _need(A, 'torch.linalg.matrix_rank', name='input')
    if A.numel() == 0:
        return torch.zeros(A.shape[:-2], dtype=torch.int64)
    with torch.no_grad():
        if hermitian:
            s = torch.linalg.eigvalsh(A).abs()
        else:
            s = torch.linalg.svdvals(A)
        if tol is not None:
            atol, rtol = tol, 0.0
        if rtol is None:
            none = atol is not None and bool((torch.as_tensor(atol) > 0).all())
            rtol = 0.0 if none else torch.finfo(A.dtype).eps * max(A.shape[-2:])
        limit = torch.maximum(torch.as_tensor(0.0 if atol is None else atol, dtype=s.dtype),
                              torch.as_tensor(rtol, dtype=s.dtype) * s.amax(-1))
        return (s > limit.unsqueeze(-1)).sum(-1)


# ---- products --------------------------------------------------------------------

def matrix_power(A, n):
    if not isinstance(n, int):
        raise TypeError("linalg_matrix_power(): argument 'n' (position 2) must be int, not "
                        f'{type(n).__name__}')
    _need(A, 'linalg.matrix_power')
    if A.shape[-1] != A.shape[-2]:
        _square(A, 'linalg.matrix_power')
    if n == 0:
        return torch.eye(A.shape[-1], dtype=A.dtype).expand(A.shape).clone()
    if n < 0:
        return matrix_power(torch.linalg.inv(A), -n)
    if n == 1:
        return A.clone()
    result, square = None, A
    while n:
        if n & 1:
            result = square if result is None else result @ square
        n >>= 1
        if n:
            square = square @ square
    return result


def _cheapest(sizes):
    """Where to cut each range of factors (Cormen et al., Introduction to Algorithms, 15.2)."""
    n = len(sizes) - 1
    cost = [[0] * n for _ in range(n)]
    cut = [[0] * n for _ in range(n)]
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            found = [(cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1], k)
                     for k in range(i, j)]
            cost[i][j], cut[i][j] = min(found)
    return cut


def multi_dot(tensors):
    tensors = list(tensors)
    n = len(tensors)
    if n < 2:
        raise RuntimeError(f'multi_dot(): expected at least 2 tensors but got {n}')
    for i, t in enumerate(tensors):
        edge = i in (0, n - 1)
        if t.ndim != 2 and not (edge and t.ndim == 1):
            place = 'first' if i == 0 else 'last' if i == n - 1 else ''
            what = f'the {place} tensor must be 1D or 2D' if edge else f'tensor {i} must be 2D'
            raise RuntimeError(f'multi_dot(): {what} but got {t.ndim}D')
    shape = list(tensors[0].shape[:-1]) + list(tensors[-1].shape[1:])
    if tensors[0].ndim == 1:
        tensors[0] = tensors[0].unsqueeze(0)
    if tensors[-1].ndim == 1:
        tensors[-1] = tensors[-1].unsqueeze(-1)
    for i in range(n - 1):
        a, b = tensors[i], tensors[i + 1]
        if a.shape[1] != b.shape[0]:
            raise RuntimeError(f'multi_dot(): tensors {i} and {i + 1} with shapes {list(a.shape)} '
                               f'and {list(b.shape)} cannot be multiplied')
    cut = _cheapest([t.shape[0] for t in tensors] + [tensors[-1].shape[1]])

    def product(i, j):
        if i == j:
            return tensors[i]
        return product(i, cut[i][j]) @ product(cut[i][j] + 1, j)

    return product(0, n - 1).view(shape)


def vecdot(x, y, dim=-1):
    return (x.conj() * y).sum(dim)


def vander(x, N=None):
    n = x.shape[-1] if N is None else N
    if n <= 1:
        raise RuntimeError('linalg.vander: N must be greater than 1.')
    powers = x.unsqueeze(-1).expand(tuple(x.shape) + (n - 1,)).cumprod(-1)
    return torch.cat([torch.ones_like(powers[..., :1]), powers], -1)


def tensorinv(A, ind=2):
    if ind <= 0:
        raise RuntimeError('Expected a strictly positive integer for \'ind\'')
    end, start = A.shape[ind:], A.shape[:ind]
    a, b = end.numel(), start.numel()
    if a != b:
        raise RuntimeError('Expected self to satisfy the requirement prod(self.shape[ind:]) == '
                           f'prod(self.shape[:ind]), but got {a} != {b}')
    return torch.linalg.inv(A.reshape(a, b)).reshape(tuple(end) + tuple(start))


def tensorsolve(A, B, dims=None):
    if dims is not None:
        A = A.movedim(tuple(dims), tuple(range(A.ndim - len(dims), A.ndim)))
    shape = A.shape[B.ndim:]
    if shape.numel() != B.numel():
        raise RuntimeError('Expected self to satisfy the requirement prod(self.shape[other.ndim:])'
                           f' == prod(self.shape[:other.ndim]), but got {shape.numel()} != '
                           f'{B.numel()}')
    return torch.linalg.solve(A.reshape(B.numel(), shape.numel()), B.reshape(-1)).reshape(shape)


def matrix_exp(A):
    """Taylor's series of A / 2^s, squared s times; s such that the norm is below 1/2."""
    _square(A, 'linalg.matrix_exp')
    if A.numel() == 0:
        return A.clone()
    with torch.no_grad():
        size = float(matrix_norm(A, 1).max())
    squarings = 0
    while size > 0.5 and squarings < 100:
        size /= 2
        squarings += 1
    small = A / 2 ** squarings
    result = term = torch.eye(A.shape[-1], dtype=A.dtype).expand(A.shape)
    for k in range(1, 9 if A.dtype == torch.float32 else 16):
        term = term @ small / k
        result = result + term
    for _ in range(squarings):
        result = result @ result
    return result


# ---- others ----------------------------------------------------------------------

def logdet(input):
    _square(input, 'linalg.slogdet')
    sign, logabsdet = torch.linalg.slogdet(input)
    return torch.where(sign == -1.0, float('nan'), logabsdet)


def cholesky_inverse(input, upper=False):
    _square(input, 'cholesky_inverse')
    eye = torch.eye(input.shape[-1], dtype=input.dtype)
    return torch.cholesky_solve(eye.expand(input.shape), input, upper)


def lstsq(A, B, rcond=None, driver=None):
    solution, rank = torch.linalg._lstsq(A, B, rcond, driver)
    nothing = A.new_empty(0).detach()
    residuals = values = nothing
    with torch.no_grad():
        m, n = A.shape[-2:]
        full = driver == 'gels' or bool((rank == n).all())
        if m > n and driver not in (None, 'gelsy') and full:
            left = A @ solution - B if B.ndim == A.ndim else \
                (A @ solution.unsqueeze(-1)).squeeze(-1) - B
            residuals = (left * left).sum(-2 if B.ndim == A.ndim else -1)
        if driver in ('gelsd', 'gelss'):
            values = torch.linalg.svdvals(A)
    if driver == 'gels':
        rank = torch.empty(0, dtype=torch.int64)
    return solution, residuals, rank, values
