### linear attention with an elu feature map
import torch
import torch.nn as nn
import torch.nn.functional as F

def elu_feature_map(x):
    return F.elu(x) + 1

class LinearAttention(nn.Module):
    def __init__(self, eps=1e-6):
        super().__init__()
        self.feature_map = elu_feature_map
        self.eps = eps
    def forward(self, queries, keys, values):
        Q, K = self.feature_map(queries), self.feature_map(keys)
        KV = torch.einsum("nshd,nshm->nhmd", K, values)
        Z = 1 / (torch.einsum("nlhd,nhd->nlh", Q, K.sum(dim=1)) + self.eps)
        return torch.einsum("nlhd,nhmd,nlh->nlhm", Q, KV, Z).contiguous()

torch.manual_seed(0)
q, k, v = (torch.randn(2, 6, 2, 4) for _ in range(3))
out = LinearAttention()(q, k, v)
print(out.shape, out[0, 0])
w = torch.einsum("nlhd,nshd->nhls", elu_feature_map(q), elu_feature_map(k))
w = w / w.sum(-1, keepdim=True)
ref = torch.einsum("nhls,nshm->nlhm", w, v)
print(torch.allclose(out, ref, atol=1e-5), w[0, 0, 0])
S = torch.cumsum(torch.einsum("nshd,nshm->nshdm", elu_feature_map(k), v), dim=1)
z = torch.cumsum(elu_feature_map(k), dim=1)
causal = torch.einsum("nlhd,nlhdm->nlhm", elu_feature_map(q), S) / torch.einsum("nlhd,nlhd->nlh", elu_feature_map(q), z).unsqueeze(-1)
print(causal[1, 5], torch.allclose(causal[:, -1], out[:, -1], atol=1e-5))
### Linformer: keys and values projected along the sequence
import math, torch
from torch import nn
class LinformerSelfAttention(nn.Module):
    def __init__(self, dim, seq_len, k=4, heads=2, dropout=0.):
        super().__init__()
        assert (dim % heads) == 0, 'dimension must be divisible by the number of heads'
        self.seq_len, self.k, self.heads, self.dim_head = seq_len, k, heads, dim // heads
        self.to_q = nn.Linear(dim, dim, bias=False)
        self.to_k = nn.Linear(dim, dim, bias=False)
        self.to_v = nn.Linear(dim, dim, bias=False)
        self.proj_k = nn.Parameter(self.init_(torch.zeros(seq_len, k)))
        self.proj_v = nn.Parameter(self.init_(torch.zeros(seq_len, k)))
        self.to_out = nn.Linear(dim, dim)
    @staticmethod
    def init_(tensor):
        std = 1 / math.sqrt(tensor.shape[-1])
        tensor.uniform_(-std, std)
        return tensor
    def forward(self, x):
        b, n, d, h, k = *x.shape, self.heads, self.k
        assert n <= self.seq_len, f'the sequence length must be at most {self.seq_len}, but {n} were given'
        queries = self.to_q(x).reshape(b, n, h, -1).transpose(1, 2)
        proj_seq_len = lambda args: torch.einsum('bnd,nk->bkd', *args)
        keys, values = map(proj_seq_len, zip((self.to_k(x), self.to_v(x)), (self.proj_k[:n], self.proj_v[:n])))
        merge_key_values = lambda t: t.reshape(b, k, -1, self.dim_head).transpose(1, 2).expand(-1, h, -1, -1)
        keys, values = map(merge_key_values, (keys, values))
        dots = torch.einsum('bhnd,bhkd->bhnk', queries, keys) * (self.dim_head ** -0.5)
        attn = dots.softmax(dim=-1)
        out = torch.einsum('bhnk,bhkd->bhnd', attn, values)
        return self.to_out(out.transpose(1, 2).reshape(b, n, -1)), attn
torch.manual_seed(0)
m = LinformerSelfAttention(8, seq_len=10)
y, attn = m(torch.randn(2, 7, 8))
print(y.shape, attn.shape, attn[0, 1])
print(y[1, 2], [tuple(p.shape) for p in m.parameters()])
try:
    m(torch.randn(1, 11, 8))
except AssertionError as e:
    print('AssertionError:', e)
### ALiBi slopes and biases
import math, torch
def get_slopes(n):
    def get_slopes_power_of_2(n):
        start = (2 ** (-2 ** -(math.log2(n) - 3)))
        ratio = start
        return [start * ratio ** i for i in range(n)]
    if math.log2(n).is_integer():
        return get_slopes_power_of_2(n)
    closest_power_of_2 = 2 ** math.floor(math.log2(n))
    return get_slopes_power_of_2(closest_power_of_2) + get_slopes(2 * closest_power_of_2)[0::2][:n - closest_power_of_2]
for heads in (1, 2, 4, 6, 8):
    print(heads, [round(s, 6) for s in get_slopes(heads)])
n, heads = 5, 4
slopes = torch.Tensor(get_slopes(heads))
context_position = torch.arange(n)[:, None]
memory_position = torch.arange(n)[None, :]
relative_position = torch.abs(memory_position - context_position)
alibi = slopes.unsqueeze(1).unsqueeze(1) * -1 * relative_position.unsqueeze(0).expand(heads, -1, -1)
print(alibi.shape, alibi[0], alibi[3])
torch.manual_seed(0)
q, k = torch.randn(heads, n, 8), torch.randn(heads, n, 8)
mask = torch.triu(torch.full((n, n), float('-inf')), 1)
w = torch.softmax(q @ k.transpose(1, 2) / 8 ** 0.5 + alibi + mask, dim=-1)
print(w[0], w[3], sep='\n')
print(torch.arange(1 - n, 1).view(1, 1, n) * slopes.view(-1, 1, 1))
### sliding window, dilated and global masks
import torch
def window_mask(n, w, dilation=1):
    i = torch.arange(n)
    d = i[:, None] - i[None, :]
    return (d >= 0) & (d < w * dilation) & (d % dilation == 0)
print(window_mask(6, 3).int())
print(window_mask(6, 2, dilation=2))
band = torch.ones(5, 5).tril().triu(-1)
print(band, band.sum(), torch.equal(band.bool(), window_mask(5, 2)))
glob = window_mask(7, 2) | (torch.arange(7) == 0)[None, :]
glob[0] = True
print(glob.long(), glob.sum(1).tolist(), f"{glob.float().mean():.1%} of all pairs")
x = torch.arange(10.).view(1, 10, 1)
chunks = x.unfold(1, 4, 2)
print(chunks.shape, chunks[0, :, 0])
padded = torch.nn.functional.pad(x, (0, 0, 3, 0), value=-1.)
print(padded.unfold(1, 4, 1).squeeze())
rows, cols = glob.nonzero(as_tuple=True)
print(rows[:6], cols[:6])
block = torch.kron(torch.eye(3), torch.ones(2, 2)) if hasattr(torch, 'kron') else None
print(block)
### online softmax and attention in tiles
import torch, math
def flash(q, k, v, block=3):
    n, d = q.shape
    out = torch.zeros(n, v.shape[1])
    m = torch.full((n, 1), -math.inf)
    l = torch.zeros(n, 1)
    for j in range(0, k.shape[0], block):
        kj, vj = k[j:j + block], v[j:j + block]
        s = q @ kj.T / math.sqrt(d)
        m_new = torch.maximum(m, s.max(dim=-1, keepdim=True).values)
        p = torch.exp(s - m_new)
        scale = torch.exp(m - m_new)
        l = scale * l + p.sum(-1, keepdim=True)
        out = scale * out + p @ vj
        m = m_new
    return out / l, (m + l.log()).squeeze(-1)
torch.manual_seed(0)
q, k, v = torch.randn(4, 8), torch.randn(10, 8), torch.randn(10, 8)
o, lse = flash(q, k, v)
s = q @ k.T / math.sqrt(8)
print(o)
print(lse, torch.logsumexp(s, -1))
print(torch.allclose(o, s.softmax(-1) @ v, atol=1e-6), torch.allclose(lse, s.logsumexp(-1)))
big = torch.tensor([1000., 999., -1000.])
print(torch.exp(big) / torch.exp(big).sum(), torch.softmax(big, 0), torch.log_softmax(big, 0))
run_max, run_sum = -math.inf, 0.0
for x in big.tolist():
    new = max(run_max, x)
    run_sum = run_sum * math.exp(run_max - new) + math.exp(x - new)
    run_max = new
print(run_max, f"{run_sum:.6f}")
### T5 relative position buckets
import math, torch, torch.nn as nn
def relative_position_bucket(relative_position, bidirectional=True, num_buckets=32, max_distance=128):
    relative_buckets = 0
    if bidirectional:
        num_buckets //= 2
        relative_buckets += (relative_position > 0).to(torch.long) * num_buckets
        relative_position = torch.abs(relative_position)
    else:
        relative_position = -torch.min(relative_position, torch.zeros_like(relative_position))
    max_exact = num_buckets // 2
    is_small = relative_position < max_exact
    relative_position_if_large = max_exact + (
        torch.log(relative_position.float() / max_exact) / math.log(max_distance / max_exact) * (num_buckets - max_exact)
    ).to(torch.long)
    relative_position_if_large = torch.min(relative_position_if_large, torch.full_like(relative_position_if_large, num_buckets - 1))
    relative_buckets += torch.where(is_small, relative_position, relative_position_if_large)
    return relative_buckets
ctx = torch.arange(6, dtype=torch.long)[:, None]
mem = torch.arange(6, dtype=torch.long)[None, :]
print(relative_position_bucket(mem - ctx, num_buckets=8, max_distance=16))
print(relative_position_bucket(mem - ctx, bidirectional=False, num_buckets=6, max_distance=10))
torch.manual_seed(0)
emb = nn.Embedding(8, 2)
values = emb(relative_position_bucket(mem - ctx, num_buckets=8, max_distance=16))
bias = values.permute([2, 0, 1]).unsqueeze(0)
print(bias.shape, bias[0, 0])
### Transformer-XL's relative shift and Shaw's clipped embeddings
import torch, torch.nn as nn
def _rel_shift(x):
    zero_pad = torch.zeros((*x.size()[:2], x.size(2), 1))
    x_padded = torch.cat([zero_pad, x], dim=-1)
    x_padded = x_padded.view(*x.size()[:2], x.size(3) + 1, x.size(2))
    return x_padded[:, :, 1:].view_as(x)
x = torch.arange(12.).view(1, 1, 3, 4)
print(_rel_shift(x))
class RelativePosition(nn.Module):
    def __init__(self, num_units, max_relative_position):
        super().__init__()
        self.max_relative_position = max_relative_position
        self.embeddings_table = nn.Parameter(torch.Tensor(max_relative_position * 2 + 1, num_units))
        nn.init.xavier_uniform_(self.embeddings_table)
    def forward(self, length_q, length_k):
        range_vec_q, range_vec_k = torch.arange(length_q), torch.arange(length_k)
        distance_mat = range_vec_k[None, :] - range_vec_q[:, None]
        distance_mat_clipped = torch.clamp(distance_mat, -self.max_relative_position, self.max_relative_position)
        final_mat = (distance_mat_clipped + self.max_relative_position).long()
        return self.embeddings_table[final_mat]
torch.manual_seed(0)
rp = RelativePosition(4, 2)
a = rp(3, 5)
print(a.shape, a[0], sep='\n')
q = torch.randn(2, 3, 4)
print(torch.matmul(q.unsqueeze(2), a.transpose(1, 2)).squeeze(2))
a.sum().backward()
print(rp.embeddings_table.grad[:, 0])
### mixture of heads: top-2 routing and a load balance loss
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
tokens, d, experts = 8, 6, 4
x = torch.randn(tokens, d)
gate = nn.Linear(d, experts, bias=False)
ffn = nn.ModuleList([nn.Sequential(nn.Linear(d, 8), nn.SiLU(), nn.Linear(8, d)) for _ in range(experts)])
logits = gate(x)
weights, selected = torch.topk(logits.softmax(dim=1), 2)
weights = weights / weights.sum(dim=-1, keepdim=True)
print(selected, weights, sep='\n')
out = torch.zeros_like(x)
for i, expert in enumerate(ffn):
    batch_idx, nth = torch.where(selected == i)
    print(i, batch_idx.tolist(), nth.tolist())
    out[batch_idx] += weights[batch_idx, nth, None] * expert(x[batch_idx])
print(out[:2])
mask = F.one_hot(selected, experts).sum(1).float()
aux = experts * (mask.mean(0) * logits.softmax(1).mean(0)).sum()
print(mask.sum(0), aux.item())
(out.pow(2).mean() + 0.01 * aux).backward()
print(gate.weight.grad.norm(), [f"{e[0].weight.grad.norm():.4f}" if e[0].weight.grad is not None else None for e in ffn])
