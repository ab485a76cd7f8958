### integers and slices
import torch
x = torch.arange(24).view(2, 3, 4)
print(x[0], x[1, 2], x[1, 2, 3], x[-1, -1, -1], x[:, 1], x[:, :, 0], x[0, 1:], x[..., 0], x[:, ::2], x[0, :, 1:3], x[..., -1:].shape, x[1:2].shape, x[5:].shape)
### None and ellipsis
import torch
x = torch.arange(6).view(2, 3)
print(x[None].shape, x[:, None].shape, x[..., None].shape, x[None, ..., None].shape, x[..., None, :].shape, x[:, None, :, None].shape, x[0, None], x[...].shape, x[()].shape)
### index tensors
import torch
x = torch.arange(12).view(3, 4)
i = torch.tensor([0, 2])
print(x[i], x[:, i], x[i, i], x[i, 1:], x[[0, 1]], x[[0, 1], [2, 3]], x[i[:, None], i], x[torch.tensor([[0, 1], [2, 0]])].shape, x[torch.tensor(1)], x[1, i], x[..., i], x[i, None].shape)
### advanced dims go first when apart
import torch
x = torch.arange(2 * 3 * 4 * 5).view(2, 3, 4, 5); i = torch.tensor([0, 1])
print(x[i, :, i].shape, x[:, i, i].shape, x[i, :, :, i].shape, x[0, :, i].shape, x[:, 0, :, i].shape, x[i, ..., i].shape)
### boolean masks
import torch
x = torch.arange(6.).view(2, 3)
print(x[x > 2], x[torch.tensor([True, False])], x[:, torch.tensor([True, False, True])], x[x > 99], x[x.sum(1) > 3], x[torch.tensor([True, True]), 0])
x[x > 2] = 0; print(x); x[x == 0] += 5; print(x)
### assignment
import torch
x = torch.zeros(3, 4)
x[0] = 1; x[1, 1:3] = torch.tensor([5., 6.]); x[:, 0] = torch.arange(3.); x[2] = 7; x[-1, -1] = 9; x[..., 1] += 1; x[[0, 2], [3, 0]] = -1.; print(x)
x[:2, :2] = torch.eye(2); x[torch.tensor([0, 1]), 2] = torch.tensor([10., 20.]); print(x); x[:] = 0; print(x.sum())
y = torch.zeros(2, 2, dtype=torch.long); y[0] = 2.7; y[1, 0] = True; print(y)
### assignment through views
import torch
x = torch.zeros(2, 3); r = x[0]; r[1] = 4; c = x[:, 2]; c += 1; x.t()[0] = 8; x.view(-1)[4] = 3; x[1:][0, 0] = 2; print(x)
### broadcast assignment and masks
import torch
x = torch.zeros(2, 3, 3); x[:, torch.eye(3).bool()] = 1; print(x); x[0, :, :] = torch.tensor([1., 2., 3.]); print(x[0]); m = torch.ones(3, 3).triu(1).bool(); x[:, m] = float('-inf'); print(x)
### iterate and unpack
import torch
for i, row in enumerate(torch.arange(4).view(2, 2)): print(i, row)
a, (b, c) = torch.tensor([1]), torch.tensor([2, 3]); print(a, b, c); print([r.tolist() for r in torch.eye(2)]); print(list(zip(torch.arange(2), torch.arange(2))))
### index errors
import torch
x = torch.zeros(2, 3)
for f in (lambda: x[2], lambda: x[0, 3], lambda: x[0, 0, 0], lambda: x[torch.tensor([2])], lambda: x[:, torch.tensor([-4])], lambda: x[::-1], lambda: x[1.5], lambda: x[torch.tensor([True])], lambda: x[torch.tensor([0, 1]), torch.tensor([0, 1, 2])]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
### delete nothing, use as index
import torch
l = ['a', 'b', 'c']; print(l[torch.tensor(1)], l[torch.tensor([2]).item()], 'xyz'[torch.tensor(0)], list(range(torch.tensor(3))), [0] * torch.tensor(2))
