"""torch.nn.utils.parametrizations: orthogonal, spectral_norm, weight_norm."""
import torch
import torch.nn.functional as F
from torch.nn.modules.module import Module
from torch.nn.utils.parametrize import register_parametrization


def _orthonormal(a):
    """The Q of a = QR with a positive diagonal of R."""
    q, r = torch.linalg.qr(a)
    return q * r.diagonal(dim1=-2, dim2=-1).sgn().unsqueeze(-2)


def _householder(a):
    """The product of reflections I - tau v vT whose v are the columns of a below a 1."""
    n, k = a.shape[-2:]
    v = a.tril(-1) + torch.eye(n, k, dtype=a.dtype)
    q = torch.eye(n, k, dtype=a.dtype)
    for j in reversed(range(k)):
        column = v[..., :, j:j + 1]
        tau = 2 / (column * column).sum(-2, keepdim=True)
        q = q - tau * column @ (column.mT @ q)
    return q


class _Orthogonal(Module):
    """A matrix without constraints to an orthogonal one."""

    def __init__(self, weight, orthogonal_map, *, use_trivialization=True):
        super().__init__()
        self.shape = weight.shape
        self.orthogonal_map = orthogonal_map
        if use_trivialization:
            self.register_buffer('base', None)

    def forward(self, X):
        transposed = X.size(-2) < X.size(-1)
        if transposed:
            X = X.mT
        n, k = X.size(-2), X.size(-1)
        if self.orthogonal_map == 'householder':
            Q = _householder(X) * X.diagonal(dim1=-2, dim2=-1).int().unsqueeze(-2)
        else:
            X = X.tril()
            if n != k:
                X = torch.cat([X, X.new_zeros(n, n - k).expand(*X.shape[:-2], -1, -1)], dim=-1)
            A = X - X.mT
            if self.orthogonal_map == 'matrix_exp':
                Q = torch.matrix_exp(A)
            else:
                eye = torch.eye(n, dtype=A.dtype)
                Q = torch.linalg.solve(eye - A / 2, eye + A / 2)
            if n != k:
                Q = Q[..., :k]
        if hasattr(self, 'base'):
            Q = self.base @ Q
        return Q.mT if transposed else Q

    @torch.no_grad()
    def right_inverse(self, Q):
        if Q.shape != self.shape:
            raise ValueError(f'Expected a matrix or batch of matrices of shape {self.shape}. '
                             f'Got a tensor of shape {Q.shape}.')
        if not hasattr(self, 'base'):
            if self.orthogonal_map == 'householder':
                raise NotImplementedError('use_trivialization=False is not here with householder')
            raise NotImplementedError('It is not possible to assign to the matrix exponential or '
                                      'the Cayley parametrizations when '
                                      'use_trivialization=False.')
        start = torch.zeros_like(Q)
        if Q.size(-2) < Q.size(-1):
            Q = Q.mT
        n, k = Q.size(-2), Q.size(-1)
        if n != k:
            N = torch.randn(*(Q.size()[:-2] + (n, n - k)), dtype=Q.dtype)
            self.base = _orthonormal(torch.cat([Q, N], dim=-1))
        elif torch.allclose(Q.mT @ Q, torch.eye(k, dtype=Q.dtype),
                            atol=10 * n * torch.finfo(Q.dtype).eps):
            self.base = Q.clone()
        else:
            self.base = _orthonormal(Q)
        start.diagonal(dim1=-2, dim2=-1).fill_(-1.)
        return start


def _tensor_of(module, name):
    weight = getattr(module, name, None)
    if not isinstance(weight, torch.Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    return weight


def orthogonal(module, name='weight', orthogonal_map=None, *, use_trivialization=True):
    """The tensor of this name with orthonormal rows or columns, whichever are fewer."""
    weight = _tensor_of(module, name)
    if weight.ndim < 2:
        raise ValueError('Expected a matrix or batch of matrices. '
                         f'Got a tensor of {weight.ndim} dimensions.')
    if weight.is_complex():
        raise NotImplementedError('orthogonal of complex matrices is not here')
    if orthogonal_map is None:
        square = weight.size(-2) == weight.size(-1)
        orthogonal_map = 'matrix_exp' if square else 'householder'
    if orthogonal_map not in ('matrix_exp', 'cayley', 'householder'):
        raise ValueError('orthogonal_map has to be one of "matrix_exp", "cayley", "householder". '
                         f'Got: {orthogonal_map}')
    return register_parametrization(module, name, _Orthogonal(
        weight, orthogonal_map, use_trivialization=use_trivialization), unsafe=True)


class _SpectralNorm(Module):
    """weight / its largest singular value, by power iteration. Miyato et al. 2018."""

    def __init__(self, weight, n_power_iterations=1, dim=0, eps=1e-12):
        super().__init__()
        ndim = weight.ndim
        if dim >= ndim or dim < -ndim:
            raise IndexError('Dimension out of range (expected to be in range of '
                             f'[-{ndim}, {ndim - 1}] but got {dim})')
        if n_power_iterations <= 0:
            raise ValueError('Expected n_power_iterations to be positive, but got '
                             f'n_power_iterations={n_power_iterations}')
        self.dim = dim if dim >= 0 else dim + ndim
        self.eps = eps
        if ndim > 1:
            self.n_power_iterations = n_power_iterations
            matrix = self._as_matrix(weight)
            rows, columns = matrix.size()
            u = matrix.new_empty(rows).normal_(0, 1)
            v = matrix.new_empty(columns).normal_(0, 1)
            self.register_buffer('_u', F.normalize(u, dim=0, eps=eps))
            self.register_buffer('_v', F.normalize(v, dim=0, eps=eps))
            self._power_method(matrix, 15)

    def _as_matrix(self, weight):
        if self.dim != 0:
            weight = weight.permute(self.dim, *[d for d in range(weight.dim()) if d != self.dim])
        return weight.flatten(1)

    @torch.no_grad()
    def _power_method(self, matrix, n_power_iterations):
        for _ in range(n_power_iterations):
            self._u.copy_(F.normalize(torch.mv(matrix, self._v), dim=0, eps=self.eps))
            self._v.copy_(F.normalize(torch.mv(matrix.t(), self._u), dim=0, eps=self.eps))

    def forward(self, weight):
        if weight.ndim == 1:
            return F.normalize(weight, dim=0, eps=self.eps)
        matrix = self._as_matrix(weight)
        if self.training:
            self._power_method(matrix, self.n_power_iterations)
        u, v = self._u.clone(), self._v.clone()
        return weight / torch.dot(u, torch.mv(matrix, v))

    def right_inverse(self, value):
        return value


def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    """The tensor of this name divided by its largest singular value."""
    weight = _tensor_of(module, name)
    if dim is None:
        transposed = (torch.nn.ConvTranspose1d, torch.nn.ConvTranspose2d)
        dim = 1 if isinstance(module, transposed) else 0
    return register_parametrization(module, name, _SpectralNorm(weight, n_power_iterations, dim,
                                                                eps))


class _WeightNorm(Module):
    """original0 (lengths) times original1 (directions) over its norm. Salimans and Kingma 2016."""

    def __init__(self, dim=0):
        super().__init__()
        self.dim = -1 if dim is None else dim

    def _norm(self, v):
        if self.dim == -1:
            return v.norm()
        return v.norm(2, [d for d in range(v.dim()) if d != self.dim % v.dim()], keepdim=True)

    def forward(self, weight_g, weight_v):
        return weight_v * (weight_g / self._norm(weight_v))

    def right_inverse(self, weight):
        return self._norm(weight), weight


def weight_norm(module, name='weight', dim=0):
    """The tensor of this name as lengths times directions."""
    _tensor_of(module, name)
    return register_parametrization(module, name, _WeightNorm(dim), unsafe=True)
