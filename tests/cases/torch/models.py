### attention in five lines
import torch
torch.manual_seed(0)
n, d = 6, 8
x = torch.randn(n, d); Wq, Wk, Wv = (torch.randn(d, d) for _ in range(3))
q, k, v = x @ Wq, x @ Wk, x @ Wv
scores = q @ k.T / d ** 0.5
weights = torch.softmax(scores, dim=-1)
print(weights, weights.sum(-1), torch.allclose(weights.sum(-1), torch.ones(n))); print(weights @ v)
### notebook chapter, cell by cell
import torch
inputs = torch.tensor([[0.43, 0.15, 0.89], [0.55, 0.87, 0.66], [0.57, 0.85, 0.64], [0.22, 0.58, 0.33], [0.77, 0.25, 0.10], [0.05, 0.80, 0.55]])
query = inputs[1]; attn_scores_2 = torch.empty(inputs.shape[0])
for i, x_i in enumerate(inputs): attn_scores_2[i] = torch.dot(x_i, query)
print(attn_scores_2); w = torch.softmax(attn_scores_2, dim=0); print('Attention weights:', w); print('Sum:', w.sum())
context = torch.zeros(query.shape)
for i, x_i in enumerate(inputs): context += w[i] * x_i
print(context); all_w = torch.softmax(inputs @ inputs.T, dim=-1); print(all_w); print(all_w @ inputs)
torch.manual_seed(123); W_query = torch.nn.Parameter(torch.rand(3, 2), requires_grad=False); print(W_query, inputs[1] @ W_query)
class SelfAttention_v2(torch.nn.Module):
    def __init__(self, d_in, d_out, qkv_bias=False):
        super().__init__()
        self.W_query = torch.nn.Linear(d_in, d_out, bias=qkv_bias); self.W_key = torch.nn.Linear(d_in, d_out, bias=qkv_bias); self.W_value = torch.nn.Linear(d_in, d_out, bias=qkv_bias)
    def forward(self, x):
        keys = self.W_key(x); queries = self.W_query(x); values = self.W_value(x)
        attn_weights = torch.softmax(queries @ keys.T / keys.shape[-1] ** 0.5, dim=-1)
        return attn_weights @ values
torch.manual_seed(789); sa = SelfAttention_v2(3, 2); print(sa(inputs)); print(sa)
mask_simple = torch.tril(torch.ones(6, 6)); print(mask_simple); m = torch.triu(torch.ones(6, 6), diagonal=1); masked = (inputs @ inputs.T).masked_fill(m.bool(), -torch.inf); print(masked); print(torch.softmax(masked / 2 ** 0.5, dim=1))
torch.manual_seed(123); dropout = torch.nn.Dropout(0.5); print(dropout(torch.ones(6, 6)))
### causal self-attention with fused qkv
import math, torch, torch.nn as nn
from torch.nn import functional as F
from dataclasses import dataclass
@dataclass
class Config:
    block_size: int = 8
    vocab_size: int = 17
    n_layer: int = 2
    n_head: int = 2
    n_embd: int = 16
    dropout: float = 0.0
    bias: bool = True
class CausalSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        assert config.n_embd % config.n_head == 0
        self.c_attn = nn.Linear(config.n_embd, 3 * config.n_embd, bias=config.bias)
        self.c_proj = nn.Linear(config.n_embd, config.n_embd, bias=config.bias)
        self.attn_dropout = nn.Dropout(config.dropout); self.resid_dropout = nn.Dropout(config.dropout)
        self.n_head = config.n_head; self.n_embd = config.n_embd
        self.register_buffer("bias", torch.tril(torch.ones(config.block_size, config.block_size)).view(1, 1, config.block_size, config.block_size))
    def forward(self, x):
        B, T, C = x.size()
        q, k, v = self.c_attn(x).split(self.n_embd, dim=2)
        k = k.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        q = q.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        v = v.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
        att = att.masked_fill(self.bias[:, :, :T, :T] == 0, float('-inf'))
        att = F.softmax(att, dim=-1); att = self.attn_dropout(att)
        y = att @ v
        y = y.transpose(1, 2).contiguous().view(B, T, C)
        return self.resid_dropout(self.c_proj(y))
class MLP(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.c_fc = nn.Linear(config.n_embd, 4 * config.n_embd); self.gelu = nn.GELU(); self.c_proj = nn.Linear(4 * config.n_embd, config.n_embd); self.dropout = nn.Dropout(config.dropout)
    def forward(self, x): return self.dropout(self.c_proj(self.gelu(self.c_fc(x))))
class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.ln_1 = nn.LayerNorm(config.n_embd); self.attn = CausalSelfAttention(config); self.ln_2 = nn.LayerNorm(config.n_embd); self.mlp = MLP(config)
    def forward(self, x):
        x = x + self.attn(self.ln_1(x)); x = x + self.mlp(self.ln_2(x))
        return x
class GPT(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.transformer = nn.ModuleDict(dict(wte=nn.Embedding(config.vocab_size, config.n_embd), wpe=nn.Embedding(config.block_size, config.n_embd), drop=nn.Dropout(config.dropout), h=nn.ModuleList([Block(config) for _ in range(config.n_layer)]), ln_f=nn.LayerNorm(config.n_embd)))
        self.lm_head = nn.Linear(config.n_embd, config.vocab_size, bias=False)
        self.transformer.wte.weight = self.lm_head.weight
        self.apply(self._init_weights)
        for pn, p in self.named_parameters():
            if pn.endswith('c_proj.weight'): torch.nn.init.normal_(p, mean=0.0, std=0.02 / math.sqrt(2 * config.n_layer))
        print("number of parameters: %.4fM" % (self.get_num_params() / 1e6,))
    def get_num_params(self, non_embedding=True):
        n_params = sum(p.numel() for p in self.parameters())
        if non_embedding: n_params -= self.transformer.wpe.weight.numel()
        return n_params
    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            torch.nn.init.normal_(module.weight, mean=0.0, std=0.02)
            if module.bias is not None: torch.nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding): torch.nn.init.normal_(module.weight, mean=0.0, std=0.02)
    def forward(self, idx, targets=None):
        device = idx.device
        b, t = idx.size()
        assert t <= self.config.block_size, f"Cannot forward sequence of length {t}"
        pos = torch.arange(0, t, dtype=torch.long, device=device).unsqueeze(0)
        x = self.transformer.drop(self.transformer.wte(idx) + self.transformer.wpe(pos))
        for block in self.transformer.h: x = block(x)
        x = self.transformer.ln_f(x)
        if targets is not None:
            logits = self.lm_head(x); loss = F.cross_entropy(logits.view(-1, logits.size(-1)), targets.view(-1), ignore_index=-1)
        else: logits = self.lm_head(x[:, [-1], :]); loss = None
        return logits, loss
    def configure_optimizers(self, weight_decay, learning_rate, betas):
        param_dict = {pn: p for pn, p in self.named_parameters() if p.requires_grad}
        decay = [p for n, p in param_dict.items() if p.dim() >= 2]; nodecay = [p for n, p in param_dict.items() if p.dim() < 2]
        print(len(decay), sum(p.numel() for p in decay), len(nodecay), sum(p.numel() for p in nodecay))
        return torch.optim.AdamW([{'params': decay, 'weight_decay': weight_decay}, {'params': nodecay, 'weight_decay': 0.0}], lr=learning_rate, betas=betas)
    @torch.no_grad()
    def generate(self, idx, max_new_tokens, temperature=1.0, top_k=None):
        for _ in range(max_new_tokens):
            idx_cond = idx if idx.size(1) <= self.config.block_size else idx[:, -self.config.block_size:]
            logits, _ = self(idx_cond)
            logits = logits[:, -1, :] / temperature
            if top_k is not None:
                v, _ = torch.topk(logits, min(top_k, logits.size(-1)))
                logits[logits < v[:, [-1]]] = -float('Inf')
            probs = F.softmax(logits, dim=-1)
            idx_next = torch.multinomial(probs, num_samples=1)
            idx = torch.cat((idx, idx_next), dim=1)
        return idx
torch.manual_seed(1337); model = GPT(Config()); print(model)
data = torch.randint(0, 17, (64,)); opt = model.configure_optimizers(0.1, 1e-2, (0.9, 0.95))
for it in range(8):
    ix = torch.randint(len(data) - 8, (4,)); xb = torch.stack([data[i:i + 8] for i in ix]); yb = torch.stack([data[i + 1:i + 9] for i in ix])
    logits, loss = model(xb, yb); opt.zero_grad(set_to_none=True); loss.backward(); torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); opt.step()
    if it % 2 == 0: print(f"iter {it}: loss {loss.item():.4f}")
model.eval(); print(model.generate(torch.zeros(1, 1, dtype=torch.long), 10, temperature=0.8, top_k=5).tolist())
### annotated transformer
import torch, torch.nn as nn, math, copy
import torch.nn.functional as F
from torch.autograd import Variable
def clones(module, N): return nn.ModuleList([copy.deepcopy(module) for _ in range(N)])
def subsequent_mask(size):
    attn_shape = (1, size, size)
    return torch.triu(torch.ones(attn_shape), diagonal=1).type(torch.uint8) == 0
def attention(query, key, value, mask=None, dropout=None):
    d_k = query.size(-1)
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(d_k)
    if mask is not None: scores = scores.masked_fill(mask == 0, -1e9)
    p_attn = scores.softmax(dim=-1)
    if dropout is not None: p_attn = dropout(p_attn)
    return torch.matmul(p_attn, value), p_attn
class MultiHeadedAttention(nn.Module):
    def __init__(self, h, d_model, dropout=0.1):
        super(MultiHeadedAttention, self).__init__()
        assert d_model % h == 0
        self.d_k = d_model // h; self.h = h
        self.linears = clones(nn.Linear(d_model, d_model), 4)
        self.attn = None; self.dropout = nn.Dropout(p=dropout)
    def forward(self, query, key, value, mask=None):
        if mask is not None: mask = mask.unsqueeze(1)
        nbatches = query.size(0)
        query, key, value = [lin(x).view(nbatches, -1, self.h, self.d_k).transpose(1, 2) for lin, x in zip(self.linears, (query, key, value))]
        x, self.attn = attention(query, key, value, mask=mask, dropout=self.dropout)
        x = x.transpose(1, 2).contiguous().view(nbatches, -1, self.h * self.d_k)
        del query; del key; del value
        return self.linears[-1](x)
class PositionwiseFeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.1):
        super().__init__(); self.w_1 = nn.Linear(d_model, d_ff); self.w_2 = nn.Linear(d_ff, d_model); self.dropout = nn.Dropout(dropout)
    def forward(self, x): return self.w_2(self.dropout(self.w_1(x).relu()))
class LayerNorm(nn.Module):
    def __init__(self, features, eps=1e-6):
        super().__init__(); self.a_2 = nn.Parameter(torch.ones(features)); self.b_2 = nn.Parameter(torch.zeros(features)); self.eps = eps
    def forward(self, x):
        mean = x.mean(-1, keepdim=True); std = x.std(-1, keepdim=True)
        return self.a_2 * (x - mean) / (std + self.eps) + self.b_2
class SublayerConnection(nn.Module):
    def __init__(self, size, dropout):
        super().__init__(); self.norm = LayerNorm(size); self.dropout = nn.Dropout(dropout)
    def forward(self, x, sublayer): return x + self.dropout(sublayer(self.norm(x)))
class EncoderLayer(nn.Module):
    def __init__(self, size, self_attn, feed_forward, dropout):
        super().__init__(); self.self_attn = self_attn; self.feed_forward = feed_forward; self.sublayer = clones(SublayerConnection(size, dropout), 2); self.size = size
    def forward(self, x, mask):
        x = self.sublayer[0](x, lambda x: self.self_attn(x, x, x, mask))
        return self.sublayer[1](x, self.feed_forward)
class Encoder(nn.Module):
    def __init__(self, layer, N):
        super().__init__(); self.layers = clones(layer, N); self.norm = LayerNorm(layer.size)
    def forward(self, x, mask):
        for layer in self.layers: x = layer(x, mask)
        return self.norm(x)
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, dropout, max_len=50):
        super().__init__(); self.dropout = nn.Dropout(p=dropout)
        pe = torch.zeros(max_len, d_model); position = torch.arange(0, max_len).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2) * -(math.log(10000.0) / d_model))
        pe[:, 0::2] = torch.sin(position * div_term); pe[:, 1::2] = torch.cos(position * div_term)
        self.register_buffer("pe", pe.unsqueeze(0))
    def forward(self, x): return self.dropout(x + self.pe[:, :x.size(1)].requires_grad_(False))
torch.manual_seed(0); c = copy.deepcopy; attn = MultiHeadedAttention(2, 8); ff = PositionwiseFeedForward(8, 16); enc = Encoder(EncoderLayer(8, c(attn), c(ff), 0.1), 2)
for p in enc.parameters():
    if p.dim() > 1: nn.init.xavier_uniform_(p)
pe = PositionalEncoding(8, 0.0); src = nn.Embedding(11, 8); ids = torch.tensor([[1, 2, 3, 4, 0]]); mask = (ids != 0).unsqueeze(-2)
enc.eval(); out = enc(pe(src(ids) * math.sqrt(8)), mask); print(out); print(enc.layers[0].self_attn.attn.shape, subsequent_mask(4)); print(sum(p.numel() for p in enc.parameters()))
enc.train(); print(enc(pe(src(ids)), mask & subsequent_mask(5)).mean().item() < 1)
class LabelSmoothing(nn.Module):
    def __init__(self, size, padding_idx, smoothing=0.0):
        super().__init__(); self.criterion = nn.KLDivLoss(reduction="sum"); self.padding_idx = padding_idx; self.confidence = 1.0 - smoothing; self.smoothing = smoothing; self.size = size; self.true_dist = None
    def forward(self, x, target):
        assert x.size(1) == self.size
        true_dist = x.data.clone(); true_dist.fill_(self.smoothing / (self.size - 2))
        true_dist.scatter_(1, target.data.unsqueeze(1), self.confidence); true_dist[:, self.padding_idx] = 0
        mask = torch.nonzero(target.data == self.padding_idx)
        if mask.dim() > 0: true_dist.index_fill_(0, mask.squeeze(), 0.0)
        self.true_dist = true_dist
        return self.criterion(x, true_dist.clone().detach())
crit = LabelSmoothing(5, 0, 0.4); predict = torch.FloatTensor([[0, 0.2, 0.7, 0.1, 0], [0, 0.2, 0.7, 0.1, 0], [0, 0.2, 0.7, 0.1, 0]]); print(crit(x=(predict + 1e-9).log(), target=torch.LongTensor([2, 1, 0]))); print(crit.true_dist)
### bert self-attention
import torch, math
from torch import nn
class BertSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.num_attention_heads = config['num_attention_heads']; self.attention_head_size = int(config['hidden_size'] / self.num_attention_heads); self.all_head_size = self.num_attention_heads * self.attention_head_size
        self.query = nn.Linear(config['hidden_size'], self.all_head_size); self.key = nn.Linear(config['hidden_size'], self.all_head_size); self.value = nn.Linear(config['hidden_size'], self.all_head_size); self.dropout = nn.Dropout(config['p'])
    def transpose_for_scores(self, x: torch.Tensor) -> torch.Tensor:
        new_x_shape = x.size()[:-1] + (self.num_attention_heads, self.attention_head_size)
        x = x.view(new_x_shape)
        return x.permute(0, 2, 1, 3)
    def forward(self, hidden_states, attention_mask=None, output_attentions=False):
        mixed_query_layer = self.query(hidden_states)
        key_layer = self.transpose_for_scores(self.key(hidden_states)); value_layer = self.transpose_for_scores(self.value(hidden_states)); query_layer = self.transpose_for_scores(mixed_query_layer)
        attention_scores = torch.matmul(query_layer, key_layer.transpose(-1, -2)) / math.sqrt(self.attention_head_size)
        if attention_mask is not None: attention_scores = attention_scores + attention_mask
        attention_probs = nn.functional.softmax(attention_scores, dim=-1); attention_probs = self.dropout(attention_probs)
        context_layer = torch.matmul(attention_probs, value_layer).permute(0, 2, 1, 3).contiguous()
        context_layer = context_layer.view(*(context_layer.size()[:-2] + (self.all_head_size,)))
        return (context_layer, attention_probs) if output_attentions else (context_layer,)
torch.manual_seed(3); b = BertSelfAttention({'num_attention_heads': 2, 'hidden_size': 8, 'p': 0.0}); x = torch.randn(2, 3, 8)
mask = torch.tensor([[1, 1, 1], [1, 1, 0]]); ext = (1.0 - mask[:, None, None, :].to(dtype=torch.float32)) * torch.finfo(torch.float32).min; ctx, probs = b(x, ext, True); print(ctx); print(probs[1])
### llama attention, complex rope, repeat_kv
import torch, torch.nn as nn, torch.nn.functional as F, math
from typing import Optional, Tuple
class RMSNorm(torch.nn.Module):
    def __init__(self, dim: int, eps: float = 1e-6):
        super().__init__(); self.eps = eps; self.weight = nn.Parameter(torch.ones(dim))
    def _norm(self, x): return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps)
    def forward(self, x): return self._norm(x.float()).type_as(x) * self.weight
def precompute_freqs_cis(dim: int, end: int, theta: float = 10000.0):
    freqs = 1.0 / (theta ** (torch.arange(0, dim, 2)[: (dim // 2)].float() / dim))
    t = torch.arange(end, device=freqs.device)
    freqs = torch.outer(t, freqs).float()
    return torch.polar(torch.ones_like(freqs), freqs)
def reshape_for_broadcast(freqs_cis: torch.Tensor, x: torch.Tensor):
    ndim = x.ndim
    assert 0 <= 1 < ndim
    assert freqs_cis.shape == (x.shape[1], x.shape[-1])
    shape = [d if i == 1 or i == ndim - 1 else 1 for i, d in enumerate(x.shape)]
    return freqs_cis.view(*shape)
def apply_rotary_emb(xq, xk, freqs_cis) -> Tuple[torch.Tensor, torch.Tensor]:
    xq_ = torch.view_as_complex(xq.float().reshape(*xq.shape[:-1], -1, 2)); xk_ = torch.view_as_complex(xk.float().reshape(*xk.shape[:-1], -1, 2))
    freqs_cis = reshape_for_broadcast(freqs_cis, xq_)
    xq_out = torch.view_as_real(xq_ * freqs_cis).flatten(3); xk_out = torch.view_as_real(xk_ * freqs_cis).flatten(3)
    return xq_out.type_as(xq), xk_out.type_as(xk)
def repeat_kv(x: torch.Tensor, n_rep: int) -> torch.Tensor:
    bs, slen, n_kv_heads, head_dim = x.shape
    if n_rep == 1: return x
    return x[:, :, :, None, :].expand(bs, slen, n_kv_heads, n_rep, head_dim).reshape(bs, slen, n_kv_heads * n_rep, head_dim)
class Attention(nn.Module):
    def __init__(self, dim=16, n_heads=4, n_kv_heads=2):
        super().__init__()
        self.n_local_heads, self.n_kv_heads, self.n_rep, self.head_dim = n_heads, n_kv_heads, n_heads // n_kv_heads, dim // n_heads
        self.wq = nn.Linear(dim, n_heads * self.head_dim, bias=False); self.wk = nn.Linear(dim, n_kv_heads * self.head_dim, bias=False); self.wv = nn.Linear(dim, n_kv_heads * self.head_dim, bias=False); self.wo = nn.Linear(n_heads * self.head_dim, dim, bias=False)
        self.cache_k = torch.zeros(1, 8, n_kv_heads, self.head_dim); self.cache_v = torch.zeros(1, 8, n_kv_heads, self.head_dim)
    def forward(self, x, start_pos: int, freqs_cis, mask: Optional[torch.Tensor]):
        bsz, seqlen, _ = x.shape
        xq, xk, xv = self.wq(x), self.wk(x), self.wv(x)
        xq = xq.view(bsz, seqlen, self.n_local_heads, self.head_dim); xk = xk.view(bsz, seqlen, self.n_kv_heads, self.head_dim); xv = xv.view(bsz, seqlen, self.n_kv_heads, self.head_dim)
        xq, xk = apply_rotary_emb(xq, xk, freqs_cis=freqs_cis)
        self.cache_k[:bsz, start_pos: start_pos + seqlen] = xk; self.cache_v[:bsz, start_pos: start_pos + seqlen] = xv
        keys = repeat_kv(self.cache_k[:bsz, : start_pos + seqlen], self.n_rep); values = repeat_kv(self.cache_v[:bsz, : start_pos + seqlen], self.n_rep)
        xq = xq.transpose(1, 2); keys = keys.transpose(1, 2); values = values.transpose(1, 2)
        scores = torch.matmul(xq, keys.transpose(2, 3)) / math.sqrt(self.head_dim)
        if mask is not None: scores = scores + mask
        scores = F.softmax(scores.float(), dim=-1).type_as(xq)
        return self.wo(torch.matmul(scores, values).transpose(1, 2).contiguous().view(bsz, seqlen, -1))
torch.manual_seed(0); f = precompute_freqs_cis(4, 8); print(f[:3]); norm = RMSNorm(16); att = Attention(); x = torch.randn(1, 5, 16)
with torch.inference_mode():
    mask = torch.full((5, 5), float("-inf")); mask = torch.triu(mask, diagonal=1); full = att(norm(x), 0, f[:5], mask); print(full)
    att.cache_k.zero_(); steps = [att(norm(x[:, t:t + 1]), t, f[t:t + 1], None) for t in range(5)]; print(torch.allclose(torch.cat(steps, 1), full, atol=1e-6))
### rope, rotate_half form
import torch
def rotate_half(x):
    x1 = x[..., : x.shape[-1] // 2]; x2 = x[..., x.shape[-1] // 2:]
    return torch.cat((-x2, x1), dim=-1)
def apply_rotary_pos_emb(q, k, cos, sin, unsqueeze_dim=1):
    cos = cos.unsqueeze(unsqueeze_dim); sin = sin.unsqueeze(unsqueeze_dim)
    return (q * cos) + (rotate_half(q) * sin), (k * cos) + (rotate_half(k) * sin)
dim = 4; inv_freq = 1.0 / (10000 ** (torch.arange(0, dim, 2, dtype=torch.int64).float() / dim)); pos = torch.arange(3)[None]
freqs = (inv_freq[None, :, None].float().expand(1, -1, 1) @ pos[:, None, :].float()).transpose(1, 2); emb = torch.cat((freqs, freqs), dim=-1); cos, sin = emb.cos(), emb.sin()
q = torch.ones(1, 2, 3, 4); q_embed, k_embed = apply_rotary_pos_emb(q, q, cos, sin); print(cos, sin); print(q_embed[0, 0]); print((q_embed[0, 0] @ k_embed[0, 0].T))
### bahdanau and luong attention over a gru
import torch, torch.nn as nn, torch.nn.functional as F
class BahdanauAttention(nn.Module):
    def __init__(self, hidden_size):
        super(BahdanauAttention, self).__init__()
        self.Wa = nn.Linear(hidden_size, hidden_size); self.Ua = nn.Linear(hidden_size, hidden_size); self.Va = nn.Linear(hidden_size, 1)
    def forward(self, query, keys):
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys)))
        scores = scores.squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, keys)
        return context, weights
class Luong(nn.Module):
    def __init__(self, method, hidden_size):
        super().__init__(); self.method = method
        if self.method not in ['dot', 'general', 'concat']: raise ValueError(self.method, "is not an appropriate attention method.")
        if method == 'general': self.attn = nn.Linear(hidden_size, hidden_size)
        elif method == 'concat': self.attn = nn.Linear(hidden_size * 2, hidden_size); self.v = nn.Parameter(torch.zeros(hidden_size).uniform_(-1, 1))
    def score(self, hidden, enc):
        if self.method == 'dot': return torch.sum(hidden * enc, dim=2)
        if self.method == 'general': return torch.sum(hidden * self.attn(enc), dim=2)
        energy = self.attn(torch.cat((hidden.expand(enc.size(0), -1, -1), enc), 2)).tanh(); return torch.sum(self.v * energy, dim=2)
    def forward(self, hidden, enc): return F.softmax(self.score(hidden, enc).t(), dim=1).unsqueeze(1)
class AttnDecoder(nn.Module):
    def __init__(self, hidden, vocab, p=0.0):
        super().__init__(); self.embedding = nn.Embedding(vocab, hidden); self.attention = BahdanauAttention(hidden); self.gru = nn.GRU(2 * hidden, hidden, batch_first=True); self.out = nn.Linear(hidden, vocab); self.dropout = nn.Dropout(p)
    def forward(self, encoder_outputs, encoder_hidden, steps=3):
        inp = torch.empty(encoder_outputs.size(0), 1, dtype=torch.long).fill_(0); h = encoder_hidden; outs, atts = [], []
        for i in range(steps):
            e = self.dropout(self.embedding(inp)); query = h.permute(1, 0, 2); context, w = self.attention(query, encoder_outputs)
            o, h = self.gru(torch.cat((e, context), dim=2), h); o = self.out(o); outs.append(o); atts.append(w); _, topi = o.topk(1); inp = topi.squeeze(-1).detach()
        return F.log_softmax(torch.cat(outs, dim=1), dim=-1), h, torch.cat(atts, dim=1)
torch.manual_seed(0); enc = nn.GRU(4, 6, batch_first=True); x = torch.randn(2, 5, 4); eo, eh = enc(x); dec = AttnDecoder(6, 9); lp, h, att = dec(eo, eh); print(lp.shape, att); loss = F.nll_loss(lp.view(-1, 9), torch.tensor([1, 2, 3, 4, 5, 6])); loss.backward(); print(loss, enc.weight_ih_l0.grad.norm(), dec.attention.Va.weight.grad)
for m in ('dot', 'general', 'concat'): print(m, Luong(m, 6)(eh[-1:], eo.transpose(0, 1)))
try: Luong('x', 3)
except ValueError as e: print(e)
### positional encodings and alibi
import torch, math
def sinusoidal(n, d):
    pos = torch.arange(n).unsqueeze(1); i = torch.arange(0, d, 2); div = torch.exp(-math.log(10000.) * i / d); pe = torch.zeros(n, d); pe[:, 0::2] = torch.sin(pos * div); pe[:, 1::2] = torch.cos(pos * div); return pe
print(sinusoidal(4, 6)); slopes = torch.tensor([2 ** (-8 * (h + 1) / 4) for h in range(4)]); dist = torch.arange(5)[None, :] - torch.arange(5)[:, None]; print((slopes[:, None, None] * dist.tril()).shape, (slopes[:, None, None] * dist)[0])
### masks of every kind
import torch
T = 5; i = torch.arange(T)[:, None]; j = torch.arange(T)[None, :]
print((j <= i).int(), ((i - j).abs() <= 1).int(), ((j <= i) & (i - j < 2)).int(), ((i // 2) == (j // 2)).int(), ((j <= i) | (j < 2)).int()); lengths = torch.tensor([3, 5]); print(torch.arange(T)[None, :] < lengths[:, None]); pad = (torch.arange(T)[None, :] < lengths[:, None]); print((pad[:, None, :] & pad[:, :, None]).float()[0]); print(torch.ones(T, T, dtype=torch.bool).tril(diagonal=0).logical_not())
scores = torch.zeros(T, T).masked_fill(j > i, -torch.inf); w = scores.softmax(-1); print(w, (w * (j > i)).sum(), torch.isnan(torch.full((2, 2), -torch.inf).softmax(-1)).all())
### luong training copies a sequence
import torch, torch.nn as nn
torch.manual_seed(0)
class Seq2Seq(nn.Module):
    def __init__(self, V=6, d=12):
        super().__init__(); self.e = nn.Embedding(V, d); self.enc = nn.GRU(d, d, batch_first=True); self.dec = nn.GRU(d, d, batch_first=True); self.o = nn.Linear(2 * d, V)
    def forward(self, src, tgt):
        h, s = self.enc(self.e(src)); y, _ = self.dec(self.e(tgt), s); a = torch.softmax(y @ h.transpose(1, 2), -1); return self.o(torch.cat([y, a @ h], -1)), a
m = Seq2Seq(); opt = torch.optim.Adam(m.parameters(), lr=0.02)
for step in range(20):
    src = torch.randint(1, 6, (16, 4)); tgt = torch.cat([torch.zeros(16, 1, dtype=torch.long), src[:, :-1]], 1); logits, _ = m(src, tgt); loss = nn.functional.cross_entropy(logits.transpose(1, 2), src); opt.zero_grad(); loss.backward(); opt.step()
print(f'{loss.item():.2f}')
### mha from scratch, checked against the layer
import torch, torch.nn as nn, torch.nn.functional as F
class MultiHeadAttention(nn.Module):
    def __init__(self, d_in, d_out, context_length, dropout, num_heads, qkv_bias=False):
        super().__init__()
        assert (d_out % num_heads == 0), "d_out must be divisible by num_heads"
        self.d_out = d_out; self.num_heads = num_heads; self.head_dim = d_out // num_heads
        self.W_query = nn.Linear(d_in, d_out, bias=qkv_bias); self.W_key = nn.Linear(d_in, d_out, bias=qkv_bias); self.W_value = nn.Linear(d_in, d_out, bias=qkv_bias); self.out_proj = nn.Linear(d_out, d_out); self.dropout = nn.Dropout(dropout)
        self.register_buffer("mask", torch.triu(torch.ones(context_length, context_length), diagonal=1))
    def forward(self, x):
        b, num_tokens, d_in = x.shape
        keys = self.W_key(x).view(b, num_tokens, self.num_heads, self.head_dim).transpose(1, 2); queries = self.W_query(x).view(b, num_tokens, self.num_heads, self.head_dim).transpose(1, 2); values = self.W_value(x).view(b, num_tokens, self.num_heads, self.head_dim).transpose(1, 2)
        attn_scores = queries @ keys.transpose(2, 3); mask_bool = self.mask.bool()[:num_tokens, :num_tokens]; attn_scores.masked_fill_(mask_bool, -torch.inf)
        attn_weights = torch.softmax(attn_scores / keys.shape[-1] ** 0.5, dim=-1); attn_weights = self.dropout(attn_weights)
        context_vec = (attn_weights @ values).transpose(1, 2).contiguous().view(b, num_tokens, self.d_out)
        return self.out_proj(context_vec)
torch.manual_seed(123); batch = torch.rand(2, 6, 3); mha = MultiHeadAttention(3, 4, 6, 0.0, 2); out = mha(batch); print(out); print("context_vecs.shape:", out.shape); out.sum().backward(); print(mha.W_query.weight.grad, mha.out_proj.bias.grad)
### einsum attention
import torch
from torch import einsum
torch.manual_seed(0); B, H, T, D = 2, 2, 3, 4; q, k, v = (torch.randn(B, H, T, D) for _ in range(3)); sim = einsum('b h i d, b h j d -> b h i j', q, k) * D ** -0.5; attn = sim.softmax(dim=-1); out = torch.einsum('bhij,bhjd->bhid', attn, v); print(attn[0], out[1]); print(torch.einsum('bhid->bihd', out).reshape(B, T, H * D).shape, torch.einsum('...ij->...ji', attn).shape, torch.einsum('bhij,bhij->b', attn, attn), torch.einsum('bi,bi->b', q[:, 0, 0], k[:, 0, 0]))
