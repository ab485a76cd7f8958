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
### softmax and log_softmax along every dim, with gradients
import torch
torch.manual_seed(3)
for shape in [(6, 13), (4, 6, 16), (4, 6, 13), (3, 5, 3), (2, 3, 4, 10), (2, 300, 5), (3, 2, 270)]:
    for dim in range(len(shape)):
        for fn in (torch.softmax, torch.log_softmax):
            x = (torch.randn(shape) * 3).requires_grad_()
            y = fn(x, dim)
            y.backward(torch.randn(shape))
            print(shape, dim, y.double().sum().item(), y.flatten()[-1].item(), x.grad.double().sum().item(), x.grad.flatten()[-2:].tolist())
hidden = torch.randn(3, 4, 5).masked_fill(torch.ones(4, 5).triu(1).bool(), float('-inf'))
hidden[1, :, 2] = float('-inf')
hidden[2, 1, 3] = float('nan')
print(hidden.softmax(1), hidden.log_softmax(1), torch.zeros(2, 0, 3).softmax(1).shape, torch.zeros(2, 3, 0).softmax(1).shape)
### std and var, backward: layer normalisation by hand
import torch
torch.manual_seed(4)
x = torch.randn(4, 6, 9, requires_grad=True)
for dims in ((), (0,), (1,), (-1,), ((0, 2),)):
    for unbiased in (True, False):
        for name in ('var', 'std'):
            y = getattr(x, name)(*dims, unbiased=unbiased)
            g, = torch.autograd.grad(y, x, torch.randn(y.shape))
            print(dims, name, y.double().sum().item(), g.double().sum().item(), g.flatten()[:2].tolist())
z = torch.ones(2, 3, requires_grad=True)
print(torch.autograd.grad(z.std(0).sum(), z), torch.autograd.grad(z.var(0, unbiased=False).sum(), z))
for n in (9, 37, 64):
    x, w, b = (torch.randn(s, requires_grad=True) for s in ((2, 5, n), (n,), (n,)))
    y = w * (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + 1e-6) + b
    y.backward(torch.randn(2, 5, n))
    print(y[0, 0, 0].item(), [t.grad.double().sum().item() for t in (x, w, b)], x.grad[1, 4, -2:].tolist())
### transformer layers, every digit
import torch
from torch import nn
torch.manual_seed(5)
tgt, src = torch.randn(9, 2, 16, requires_grad=True), torch.randn(5, 2, 16, requires_grad=True)
for model in (nn.TransformerDecoderLayer(16, 4, 32, 0.), nn.TransformerDecoderLayer(16, 4, 32, 0., norm_first=True),
              nn.TransformerDecoder(nn.TransformerDecoderLayer(16, 4, 32, 0.), 2, nn.LayerNorm(16))):
    y = model(tgt, src)
    grads = torch.autograd.grad(y, [tgt, src, *model.parameters()], torch.randn(y.shape))
    print(y[-1, -1].tolist(), [g.double().sum().item() for g in grads])
model = nn.Transformer(16, 4, 2, 2, 32, 0.)
y = model(src, tgt)
grads = torch.autograd.grad(y, [tgt, src, *model.parameters()], torch.randn(y.shape))
print(y[-1, -1].tolist(), [g.double().sum().item() for g in grads])
### recurrent layers, every digit
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
torch.manual_seed(6)
x = torch.randn(3, 4, 5, requires_grad=True)
for layer in (nn.LSTM(5, 7, 2, batch_first=True), nn.GRU(5, 7, 2, batch_first=True), nn.RNN(5, 7, 2), nn.LSTM(5, 7, bidirectional=True),
              nn.GRU(5, 16, bidirectional=True, bias=False), nn.RNN(5, 7, nonlinearity='relu', batch_first=True)):
    y, h = layer(x)
    grads = torch.autograd.grad(y, [x, *layer.parameters()], torch.randn(y.shape))
    print(y[-1, -1].tolist(), (h[-1] if isinstance(h, tuple) else h).double().sum().item(), [g.double().sum().item() for g in grads])
    packed = pack_padded_sequence(x, [4, 3, 1], batch_first=True)
    y, h = layer(packed)
    grads = torch.autograd.grad(y.data, [x, *layer.parameters()], torch.randn(y.data.shape))
    print(pad_packed_sequence(y)[0].double().sum().item(), [g.double().sum().item() for g in grads])
for cell in (nn.LSTMCell(5, 7), nn.GRUCell(5, 7), nn.RNNCell(5, 7), nn.GRUCell(5, 16, bias=False)):
    h = cell(x[0])
    h = cell(x[1], h)
    h = h[0] if isinstance(h, tuple) else h
    print(h[-1].tolist(), [g.double().sum().item() for g in torch.autograd.grad(h.sin().sum(), [x, *cell.parameters()])])
### sigmoid and silu element by element where no two vectors are filled
import torch
import torch.nn.functional as F
torch.manual_seed(7)
for shape in [(3,), (16,), (17,), (40,), (3, 7), (33,)]:
    x = torch.randn(shape) * 3
    print(x.sigmoid().flatten().tolist(), F.silu(x).flatten().tolist())
x = torch.randn(6, 40) * 3
for part in (x[:, ::2], x[:, 3:20], x.t(), x[:, 0], x[0].expand(3, 40), x.view(6, 5, 8).transpose(1, 2), x.view(6, 5, 8)[:, :3]):
    print(part.sigmoid().double().sum().item(), F.silu(part).double().sum().item())
x[:, :7].sigmoid_()
print(x[:2, :7].tolist())
### powers that are products
import torch
torch.manual_seed(8)
x = (torch.rand(20) * 4 - 2).requires_grad_()
for power in (2, 3, -1, -2, 4, 0, 1, 2.0, 3.0):
    y = x ** power
    print(power, y.tolist(), torch.autograd.grad(y.sin().sum(), x)[0].tolist())
y = x.detach().clone()
y.pow_(3).pow_(-2)
print(y.tolist(), (x.abs() ** .5).tolist(), (x.abs() ** -.5).tolist())
### a slice of one row is assigned to itself
import torch
x = torch.ones(2, 3)
y = x[0:1]
x[0:1] = y
x[::2] += 1
print(x, y)
