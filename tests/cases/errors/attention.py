### kernel unknown
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), kernel='fast')
### kernel of a wrong type
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), kernel=3)
### kernel that does not do it
import torch
qkv.attention(torch.ones(40, 4), torch.ones(40, 4), torch.ones(40, 4), kernel='narrow')
### causal by a wrong name
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), causal='left')
### window negative
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), window=-1)
### window of three
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), window=(1, 2, 3))
### dilation zero
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), window=1, dilation=0)
### lengths too many
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), lengths=[1, 2])
### lengths past the keys
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), lengths=[5])
### slopes for other heads
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), alibi=[0.5, 0.25])
### layout that does not fit
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), layout=torch.ones(3, 3), block=2)
### block without layout
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), block=2)
### bias that is bool
import torch
qkv.attention(torch.eye(4), torch.eye(4), torch.eye(4), bias=torch.eye(4) > 0)
### layout of no kind
import torch
qkv.layout('bands', 8, 2)
### every key hidden
import torch
print(qkv.attention(torch.eye(2), torch.eye(2), torch.eye(2), lengths=[0]))
### patterns are masks
import torch
def same(mask, bias=None, **pattern):
    for name in ('naive', 'narrow', 'decode', 'tiled', 'blas', 'auto'):
        if name == 'narrow' and n > 32:
            continue
        a = qkv.attention(q, k, v, kernel=name, **pattern)
        b = qkv.attention(q, k, v, mask=mask, bias=bias, kernel='naive', float64=True)
        if (a - b).abs().max() > 1e-6:
            print(name, pattern)
torch.manual_seed(0)
for n in (20, 100):
    q, k, v = torch.randn(2, 4, n, 8), torch.randn(2, 2, n, 8), torch.rand(2, 2, n, 8)
    i = torch.arange(float(n))
    far = -(i[:, None] - i).abs() * qkv.alibi_slopes(4)[:, None, None]
    same(qkv.mask('causal', n), causal=True)
    same(qkv.mask('window', n, window=5), window=5)
    same(qkv.mask('window', n, window=5, causal=1), window=(5, 0))
    same(qkv.mask('window', n, window=5, causal=1), window=(5, None), causal=True)
    same(qkv.mask('dilated', n, window=3, dilation=4), window=3, dilation=4)
    same(qkv.mask('padding', n, lengths=[n, 7]), lengths=torch.tensor([n, 7]))
    same(qkv.mask('causal', n), far, causal=True, alibi=True)
    some = qkv.layout('global', n, 5, window=1, globals=1)
    same(some.repeat_interleave(5, 0).repeat_interleave(5, 1), layout=some)
print('done')
### what is asked for comes in order
import torch
out, weights, lse, stats = qkv.attention(torch.eye(3), torch.eye(3), torch.eye(3), causal=True,
                                         need_weights=True, return_lse=True, stats=True)
print(out.shape, weights.shape, lse.shape, stats)
### memory is measured
import torch
x = torch.randn(1, 1, 600, 16)
with qkv.memory() as outer:
    with qkv.memory() as naive:
        torch.softmax(x @ x.transpose(-2, -1), -1) @ x
    with qkv.memory() as tiled:
        qkv.attention(x, x, x, kernel='tiled')
print(naive.peak >= 600 * 600 * 4, tiled.peak < 600 * 600 * 4, outer.peak >= naive.peak)
