import torch
x = torch.arange(24).view(2, 3, 4)
x[:, [0, 2]], x[x > 5], x[..., -1], x[1:, None, ::2]
x[0, 1] = 9
torch.cat([x, x], 1).shape
