### floats
import torch
print(torch.tensor([1., 2.5, -3.14159])); print(torch.tensor([1e-5, 1.])); print(torch.tensor([1e10, 1.])); print(torch.tensor([1000., 0.001])); print(torch.tensor([0.1, 1000.])); print(torch.tensor([100000.5, 2.]))
print(torch.tensor([1., 2., 3.])); print(torch.tensor([1e8, 1.])); print(torch.tensor([123456789., 1.])); print(torch.tensor(0.1), torch.tensor(1e-10), torch.tensor(12345.678)); print(torch.tensor([0., -0.])); print(torch.tensor([float('inf'), 1.5, float('nan')]))
### ints and bools
import torch
print(torch.tensor([1, -200, 30])); print(torch.tensor([[True], [False]])); print(torch.tensor([10 ** 12, 1])); print(torch.tensor([[1, 22], [333, 4]]))
### long vectors wrap
import torch
print(torch.arange(40)); print(torch.arange(30.) / 7); print(torch.arange(100).view(4, 25))
### summarised
import torch
print(torch.arange(2000)); print(torch.zeros(100, 100)); print(torch.arange(24000).view(20, 30, 40)); print(torch.zeros(3, 2000))
### higher dims
import torch
print(torch.arange(8).view(2, 2, 2)); print(torch.arange(16.).view(2, 2, 2, 2) / 3); print(torch.zeros(2, 0, 3)); print(torch.zeros(1, 1, 1, 1))
### dtype suffixes
import torch
print(torch.zeros(2, dtype=torch.float64), torch.zeros(2, dtype=torch.int32), torch.zeros(2, dtype=torch.int8), torch.zeros(1, dtype=torch.float16), torch.zeros(0, dtype=torch.int64), torch.zeros(0), torch.tensor(1, dtype=torch.int16))
### requires_grad and grad_fn
import torch
x = torch.ones(2, 2, requires_grad=True); print(x); print(x * 2); print((x @ x).sum()); print(x.detach()); print(x.t()); print(torch.arange(30., requires_grad=True)); print(torch.rand(12, 12).requires_grad_()[:, 0].sum() > 0)
### print options
import torch
x = torch.tensor([1.23456789, 1234.5]); torch.set_printoptions(precision=2); print(x); torch.set_printoptions(sci_mode=True); print(x); torch.set_printoptions(sci_mode=False, precision=6); print(x); torch.set_printoptions(profile='short'); print(x); torch.set_printoptions(profile='default'); print(x)
torch.set_printoptions(threshold=5, edgeitems=2); print(torch.arange(10)); torch.set_printoptions(profile='full'); print(torch.arange(1100).shape); torch.set_printoptions(linewidth=40, profile='default', ); print(torch.arange(20)); torch.set_printoptions(linewidth=40); print(torch.arange(20)); torch.set_printoptions(profile='default')
### repr str format
import torch
x = torch.tensor([1., 2.]); print(repr(x), str(x), f'{x}', '%s' % x, '{}'.format(x), [x], {'a': x}); s = torch.tensor(1.5); print(f'{s:.3f}', f'{s}', '%.2f' % s, '{:5.1f}'.format(s), round(s.item(), 1), str(s), f'{torch.tensor(7):3d}|')
### return types
import torch
x = torch.tensor([[1., 3.], [2., 0.]]); r = x.max(dim=0); print(r, r.values, r.indices, r[0]); print(torch.sort(x, dim=1)); print(torch.median(x, 0)); print(torch.mode(x, 0)); v, i = r; print(v, i)
### sizes and devices
import torch
print(torch.Size([1, 2]), torch.zeros(2, 3).shape, repr(torch.Size([])), torch.Size((3,)) + (4,), torch.device('cpu'), repr(torch.device('cpu')), torch.zeros(1).device.type, torch.Size([2, 3]).numel())
