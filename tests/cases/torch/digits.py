### addmm and its gradients, every digit
import torch
torch.manual_seed(0)
for m, n, k in [(5, 4, 7), (9, 9, 16)]:
    a, b = torch.randn(m, k, requires_grad=True), torch.randn(k, n, requires_grad=True)
    c = torch.randn(m, n, requires_grad=True)
    for beta, alpha in [(1, 1), (.3, 1), (1, .7), (.3, .7), (0, .7)]:
        y = torch.addmm(c, a, b, beta=beta, alpha=alpha)
        print(y.flatten()[-6:].tolist(), y.double().sum().item())
    y.backward(torch.randn(m, n))
    print([t.grad.double().sum().item() for t in (a, b)], c.grad)
    print(torch.addmm(c[0], a, b.t().contiguous().t(), beta=.5, alpha=2)[-1].tolist())
### baddbmm: loops of its own when tiny, BLAS when not
import torch
torch.manual_seed(1)
for m, n, k in [(5, 4, 7), (9, 9, 16), (3, 40, 24)]:
    a, b = torch.randn(2, m, k, requires_grad=True), torch.randn(2, k, n, requires_grad=True)
    c = torch.randn(2, m, n, requires_grad=True)
    for beta, alpha in [(1, 1), (.3, 1), (1, .7), (.3, .7), (0, .7)]:
        y = torch.baddbmm(c, a, b, beta=beta, alpha=alpha)
        print(y.flatten()[-6:].tolist(), y.double().sum().item())
    y.backward(torch.randn(2, m, n))
    print([t.grad.double().sum().item() for t in (a, b)])
    print(torch.baddbmm(c[:, :1], a, b.transpose(1, 2).contiguous().transpose(1, 2)).double().sum().item())
### MultiheadAttention and what it hides, every digit
import torch
from torch import nn
torch.manual_seed(2)
causal = torch.ones(9, 9).triu(1).bool()
pad = torch.arange(9)[None] >= torch.tensor([[9], [6]])
x = torch.randn(2, 9, 16, requires_grad=True)
for bias in (True, False):
    att = nn.MultiheadAttention(16, 4, bias=bias, batch_first=True)
    for words in ({}, {'attn_mask': causal}, {'key_padding_mask': pad},
                  {'attn_mask': causal, 'key_padding_mask': pad},
                  {'attn_mask': torch.randn(8, 9, 9), 'need_weights': False},
                  {'average_attn_weights': False}):
        y, w = att(x, x, x, **words)
        grads = torch.autograd.grad(y.sin().sum(), [x] + list(att.parameters()))
        print(y[0, -1, :3].tolist(), [g.double().sum().item() for g in grads])
        print(y.grad_fn.name(), w is not None and (w.shape, w.grad_fn.name()))
    y, w = att(x[0], x[1], x[1])
    print(y.grad_fn.name(), w.grad_fn.name())
att = nn.MultiheadAttention(16, 4, kdim=6, vdim=5)
for q in (x, x[0]):
    y, w = att(q, torch.randn(7, *q.shape[1:-1], 6), torch.randn(7, *q.shape[1:-1], 5), average_attn_weights=False)
    print(y.grad_fn.name(), w.grad_fn.name(), y.double().sum().item())
