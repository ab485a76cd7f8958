### a training script with main, argparse-free
import math
import random
import time
from collections import Counter, defaultdict
from typing import Dict, Iterator, List, Tuple

import torch
import torch.nn as nn
import torch.optim as optim


class Vocab:
    """Maps words to ids and back."""

    def __init__(self, texts: List[str], min_freq: int = 1) -> None:
        counts = Counter(w for t in texts for w in t.split())
        self.itos: List[str] = ["<pad>", "<unk>"] + sorted(w for w, c in counts.items() if c >= min_freq)
        self.stoi: Dict[str, int] = {w: i for i, w in enumerate(self.itos)}

    def __len__(self) -> int:
        return len(self.itos)

    def encode(self, text: str) -> torch.Tensor:
        return torch.tensor([self.stoi.get(w, 1) for w in text.split()], dtype=torch.long)


def batches(data: List[Tuple[torch.Tensor, int]], size: int, rng: random.Random) -> Iterator[Tuple[torch.Tensor, torch.Tensor]]:
    data = data[:]
    rng.shuffle(data)
    for i in range(0, len(data), size):
        xs, ys = zip(*data[i:i + size])
        yield nn.utils.rnn.pad_sequence(xs, batch_first=True), torch.tensor(ys)


class Model(nn.Module):
    def __init__(self, vocab: int, dim: int = 8):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim, padding_idx=0)
        self.query = nn.Parameter(torch.randn(dim) / math.sqrt(dim))
        self.out = nn.Linear(dim, 2)

    def forward(self, x):
        e = self.emb(x)
        scores = (e * self.query).sum(-1).masked_fill(x == 0, float("-inf"))
        alpha = torch.softmax(scores, dim=-1)
        return self.out((alpha.unsqueeze(-1) * e).sum(1)), alpha


def main():
    torch.manual_seed(0)
    start = time.time()
    texts = ["good film", "bad film", "a good good story", "a bad bad story", "not bad at all", "not good"]
    labels = [1, 0, 1, 0, 1, 0]
    vocab = Vocab(texts)
    print(len(vocab), vocab.itos)
    model = Model(len(vocab))
    optimizer = optim.Adam(model.parameters(), lr=0.05)
    criterion = nn.CrossEntropyLoss()
    data = [(vocab.encode(t), y) for t, y in zip(texts, labels)]
    history = defaultdict(list)
    rng = random.Random(0)
    for epoch in range(8):
        total = 0.0
        for x, y in batches(data, 3, rng):
            optimizer.zero_grad()
            logits, _ = model(x)
            loss = criterion(logits, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        history["loss"].append(total / len(data))
        if epoch % 2 == 1:
            print(f"epoch {epoch + 1}/8 - loss {history['loss'][-1]:.5f} - lr {optimizer.param_groups[0]['lr']:g}")
    model.eval()
    with torch.no_grad():
        logits, alpha = model(vocab.encode("a good film").unsqueeze(0))
    print(logits.argmax(-1).item(), [f"{w}:{a:.3f}" for w, a in zip("a good film".split(), alpha[0])])
    assert time.time() - start < 600


if __name__ == "__main__":
    main()
### parameter groups, warmup and cosine decay
import math, torch, torch.nn as nn
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.GELU(), nn.Linear(8, 2))
decay = [p for p in model.parameters() if p.ndim >= 2]
no_decay = [p for p in model.parameters() if p.ndim < 2]
opt = torch.optim.AdamW([{"params": decay, "weight_decay": 0.1}, {"params": no_decay, "weight_decay": 0.0, "lr": 1e-2}], lr=3e-2, betas=(0.9, 0.95))
print(opt)
def lr_at(it, warmup=3, total=10, base=1.0, low=0.1):
    if it < warmup:
        return base * (it + 1) / warmup
    t = (it - warmup) / (total - warmup)
    return low + 0.5 * (1 + math.cos(math.pi * t)) * (base - low)
sched = torch.optim.lr_scheduler.LambdaLR(opt, lr_at)
x, y = torch.randn(16, 4), torch.randint(2, (16,))
for it in range(10):
    loss = nn.functional.cross_entropy(model(x), y)
    opt.zero_grad(set_to_none=True)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), 0.5)
    opt.step()
    sched.step()
    if it % 3 == 0:
        print(it, loss.item(), norm.item(), ['%.5f' % g['lr'] for g in opt.param_groups])
print(len(opt.state), sorted(opt.state[decay[0]].keys()), opt.state[decay[0]]['step'])
print([len(g['params']) for g in opt.param_groups], opt.param_groups[1]['weight_decay'])
### gradients are checked by hand
import torch
torch.manual_seed(0)
def attention(q, k, v):
    return torch.softmax(q @ k.t() / q.shape[-1] ** 0.5, dim=-1) @ v
q, k, v = (torch.randn(3, 4, dtype=torch.double, requires_grad=True) for _ in range(3))
w = torch.randn(3, 4, dtype=torch.double)
loss = (attention(q, k, v) * w).sum()
loss.backward()
eps, worst = 1e-6, 0.0
for t in (q, k, v):
    for i in range(t.numel()):
        flat = t.data.view(-1)
        old = flat[i].item()
        flat[i] = old + eps
        up = (attention(q, k, v) * w).sum().item()
        flat[i] = old - eps
        down = (attention(q, k, v) * w).sum().item()
        flat[i] = old
        worst = max(worst, abs((up - down) / (2 * eps) - t.grad.view(-1)[i].item()))
print(worst < 1e-8, loss.dtype, q.grad)
p = torch.softmax(q.detach() @ k.detach().t() / 2, -1)
dv = p.t() @ w
dp = w @ v.detach().t()
ds = p * (dp - (dp * p).sum(-1, keepdim=True))
print(torch.allclose(dv, v.grad), torch.allclose(ds @ k.detach() / 2, q.grad), torch.allclose(ds.t() @ q.detach() / 2, k.grad))
print(ds)
### early stopping, a saved state and a fresh model
import copy, torch, torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1))
X = torch.rand(20, 3); Y = (X.sum(1, keepdim=True) > 1.5).float()
opt = torch.optim.RMSprop(net.parameters(), lr=0.02)
best, best_state, patience = float('inf'), None, 2
for epoch in range(1, 31):
    loss = nn.BCEWithLogitsLoss()(net(X[:14]), Y[:14])
    opt.zero_grad(); loss.backward(); opt.step()
    with torch.no_grad():
        val = nn.functional.binary_cross_entropy_with_logits(net(X[14:]), Y[14:]).item()
    if val < best - 1e-4:
        best, best_state, bad = val, copy.deepcopy(net.state_dict()), 0
    else:
        bad += 1
        if bad > patience:
            print('stopped at', epoch)
            break
    if epoch % 10 == 0:
        print(f'{epoch}: train {loss:.4f} val {val:.4f}')
print(f'{best:.4f}', list(best_state), type(best_state).__name__)
fresh = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1))
print(fresh.load_state_dict(best_state))
print(torch.allclose(fresh(X), net(X)) or 'moved on', (fresh(X) > 0).float().eq(Y).float().mean())
try:
    nn.Sequential(nn.Linear(3, 5)).load_state_dict(best_state)
except RuntimeError as e:
    print(str(e).splitlines()[0])
missing = nn.Linear(2, 2).load_state_dict({'weight': torch.eye(2)}, strict=False)
print(missing, missing.missing_keys)
### gradient accumulation equals one large batch
import torch, torch.nn as nn
torch.manual_seed(0)
lin = nn.Linear(5, 3)
x, y = torch.randn(8, 5), torch.randint(3, (8,))
loss = nn.functional.cross_entropy(lin(x), y)
loss.backward()
full = {n: p.grad.clone() for n, p in lin.named_parameters()}
lin.zero_grad()
print(lin.weight.grad, lin.bias.grad is None)
for xb, yb in zip(x.split(2), y.split(2)):
    (nn.functional.cross_entropy(lin(xb), yb) / 4).backward()
for n, p in lin.named_parameters():
    print(n, torch.allclose(p.grad, full[n], atol=1e-7), p.grad.flatten()[:3])
a = torch.tensor([2., 3.], requires_grad=True)
y = (a ** 2).sum()
y.backward(retain_graph=True); y.backward()
print(a.grad)
g, = torch.autograd.grad((a * a.detach()).sum(), a)
print(g, torch.autograd.grad(a.prod(), a))
with torch.no_grad():
    b = a * 2
print(b.requires_grad, (a * 2).requires_grad, a.detach().requires_grad, a.is_leaf, (a * 2).is_leaf)
h = a * 3; h.retain_grad(); h.sum().backward(); print(h.grad)
try:
    (a * 2).backward()
except RuntimeError as e:
    print(e)
### DPO, contrastive and other preference losses
import torch, torch.nn.functional as F
torch.manual_seed(0)
def dpo_loss(pc, pr, rc, rr, beta=0.1):
    logits = (pc - pr) - (rc - rr)
    losses = -F.logsigmoid(beta * logits)
    return losses.mean(), (beta * (pc - rc)).detach(), (beta * (pr - rr)).detach()
pc, pr, rc, rr = (-torch.rand(4) * 10 for _ in range(4))
loss, chosen, rejected = dpo_loss(pc, pr, rc, rr)
print(f"{loss:.4f}", chosen, rejected, (chosen > rejected).float().mean())
img, txt = F.normalize(torch.randn(4, 8), dim=-1), F.normalize(torch.randn(4, 8), dim=-1)
logit_scale = torch.nn.Parameter(torch.ones([]) * 2.6592)
logits = logit_scale.exp() * img @ txt.t()
labels = torch.arange(4)
clip = (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2
clip.backward()
print(logits, f"{clip:.4f}", logit_scale.grad, logit_scale)
def log_probs_from_logits(logits, ids):
    return torch.gather(logits.log_softmax(-1), 2, ids.unsqueeze(2)).squeeze(2)
lg = torch.randn(2, 3, 5); ids = torch.randint(5, (2, 3))
lp = log_probs_from_logits(lg, ids)
mask = torch.tensor([[1, 1, 1], [1, 1, 0]])
print(lp, (lp * mask).sum(-1) / mask.sum(-1))
ratio = torch.exp(lp - lp.roll(1, 1)); adv = torch.randn(2, 3)
print(-torch.min(ratio * adv, ratio.clamp(0.8, 1.2) * adv).mean())
print(F.margin_ranking_loss if False else F.relu(0.5 - (chosen - rejected)))
