"""Training steps of a small GPT, the same code for qkv and PyTorch: prints seconds a step.

Four layers, d=128, four heads, n=64, batch 16, vocabulary 512; AdamW.
"""
import time
import torch
import torch.nn as nn
import torch.nn.functional as F

L, E, H, N, B, V = 4, 128, 4, 64, 16, 512
FUSED = hasattr(F, 'scaled_dot_product_attention')


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln1, self.ln2 = nn.LayerNorm(E), nn.LayerNorm(E)
        self.qkv, self.proj = nn.Linear(E, 3 * E), nn.Linear(E, E)
        self.up, self.down = nn.Linear(E, 4 * E), nn.Linear(4 * E, E)

    def forward(self, x):
        q, k, v = self.qkv(self.ln1(x)).split(E, dim=2)
        q, k, v = (t.view(B, N, H, E // H).transpose(1, 2) for t in (q, k, v))
        if FUSED:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            s = q @ k.transpose(-2, -1) * (E // H) ** -0.5
            y = F.softmax(s.masked_fill(hidden, float('-inf')), dim=-1) @ v
        x = x + self.proj(y.transpose(1, 2).contiguous().view(B, N, E))
        return x + self.down(F.gelu(self.up(self.ln2(x))))


class GPT(nn.Module):
    def __init__(self):
        super().__init__()
        self.tok, self.pos = nn.Embedding(V, E), nn.Embedding(N, E)
        self.blocks = nn.ModuleList([Block() for _ in range(L)])
        self.ln, self.head = nn.LayerNorm(E), nn.Linear(E, V, bias=False)

    def forward(self, ids):
        x = self.tok(ids) + self.pos(torch.arange(N))
        for block in self.blocks:
            x = block(x)
        return self.head(self.ln(x))


torch.manual_seed(0)
hidden = torch.triu(torch.ones(N, N), 1).bool()
model = GPT()
opt = torch.optim.AdamW(model.parameters(), lr=1e-3)
ids = torch.randint(0, V, (B, N + 1))


def step():
    opt.zero_grad()
    loss = F.cross_entropy(model(ids[:, :-1]).reshape(-1, V), ids[:, 1:].reshape(-1))
    loss.backward()
    opt.step()


step()
steps = 5
start = time.process_time()
for _ in range(steps):
    step()
print((time.process_time() - start) / steps)
