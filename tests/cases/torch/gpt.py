### a bigram model and its training loop
import torch
import torch.nn as nn
from torch.nn import functional as F

batch_size = 4
block_size = 8
max_iters = 60
eval_interval = 20
learning_rate = 1e-2
device = 'cuda' if torch.cuda.is_available() else 'cpu'
eval_iters = 5

torch.manual_seed(1337)

text = "to be, or not to be, that is the question:\nwhether 'tis nobler in the mind to suffer\n"
chars = sorted(list(set(text)))
vocab_size = len(chars)
stoi = {ch: i for i, ch in enumerate(chars)}
itos = {i: ch for i, ch in enumerate(chars)}
encode = lambda s: [stoi[c] for c in s]
decode = lambda l: ''.join([itos[i] for i in l])
print(''.join(chars), vocab_size)

data = torch.tensor(encode(text), dtype=torch.long)
print(data.shape, data.dtype)
n = int(0.8 * len(data))
train_data, val_data = data[:n], data[n:]

def get_batch(split):
    data = train_data if split == 'train' else val_data
    ix = torch.randint(len(data) - block_size, (batch_size,))
    x = torch.stack([data[i:i + block_size] for i in ix])
    y = torch.stack([data[i + 1:i + block_size + 1] for i in ix])
    return x.to(device), y.to(device)

@torch.no_grad()
def estimate_loss():
    out = {}
    model.eval()
    for split in ['train', 'val']:
        losses = torch.zeros(eval_iters)
        for k in range(eval_iters):
            X, Y = get_batch(split)
            logits, loss = model(X, Y)
            losses[k] = loss.item()
        out[split] = losses.mean()
    model.train()
    return out

class BigramLanguageModel(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.token_embedding_table = nn.Embedding(vocab_size, vocab_size)

    def forward(self, idx, targets=None):
        logits = self.token_embedding_table(idx)  # (B,T,C)
        if targets is None:
            loss = None
        else:
            B, T, C = logits.shape
            logits = logits.view(B * T, C)
            targets = targets.view(B * T)
            loss = F.cross_entropy(logits, targets)
        return logits, loss

    def generate(self, idx, max_new_tokens):
        for _ in range(max_new_tokens):
            logits, loss = self(idx)
            probs = F.softmax(logits[:, -1, :], dim=-1)
            idx_next = torch.multinomial(probs, num_samples=1)
            idx = torch.cat((idx, idx_next), dim=1)
        return idx

model = BigramLanguageModel(vocab_size).to(device)
optimizer = torch.optim.AdamW(model.parameters(), lr=learning_rate)
for iter in range(max_iters):
    if iter % eval_interval == 0:
        losses = estimate_loss()
        print(f"step {iter}: train loss {losses['train']:.4f}, val loss {losses['val']:.4f}")
    xb, yb = get_batch('train')
    logits, loss = model(xb, yb)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
print(loss.item())
context = torch.zeros((1, 1), dtype=torch.long, device=device)
print(decode(model.generate(context, max_new_tokens=40)[0].tolist()))
### the averaging trick in four versions
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(1337)
B, T, C = 2, 5, 3
x = torch.randn(B, T, C)
# version 1: loops
xbow = torch.zeros((B, T, C))
for b in range(B):
    for t in range(T):
        xprev = x[b, :t + 1]
        xbow[b, t] = torch.mean(xprev, 0)
# version 2: a product with a lower triangle
wei = torch.tril(torch.ones(T, T))
wei = wei / wei.sum(1, keepdim=True)
xbow2 = wei @ x
# version 3: softmax
tril = torch.tril(torch.ones(T, T))
wei = torch.zeros((T, T))
wei = wei.masked_fill(tril == 0, float('-inf'))
print(wei)
wei = F.softmax(wei, dim=-1)
xbow3 = wei @ x
print(torch.allclose(xbow, xbow2), torch.allclose(xbow, xbow3))
print(wei)
# version 4: self-attention
head_size = 4
key = nn.Linear(C, head_size, bias=False)
query = nn.Linear(C, head_size, bias=False)
value = nn.Linear(C, head_size, bias=False)
k, q = key(x), query(x)
wei = q @ k.transpose(-2, -1) * head_size ** -0.5
wei = wei.masked_fill(tril == 0, float('-inf'))
wei = F.softmax(wei, dim=-1)
out = wei @ value(x)
print(wei[0])
print(out)
print(k.var(), q.var(), wei.var())
### fused qkv with chunk, init by name, and a causality test
import math
from dataclasses import dataclass, asdict
import torch
import torch.nn as nn
import torch.nn.functional as F

@dataclass
class GPTConfig:
    n_embd: int = 12
    n_head: int = 3
    block_size: int = 10
    attn_pdrop: float = 0.0

class CausalSelfAttention(nn.Module):
    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        assert config.n_embd % config.n_head == 0
        self.qkv = nn.Linear(config.n_embd, 3 * config.n_embd)
        self.proj = nn.Linear(config.n_embd, config.n_embd)
        self.drop = nn.Dropout(config.attn_pdrop)
        mask = torch.triu(torch.ones(config.block_size, config.block_size, dtype=torch.bool), diagonal=1)
        self.register_buffer("mask", mask, persistent=False)
        self.n_head = config.n_head

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        B, T, C = x.size()
        q, k, v = (t.view(B, T, self.n_head, -1).transpose(1, 2) for t in self.qkv(x).chunk(3, dim=-1))
        att = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
        att = att.masked_fill(self.mask[:T, :T], torch.finfo(att.dtype).min)
        att = self.drop(att.softmax(dim=-1))
        return self.proj((att @ v).transpose(1, 2).reshape(B, T, C))

cfg = GPTConfig()
print(cfg, asdict(cfg))
torch.manual_seed(3)
attn = CausalSelfAttention(cfg)
for name, p in attn.named_parameters():
    if name.endswith('.bias'):
        nn.init.zeros_(p)
    else:
        nn.init.normal_(p, std=0.2)
    print(f"{name:12s} {str(tuple(p.shape)):10s} {p.data.abs().mean():.5f} {p.std().item():.5f}")
x = torch.randn(2, 7, 12)
y = attn(x)
print(y.shape, y[0, 0], y.grad_fn.name())
x2 = x.clone()
x2[:, 4:] += 1.0
y2 = attn(x2)
print([torch.equal(y[:, t], y2[:, t]) for t in range(7)])
print(attn)
print(list(attn.state_dict().keys()))
y.pow(2).mean().backward()
print({n: round(p.grad.norm().item(), 5) for n, p in attn.named_parameters()})
### key and value cache equals the full pass
import torch, torch.nn as nn, torch.nn.functional as F
from typing import Optional, Tuple

class CachedAttention(nn.Module):
    def __init__(self, dim: int, heads: int):
        super().__init__()
        self.h, self.d = heads, dim // heads
        self.wq = nn.Linear(dim, dim, bias=False)
        self.wk = nn.Linear(dim, dim, bias=False)
        self.wv = nn.Linear(dim, dim, bias=False)
        self.wo = nn.Linear(dim, dim, bias=False)

    def forward(self, x, past: Optional[Tuple[torch.Tensor, torch.Tensor]] = None):
        B, T, _ = x.shape
        q = self.wq(x).view(B, T, self.h, self.d).transpose(1, 2)
        k = self.wk(x).view(B, T, self.h, self.d).transpose(1, 2)
        v = self.wv(x).view(B, T, self.h, self.d).transpose(1, 2)
        if past is not None:
            k = torch.cat([past[0], k], dim=2)
            v = torch.cat([past[1], v], dim=2)
        S = k.size(2)
        mask = torch.ones(T, S, dtype=torch.bool).tril(diagonal=S - T)
        w = (q @ k.mT * self.d ** -0.5).masked_fill(~mask, float('-inf')).softmax(-1)
        return self.wo((w @ v).transpose(1, 2).flatten(2)), (k, v)

torch.manual_seed(0)
attn = CachedAttention(16, 4).eval()
x = torch.randn(1, 6, 16)
with torch.no_grad():
    full, _ = attn(x)
    outs, cache = [], None
    for t in range(x.size(1)):
        o, cache = attn(x[:, t:t + 1], cache)
        outs.append(o)
        print(t, tuple(cache[0].shape), f"{o.norm():.4f}")
    step = torch.cat(outs, dim=1)
print(torch.allclose(full, step, atol=1e-6), (full - step).abs().max() < 1e-5)
print(full[0, -1])
### sampling with temperature, top-k and top-p
import torch
import torch.nn.functional as F

def top_k_top_p_filtering(logits, top_k=0, top_p=1.0, filter_value=-float("Inf")):
    top_k = min(top_k, logits.size(-1))
    if top_k > 0:
        indices_to_remove = logits < torch.topk(logits, top_k)[0][..., -1, None]
        logits = logits.masked_fill(indices_to_remove, filter_value)
    if top_p < 1.0:
        sorted_logits, sorted_indices = torch.sort(logits, descending=True)
        cumulative_probs = torch.cumsum(F.softmax(sorted_logits, dim=-1), dim=-1)
        sorted_indices_to_remove = cumulative_probs > top_p
        sorted_indices_to_remove[..., 1:] = sorted_indices_to_remove[..., :-1].clone()
        sorted_indices_to_remove[..., 0] = 0
        indices_to_remove = sorted_indices_to_remove.scatter(1, sorted_indices, sorted_indices_to_remove)
        logits[indices_to_remove] = filter_value
    return logits

torch.manual_seed(11)
logits = torch.randn(2, 9) * 2
print(logits)
print(top_k_top_p_filtering(logits.clone(), top_k=3))
print(top_k_top_p_filtering(logits.clone(), top_p=0.8))
for temp in (0.5, 1.0, 2.0):
    p = torch.softmax(logits / temp, -1)
    ent = -(p * p.log()).sum(-1)
    print(f"T={temp}: max {p.max(-1).values.tolist()[0]:.4f} entropy {ent[0]:.4f} {ent[1]:.4f}")
probs = F.softmax(top_k_top_p_filtering(logits.clone(), 5, 0.9), dim=-1)
print(probs, probs.sum(-1))
print(torch.multinomial(probs, 6, replacement=True))
print(torch.multinomial(torch.ones(2, 5), 5))
print(torch.distributions if False else logits.argmax(-1, keepdim=True))
v, i = probs.topk(2, dim=-1, largest=True, sorted=True)
print(v, i, sep='\n')
### beam search over a table of log probabilities
import torch
torch.manual_seed(5)
V, steps, beam = 6, 4, 3
table = torch.log_softmax(torch.randn(V, V), dim=-1)

def beam_search(start, k):
    seqs = torch.full((1, 1), start, dtype=torch.long)
    scores = torch.zeros(1)
    for _ in range(steps):
        logp = table[seqs[:, -1]]
        total = (scores.unsqueeze(1) + logp).view(-1)
        scores, idx = total.topk(min(k, total.numel()))
        parent, token = torch.div(idx, V, rounding_mode='floor'), idx % V
        seqs = torch.cat([seqs[parent], token[:, None]], dim=1)
    return seqs, scores

for k in (1, beam):
    s, sc = beam_search(0, k)
    for a, b in zip(s, sc):
        print(k, a.tolist(), f"{b.item():.4f}", f"{b.exp():.3%}")
greedy = [0]
while len(greedy) < steps + 1:
    greedy.append(int(table[greedy[-1]].argmax()))
print(greedy)
### weight tying and a parameter report
import torch, torch.nn as nn
class Tied(nn.Module):
    def __init__(self, vocab=13, dim=6):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.body = nn.Sequential(nn.Linear(dim, dim), nn.GELU(), nn.LayerNorm(dim))
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = self.embed.weight
    def forward(self, idx):
        return self.head(self.body(self.embed(idx)))
torch.manual_seed(0)
m = Tied()
print(m.head.weight is m.embed.weight, m.head.weight.data_ptr() == m.embed.weight.data_ptr())
print(len(list(m.parameters())), sum(p.numel() for p in m.parameters()), len(m.state_dict()))
out = m(torch.tensor([[1, 2, 3]]))
out.sum().backward()
print(m.embed.weight.grad.shape, m.embed.weight.grad[1].sum() != 0, m.embed.weight.grad[9, :3])
total = 0
for name, param in m.named_parameters():
    n = param.numel()
    total += n
    print(f"{name:<20}{str(list(param.shape)):>12}{n:>8,}{'  trainable' if param.requires_grad else '  frozen'}")
print(f"{'total':<20}{total:>20,}")
for p in m.body.parameters():
    p.requires_grad = False
print([n for n, p in m.named_parameters() if p.requires_grad])
with torch.no_grad():
    m.embed.weight[0].fill_(0)
print(m.head.weight[0], m.embed.weight[0].requires_grad)
### heads, blocks and a decoder that trains
import torch
import torch.nn as nn
from torch.nn import functional as F
n_embd, n_head, n_layer, block_size, dropout, vocab = 16, 4, 2, 8, 0.2, 11
torch.manual_seed(42)

class Head(nn.Module):
    """ one head of self-attention """
    def __init__(self, head_size):
        super().__init__()
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)
        self.register_buffer('tril', torch.tril(torch.ones(block_size, block_size)))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        B, T, C = x.shape
        k = self.key(x)
        q = self.query(x)
        wei = q @ k.transpose(-2, -1) * k.shape[-1]**-0.5
        wei = wei.masked_fill(self.tril[:T, :T] == 0, float('-inf'))
        wei = F.softmax(wei, dim=-1)
        wei = self.dropout(wei)
        return wei @ self.value(x)

class MultiHeadAttention(nn.Module):
    def __init__(self, num_heads, head_size):
        super().__init__()
        self.heads = nn.ModuleList([Head(head_size) for _ in range(num_heads)])
        self.proj = nn.Linear(head_size * num_heads, n_embd)
        self.dropout = nn.Dropout(dropout)
    def forward(self, x):
        out = torch.cat([h(x) for h in self.heads], dim=-1)
        return self.dropout(self.proj(out))

class FeedFoward(nn.Module):
    def __init__(self, n_embd):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd), nn.Dropout(dropout))
    def forward(self, x):
        return self.net(x)

class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.sa = MultiHeadAttention(n_head, n_embd // n_head)
        self.ffwd = FeedFoward(n_embd)
        self.ln1, self.ln2 = nn.LayerNorm(n_embd), nn.LayerNorm(n_embd)
    def forward(self, x):
        x = x + self.sa(self.ln1(x))
        return x + self.ffwd(self.ln2(x))

class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.tok = nn.Embedding(vocab, n_embd)
        self.pos = nn.Embedding(block_size, n_embd)
        self.blocks = nn.Sequential(*[Block(n_embd, n_head=n_head) for _ in range(n_layer)])
        self.ln_f = nn.LayerNorm(n_embd)
        self.lm_head = nn.Linear(n_embd, vocab)
    def forward(self, idx):
        x = self.tok(idx) + self.pos(torch.arange(idx.shape[1]))
        return self.lm_head(self.ln_f(self.blocks(x)))

m = Decoder()
print(sum(p.numel() for p in m.parameters()) / 1e6, 'M parameters')
print([n for n, _ in m.named_buffers()][:3], len(list(m.modules())))
opt = torch.optim.AdamW(m.parameters(), lr=3e-3)
seq = torch.arange(64) * 3 % vocab
for step in range(12):
    ix = torch.randint(len(seq) - block_size - 1, (6,))
    xb = torch.stack([seq[i:i + block_size] for i in ix])
    yb = torch.stack([seq[i + 1:i + 1 + block_size] for i in ix])
    loss = F.cross_entropy(m(xb).flatten(0, 1), yb.flatten())
    opt.zero_grad(); loss.backward(); opt.step()
    if step % 3 == 0:
        print(f'{step:3d} | {loss.item():.6f}')
m.eval()
print(m(seq[None, :5])[0, -1])
