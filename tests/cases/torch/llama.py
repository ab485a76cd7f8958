### rotary embedding in complex form
import torch
from typing import Tuple

def precompute_freqs_cis(dim: int, end: int, theta: float = 10000.0):
    freqs = 1.0 / (theta ** (torch.arange(0, dim, 2)[: (dim // 2)].float() / dim))
    t = torch.arange(end, device=freqs.device)
    freqs = torch.outer(t, freqs).float()
    freqs_cis = torch.polar(torch.ones_like(freqs), freqs)
    return freqs_cis

def reshape_for_broadcast(freqs_cis: torch.Tensor, x: torch.Tensor):
    ndim = x.ndim
    assert 0 <= 1 < ndim
    assert freqs_cis.shape == (x.shape[1], x.shape[-1])
    shape = [d if i == 1 or i == ndim - 1 else 1 for i, d in enumerate(x.shape)]
    return freqs_cis.view(*shape)

def apply_rotary_emb(xq: torch.Tensor, xk: torch.Tensor, freqs_cis: torch.Tensor) -> Tuple[torch.Tensor, torch.Tensor]:
    xq_ = torch.view_as_complex(xq.float().reshape(*xq.shape[:-1], -1, 2))
    xk_ = torch.view_as_complex(xk.float().reshape(*xk.shape[:-1], -1, 2))
    freqs_cis = reshape_for_broadcast(freqs_cis, xq_)
    xq_out = torch.view_as_real(xq_ * freqs_cis).flatten(3)
    xk_out = torch.view_as_real(xk_ * freqs_cis).flatten(3)
    return xq_out.type_as(xq), xk_out.type_as(xk)

freqs_cis = precompute_freqs_cis(8, 6)
print(freqs_cis.shape, freqs_cis.dtype)
print(freqs_cis[:3])
print(torch.view_as_real(freqs_cis[1]))
torch.manual_seed(0)
xq, xk = torch.randn(1, 6, 2, 8), torch.randn(1, 6, 2, 8)
q, k = apply_rotary_emb(xq, xk, freqs_cis)
print(q[0, 2], q.dtype, q.shape)
print(torch.allclose(q.norm(dim=-1), xq.norm(dim=-1)), torch.equal(q[:, 0], xq[:, 0]))
a, b = torch.randn(8), torch.randn(8)
def rot(v, p): return torch.view_as_real(torch.view_as_complex(v.view(4, 2)) * precompute_freqs_cis(8, 20)[p]).flatten()
print([round(torch.dot(rot(a, m), rot(b, m + 3)).item(), 4) for m in (0, 4, 9)])
print(freqs_cis.abs().max(), freqs_cis.angle()[2], (freqs_cis * freqs_cis.conj()).real[0])
### rotary embedding in real form, rotate_half
import torch
from torch import nn

class RotaryEmbedding(nn.Module):
    def __init__(self, dim, max_position_embeddings=2048, base=10000):
        super().__init__()
        self.dim = dim
        inv_freq = 1.0 / (base ** (torch.arange(0, dim, 2).float() / dim))
        self.register_buffer("inv_freq", inv_freq, persistent=False)
        self._set_cos_sin_cache(seq_len=max_position_embeddings)

    def _set_cos_sin_cache(self, seq_len):
        self.max_seq_len_cached = seq_len
        t = torch.arange(self.max_seq_len_cached).type_as(self.inv_freq)
        freqs = torch.einsum("i,j->ij", t, self.inv_freq)
        emb = torch.cat((freqs, freqs), dim=-1)
        self.register_buffer("cos_cached", emb.cos()[None, None, :, :], persistent=False)
        self.register_buffer("sin_cached", emb.sin()[None, None, :, :], persistent=False)

    def forward(self, x, seq_len=None):
        if seq_len > self.max_seq_len_cached:
            self._set_cos_sin_cache(seq_len=seq_len)
        return (
            self.cos_cached[:, :, :seq_len, ...].to(dtype=x.dtype),
            self.sin_cached[:, :, :seq_len, ...].to(dtype=x.dtype),
        )

def rotate_half(x):
    """Rotates half the hidden dims of the input."""
    x1 = x[..., : x.shape[-1] // 2]
    x2 = x[..., x.shape[-1] // 2:]
    return torch.cat((-x2, x1), dim=-1)

def apply_rotary_pos_emb(q, k, cos, sin, position_ids):
    cos = cos.squeeze(1).squeeze(0)[position_ids].unsqueeze(1)
    sin = sin.squeeze(1).squeeze(0)[position_ids].unsqueeze(1)
    return (q * cos) + (rotate_half(q) * sin), (k * cos) + (rotate_half(k) * sin)

torch.manual_seed(0)
rope = RotaryEmbedding(8, max_position_embeddings=4)
q, k = torch.randn(2, 2, 5, 8), torch.randn(2, 2, 5, 8)
cos, sin = rope(q, seq_len=5)
print(cos.shape, rope.max_seq_len_cached, rope.inv_freq, len(rope.state_dict()))
print(cos[0, 0], sin[0, 0, 1:3])
pos = torch.arange(5).unsqueeze(0).expand(2, -1)
qr, kr = apply_rotary_pos_emb(q, k, cos, sin, pos)
print(qr[1, 0, 3], kr.sum(), rotate_half(torch.arange(8.)))
s = qr @ kr.transpose(-1, -2)
qr2, kr2 = apply_rotary_pos_emb(q, k, *rope(q, seq_len=12), pos + 7)
print(torch.allclose(s, qr2 @ kr2.transpose(-1, -2), atol=1e-5))
### grouped queries: repeat_kv and a llama block
import math
from dataclasses import dataclass
from typing import Optional
import torch
import torch.nn.functional as F
from torch import nn

@dataclass
class ModelArgs:
    dim: int = 16
    n_heads: int = 4
    n_kv_heads: Optional[int] = 2
    multiple_of: int = 8
    norm_eps: float = 1e-5

class RMSNorm(torch.nn.Module):
    def __init__(self, dim: int, eps: float = 1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))
    def _norm(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps)
    def forward(self, x):
        output = self._norm(x.float()).type_as(x)
        return output * self.weight

def repeat_kv(x: torch.Tensor, n_rep: int) -> torch.Tensor:
    """torch.repeat_interleave(x, dim=2, repeats=n_rep)"""
    bs, slen, n_kv_heads, head_dim = x.shape
    if n_rep == 1:
        return x
    return (
        x[:, :, :, None, :]
        .expand(bs, slen, n_kv_heads, n_rep, head_dim)
        .reshape(bs, slen, n_kv_heads * n_rep, head_dim)
    )

class FeedForward(nn.Module):
    def __init__(self, dim: int, hidden_dim: int, multiple_of: int):
        super().__init__()
        hidden_dim = int(2 * hidden_dim / 3)
        hidden_dim = multiple_of * ((hidden_dim + multiple_of - 1) // multiple_of)
        self.w1 = nn.Linear(dim, hidden_dim, bias=False)
        self.w2 = nn.Linear(hidden_dim, dim, bias=False)
        self.w3 = nn.Linear(dim, hidden_dim, bias=False)
    def forward(self, x):
        return self.w2(F.silu(self.w1(x)) * self.w3(x))

class Attention(nn.Module):
    def __init__(self, args: ModelArgs):
        super().__init__()
        self.n_kv_heads = args.n_heads if args.n_kv_heads is None else args.n_kv_heads
        self.n_heads, self.head_dim = args.n_heads, args.dim // args.n_heads
        self.n_rep = self.n_heads // self.n_kv_heads
        self.wq = nn.Linear(args.dim, args.n_heads * self.head_dim, bias=False)
        self.wk = nn.Linear(args.dim, self.n_kv_heads * self.head_dim, bias=False)
        self.wv = nn.Linear(args.dim, self.n_kv_heads * self.head_dim, bias=False)
        self.wo = nn.Linear(args.n_heads * self.head_dim, args.dim, bias=False)
    def forward(self, x, mask: Optional[torch.Tensor]):
        bsz, seqlen, _ = x.shape
        xq = self.wq(x).view(bsz, seqlen, self.n_heads, self.head_dim).transpose(1, 2)
        keys = repeat_kv(self.wk(x).view(bsz, seqlen, self.n_kv_heads, self.head_dim), self.n_rep).transpose(1, 2)
        values = repeat_kv(self.wv(x).view(bsz, seqlen, self.n_kv_heads, self.head_dim), self.n_rep).transpose(1, 2)
        scores = torch.matmul(xq, keys.transpose(2, 3)) / math.sqrt(self.head_dim)
        if mask is not None:
            scores = scores + mask
        scores = F.softmax(scores.float(), dim=-1).type_as(xq)
        return self.wo(torch.matmul(scores, values).transpose(1, 2).contiguous().view(bsz, seqlen, -1))

torch.manual_seed(0)
args = ModelArgs()
attn, ff, n1, n2 = Attention(args), FeedForward(args.dim, 4 * args.dim, args.multiple_of), RMSNorm(args.dim, args.norm_eps), RMSNorm(args.dim, args.norm_eps)
print(args, ff, n1.weight.shape, sep='\n')
x = torch.randn(2, 5, 16)
mask = torch.full((1, 1, 5, 5), float("-inf"))
mask = torch.triu(mask, diagonal=1).type_as(x)
print(mask)
h = x + attn(n1(x), mask)
out = h + ff(n2(h))
print(out[0, :2], out.shape)
r = torch.arange(12.).view(1, 2, 2, 3)
print(torch.equal(repeat_kv(r, 3), torch.repeat_interleave(r, dim=2, repeats=3)), repeat_kv(r, 2)[0, 0])
out.square().mean().backward()
print([(n, p.grad.abs().sum().item() > 0) for n, p in attn.named_parameters()])
### cache buffers written in place, start_pos loops
import math, torch, torch.nn as nn, torch.nn.functional as F
class Attention(nn.Module):
    def __init__(self, dim=12, n_heads=3, max_batch=2, max_seq=8):
        super().__init__()
        self.n, self.hd = n_heads, dim // n_heads
        self.wqkv = nn.Linear(dim, 3 * dim, bias=False)
        self.wo = nn.Linear(dim, dim, bias=False)
        self.cache_k = torch.zeros((max_batch, max_seq, n_heads, self.hd))
        self.cache_v = torch.zeros((max_batch, max_seq, n_heads, self.hd))
    def forward(self, x, start_pos, mask=None):
        bsz, seqlen, _ = x.shape
        xq, xk, xv = [t.view(bsz, seqlen, self.n, self.hd) for t in self.wqkv(x).split(x.size(-1), dim=-1)]
        self.cache_k = self.cache_k.to(xq)
        self.cache_v = self.cache_v.to(xq)
        self.cache_k[:bsz, start_pos: start_pos + seqlen] = xk
        self.cache_v[:bsz, start_pos: start_pos + seqlen] = xv
        keys = self.cache_k[:bsz, : start_pos + seqlen].transpose(1, 2)
        values = self.cache_v[:bsz, : start_pos + seqlen].transpose(1, 2)
        scores = xq.transpose(1, 2) @ keys.transpose(2, 3) / math.sqrt(self.hd)
        if mask is not None:
            scores = scores + mask
        w = F.softmax(scores.float(), dim=-1).type_as(xq)
        return self.wo((w @ values).transpose(1, 2).reshape(bsz, seqlen, -1))

class LM(nn.Module):
    def __init__(self, vocab=10, dim=12):
        super().__init__()
        self.tok = nn.Embedding(vocab, dim)
        self.att = Attention(dim)
        self.out = nn.Linear(dim, vocab, bias=False)
    @torch.inference_mode()
    def forward(self, tokens, start_pos):
        seqlen = tokens.size(1)
        mask = None
        if seqlen > 1:
            mask = torch.full((1, 1, seqlen, seqlen), float("-inf"))
            mask = torch.triu(mask, diagonal=start_pos + 1)
        h = self.tok(tokens)
        h = h + self.att(h, start_pos, mask)
        return self.out(h[:, -1, :]).float()

def sample_top_p(probs, p):
    probs_sort, probs_idx = torch.sort(probs, dim=-1, descending=True)
    probs_sum = torch.cumsum(probs_sort, dim=-1)
    mask = probs_sum - probs_sort > p
    probs_sort[mask] = 0.0
    probs_sort.div_(probs_sort.sum(dim=-1, keepdim=True))
    next_token = torch.multinomial(probs_sort, num_samples=1)
    return torch.gather(probs_idx, -1, next_token)

torch.manual_seed(4)
model = LM()
prompt_tokens = [[1, 2, 3], [4, 5]]
total_len = 8
tokens = torch.full((2, total_len), -1).long()
for k, t in enumerate(prompt_tokens):
    tokens[k, : len(t)] = torch.tensor(t).long()
input_text_mask = tokens != -1
print(tokens, input_text_mask)
prev_pos = 0
for cur_pos in range(min(map(len, prompt_tokens)), total_len):
    logits = model(tokens[:, prev_pos:cur_pos], prev_pos)
    next_token = sample_top_p(torch.softmax(logits / 0.8, dim=-1), 0.9).reshape(-1)
    next_token = torch.where(input_text_mask[:, cur_pos], tokens[:, cur_pos], next_token)
    tokens[:, cur_pos] = next_token
    prev_pos = cur_pos
print(tokens.tolist(), logits.requires_grad)
print(model.att.cache_k[1, :, 0], 'cache_k' in model.state_dict())
### half precision storage in a norm and a softmax
import torch
torch.manual_seed(0)
x = torch.randn(2, 4) * 3
for dt in (torch.float16, torch.bfloat16):
    h = x.to(dt)
    print(h, h.dtype, h.element_size())
    v = h.to(torch.float32).pow(2).mean(-1, keepdim=True)
    print((h * torch.rsqrt(v + 1e-6)).to(dt))
    print(h + h, h * 2, h.sum(), (h == x).sum())
    print(torch.finfo(dt).min, torch.finfo(dt).max, torch.finfo(dt).eps, torch.finfo(dt).bits)
print(x.half().float() - x)
print(x.bfloat16().float() - x)
print(torch.tensor([65504., 65520., 1e-8, 3.14159]).half())
print(torch.tensor([3.14159, 1e38, 1e-40]).bfloat16(), torch.tensor([1.0], dtype=torch.half).item())
print((torch.ones(2, dtype=torch.half) + torch.ones(2)).dtype, (torch.ones(2, dtype=torch.half) * torch.ones(2, dtype=torch.bfloat16)).dtype)
print(torch.ones(2, 2).half().type(), x.half().numpy().dtype if False else x.double().dtype)
### scaled RoPE, NTK bases and interleaving
import torch
def inv_freq(dim, base=10000.0, scale=1.0, ntk=None):
    if ntk is not None:
        base = base * ntk ** (dim / (dim - 2))
    return 1.0 / (scale * base ** (torch.arange(0, dim, 2, dtype=torch.float32) / dim))
for kw in ({}, {'scale': 4.0}, {'ntk': 8.0}, {'base': 500000.0}):
    f = inv_freq(8, **kw)
    print(kw, f, f"{(2 * torch.pi / f).max().item():.1f}")
def rotate_every_two(x):
    x1, x2 = x[..., ::2], x[..., 1::2]
    return torch.stack((-x2, x1), dim=-1).flatten(-2)
def duplicate_interleave(m):
    return m.view(-1, 1).repeat(1, 2).view(m.shape[0], -1)
t = torch.arange(4, dtype=torch.float32)
sincos = torch.einsum('i , j -> i j', t, inv_freq(8))
sin, cos = (duplicate_interleave(u) for u in (sincos.sin(), sincos.cos()))
x = torch.arange(32.).reshape(4, 8) / 10
y = x * cos + rotate_every_two(x) * sin
print(rotate_every_two(x)[0], y, sep='\n')
z = torch.view_as_complex(x.view(4, 4, 2)) * torch.polar(torch.ones(4, 4), sincos)
print(torch.allclose(torch.view_as_real(z).flatten(1), y))
print(sin[2], cos.dtype, z[3])
