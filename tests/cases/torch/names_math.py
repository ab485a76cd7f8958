### infinities and signs
import torch
x = torch.tensor([-float('inf'), -1., -0., 0., 2., float('inf'), float('nan')])
print(torch.isneginf(x), x.isposinf(), torch.isneginf(torch.tensor([1])), torch.isreal(x), torch.signbit(x), torch.signbit(torch.tensor([-1, 2])))
print(torch.copysign(torch.tensor([1., -2.]), -0.), torch.copysign(torch.tensor([1., -2.]), torch.tensor([3., -3.])), torch.copysign(torch.tensor([1, 2]), -1))
print(torch.heaviside(x[:6], torch.tensor([.5])), torch.heaviside(torch.tensor([-1, 0, 1]), torch.tensor([7])))
print(torch.nan_to_num(x), x.nan_to_num(1., 2., 3.), x.clone().nan_to_num_())
a = torch.tensor([1., -2., 0.], requires_grad=True)
torch.copysign(a, torch.tensor([-1., 1., 1.])).sum().backward()
print(a.grad, torch.positive(a), torch.sinc(a), torch.sinc(torch.tensor([1, 0])))
### powers
import torch
x = torch.tensor([1, 2, 3])
print(torch.float_power(x, 2), torch.float_power(2, x), torch.float_power(x, torch.tensor([.5, 1., 2.])), torch.ldexp(torch.tensor([1., 2.]), torch.tensor([2, 3])))
print(torch.frexp(torch.tensor([8., .75, 0., -3., 1e-3])), torch.logaddexp2(torch.tensor([1., 2.]), torch.tensor([1., 0.])), torch.logaddexp(torch.tensor([1., -float('inf')]), torch.tensor([1., -float('inf')])))
print(torch.gcd(torch.tensor([12, 0, -9]), torch.tensor([18, 5, 6])), torch.lcm(torch.tensor([4, 0, -6]), torch.tensor([6, 3, 4])))
print(torch.nextafter(torch.tensor([1., 0., -1.]), torch.tensor([2., -1., -1.])) == torch.tensor([1., 0., -1.]))
try:
    torch.gcd(torch.tensor([1.]), torch.tensor([2.]))
except RuntimeError as e:
    print(e)
### bits
import torch
a, b = torch.tensor([5, 6, -1]), torch.tensor([3, 4, 2])
print(torch.bitwise_and(a, b), torch.bitwise_or(a, b), torch.bitwise_xor(a, 1), torch.bitwise_not(a), a << 1, a >> 1, torch.bitwise_left_shift(a, b), torch.bitwise_right_shift(a, 1))
print(~torch.tensor([True, False]), torch.bitwise_and(torch.tensor([True, False]), torch.tensor([True, True])), a & 1, 7 ^ b)
### isin and tests
import torch
print(torch.isin(torch.tensor([[1, 2], [3, 4]]), torch.tensor([2, 3])), torch.isin(torch.tensor([1, 2]), 2, invert=True), torch.isin(1, torch.tensor([1, 2])))
print(torch.is_nonzero(torch.tensor([1.])), torch.tensor(1).is_signed(), torch.tensor([True]).is_signed(), torch.ones(2).is_same_size(torch.ones(2)), torch.can_cast(torch.float32, torch.int64), torch.can_cast(torch.int64, torch.float32))
print(torch.scalar_tensor(3), torch.asarray([1, 2]), torch.typename(torch.ones(1)), torch.ones(1).get_device(), torch.ones(2).is_cpu, torch.ones(2).is_sparse)
try:
    torch.is_nonzero(torch.ones(2))
except RuntimeError as e:
    print(e)
### differences and integrals
import torch
x = torch.tensor([1., 4., 9., 16.], requires_grad=True)
print(torch.diff(x), x.diff(n=2), torch.diff(x, prepend=torch.tensor([0.]), append=torch.tensor([1.])), torch.diff(torch.tensor([True, False, False])), torch.diff(torch.arange(6).view(2, 3), dim=0))
print(torch.trapezoid(x), torch.trapz(x, dx=.5), torch.trapezoid(x, torch.tensor([0., 1., 3., 4.])), torch.cumulative_trapezoid(x.detach()))
print(torch.gradient(x.detach()), torch.gradient(x.detach(), spacing=2.), torch.gradient(torch.arange(6.).view(2, 3) ** 2, dim=1))
print(torch.gradient(x.detach(), edge_order=2), torch.gradient(x.detach(), spacing=(torch.tensor([0., 1., 3., 4.]),)))
print(torch.logcumsumexp(x, 0), torch.logcumsumexp(torch.tensor([[1., -float('inf')], [2., 3.]]), dim=1))
torch.logcumsumexp(x, 0).sum().backward()
print(x.grad)
### statistics
import torch
x = torch.tensor([[1., 2., 4.], [2., 1., 0.]], requires_grad=True)
print(torch.cov(x), torch.cov(x[0]), torch.cov(x.detach(), correction=0), torch.cov(x.detach(), fweights=torch.tensor([1, 2, 1])), torch.cov(x.detach(), aweights=torch.tensor([.5, 1., 2.])))
print(torch.corrcoef(x.detach()), torch.corrcoef(x.detach()[0]), torch.dist(x, x + 1), torch.dist(x.detach(), torch.ones(3), 1))
y = torch.tensor([[1., float('nan'), 3.], [4., 5., 6.]])
print(torch.nanmean(y), y.nanmean(0), y.nanmean(1, keepdim=True), torch.nanmedian(y), y.nanmedian(1)[0], torch.renorm(torch.arange(6.).view(2, 3), 2, 0, 3.))
### products with a summand
import torch
torch.manual_seed(0)
m, v, w = torch.randn(2, 3, requires_grad=True), torch.randn(3), torch.randn(2)
print(torch.addmv(w, m, v), torch.addmv(w, m, v, beta=0, alpha=2), torch.addr(m, w, v), torch.addr(m.detach(), w, v, beta=.5), torch.addbmm(torch.zeros(2, 2), torch.ones(3, 2, 4), torch.ones(3, 4, 2), alpha=.5))
print(w.addmv_(m.detach(), v), torch.chain_matmul(torch.ones(1, 2), torch.ones(2, 3), torch.ones(3, 1)))
### cross and cdist
import torch
a = torch.tensor([[1., 0., 0.], [1., 2., 3.]], requires_grad=True)
b = torch.tensor([[0., 1., 0.], [3., 2., 1.]])
print(torch.cross(a, b), torch.cross(a, b, dim=1), a.cross(b, dim=-1), torch.cross(a.t(), b.t(), dim=0))
print(torch.cdist(a.detach(), b), torch.cdist(a.detach(), b, p=1), torch.cdist(a.detach().expand(2, 2, 3), b, p=float('inf')), torch.pdist(a.detach()))
try:
    torch.cross(torch.ones(2, 2), torch.ones(2, 2), dim=0)
except RuntimeError as e:
    print(e)
### windows
import torch
print(torch.hann_window(5), torch.hann_window(5, False), torch.hamming_window(4), torch.blackman_window(4), torch.bartlett_window(5), torch.hann_window(1))
### in place by other names
import torch
x = torch.tensor([.5, -.5])
print(x.clone().arcsin_(), x.clone().absolute_(), x.clone().negative_(), x.clone().multiply_(2), x.clone().subtract_(1), x.clone().divide_(2), x.clone().greater_(0), x.clone().less_equal_(0), x.clone().sinc_(), x.clone().true_divide_(2), x.clone().fix_())
