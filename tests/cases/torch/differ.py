### found by differ: broadcast_to takes sizes or a tuple
import torch
x = torch.tensor([[1.], [2.]], requires_grad=True)
print(x.unsqueeze(0).broadcast_to(2, *x.shape), x.broadcast_to((2, 3)), torch.broadcast_to(x, (2, 2)).shape)
### found by differ: leading ones of what is assigned go
import torch
x = torch.zeros(1, 2)
x[:, -1] = torch.full((1, 1, 1), 3.)
x[0, :1] = torch.ones(1, 1)
y = torch.zeros(2, 3)
y[:, :2] = torch.arange(4.).view(1, 1, 2, 2)
y[1] = torch.tensor([[7., 8., 9.]], requires_grad=True)
print(x, y)
y.sum().backward()
### found by differ: triangles and norms of what has none
import torch, torch.nn.functional as F
for f in (lambda: torch.arange(4.).tril(), lambda: torch.tensor(1.).triu(), lambda: F.layer_norm(torch.ones(2, 3, dtype=torch.int32), (3,))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
### found by the conformance scripts: masks of dropout after a transposition
import torch, torch.nn.functional as F
x = torch.arange(1., 25.).view(3, 2, 4).transpose(0, 1)
torch.manual_seed(1)
print(F.dropout(x, 0.5), x.stride(), F.dropout(x, 0.5).stride())
torch.manual_seed(1)
print(torch.bernoulli(torch.full((2, 3), 0.5).t()), torch.empty(3, 2).t().bernoulli_(0.5), torch.rand_like(x)[0, 0])
### found by the conformance scripts: every digit of a training step
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
net = nn.Sequential(nn.Embedding(20, 32), nn.LayerNorm(32), nn.Linear(32, 64), nn.GELU(), nn.Linear(64, 32), nn.Tanh(), nn.LayerNorm(32), nn.SiLU(), nn.Linear(32, 20))
nn.init.trunc_normal_(net[0].weight, std=0.5)
opt = torch.optim.AdamW(net.parameters(), lr=1e-2)
x, y = torch.randint(20, (4, 12)), torch.randint(20, (4, 12))
for step in range(5):
    logits = net(x)
    w = torch.softmax(logits @ logits.transpose(1, 2) / 20 ** 0.5, dim=-1)
    loss = F.cross_entropy((w @ logits).view(-1, 20), y.view(-1), label_smoothing=0.1) + 1e-3 * logits.norm()
    opt.zero_grad(); loss.backward()
    norm = nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    opt.step()
    print(step, loss.item(), norm.item(), net[2].bias.grad.abs().max().item())
print(sum(p.double().sum() for p in net.parameters()).item())
print(torch.dot(x.float()[0], y.float()[0]).item(), torch.dot(net[0].weight[0], net[0].weight[1]).item(), (net[4].weight[0] @ net[4].weight[1]).item())
t = torch.arange(8.)
print(t.sin().tolist(), t.cos().sum().item(), (t + 1).log().tolist())
