### scatter_reduce
import torch
x = torch.tensor([1.5, 2., 3., 4.], requires_grad=True)
src = torch.tensor([1., 5., 2., 2., 7., -3.], requires_grad=True)
at = torch.tensor([0, 1, 0, 1, 2, 1])
for how in ('sum', 'prod', 'mean', 'amax', 'amin'):
    for own in (True, False):
        y = torch.scatter_reduce(x, 0, at, src, how, include_self=own)
        print(how, own, y)
        x.grad = src.grad = None
        (y * torch.tensor([1., 2., 3., 4.])).sum().backward()
        print(x.grad, src.grad)
z = torch.zeros(2, 3, dtype=torch.int64).scatter_reduce(1, torch.tensor([[0, 0, 2]]), torch.tensor([[5, 7, 2]]), reduce='mean', include_self=False)
print(z, torch.zeros(2, 2).scatter_reduce_(0, torch.tensor([[1, 1]]), torch.tensor([[3., 4.]]), 'amax'))
### index_reduce, index_add, index_copy, index_fill
import torch
x = torch.arange(6.).view(3, 2)
print(x.index_reduce(0, torch.tensor([0, 0, 2]), torch.ones(3, 2) * 5, 'amax'), torch.index_add(x, 0, torch.tensor([1, 1]), torch.ones(2, 2), alpha=2))
print(x.clone().index_reduce_(1, torch.tensor([1]), torch.full((3, 1), 2.), 'prod', include_self=False))
print(x.index_copy(0, torch.tensor([2]), torch.zeros(1, 2)), x.index_fill(1, torch.tensor([0]), -1.), torch.index_fill(x, 0, torch.tensor([0]), torch.tensor(9.)))
### slices, rows and diagonals put in
import torch
x = torch.zeros(3, 4, requires_grad=True)
s = torch.arange(4.).requires_grad_()
y = torch.select_scatter(x, s, 0, 1)
print(y, torch.slice_scatter(x, torch.ones(3, 2), 1, 1, 4, 2), x.diagonal_scatter(torch.ones(3)))
(y * torch.arange(12.).view(3, 4)).sum().backward()
print(x.grad, s.grad)
### put
import torch
x = torch.arange(6.).view(2, 3)
print(x.put(torch.tensor([0, -1]), torch.tensor([9., 8.])), torch.put(x, torch.tensor([1, 1]), torch.tensor([5., 6.]), accumulate=True))
print(x.put_(torch.tensor([2]), torch.tensor([7.])), x)
