import torch
import torch.nn.functional as F
torch.manual_seed(0)
q = torch.randn(2, 3, 4, requires_grad=True)
w = F.softmax((q @ q.transpose(-2, -1)) / 2, dim=-1)
w.masked_fill(torch.ones(3, 3).triu(1).bool(), 0).sum().backward()
q.grad[0, :, None, ...]
