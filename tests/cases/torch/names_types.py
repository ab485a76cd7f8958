### types by dtype: made of data or sizes
import torch, numpy as np
print(torch.FloatTensor([1, 2]), torch.LongTensor([1.5, 2]), torch.LongTensor(np.array([1.5, 2])), torch.LongTensor(range(3)), torch.FloatTensor(range(3)), torch.ByteTensor([[1, 0]]), torch.BoolTensor([0, 2]), torch.IntTensor([3]), torch.ShortTensor([4]), torch.CharTensor([-4]), torch.HalfTensor([.5]), torch.DoubleTensor(np.eye(2)))
print(torch.FloatTensor(), torch.FloatTensor(2, 0), torch.FloatTensor(torch.Size([2, 0])), torch.FloatTensor((2, 1)), torch.FloatTensor(size=(2, 1)).shape, torch.LongTensor(2, 3).shape, torch.FloatTensor([[1, 2], [3, 4]]), torch.FloatTensor([np.float32(3), 2]), torch.FloatTensor([torch.tensor(3.), 2]))
print(torch.Tensor(torch.Size([2, 0])), torch.Tensor(np.eye(2)), torch.Tensor(range(3)), torch.Tensor([True, False]), torch.Tensor(torch.tensor([1., 2])), torch.Tensor(), torch.Tensor(2, 3).shape)
x = torch.ones(2)
y = torch.FloatTensor(x)
y[0] = 5
print(x)
for f in (lambda: torch.FloatTensor('a'), lambda: torch.FloatTensor(3.5), lambda: torch.FloatTensor(None), lambda: torch.Tensor(2.5), lambda: torch.Tensor('a'), lambda: torch.Tensor([[1, 2], [3]])):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
### types by dtype: asked and converted
import torch
x = torch.ones(2)
print(torch.FloatTensor, torch.FloatTensor.__name__, isinstance(x, torch.FloatTensor), isinstance(x, (torch.LongTensor, torch.DoubleTensor)), isinstance(torch.nn.Parameter(x), torch.FloatTensor), isinstance(torch.LongTensor([1]), torch.LongTensor), isinstance(3, torch.LongTensor), type(torch.FloatTensor([1])), issubclass(torch.FloatTensor, torch.Tensor), torch.is_tensor(torch.FloatTensor(1)))
print(x.type(torch.LongTensor), x.type('torch.LongTensor'), x.type(torch.int), x.type(), x.long().type(), x.byte().type(), x.type(torch.BoolTensor), x.half().type(), x.byte(), x.char(), x.short(), x.cfloat())
print(x.new(3).shape, x.new([1, 2]), x.long().new(2, 0), x.byte().new([3, 4]))
try:
    x.type('LongTensor')
except ValueError as e:
    print(e)
### masks of bytes
import torch
pad = torch.tensor([[True, True, True, False, False]]).unsqueeze(-2)
sub = torch.tril(torch.ones(1, 5, 5))
m = pad.byte() & sub.byte()
print(m, m.dtype, m.sum(), m.sum().dtype, m.bool().sum(), (m == 0)[0, 0], 1 - m[0, 0], m[0, 0] * 2, ~m[0, 0], m[0, 0] + sub[0, 0], m[0, 0].float(), m.max(), m.any(), m.all())
print((torch.tensor([1, 2], dtype=torch.uint8) - 2), torch.tensor([3], dtype=torch.int8) * 100, torch.tensor([1], dtype=torch.uint8) + torch.tensor([1], dtype=torch.int8), torch.tensor([200], dtype=torch.uint8).char())
### keywords of sizes
import torch
x = torch.arange(6.)
print(x.view(size=(2, 3)).flip(dims=(1,)), x.reshape(shape=(3, 2)).permute(dims=(1, 0)), x[:1].expand(size=(3,)), x[:2].repeat(repeats=(2,)), x[:2].tile(dims=(2, 1)), x.new_zeros(size=(2,)))
