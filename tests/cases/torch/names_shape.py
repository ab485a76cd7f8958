### block_diag
import torch
a = torch.arange(4.).view(2, 2).requires_grad_()
print(torch.block_diag(a, torch.ones(1, 3), torch.tensor(7.), torch.tensor([1, 2])))
print(torch.block_diag(torch.ones(0, 2), torch.ones(1, dtype=torch.int64)), torch.block_diag())
torch.block_diag(a, a.t()).pow(2).sum().backward()
print(a.grad)
try:
    torch.block_diag(torch.ones(1, 1, 1))
except RuntimeError as e:
    print(e)
### cartesian_prod and combinations
import torch
x = torch.tensor([1., 2., 3.], requires_grad=True)
print(torch.cartesian_prod(x, torch.tensor([4., 5.])))
print(torch.cartesian_prod(torch.tensor([1, 2])), torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3])))
print(torch.combinations(torch.tensor([1, 2, 3])), torch.combinations(torch.arange(3), r=3))
print(torch.combinations(torch.arange(3), 2, True), torch.combinations(torch.arange(2), r=0))
print(torch.combinations(x).sum())
torch.combinations(x, 2).prod(1).sum().backward()
print(x.grad)
try:
    torch.combinations(torch.ones(2, 2))
except RuntimeError as e:
    print(e)
### vander
import torch
print(torch.vander(torch.tensor([1, 2, 3])), torch.vander(torch.tensor([1., 2.]), 4), torch.vander(torch.tensor([2., 3.]), N=3, increasing=True))
### at least so many dims
import torch
x = torch.arange(3.)
print(torch.atleast_1d(torch.tensor(2.)), torch.atleast_2d(x), torch.atleast_3d(x).shape, torch.atleast_3d(torch.ones(2, 3)).shape)
print(torch.atleast_2d(x, torch.tensor(1.)), torch.atleast_1d([torch.tensor(1.), x]))
print(torch.column_stack((x, x * 2)), torch.row_stack((x, x)), torch.dstack((x, x)).shape, torch.diagflat(torch.ones(2, 1), 1))
### tensor_split and its kin
import torch
x = torch.arange(7.)
print(torch.tensor_split(x, 3), x.tensor_split((1, 5)), [p.tolist() for p in x.tensor_split([2, 9, -1])])
y = torch.arange(12.).view(3, 4).requires_grad_()
print(torch.hsplit(y, 2), y.vsplit([1]), torch.tensor_split(y, 3, dim=-1)[0])
print([p.shape for p in torch.dsplit(torch.ones(2, 2, 4), 2)], x.hsplit((3,)))
for f in (lambda: torch.hsplit(y, 3), lambda: torch.vsplit(x, 1), lambda: torch.tensor_split(x, 0), lambda: torch.dsplit(y, 2)):
    try:
        f()
    except RuntimeError as e:
        print(e)
### turned
import torch
x = torch.arange(6.).view(2, 3).requires_grad_()
print(torch.fliplr(x), x.flipud(), torch.rot90(x), x.rot90(2, [0, 1]), torch.rot90(x, -1, (0, 1)), torch.rot90(x, 4))
print(x.flip(dims=(0,)), torch.flip(x, dims=[0, 1]), x.flip(1), x.flip(0, 1), torch.flip(x, (1,)))
print(torch.adjoint(x), x.mH, x.H, x.T.msort(), torch.msort(x.detach()[[1, 0]]))
try:
    torch.rot90(x, 1, (0, 0))
except RuntimeError as e:
    print(e)
### movedim, swapaxes, in place
import torch
x = torch.arange(6.).view(2, 3)
print(x.swapaxes(0, 1), torch.movedim(torch.ones(2, 3, 4), (0, 1), (1, 2)).shape, torch.swapdims(x, 0, 1).shape, x.moveaxis(0, 1).shape)
### diag_embed with dims
import torch
x = torch.arange(6.).view(2, 3).requires_grad_()
print(torch.diag_embed(x, dim1=0, dim2=1).shape, torch.diag_embed(x, offset=1, dim1=0, dim2=2).shape, x.diag_embed(dim1=0, dim2=2)[0])
(torch.diag_embed(x, 0, 0, 2) * torch.arange(18.).view(3, 2, 3)).sum().backward()
print(x.grad, torch.diag_embed(torch.ones(2), -1))
### view with a dtype
import torch
x = torch.tensor([1., -2., 0.5])
print(x.view(torch.int32), x.view(torch.uint8), torch.tensor([1, 2]).view(torch.int32), torch.zeros(2, 4, dtype=torch.uint8).view(torch.float32).shape)
print(torch.ones(2, dtype=torch.float64).view(torch.int64), x.view(torch.float32).data_ptr() == x.data_ptr())
try:
    torch.zeros(3, dtype=torch.uint8).view(torch.float32)
except RuntimeError as e:
    print(e)
### repeat_interleave with a size
import torch
x = torch.tensor([[1., 2.], [3., 4.]])
print(torch.repeat_interleave(x, torch.tensor([1, 2]), dim=0, output_size=3), x.repeat_interleave(2, dim=1), torch.repeat_interleave(torch.tensor([2, 0, 1])))
print(torch.repeat_interleave(torch.tensor([2, 0, 1]), output_size=3), torch.repeat_interleave(x, 2))
### searchsorted and bucketize
import torch
s = torch.tensor([[1, 3, 5, 7, 9], [2, 4, 6, 8, 10]])
v = torch.tensor([[3, 6, 9], [3, 6, 9]])
print(torch.searchsorted(s, v), torch.searchsorted(s, v, right=True), torch.searchsorted(s, v, side='right'), torch.searchsorted(s, v, side='left', out_int32=True))
print(torch.searchsorted(torch.tensor([1., 3.]), 2.), torch.searchsorted(torch.tensor([3., 1., 2.]), torch.tensor([1.5]), sorter=torch.tensor([1, 2, 0])))
print(torch.bucketize(v, torch.tensor([1, 3, 5])), torch.bucketize(v, torch.tensor([1, 3, 5]), right=True), torch.bucketize(2, torch.tensor([1, 3])))
try:
    torch.searchsorted(s, v, side='left', right=True)
except RuntimeError as e:
    print(e)
### einsum by numbers, and inner of more dims
import torch
a, b = torch.arange(6.).view(2, 3), torch.arange(12.).view(3, 4)
print(torch.einsum(a, [0, 1], b, [1, 2]), torch.einsum(a, [0, 1], b, [1, 2], [2, 0]).shape, torch.einsum(a, [..., 0], [...]))
print(torch.inner(a, torch.arange(3.)), torch.inner(a, torch.arange(9.).view(3, 3)), torch.inner(torch.ones(2, 1, 3), torch.ones(4, 3)).shape, torch.inner(a, torch.tensor(2.)), a.inner(a))
try:
    torch.inner(a, torch.ones(2))
except RuntimeError as e:
    print(e)
