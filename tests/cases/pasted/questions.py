### mha all padding
# a batch entry that is padding only
import torch, torch.nn as nn
torch.manual_seed(2)
m = nn.MultiheadAttention(6, 3, batch_first=True)
x = torch.randn(2, 3, 6)
pad = torch.tensor([[False, False, True], [True, True, True]])
out, w = m(x, x, x, key_padding_mask=pad)
print(w)
print(torch.isnan(out).any(dim=-1))
### lengths to mask
# lengths [4, 3, 1, 0] to a padding mask, then attention over it
import torch, torch.nn as nn
def pad_mask(lengths, max_len=None):
    lengths = torch.as_tensor(lengths)
    max_len = int(max_len) if max_len else lengths.max().long()
    steps = torch.arange(max_len).expand(lengths.size(0), -1).to(lengths)
    return steps.ge(lengths.unsqueeze(1))
torch.manual_seed(0)
k = pad_mask([4, 3, 1, 0], max_len=4)
print(k, pad_mask([2, 1]).shape)
attn = nn.MultiheadAttention(8, 2, dropout=0.0)
x = torch.rand(4, 4, 8)
_, w = attn(x, x, x, key_padding_mask=k)
print(w)
### mha masked head
# a 3-D attn_mask that hides every key of one head only
import torch
from torch import nn
torch.manual_seed(7)
x = torch.randn(1, 4, 3)
mask = torch.tensor([False, False, True]).view(-1, 1, 1).expand(-1, 4, 4)
att = nn.MultiheadAttention(3, 3, batch_first=True)
y, weights = att(x, x, x, attn_mask=mask, average_attn_weights=False)
print(y)
print(weights.shape, mask.is_contiguous(), mask.stride())
print(weights)
### sdpa causal alignment
# is_causal with fewer queries than keys, and with more: which corner is the triangle at?
import torch
import torch.nn.functional as F
torch.manual_seed(0)
def seen(L, S):
    q, k = torch.zeros(L, 4), torch.zeros(S, 4)
    return (F.scaled_dot_product_attention(q[None], k[None], torch.eye(S)[None], is_causal=True) > 0).int()[0]
print(seen(2, 5))
print(seen(5, 2))
L, S = 2, 5
bottom = torch.ones(L, S, dtype=torch.bool).tril(diagonal=S - L)
print(bottom)
q, k, v = torch.randn(1, 2, 3), torch.randn(1, 5, 3), torch.randn(1, 5, 3)
print(F.scaled_dot_product_attention(q, k, v, attn_mask=bottom))
print(F.scaled_dot_product_attention(q, k, v, is_causal=True))
### subsequent mask
# the square subsequent mask: built by nn.Transformer and by hand
import torch, torch.nn as nn
print(nn.Transformer.generate_square_subsequent_mask(4))
def by_hand(sz):
    mask = (torch.triu(torch.ones(sz, sz)) == 1).transpose(0, 1)
    mask = mask.float().masked_fill(mask == 0, float('-inf')).masked_fill(mask == 1, float(0.0))
    return mask
print(by_hand(4))
print(torch.equal(by_hand(4), nn.Transformer.generate_square_subsequent_mask(4)))
print(torch.triu(torch.full((3, 3), float('-inf')), diagonal=1))
### std mask
# target mask = padding & subsequent; unsqueeze(-2) hides keys, unsqueeze(-1) hides queries
import torch
tgt = torch.tensor([[1, 2, 3, 0, 0]])
pad = 0
def subsequent_mask(size):
    attn_shape = (1, size, size)
    return torch.triu(torch.ones(attn_shape), diagonal=1).type(torch.uint8) == 0
m = (tgt != pad).unsqueeze(-2)
keys = m & subsequent_mask(tgt.size(-1)).type_as(m.data)
queries = (tgt != pad).unsqueeze(-1) & subsequent_mask(tgt.size(-1)).type_as(m.data)
print(keys[0].int())
print(queries[0].int())
scores = torch.zeros(1, 5, 5)
print(scores.masked_fill(keys == 0, -1e9).softmax(-1))
print(scores.masked_fill(queries == 0, float('-inf')).softmax(-1))
### float padding mask
# a float mask of ones and zeros is added to the scores, it hides nothing
import torch, torch.nn as nn
torch.manual_seed(0)
layer = nn.TransformerEncoderLayer(d_model=10, nhead=5, batch_first=True)
layer.eval()
x = torch.randn(2, 6, 10)
m = torch.ones(2, 6)
m[:, -1] = 0.0
r2 = layer(x[:, :-1])
print(r2[0, 0])
b = torch.zeros(2, 6, dtype=torch.bool)
b[:, -1] = True
r3 = layer(x, src_key_padding_mask=b)
print(torch.allclose(r3[:, :-1], r2, atol=1e-6))
try:
    r1 = layer(x, src_key_padding_mask=m)
    print(r1[0, 0])
except Exception as e:
    print(type(e).__name__, e)
### bool and float masks
# decoder: a float causal mask with a bool padding mask, and both as bool, agree
import torch, torch.nn as nn
torch.manual_seed(4)
layer = nn.TransformerDecoderLayer(d_model=8, nhead=2, dim_feedforward=16, dropout=0.1, activation='relu', batch_first=True)
dec = nn.TransformerDecoder(layer, 2, nn.LayerNorm(8)).eval()
x, memory = torch.randn(2, 3, 8), torch.randn(2, 3, 8)
n = torch.tensor([3, 2])
pad = torch.arange(3)[None, :] >= n[:, None]
b = torch.ones(3, 3, dtype=torch.bool).triu_(diagonal=1)
f = nn.Transformer.generate_square_subsequent_mask(3)
yb = dec(x, memory, tgt_mask=b, tgt_key_padding_mask=pad, memory_key_padding_mask=pad)
yf = dec(x, memory, tgt_mask=f, tgt_key_padding_mask=pad, memory_key_padding_mask=pad)
print(torch.equal(yb, yf), yb.shape)
print(yb[1])
### mha is causal ignored
# MultiheadAttention(..., is_causal=True) without attn_mask: PyTorch 2 refuses; it must not attend to the future silently
import torch, torch.nn as nn
torch.manual_seed(0)
mha = nn.MultiheadAttention(8, 2, batch_first=True)
layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True).eval()
x = torch.randn(1, 3, 8)
mask = nn.Transformer.generate_square_subsequent_mask(3)
for name, call in (('mha', lambda: mha(x, x, x, is_causal=True)[1][0]),
                   ('layer', lambda: layer(x, is_causal=True).shape),
                   ('mha with mask', lambda: mha(x, x, x, attn_mask=mask, is_causal=True)[1][0].detach())):
    try:
        print(name, call())
    except Exception as e:
        print(name, type(e).__name__, str(e)[:50])
### padding mask transposed
# seq-first code has its mask as (S, N); the layer wants (N, S)
import torch, torch.nn as nn
torch.manual_seed(0)
layer = nn.TransformerEncoderLayer(d_model=4, nhead=1, dim_feedforward=8, dropout=0.0)
x = torch.randn(3, 2, 4)
pad = torch.tensor([[False, False], [False, True], [False, True]])
for m in (pad.t(), pad):
    try:
        print(layer(x, src_key_padding_mask=m)[0, 1])
    except AssertionError as e:
        print(type(e).__name__, e)
### float masks both
# float padding mask of -inf together with a float causal mask: the padding must count (1.13 ignored it, 2.x adds it)
import torch, torch.nn as nn
torch.manual_seed(0)
m = nn.MultiheadAttention(4, 2, batch_first=True)
x = torch.randn(1, 3, 4)
inf = float('inf')
_, a = m(x, x, x, attn_mask=torch.zeros(3, 3), key_padding_mask=torch.tensor([[0., 0., -inf]]))
_, b = m(x, x, x, key_padding_mask=torch.tensor([[False, False, True]]))
print(torch.allclose(a, b), a[0, 0, 2].item())
### tril then fill
# tril(...) == 0 marks the future; using the triangle itself as the mask marks the past
import torch
torch.manual_seed(5)
bias = torch.tril(torch.ones(4, 4)).view(1, 1, 4, 4)
att = torch.randn(1, 1, 4, 4)
print(att.masked_fill(bias[:, :, :3, :3] == 0, float('-inf')) if False else att.masked_fill(bias == 0, float('-inf')))
print(att.masked_fill(bias.bool(), float('-inf')).softmax(dim=-1))
print(att[:, :, :3, :3].masked_fill(bias[:, :, :3, :3] == 0, float('-inf')).softmax(-1).sum(-1))
### dropout of ones
# the chapter's dropout example; what the reader's machine printed differed from the book's
import torch
torch.manual_seed(123)
dropout = torch.nn.Dropout(0.5)
example = torch.ones(6, 6)
print(dropout(example))
torch.manual_seed(123)
w = torch.tril(torch.ones(6, 6)) / torch.arange(1, 7)[:, None]
print(dropout(w))
print(dropout.eval()(example).equal(example))
### einsum linear order
# weights kept as (d_out, d_in) with 'di' in the equation: unnoticed while d_in == d_out
import torch
torch.manual_seed(123)
x = torch.rand(2, 3, 4)
W = torch.randn(4, 4)
print(torch.equal(torch.einsum("bnd,di->bni", x, W), torch.einsum("bnd,id->bni", x, W)))
W = torch.randn(8, 4)
print(torch.einsum("bnd,od->bno", x, W).shape)
try:
    torch.einsum("bnd,di->bni", x, W)
except RuntimeError as e:
    print(e)
### strides of heads
# what transpose does to memory, and why view after it needs contiguous
import torch
def info(t, name):
    print(f"{name}:")
    print(f"  Shape: {t.shape}")
    print(f"  Strides: {t.stride()}")
    print(f"  Is Contiguous: {t.is_contiguous()}\n")
x = torch.arange(24.).view(1, 3, 8)
h = x.view(1, 3, 2, 4); info(h, "split")
t = h.transpose(1, 2); info(t, "heads")
try:
    t.view(1, 3, 8)
except RuntimeError as e:
    print(e)
print(torch.equal(t.transpose(1, 2).contiguous().view(1, 3, 8), x), t.transpose(1, 2).is_contiguous())
print(t.reshape(1, 3, 8))
info(t.unsqueeze(0), "unsqueezed")
### layernorm two ways
# (x - mean) / (std + eps) with the n-1 std against nn.LayerNorm
import torch, torch.nn as nn
class LayerNorm(nn.Module):
    def __init__(self, features, eps=1e-6):
        super(LayerNorm, self).__init__()
        self.a_2 = nn.Parameter(torch.ones(features))
        self.b_2 = nn.Parameter(torch.zeros(features))
        self.eps = eps
    def forward(self, x):
        mean = x.mean(-1, keepdim=True)
        std = x.std(-1, keepdim=True)
        return self.a_2 * (x - mean) / (std + self.eps) + self.b_2
x = torch.tensor([1., 0., 0., 0.])
print(LayerNorm(4)(x))
print(nn.LayerNorm(4)(x))
print(nn.LayerNorm(4, eps=1e-12)(x).detach(), x.var(unbiased=False), x.std(unbiased=False))
out = (x - x.mean()) / torch.sqrt(x.var(-1, unbiased=False, keepdim=True) + 1e-12)
print(out)
print(LayerNorm(4))
### positional odd
# the sinusoidal table for an odd width
import math, torch
def pe(d_model, max_len=5, fix=False):
    p = torch.zeros(max_len, d_model).float()
    position = torch.arange(0, max_len).float().unsqueeze(1)
    div_term = (torch.arange(0, d_model, 2).float() * -(math.log(10000.0) / d_model)).exp()
    p[:, 0::2] = torch.sin(position * div_term)
    c = torch.cos(position * div_term)
    p[:, 1::2] = c[:, :d_model // 2] if fix else c
    return p
try:
    pe(7)
except RuntimeError as e:
    print(e)
print(pe(7, fix=True))
print(pe(4))
### half mask overflow
# -1e9 does not fit in half precision
import torch
s = torch.zeros(2, 3).half()
m = torch.tensor([[1, 1, 0], [1, 0, 0]])
for v in (-1e9, -65504.0, -1e4, float('-inf')):
    try:
        print(v, s.masked_fill(m == 0, v))
    except RuntimeError as e:
        print(v, e)
print(torch.Tensor([-1e15]).half(), torch.finfo(torch.float16).min, torch.finfo(torch.float16).max)
print((torch.Tensor([-1]).half() + -1e20).dtype, torch.Tensor([-1]).half() + torch.Tensor([-1e20]))
### heads by view
# splitting heads: view to (B, T, h, d) then transpose, not view to (B, h, T, d)
import torch
x = torch.arange(12).view(1, 3, 4)
right = x.view(1, -1, 2, 2).transpose(1, 2)
wrong = x.view(1, 2, -1, 2)
print(right)
print(wrong)
a = torch.arange(24).view(2, 3, 4)     # heads * batch, T, d: merging by view mixes tokens
print(a.view(1, -1, 8))
print(torch.cat(a.split(1, dim=0), dim=2))
print(a.view(2, 1, 3, 4).permute(1, 2, 0, 3).reshape(1, 3, 8))
### gqa repeat
# grouped queries: keys are repeated in place (0 0 1 1), not tiled (0 1 0 1)
import torch
import torch.nn.functional as F
torch.manual_seed(0)
B, H, G, T, D = 1, 4, 2, 3, 4
q, k, v = torch.randn(B, H, T, D), torch.randn(B, G, T, D), torch.randn(B, G, T, D)
def repeat_kv(x, n_rep):
    b, g, t, d = x.shape
    if n_rep == 1:
        return x
    return x[:, :, None, :, :].expand(b, g, n_rep, t, d).reshape(b, g * n_rep, t, d)
inter = k.repeat_interleave(H // G, dim=1)
tiled = k.repeat(1, H // G, 1, 1)
print(torch.equal(repeat_kv(k, 2), inter), torch.equal(inter, tiled))
print(torch.arange(2).repeat_interleave(2), torch.arange(2).repeat(2))
ref = F.scaled_dot_product_attention(q, repeat_kv(k, 2), repeat_kv(v, 2))
gqa = F.scaled_dot_product_attention(q, k, v, enable_gqa=True)
print(torch.allclose(ref, gqa, atol=1e-6))
bad = F.scaled_dot_product_attention(q, tiled, v.repeat(1, 2, 1, 1))
print([torch.allclose(ref[:, h], bad[:, h], atol=1e-6) for h in range(H)])
try:
    F.scaled_dot_product_attention(q, k, v)
except RuntimeError as e:
    print('RuntimeError')
### einsum repeated index
# a repeated index takes the diagonal: "dd,bxcd->bxcd" is not a matrix product
import torch
torch.manual_seed(0)
A, diff = torch.arange(9.).view(3, 3), torch.ones(1, 1, 2, 3)
print(torch.einsum("dd,bxcd->bxcd", A, diff))
print(torch.einsum("dk,bxck->bxcd", A, diff))
print(torch.einsum("ii->i", A), torch.einsum("ii", A), torch.einsum("ij->", A))
for eq, ops in (("bhid,bhjd->bhij", (torch.zeros(2, 3), torch.zeros(2, 3))), ("bchw,bc->bchw", (torch.zeros(1, 2, 3, 3), torch.zeros(2))), ("ij,jk->il", (A, A)), ("ij,jk", (A,))):
    try:
        print(torch.einsum(eq, *ops).shape)
    except RuntimeError as e:
        print(e)
### dropout weights sum
# in training the returned weights have been through dropout: they do not sum to 1
import torch
from torch import nn
torch.manual_seed(0)
d, n, b = 5, 3, 3
x, cls = torch.normal(0, 1, (b, n, d)), torch.normal(0, 1, (b, 1, d))
attn = nn.MultiheadAttention(d, 1, dropout=0.2, batch_first=True)
print(attn(x, cls, cls)[1])
print(attn.eval()(x, cls, cls)[1])
attn.train()
w = attn(x, x, x)[1]
print(w.sum(-1))
print((w.sum(-1) > 1).any().item())
### zero dim size
# a model without output_attentions gives no tuple; indexing ends in a tensor without dimensions
import torch
attention = torch.tensor([[0.5, 0.5], [0.1, 0.9]])
for f in (lambda: attention[0][0].size(0), lambda: attention[0][0].size(-1), lambda: attention.size(2), lambda: attention[0][0][0], lambda: attention[3], lambda: len(attention[0][0]), lambda: attention[0, 0, 0]):
    try:
        print(f())
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)
### additive mask by rows
# a mask of length 3 broadcasts along the keys; as a column it makes a row uniform
import numpy as np
attn = np.array([[0.2, 0.1, 0.5], [1.0, 0.0, 0.3], [0.4, 0.4, 0.4]])
mask = np.array([1, 1, 0])
def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
m = (-1e+10) * (1 - mask)
print(m)
print(softmax(attn + m).round(4))
print(softmax(attn + m[:, None]).round(4))
### positions of left padding
# left-padded prompts: positions counted from the first real token
import torch
import torch.nn as nn
mask = torch.tensor([[0, 0, 1, 1, 1], [1, 1, 1, 1, 1]])
pos = mask.long().cumsum(-1) - 1
pos.masked_fill_(mask == 0, 1)
print(pos)
torch.manual_seed(0)
wpe = nn.Embedding(8, 2)
print(wpe(pos)[0])
print(bool((mask[:, 0] == 0).any()), mask.argmax(-1), mask.flip(1).cumprod(1).sum(1))
### concat score 1d
# "concat" attention written for vectors: the wrong dim of cat, and dot of unequal sizes
import torch, torch.nn as nn
torch.manual_seed(0)
hidden, enc = torch.randn(4), torch.randn(4)
attn, v = nn.Linear(8, 4), nn.Parameter(torch.randn(1, 4))
for f in (lambda: attn(torch.cat((hidden, enc), 1)), lambda: v.dot(attn(torch.cat((hidden, enc), 0))), lambda: v[0].dot(torch.cat((hidden, enc), 0)), lambda: v[0].dot(attn(torch.cat((hidden, enc), 0)))):
    try:
        print(f())
    except (IndexError, RuntimeError) as e:
        print(type(e).__name__, e)
### additive attention
# additive attention over encoder states with a mask; the out-of-place masked_fill whose result is dropped
import torch, torch.nn as nn
import torch.nn.functional as F
class Additive(nn.Module):
    def __init__(self, h):
        super().__init__()
        self.W = nn.Linear(2 * h, h)
        self.v = nn.Linear(h, 1, bias=False)
    def forward(self, hidden, enc, mask=None, keep=True):
        B, S, _ = enc.shape
        hidden = hidden.unsqueeze(1).repeat(1, S, 1)
        energy = torch.tanh(self.W(torch.cat((hidden, enc), dim=2)))
        a = self.v(energy).squeeze(2)
        if mask is not None:
            if keep:
                a = a.masked_fill(mask == 0, -1e10)
            else:
                a.masked_fill(mask == 0, -1e10)
        return F.softmax(a, dim=1)
torch.manual_seed(1234)
net = Additive(3)
h, enc = torch.randn(2, 3), torch.randn(2, 4, 3)
mask = torch.tensor([[1, 1, 1, 0], [1, 1, 0, 0]])
print(net(h, enc, mask))
print(net(h, enc, mask, keep=False))
w = net(h, enc, mask).unsqueeze(1)
print(torch.bmm(w, enc))
v = nn.Parameter(torch.rand(3))
x = torch.randn(2, 4, 3)
print(torch.allclose((x @ v), torch.bmm(v.repeat(2, 1).unsqueeze(1), x.transpose(1, 2)).squeeze(1)))
### t5 buckets
# relative position buckets
import math, torch
def bucket(relative_position, bidirectional=True, num_buckets=32, max_distance=128):
    ret = 0
    n = -relative_position
    if bidirectional:
        num_buckets //= 2
        ret += (n < 0).long() * num_buckets
        n = torch.abs(n)
    else:
        n = torch.max(n, torch.zeros_like(n))
    max_exact = num_buckets // 2
    is_small = n < max_exact
    large = max_exact + (torch.log(n.float() / max_exact) / math.log(max_distance / max_exact) * (num_buckets - max_exact)).long()
    large = torch.min(large, torch.full_like(large, num_buckets - 1))
    ret += torch.where(is_small, n, large)
    return ret
q = torch.arange(6, dtype=torch.long)[:, None]
k = torch.arange(6, dtype=torch.long)[None, :]
print(bucket(k - q, num_buckets=8, max_distance=16))
print(bucket(k - q, bidirectional=False, num_buckets=8, max_distance=16))
print(bucket(torch.tensor([0, 1, 7, 8, 15, 16, 50, 127, 128, 1000])))
### numpy triu mask
# the decoding mask through numpy
import numpy as np, torch
def subsequent(size):
    return np.triu(np.ones((1, size, size)), k=1).astype('uint8')
m = subsequent(4)
print(m, m.shape, m.dtype)
t = torch.from_numpy(m)
print(t, t.dtype)
print(t == 0)
print(torch.zeros(1, 4, 4).masked_fill(t.bool(), float('-inf')).softmax(-1).numpy())
### positional numpy
# the sinusoidal table in numpy: interleaved, and concatenated halves
import numpy as np
def table(position, d_model, concat=False):
    i = np.arange(d_model)[np.newaxis, :]
    angle = np.arange(position)[:, np.newaxis] * (1 / np.power(10000, (2 * (i // 2)) / np.float32(d_model)))
    angle[:, 0::2] = np.sin(angle[:, 0::2])
    angle[:, 1::2] = np.cos(angle[:, 1::2])
    if concat:
        angle = np.concatenate([angle[:, 0::2], angle[:, 1::2]], axis=-1)
    return angle[np.newaxis, ...]
print(table(3, 6))
print(table(3, 6, concat=True).shape, table(3, 6).dtype)
enc = np.array([[pos / np.power(10000, 2. * i / 4) for i in range(4)] for pos in range(3)])
print(enc)
p, q = table(8, 6)[0], table(8, 6, concat=True)[0]
print(np.allclose(p @ p.T, q @ q.T))
### noam schedule
# warm-up schedule: step 0 raised to -0.5
import torch
def rate(step, model_size, factor, warmup):
    if step == 0:
        step = 1
    return factor * (model_size ** (-0.5) * min(step ** (-0.5), step * warmup ** (-1.5)))
try:
    print(0 ** -0.5)
except ZeroDivisionError as e:
    print(e)
try:
    print(0.0 ** -0.5)
except ZeroDivisionError as e:
    print(e)
print([round(rate(s, 512, 1.0, 4), 6) for s in range(8)])
model = torch.nn.Linear(1, 1)
opt = torch.optim.Adam(model.parameters(), lr=1, betas=(0.9, 0.98), eps=1e-9)
sched = torch.optim.lr_scheduler.LambdaLR(optimizer=opt, lr_lambda=lambda step: rate(step, 512, 1.0, 4))
lrs = []
for _ in range(6):
    lrs.append(opt.param_groups[0]["lr"])
    opt.step()
    sched.step()
print(lrs)
### perplexity overflow
# perplexity of a huge loss
import math, torch
for x in (10.0, 709.0, 710.0, 200000):
    try:
        print(x, math.exp(x))
    except OverflowError as e:
        print(x, e)
print(torch.tensor(710.0).exp(), torch.tensor(710.0, dtype=torch.float64).exp(), torch.tensor(88.8).exp())
try:
    ans = math.exp(200000)
except OverflowError:
    ans = float('inf')
print(ans, f"{ans:.2f}")
### padding idx
# padding_idx only zeroes at creation; a later initialisation writes over it; its gradient stays zero
import torch, torch.nn as nn
torch.manual_seed(0)
e = nn.Embedding(3, 2, padding_idx=0)
print(e.weight)
e.weight.data.uniform_(-10, 10)
print(e(torch.tensor([0, 1])))
e(torch.tensor([0, 1, 1])).sum().backward()
print(e.weight.grad)
e2 = nn.Embedding(3, 2, padding_idx=0)
e2.weight = nn.Parameter(torch.rand(3, 2))
print(e2(torch.LongTensor([0, 2])))
nn.init.constant_(e2.weight[None], 0)
print(e2.weight.sum())
print(nn.Embedding.from_pretrained(torch.eye(2)).weight.requires_grad, e)
### sliding window count
# does a window of w see w keys or w + 1?
import torch
n, w = 6, 3
ones = torch.ones(n, n, dtype=torch.bool)
for d in (-w + 1, -w):
    m = ones.tril() & ones.triu(diagonal=d)
    print(m.int().sum(1).tolist())
mask = torch.full((n, n), torch.finfo(torch.float32).min)
cond = torch.arange(mask.size(-1))
mask.masked_fill_(cond < (cond + 1).view(mask.size(-1), 1), 0)
ctx = torch.tril(torch.ones_like(mask, dtype=torch.bool), diagonal=-w)
mask.masked_fill_(ctx, torch.finfo(mask.dtype).min)
print(torch.sum(mask == 0, dim=1))
print(torch.triu(torch.ones(5, 5), diagonal=-3)[4], (0 - w + 1))
### softmax one
# softmax with one more in the denominator; against a row with a score of 0 appended
import torch
import torch.nn.functional as F
def softmax_n(x, n=1.0, dim=-1):
    shift = x.max(dim=dim, keepdim=True).values.detach().clamp(min=0)
    e = torch.exp(x - shift)
    return e / (n * torch.exp(-shift) + e.sum(dim=dim, keepdim=True))
x = torch.tensor([[-10., -9., -11.], [1., 2., 3.], [100., 0., -100.]])
print(softmax_n(x))
print(softmax_n(x).sum(-1))
print(torch.allclose(softmax_n(x), F.softmax(F.pad(x, (0, 1)), -1)[:, :-1], atol=1e-6))
x = x.requires_grad_()
softmax_n(x)[1].pow(2).sum().backward()
print(x.grad)
### book chapter3
# the six-token example of the book: its numbers are printed in the book
import torch
inputs = torch.tensor([[0.43, 0.15, 0.89], [0.55, 0.87, 0.66], [0.57, 0.85, 0.64], [0.22, 0.58, 0.33], [0.77, 0.25, 0.10], [0.05, 0.80, 0.55]])
class SelfAttention(torch.nn.Module):
    def __init__(self, d_in, d_out, qkv_bias=False):
        super().__init__()
        self.W_query = torch.nn.Linear(d_in, d_out, bias=qkv_bias)
        self.W_key = torch.nn.Linear(d_in, d_out, bias=qkv_bias)
        self.W_value = torch.nn.Linear(d_in, d_out, bias=qkv_bias)
torch.manual_seed(789)
sa = SelfAttention(3, 2)
queries, keys = sa.W_query(inputs), sa.W_key(inputs)
attn_scores = queries @ keys.T
attn_weights = torch.softmax(attn_scores / keys.shape[-1]**0.5, dim=-1)
mask_simple = torch.tril(torch.ones(6, 6))
masked_simple = attn_weights * mask_simple
print(masked_simple)
row_sums = masked_simple.sum(dim=-1, keepdim=True)
print(masked_simple / row_sums)
mask = torch.triu(torch.ones(6, 6), diagonal=1)
masked = attn_scores.masked_fill(mask.bool(), -torch.inf)
print(torch.softmax(masked / keys.shape[-1]**0.5, dim=-1))
### hidden state detach
# the hidden state carried over two batches must be detached
import torch, torch.nn as nn
torch.manual_seed(0)
rnn, out = nn.RNN(1, 4, batch_first=True), nn.Linear(4, 1)
opt = torch.optim.SGD([*rnn.parameters(), *out.parameters()], lr=0.1)
def run(detach):
    h = None
    for step in range(2):
        x = torch.linspace(step, step + 1, 5).view(1, 5, 1)
        y, h = rnn(x, h)
        if detach:
            h = h.data
        loss = (out(y) - x.sin()).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return loss
try:
    run(False)
except RuntimeError as e:
    print(e)
print(run(True))
def repackage(h):
    return h.detach() if isinstance(h, torch.Tensor) else tuple(repackage(v) for v in h)
_, hc = nn.LSTM(1, 2)(torch.zeros(1, 1, 1))
print([t.requires_grad for t in hc], [t.requires_grad for t in repackage(hc)])
### cross entropy sequence
# logits (B, T, C): flatten or move the classes to dim 1
import torch, torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
B, T, C = 2, 3, 5
logits, target = torch.randn(B, T, C), torch.randint(0, C, (B, T))
try:
    F.cross_entropy(logits, target)
except RuntimeError as e:
    print(e)
a = F.cross_entropy(logits.view(B*T, C), target.view(B*T))
b = F.cross_entropy(logits.transpose(1, 2), target)
print(a, b)
target[0, 1:] = 0
print(F.cross_entropy(logits.view(-1, C), target.view(-1), ignore_index=0))
print(nn.CrossEntropyLoss(ignore_index=0)(logits.view(-1, C), torch.zeros(B*T, dtype=torch.long)))
print(nn.NLLLoss(ignore_index=0)(F.log_softmax(logits, -1).transpose(1, 2), target))
### weight decay groups
# which parameters decay: by module type, with a tied head
import torch, torch.nn as nn
class GPT(nn.Module):
    def __init__(self, V=11, d=4):
        super().__init__()
        self.wte = nn.Embedding(V, d)
        self.pos = nn.Parameter(torch.zeros(1, 3, d))
        self.ln = nn.LayerNorm(d)
        self.fc = nn.Linear(d, d)
        self.head = nn.Linear(d, V, bias=False)
        self.head.weight = self.wte.weight
m = GPT()
decay, no_decay = set(), set()
for mn, mod in m.named_modules():
    for pn, p in mod.named_parameters():
        fpn = '%s.%s' % (mn, pn) if mn else pn
        if pn.endswith('bias'):
            no_decay.add(fpn)
        elif pn.endswith('weight') and isinstance(mod, (torch.nn.Linear, )):
            decay.add(fpn)
        elif pn.endswith('weight') and isinstance(mod, (torch.nn.LayerNorm, torch.nn.Embedding)):
            no_decay.add(fpn)
no_decay.add('pos')
params = {pn: p for pn, p in m.named_parameters()}
print(sorted(decay & no_decay), sorted(params.keys() - (decay | no_decay)), sorted((decay | no_decay) - params.keys()))
decay.remove('head.weight')
groups = [{"params": [params[pn] for pn in sorted(list(decay))], "weight_decay": 0.1}, {"params": [params[pn] for pn in sorted(list(no_decay))], "weight_decay": 0.0}]
opt = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.95))
print([len(g['params']) for g in opt.param_groups], [g['weight_decay'] for g in opt.param_groups])
print(opt)
### tied parameter count
# parameters() counts a shared matrix once, state_dict() twice
import torch, torch.nn as nn
class LM(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(10, 4)
        self.lin = nn.Linear(4, 4)
        self.head = nn.Linear(4, 10, bias=False)
        self.head.weight = self.emb.weight
m = LM()
print(sum(p.numel() for p in m.parameters()), sum(v.numel() for k, v in m.state_dict().items()))
print(sum(p.numel() for sub in [m.emb, m.lin, m.head] for p in sub.parameters()))
print(len(dict((p.data_ptr(), p.numel()) for p in m.state_dict().values())))
print(m.head.weight is m.emb.weight, m.head.weight.data_ptr() == m.emb.weight.data_ptr())
print(list(m.state_dict()))
m.load_state_dict({k: torch.zeros_like(v) if k == 'head.weight' else v for k, v in m.state_dict().items()})
print(m.emb.weight.abs().sum())
print(f"{sum(p.numel() for p in m.parameters())/1e6:.6f}M", [n for n, _ in m.named_parameters()])
### plot needs detach
# weights for a plot: numpy() of a tensor that requires grad, and libraries that are not here
import torch
torch.manual_seed(0)
w = torch.tensor([[0.3, 0.2], [0.1, 0.9]], requires_grad=True) * 1.5
for f in (lambda: w.numpy(), lambda: w.tolist() and 'list', lambda: w.detach().numpy().shape, lambda: w.sum().item() > 1.9, lambda: float(w[0, 0]) >= 0, lambda: bool(w), lambda: int(w.sum())):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
mask = torch.tensor([1, 0])
try:
    if mask:
        pass
except RuntimeError as e:
    print(e)
try:
    if w.detach().numpy() > 0:
        pass
except ValueError as e:
    print(e)
### mask smaller than scores
# a mask buffer of block_size against a longer sequence
import torch
bias = torch.tril(torch.ones(4, 4)).view(1, 1, 4, 4)
att = torch.zeros(1, 1, 6, 6)
print((bias[:, :, :6, :6] == 0).shape)
try:
    att.masked_fill(bias[:, :, :6, :6] == 0, float('-inf'))
except RuntimeError as e:
    print(e)
tril = torch.tril(torch.ones(8, 8))
T = 3
wei = torch.zeros((T, T)).masked_fill(tril[:T, :T] == 0, float('-inf'))
print(torch.softmax(wei, dim=-1))
### scale by head size
# one head of a small GPT: scaled by the embedding size C instead of the head size
import torch, torch.nn as nn
from torch.nn import functional as F
torch.manual_seed(1337)
B, T, C = 2, 4, 32
x = torch.randn(B, T, C)
head_size = 16
key, query, value = nn.Linear(C, head_size, bias=False), nn.Linear(C, head_size, bias=False), nn.Linear(C, head_size, bias=False)
k, q = key(x), query(x)
print(k.shape, q.shape)
tril = torch.tril(torch.ones(T, T))
def att(scale):
    wei = q @ k.transpose(-2, -1) * scale
    return F.softmax(wei.masked_fill(tril == 0, float('-inf')), dim=-1)
print(att(C**-0.5)[0])
print(att(head_size**-0.5)[0])
kk, qq = torch.randn(B, T, head_size), torch.randn(B, T, head_size)
print(kk.var(), qq.var(), (qq @ kk.transpose(-2, -1) * head_size**-0.5).var())
print(torch.softmax(torch.tensor([0.1, -0.2, 0.3, -0.2, 0.5]) * 8, dim=-1))
print((att(head_size**-0.5) @ value(x)).shape)
### rope partial
# rotary embedding of the first d features only: cache of the wrong width, then the fix
import torch
class Rotary(torch.nn.Module):
    def __init__(self, d: int, base: int = 10_000):
        super().__init__()
        self.base, self.d, self.cos_cached, self.sin_cached = base, d, None, None
    def _build_cache(self, x: torch.Tensor):
        if self.cos_cached is not None and x.shape[0] <= self.cos_cached.shape[0]:
            return
        theta = 1. / (self.base ** (torch.arange(0, self.d, 2).float() / self.d)).to(x.device)
        idx = torch.einsum('n,d->nd', torch.arange(x.shape[0], device=x.device).float().to(x.device), theta)
        idx = torch.cat([idx, idx], dim=1)
        self.cos_cached, self.sin_cached = idx.cos()[:, None, None, :], idx.sin()[:, None, None, :]
    def forward(self, x: torch.Tensor):
        self._build_cache(x)
        x_rope, x_pass = x[..., :self.d], x[..., self.d:]
        d_2 = self.d // 2
        neg = torch.cat([-x_rope[:, :, :, d_2:], x_rope[:, :, :, :d_2]], dim=-1)
        x_rope = (x_rope * self.cos_cached[:x.shape[0]]) + (neg * self.sin_cached[:x.shape[0]])
        return torch.cat((x_rope, x_pass), dim=-1)
x = torch.tensor([[1, 2, 3, 4], [4, 5, 6, 7], [7, 8, 9, 10]], dtype=torch.float)[:, None, None, :]
try:
    Rotary(3)(x)
except RuntimeError as e:
    print(e)
print(Rotary(4)(x))
print(Rotary(2)(x)[:, 0, 0])
### sdpa dropout always
# scaled_dot_product_attention applies dropout whatever the mode of the module
import torch, torch.nn as nn
import torch.nn.functional as F
class M(nn.Module):
    def forward(self, q):
        return F.scaled_dot_product_attention(q, q, torch.ones_like(q), dropout_p=0.5)
torch.manual_seed(0)
m = M().eval()
q = torch.zeros(1, 6, 2)
y = m(q)
print(torch.equal(y, torch.ones_like(y)), y.unique().numel() > 1)
print(torch.equal(F.scaled_dot_product_attention(q, q, torch.ones_like(q)), torch.ones(1, 6, 2)))
### hidden of wrong batch
# an initial hidden state made for another batch size
import torch, torch.nn as nn
torch.manual_seed(0)
gru = nn.GRU(4, 3, batch_first=True)
x = torch.randn(2, 5, 4)
for h in (torch.zeros(1, 2, 3), torch.zeros(1, 5, 3), torch.zeros(1, 1, 3), torch.zeros(2, 2, 3)):
    try:
        print(gru(x, h)[1].shape)
    except RuntimeError as e:
        print(e)
### dropout eval forgotten
# the same input twice in training mode and in eval mode
import torch, torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5), nn.LayerNorm(3))
x = torch.ones(1, 3)
print(torch.equal(net(x), net(x)), net.training)
net.eval()
print(torch.equal(net(x), net(x)), [m.training for m in net.modules()])
with torch.no_grad():
    net.train()
    print(net[1](torch.ones(8)))
print(nn.functional.dropout(torch.ones(4), 0.5, training=False), nn.functional.dropout(torch.ones(4)).shape)
print(net)
### sdpa integer mask
# an attention mask of 0 and 1 as integers, straight from a tokenizer: refused, not added to the scores
import torch
import torch.nn.functional as F
torch.manual_seed(0)
q = torch.randn(1, 2, 3, 4)
keep = torch.tensor([[1, 1, 0]])
for m in (keep.bool(), keep):
    try:
        print(F.scaled_dot_product_attention(q, q, q, attn_mask=m)[0, 0, 0])
    except RuntimeError as e:
        print('refused')
### layers in a list
# layers in a plain list have no parameters for the optimiser
import torch, torch.nn as nn
class Heads(nn.Module):
    def __init__(self, box):
        super().__init__()
        self.heads = box([nn.Linear(2, 2) for _ in range(3)])
print(len(list(Heads(list).parameters())), len(list(Heads(nn.ModuleList).parameters())))
try:
    torch.optim.Adam(Heads(list).parameters())
except ValueError as e:
    print(e)
class Late(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(1, 1)
try:
    Late()
except AttributeError as e:
    print(e)
print(Heads(nn.ModuleList))
### labels do not fit
# labels whose number is not the matrix's: refused, because a picture with wrong labels misleads
import torch
w = torch.softmax(torch.arange(12.).view(3, 4), -1)
src, tgt = ['the', 'cat', 'sat', '.'], ['le', 'chat', 'assis']
def draw(**kw):
    try:
        qkv.show(w, 'weights', kind='weights', **kw)
    except ValueError:
        print('refused')
draw(rows=src, cols=tgt)
draw(rows=tgt[:2], cols=src)
draw(rows=tgt, cols=src + ['[PAD]'] * 8)
### class weights length
# class weights for fewer classes than the logits have
import torch
import torch.nn.functional as F
for n in (4, 2):
    try:
        print(F.cross_entropy(torch.zeros(2, 4), torch.tensor([3, 1]), weight=torch.ones(n)))
    except RuntimeError as e:
        print(e)
