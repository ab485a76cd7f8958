### create from nested lists
import torch
print(torch.tensor([[1, 2], [3, 4]]), torch.tensor([1., 2.]), torch.tensor(3), torch.tensor(True))
print(torch.tensor([[True, False]]), torch.tensor([]), torch.tensor([[], []]).shape, torch.tensor(2.5))
print(torch.tensor([1, 2], dtype=torch.float64), torch.tensor([1.7, 2.2], dtype=torch.long))
print(torch.tensor((1, 2.5, True)), torch.tensor(range(4)))
### zeros ones full eye
import torch
print(torch.zeros(2, 3)); print(torch.ones((2,), dtype=torch.int64)); print(torch.full((2, 2), 7))
print(torch.full((2,), 1.5)); print(torch.eye(3)); print(torch.eye(2, 3, dtype=torch.int64))
print(torch.zeros(()), torch.zeros(0), torch.zeros(2, 0).shape)
### arange and linspace
import torch
print(torch.arange(5), torch.arange(2, 8, 2), torch.arange(0, 1, 0.25), torch.arange(5.))
print(torch.arange(5, 0, -1), torch.linspace(0, 1, 5), torch.linspace(-1, 1, 3), torch.logspace(0, 2, 3))
### like and new
import torch
x = torch.ones(2, 2, dtype=torch.float64)
print(torch.zeros_like(x), torch.full_like(x, 3), x.new_zeros(3), x.new_tensor([1, 2]), x.new_full((2,), 5))
print(torch.ones_like(torch.tensor([1, 2]), dtype=torch.float32), torch.rand_like(x).shape)
### shapes and facts
import torch
x = torch.zeros(2, 3, 4)
print(x.shape, x.size(), x.size(1), x.dim(), x.ndim, x.numel(), len(x), x.stride(), x.dtype, x.device)
print(x.shape[0], x.shape[-1], x.shape[1:], list(x.shape), tuple(x.shape), x.is_contiguous())
B, T, C = x.shape
print(B, T, C, x.shape == (2, 3, 4), x.shape == torch.Size([2, 3, 4]), x.transpose(0, 1).is_contiguous())
### arithmetic and broadcasting
import torch
a = torch.tensor([[1., 2.], [3., 4.]]); b = torch.tensor([10., 20.])
print(a + b, a - b, a * b, a / b, b / a, a ** 2, 2 ** a, -a, a // 2, a % 2, 1 - a, 1 / a)
print(a + 1, 1 + a, a.add(b, alpha=2), a.sub(1), a.mul(2), a.div(2), torch.div(a, 3, rounding_mode='floor'))
### integer arithmetic
import torch
a = torch.tensor([7, -7, 3]); b = torch.tensor([2, 2, -2])
print(a // b, a % b, a / b, a * b, a ** 2, -a, abs(a), a & 3, a | 8, a ^ 1, ~a, a << 1, a >> 1)
### comparisons and logic
import torch
a = torch.tensor([1, 2, 3]); b = torch.tensor([3, 2, 1])
print(a == b, a != b, a < b, a <= b, a > b, a >= b, a == 2, (a > 1) & (b > 1), (a > 1) | (b > 1), ~(a > 1))
print((a == b).any(), (a == b).all(), torch.equal(a, b), torch.equal(a, a.clone()), bool((a == a).all()))
### type promotion
import torch
i = torch.tensor([1, 2]); f = torch.tensor([1., 2.]); d = torch.tensor([1.], dtype=torch.float64); b = torch.tensor([True, False])
for x, y in [(i, f), (i, 1.5), (f, d), (b, i), (b, 1), (b, 1.5), (i, b), (f, torch.tensor(2., dtype=torch.float64)), (i, torch.tensor(2.5))]:
    print((x + y).dtype, (x * y).dtype)
print((i / 2).dtype, (i // 2).dtype, (b + b).dtype, (f > 1).dtype, i.sum().dtype, b.sum().dtype, i.float().mean().dtype)
### conversions
import torch
x = torch.tensor([1.7, -1.7, 0.])
print(x.int(), x.long(), x.bool(), x.double(), x.half(), x.to(torch.int64), x.to(torch.float64), x.type(torch.long))
print(x.tolist(), x[0].item(), float(x[1]), int(x[0]), bool(x[2]), x.to('cpu').dtype, x.type_as(torch.tensor(1)))
print(torch.tensor(3).item(), torch.tensor([[5]]).item(), torch.tensor(True).item(), type(torch.tensor(1.).item()))
### reshape and view
import torch
x = torch.arange(12)
print(x.view(3, 4)); print(x.view(2, -1).shape, x.reshape(2, 2, 3).shape, x.view(-1, 3).shape, x.reshape((4, 3)).shape)
y = x.view(3, 4).t()
print(y.reshape(-1)); print(y.contiguous().view(-1)[:5], y.flatten()[:5])
try:
    y.view(-1)
except RuntimeError as e:
    print(e)
try:
    x.view(5, 2)
except RuntimeError as e:
    print(e)
### views share storage
import torch
x = torch.zeros(2, 3)
v = x.view(-1); v[0] = 5; t = x.t(); t[2, 1] = 7; x[0].fill_(1)
print(x, v, x.data_ptr() == v.data_ptr())
### transpose permute
import torch
x = torch.arange(24).view(2, 3, 4)
print(x.transpose(1, 2).shape, x.permute(2, 0, 1).shape, x.permute(-1, 0, 1).shape, x.mT.shape, x.transpose(-2, -1)[0])
print(x[0].T, x.movedim(0, -1).shape, x.swapaxes(0, 2).shape, x.flatten(1).shape, x.flatten(0, 1).shape, x.unflatten(2, (2, 2)).shape)
### squeeze unsqueeze expand
import torch
x = torch.arange(3)
print(x.unsqueeze(0).shape, x.unsqueeze(-1).shape, x[None].shape, x[:, None].shape, x.unsqueeze(0).squeeze(0).shape)
print(torch.zeros(1, 2, 1).squeeze().shape, torch.zeros(1, 2, 1).squeeze(-1).shape, torch.zeros(1, 2, 1).squeeze(1).shape)
print(x.expand(2, 3), x.unsqueeze(1).expand(-1, 2), x.view(1, 3).expand_as(torch.zeros(2, 3)), x.repeat(2), x.repeat(2, 2), torch.broadcast_to(x, (2, 3)).shape)
### cat stack split chunk
import torch
a = torch.arange(6).view(2, 3); b = a + 10
print(torch.cat([a, b]), torch.cat((a, b), dim=1), torch.stack([a, b]).shape, torch.stack([a, b], dim=-1).shape, torch.hstack([a, b]).shape, torch.vstack([a, b]).shape)
print(a.split(2, dim=1), a.chunk(2, dim=0), torch.split(a, [1, 2], dim=1), a.unbind(0), torch.arange(7).chunk(3))
q, k, v = torch.arange(6).view(1, 6).split(2, dim=-1)
print(q, k, v)
### reductions
import torch
x = torch.tensor([[1., 5., 3.], [4., 2., 6.]])
print(x.sum(), x.sum(0), x.sum(1), x.sum(-1, keepdim=True), x.sum((0, 1)), x.mean(), x.mean(0), x.prod(), x.prod(1))
print(x.max(), x.min(), x.argmax(), x.argmin(), x.argmax(1), x.argmax(dim=0, keepdim=True), x.amax(1), x.amin(0))
print(x.max(1), x.min(0)); v, i = x.max(dim=-1); print(v, i)
print(x.std(), x.var(), x.std(0), x.var(1, unbiased=False), x.var(-1, keepdim=True), x.norm(), x.norm(dim=1), x.logsumexp(1), torch.logsumexp(x, dim=0))
print(x.cumsum(0), x.cumsum(1), x.cumprod(1), x.median(), x.any(), (x > 3).sum(), (x > 3).all(1), (x > 3).any(0), x.count_nonzero())
### pointwise
import torch
x = torch.tensor([-2., -0.5, 0., 0.5, 2.])
for f in (torch.exp, torch.tanh, torch.sigmoid, torch.relu, torch.abs, torch.sign, torch.floor, torch.ceil, torch.round, torch.trunc, torch.sin, torch.cos, torch.erf, torch.square, torch.neg, torch.isnan, torch.expm1):
    print(f.__name__, f(x))
print(x.clamp(-1, 1), x.clamp(min=0), torch.clamp(x, max=0.25), x.abs().sqrt(), x.abs().rsqrt(), x.pow(2), x.abs().log(), torch.log1p(x.abs()), torch.maximum(x, -x), torch.minimum(x, torch.zeros(5)))
### softmax
import torch
x = torch.tensor([[1., 2., 3.], [1., 1., 1.]])
print(torch.softmax(x, dim=-1), x.softmax(dim=0), torch.log_softmax(x, dim=1), torch.softmax(x, -1).sum(-1))
m = torch.tensor([[0., float('-inf'), 0.], [float('-inf')] * 3])
print(torch.softmax(m, -1))
### masking
import torch
s = torch.arange(9.).view(3, 3); m = torch.tril(torch.ones(3, 3)).bool()
print(s.masked_fill(~m, float('-inf')), torch.where(m, s, torch.tensor(0.)), torch.where(s > 4, s, -s), s.masked_fill(m == 0, -1e9))
print(torch.tril(s), torch.triu(s, diagonal=1), torch.tril(s, -1), torch.triu(torch.ones(2, 4)), s.masked_select(m), torch.triu(torch.full((3, 3), float('-inf')), 1))
s.masked_fill_(m, 0.); print(s)
### topk sort
import torch
x = torch.tensor([3., 1., 4., 1.5, 5.])
print(torch.topk(x, 2), x.topk(2, largest=False), x.sort(), x.sort(descending=True).values, x.argsort(), torch.kthvalue(x, 2))
v, i = torch.topk(torch.tensor([[1., 9., 3.], [7., 2., 5.]]), k=2, dim=-1); print(v, i)
### gather scatter
import torch
x = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(x.gather(1, torch.tensor([[0, 2], [1, 1]])), torch.gather(x, 0, torch.tensor([[1, 0, 1]])), x.index_select(1, torch.tensor([2, 0])), torch.take_along_dim(x, x.argsort(1, descending=True), 1))
print(torch.zeros(2, 4).scatter_(1, torch.tensor([[3], [1]]), 1.0), torch.zeros(3).scatter_add_(0, torch.tensor([0, 0, 2]), torch.ones(3)), torch.zeros(2, 3).index_fill_(1, torch.tensor([1]), 9))
print(torch.nonzero(x > 3), (x > 3).nonzero(as_tuple=True), torch.where(x > 3), torch.unique(torch.tensor([3, 1, 3, 2])), torch.bincount(torch.tensor([0, 1, 1, 3])), torch.histc(torch.tensor([1., 2., 1.]), bins=4, min=0, max=3))
### matmul
import torch
a = torch.arange(6.).view(2, 3); b = torch.arange(12.).view(3, 4)
print(a @ b, torch.matmul(a, b).shape, torch.mm(a, b).shape, a @ torch.ones(3), torch.ones(2) @ a, torch.ones(3) @ torch.ones(3), torch.dot(torch.ones(3), a[0]), torch.mv(a, torch.ones(3)), torch.outer(torch.arange(3.), torch.ones(2)))
x = torch.ones(5, 2, 3); print((x @ b).shape, torch.bmm(x, torch.ones(5, 3, 4)).shape, (torch.ones(4, 1, 2, 3) @ torch.ones(5, 3, 2)).shape, torch.addmm(torch.ones(2, 4), a, b), torch.baddbmm(torch.zeros(5, 2, 2), x, torch.ones(5, 3, 2), beta=0)[0])
print(torch.einsum('ij,jk->ik', a, b), torch.einsum('bij,jk->bik', x, b).shape, torch.einsum('ij->ji', a), torch.einsum('ij->', a), torch.einsum('ii', torch.eye(3)), torch.einsum('i,j->ij', a[0], a[1]), torch.tensordot(a, b, dims=1))
### in place
import torch
x = torch.ones(3); y = x
x += 1; x *= 3; x -= 1; x /= 2; print(x, y is x)
x.add_(1).mul_(2).clamp_(max=6); print(x, y); x.zero_(); print(y); x.fill_(4); x.copy_(torch.tensor([1, 2, 3])); print(y, x.pow_(2), x.sqrt_(), x.neg_(), x.exp_())
### item access in python
import torch
x = torch.tensor([[1, 2], [3, 4]])
for row in x: print(row, row.sum().item())
print([int(v) for v in x.view(-1)], sum(x.view(-1)), max(x.view(-1)), sorted(x.view(-1).tolist()), 3 in x, 9 in x, x.tolist())
print(f'{x[0, 0]} {x[0, 0]:d} {x.float().mean():.2f} {x.float()[0, 1].item():.3f} {x.shape}', str(x[0]), len(x), abs(-x))
a, b = x; print(a, b); print(list(torch.arange(3)), {'k': torch.tensor(1.5)}, [torch.zeros(2)], (torch.tensor(1),))
### dtypes
import torch
print(torch.float32, torch.float, torch.int64, torch.long, torch.bool, torch.float16, torch.bfloat16, torch.double, torch.int32, torch.uint8)
print(torch.finfo(torch.float32).max, torch.finfo(torch.float32).min, torch.finfo(torch.float16).max, torch.finfo(torch.float32).eps, torch.iinfo(torch.int64).max, torch.finfo(torch.float64).tiny)
print(torch.float32 == torch.float, torch.zeros(1).dtype == torch.float32, torch.zeros(1).dtype is torch.float32, torch.get_default_dtype(), torch.float32.is_floating_point, torch.promote_types(torch.int32, torch.float16))
### half precision
import torch
x = torch.tensor([0.1, 65504., 1e-8, 3.14159]).half(); print(x, x.float(), x.dtype, x + x)
b = torch.tensor([0.1, 65504., 3.14159]).bfloat16(); print(b, b.float(), b * 2)
print(torch.tensor([-1e9]).half(), torch.tensor([1e5]).to(torch.float16), (torch.tensor([1.], dtype=torch.float16) / 3))
### roll flip repeat_interleave tile
import torch
x = torch.arange(6).view(2, 3)
print(x.roll(1), x.roll(1, 0), torch.roll(x, (1, 1), (0, 1)), x.flip(0), x.flip([0, 1]), x.repeat_interleave(2, dim=0), torch.repeat_interleave(x, 2), torch.repeat_interleave(torch.tensor([1, 2]), torch.tensor([2, 1])), x.tile(1, 2))
### diag and friends
import torch
print(torch.diag(torch.tensor([1, 2])), torch.diag(torch.arange(9).view(3, 3)), torch.diagonal(torch.arange(9).view(3, 3), 1), torch.diag_embed(torch.ones(2, 2)), torch.trace(torch.eye(3)), torch.tril_indices(3, 3), torch.triu_indices(2, 3, 1))
a, b = torch.meshgrid(torch.arange(2), torch.arange(3), indexing='ij'); print(a, b)
### complex for rope
import torch
f = torch.polar(torch.ones(2), torch.tensor([0., 1.])); print(f, f.dtype, f.shape)
x = torch.view_as_complex(torch.arange(4.).view(2, 2)); print(x * f, torch.view_as_real(x * f), x.real, x.imag, x.abs())
### isclose allclose
import torch
a = torch.tensor([1., 2.]); print(torch.allclose(a, a + 1e-9), torch.allclose(a, a + 1e-3), torch.isclose(a, torch.tensor([1., 2.1])), torch.allclose(a, a + 1e-3, atol=1e-2))
### nan and inf
import torch
x = torch.tensor([float('nan'), float('inf'), -float('inf'), 1.]); print(x, torch.isnan(x), torch.isinf(x), torch.isfinite(x), torch.nan_to_num(x), x.max(), x.sum(), x == x, torch.inf, torch.nan, torch.pi)
### out= takes the result
import torch
a, b = torch.tensor([1., 2.]), torch.tensor([3., 4.])
r = torch.empty(2)
print(torch.add(a, b, out=r) is r, r)
torch.exp(a, out=r); print(r); torch.mul(a, 2, out=r); print(r)
m = torch.empty(2, 2); torch.matmul(torch.ones(2, 3), torch.ones(3, 2), out=m); print(m)
torch.mm(torch.ones(2, 2), torch.eye(2), out=m); print(m)
s = torch.empty(0); torch.sum(torch.ones(2, 3), dim=1, out=s); print(s)
v, i = torch.empty(0), torch.empty(0, dtype=torch.long)
torch.max(torch.tensor([[1., 5.], [7., 2.]]), dim=1, out=(v, i)); print(v, i)
torch.cat([a, b], out=s); print(s); torch.sort(torch.tensor([3., 1.]), out=(v, i)); print(v, i)
c = torch.empty(2, dtype=torch.long)
try: torch.add(a, b, out=c)
except RuntimeError as e: print(e)
w = torch.ones(2, requires_grad=True)
try: torch.add(w, b, out=r)
except RuntimeError as e: print(e)
with torch.no_grad(): torch.add(w, b, out=r); print(r)
d = torch.empty(2, dtype=torch.float64); torch.add(a, b, out=d); print(d); torch.arange(3, out=s); print(s)
x = torch.zeros(3, 2); torch.add(a, b, out=x[1]); print(x); torch.bmm(torch.ones(1,2,2), torch.ones(1,2,2), out=torch.empty(1,2,2)); torch.clamp(a, max=1.5, out=r); print(r, torch.mean(a, dim=0, out=torch.empty(())), torch.cumsum(a, 0, out=r), torch.sigmoid(a, out=None))
try: torch.softmax(a, 0, out=r)
except TypeError as e: print('TypeError')
### unique along a dim, quantiles
import torch
def t(name, f):
    try: print(name, f())
    except Exception as e: print(name, type(e).__name__, str(e)[:150])
x = torch.tensor([[1, 3, 2], [1, 3, 2], [0, 3, 1]])
t('u', lambda: torch.unique(x)); t('ui', lambda: torch.unique(x, return_inverse=True)); t('uc', lambda: torch.unique(x, return_counts=True)); t('uic', lambda: torch.unique(x, return_inverse=True, return_counts=True))
t('ud', lambda: torch.unique(x, dim=0)); t('ud1', lambda: torch.unique(x, dim=1, return_inverse=True, return_counts=True)); t('ud0', lambda: torch.unique(x, dim=0, return_inverse=True)); t('m', lambda: x.unique(return_counts=True)); t('s', lambda: torch.unique(torch.tensor([2., 1., 2.]), sorted=False)); t('md', lambda: x.unique(dim=-1))
t('uc1', lambda: torch.unique_consecutive(torch.tensor([1, 1, 2, 1]), return_counts=True)); t('ucd', lambda: torch.unique_consecutive(x, dim=0)); t('uci', lambda: torch.unique_consecutive(x, return_inverse=True))
y = torch.tensor([[1., 5., 2., 4.], [0., 8., 3., 9.]])
t('q', lambda: torch.quantile(y, 0.5)); t('qd', lambda: torch.quantile(y, 0.25, dim=1)); t('qk', lambda: torch.quantile(y, 0.3, dim=0, keepdim=True)); t('qv', lambda: torch.quantile(y, torch.tensor([0.1, 0.9]), dim=1)); t('qvk', lambda: torch.quantile(y, torch.tensor([0.1, 0.9]), dim=1, keepdim=True)); t('qi', lambda: [torch.quantile(y, 0.4, dim=1, interpolation=i) for i in ('linear', 'lower', 'higher', 'midpoint', 'nearest')]); t('qm', lambda: y.quantile(0.5, 1)); t('qn', lambda: torch.quantile(torch.tensor([1., float('nan'), 2.]), 0.5)); t('nq', lambda: torch.nanquantile(torch.tensor([1., float('nan'), 2.]), 0.5))
t('qe', lambda: torch.quantile(y, 1.5)); t('qint', lambda: torch.quantile(torch.arange(3), 0.5)); t('qall', lambda: torch.quantile(y, torch.tensor([0.5, 1.])))
w = torch.tensor([3., 1., 2.], requires_grad=True); t('qg', lambda: (torch.quantile(w, 0.3).backward(), w.grad))
torch.manual_seed(0); z = torch.rand(3, 4, 5)
for d in (0, 1, 2, -2): t('3d', lambda: (z.quantile(0.3, d)[0], z.quantile(torch.tensor([0.2, 0.7]), d).shape, z.quantile(torch.tensor([0.2, 0.7]), d)[1, 0], z.quantile(torch.tensor([0.2, 0.7]), d, keepdim=True).shape, z.quantile(0.3, d, True).shape, z.quantile(0.3, keepdim=True).shape))
t('u3', lambda: torch.unique(torch.tensor([[[1, 2], [1, 2]], [[0, 1], [0, 1]]]), dim=1)); t('ub', lambda: torch.unique(torch.tensor([[True, False], [True, False]]), dim=0)); t('uf', lambda: torch.unique(torch.tensor([[.5, 1.], [.25, 3.], [.5, 1.]]), dim=0, return_counts=True))
### complex numbers and 1j
import torch, math
print(1j, 2j + 1, -1j, (1 + 2j) * (3 - 1j), (1 + 2j) / (3 - 1j), abs(3 + 4j), (1j) ** 2, (2 + 1j) ** 0.5, (1 + 1j) ** -2, 1j == 1j, 1j == 2, (2 + 0j) == 2, complex(1, 2), complex(3), (1 + 2j).real, (1 + 2j).imag, (1 - 2j).conjugate(), bool(0j), type(1j), -0.0 + 0j, {1j: 'x'}[1j], isinstance(1j, complex), 1e20j, 0.5j, [1j], hash(2 + 0j) == hash(2), 3 - 2j - 3)
for f in (lambda: 1j < 2j, lambda: 1j / 0, lambda: 1j % 2, lambda: int(1j), lambda: math.sqrt(1j)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(1j * torch.ones(2), torch.tensor([1 + 2j, 3.0]), torch.tensor(2j), torch.exp(1j * torch.arange(3.)), torch.tensor([1., 2.]) + 1j, torch.tensor([1, 2]) * 2j, torch.tensor(1 + 2j).item(), torch.tensor([[1j, 2]]).tolist(), torch.full((2,), 1j), torch.tensor([1j]) == 1j)
def precompute_freqs_cis(dim, end, theta=10000.0):
    freqs = 1.0 / (theta ** (torch.arange(0, dim, 2)[: (dim // 2)].float() / dim))
    t = torch.arange(end)
    return torch.exp(1j * torch.outer(t, freqs))
fc = precompute_freqs_cis(4, 3); print(fc, fc.dtype, fc.shape)
ref = torch.polar(torch.ones(3, 2), torch.outer(torch.arange(3), 1.0 / (10000.0 ** (torch.arange(0, 4, 2).float() / 4)))); print(torch.allclose(torch.view_as_real(fc), torch.view_as_real(ref), atol=1e-6))
q = torch.arange(12.).reshape(1, 3, 4); qc = torch.view_as_complex(q.reshape(1, 3, 2, 2)); print(torch.view_as_real(qc * fc).flatten(2)); print((qc * 1j).imag, (qc.conj() * qc).real, abs(qc)[0, 0])
z = torch.zeros(2, dtype=torch.complex64); z[0] = 1 + 1j; z += 2j; print(z, z.real, z.angle(), f'{z[0].item()}')
