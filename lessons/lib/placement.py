"""Transformer layers with the norm in five places, and the measurements of lesson 42.

The sizes are those of Xiong et al. 2020: one head, a feed-forward layer as wide as the model, Xavier
initialisation, token vectors with E‖x‖² = d. A model with a memory is a decoder: each layer also
attends to it, and its self-attention is causal.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

# What each placement does with a sublayer f: a norm before it, a norm behind it inside the branch,
# a norm behind the sum.
PLACES = {'Post-LN': (False, False, True), 'Pre-LN': (True, False, False),
          'both sides': (True, True, False), 'reordered': (False, True, False),
          'DeepNorm': (False, False, True)}


class Residual(nn.Module):
    """x + f(x) with the norms of a placement."""

    def __init__(self, d, placement, depth):
        super().__init__()
        before, inside, behind = PLACES[placement]
        self.before = nn.LayerNorm(d) if before else nn.Identity()
        self.inside = nn.LayerNorm(d) if inside else nn.Identity()
        self.behind = nn.LayerNorm(d) if behind else nn.Identity()
        self.alpha = (2 * depth) ** 0.25 if placement == 'DeepNorm' else 1.0

    def forward(self, x, f):
        self.sum = self.alpha * x + self.inside(f(self.before(x)))
        return self.behind(self.sum)


class Block(nn.Module):
    """Attention, attention to the memory if there is one, and a feed-forward network."""

    def __init__(self, d, placement, depth, crossing):
        super().__init__()
        matrices = 'qkvo' + ('QKVO' if crossing else '')
        self.maps = nn.ModuleDict({m: nn.Linear(d, d, bias=False) for m in matrices})
        self.up, self.down = nn.Linear(d, d, bias=False), nn.Linear(d, d, bias=False)
        self.steps = nn.ModuleList([Residual(d, placement, depth)
                                    for _ in range(3 if crossing else 2)])

    def attend(self, x, source, names, causal):
        q, k, v = (self.maps[m](t) for m, t in zip(names, (x, source, source)))
        scores = q @ k.transpose(-2, -1) / math.sqrt(x.shape[-1])
        if causal:
            hidden = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
            scores = scores.masked_fill(hidden, -math.inf)
        return self.maps[names[3]](torch.softmax(scores, -1) @ v)

    def forward(self, x, memory=None):
        x = self.steps[0](x, lambda z: self.attend(z, z, 'qkvo', memory is not None))
        if memory is not None:
            x = self.steps[1](x, lambda z: self.attend(z, memory, 'QKVO', False))
        return self.steps[-1](x, lambda z: self.down(torch.relu(self.up(z))))

    @property
    def sum(self):
        """The residual sum that the layer ends on, in front of any norm behind it."""
        return self.steps[-1].sum


class Model(nn.Module):
    """Token and position vectors, blocks, a final norm unless the blocks end on one, the output."""

    def __init__(self, placement, depth, d, vocab, n, crossing=False):
        super().__init__()
        self.tokens, self.places = nn.Embedding(vocab, d), nn.Embedding(n, d)
        self.blocks = nn.ModuleList([Block(d, placement, depth, crossing) for _ in range(depth)])
        self.final = nn.Identity() if PLACES[placement][2] else nn.LayerNorm(d)
        self.head = nn.Linear(d, vocab, bias=False)
        small = (8 * depth) ** -0.25 if placement == 'DeepNorm' else 1.0
        for name, p in self.named_parameters():
            if p.dim() == 2:
                branch = any(m in name for m in ('.v.', '.o.', '.V.', '.O.', '.up.', '.down.'))
                nn.init.xavier_normal_(p, gain=small if branch else 1.0)
        for table in (self.tokens, self.places):
            nn.init.normal_(table.weight, std=math.sqrt(0.5))

    def encode(self, ids, memory=None):
        x = self.tokens(ids) + self.places(torch.arange(ids.shape[-1]))
        for block in self.blocks:
            x = block(x, memory)
        return self.final(x)

    def forward(self, ids, memory=None):
        return self.head(self.encode(ids, memory))


def stream(placement, depth, d, n, seeds):
    """E‖x‖²/d of the sum that each layer ends on, at initialisation."""
    total = [0.0] * depth
    with torch.no_grad():
        for seed in range(seeds):
            torch.manual_seed(seed)
            model = Model(placement, depth, d, d, n)
            model(torch.randint(0, d, (1, n)))
            for l, block in enumerate(model.blocks):
                total[l] += block.sum.pow(2).sum(-1).mean().item() / d / seeds
    return total


def last_gradient(placement, depth, d, n, seeds):
    """Norm of the gradient of the last feed-forward matrix; the loss is of one position, the last,
    as in Theorem 1 of Xiong et al."""
    total = 0.0
    for seed in range(seeds):
        torch.manual_seed(seed)
        model = Model(placement, depth, d, d, n)
        out = model(torch.randint(0, d, (1, n)))
        F.cross_entropy(out[:, -1], torch.randint(0, d, (1,))).backward()
        total += model.blocks[-1].down.weight.grad.norm().item() / seeds
    return total


def profile(placement, depth, d, n, seeds, decoder):
    """Norm of the gradient of the feed-forward matrix of every layer; the loss is that of training,
    over all positions of 4 sequences. A decoder reads what an encoder of its kind made of other
    tokens; no gradient goes there."""
    total = [0.0] * depth
    for seed in range(seeds):
        torch.manual_seed(seed)
        model = Model(placement, depth, d, d, n, decoder)
        ids, target = torch.randint(0, d, (4, n)), torch.randint(0, d, (4 * n,))
        memory = None
        if decoder:
            with torch.no_grad():
                memory = Model(placement, depth, d, d, n).encode(torch.randint(0, d, (4, n)))
        F.cross_entropy(model(ids, memory).flatten(0, 1), target).backward()
        for l, block in enumerate(model.blocks):
            total[l] += block.down.weight.grad.norm().item() / seeds
    return total


def moved(placement, depth, d, n, seeds):
    """‖Δout‖²/‖out‖² when every matrix of the blocks gets 1 % of noise; geometric mean."""
    total = 0.0
    for seed in range(seeds):
        torch.manual_seed(seed)
        model = Model(placement, depth, d, d, n)
        ids = torch.randint(0, d, (1, n))
        with torch.no_grad():
            before = model(ids)
            for p in model.blocks.parameters():
                if p.dim() == 2:
                    p.add_(torch.randn(d, d) * p.std() * 0.01)
            change = ((model(ids) - before).norm() / before.norm()).item()
        total += 2 * math.log(change) / seeds
    return math.exp(total)


def train(placement, warm, depth, lr, steps, look, count=16, long=8, batch=16):
    """Adam on a task that needs attention: read letters, write them in reverse. Losses, and the
    gradient's norm by layer at the first step and at step `look`. A loss that is no number stays
    infinite."""
    torch.manual_seed(42)
    model = Model(placement, depth, 32, count, long)
    optimiser = torch.optim.Adam(model.parameters(), lr=lr)
    losses, grown = [], {}
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group['lr'] = lr * min(1.0, step / max(warm, 1))
        ids = torch.randint(0, count, (batch, long))
        loss = F.cross_entropy(model(ids).flatten(0, 1), ids.flip(-1).flatten())
        optimiser.zero_grad()
        loss.backward()
        if step in (1, look):
            grown[step] = [block.down.weight.grad.norm().item() for block in model.blocks]
        optimiser.step()
        losses.append(loss.item())
    return losses, grown[1], grown[look]


def verdict_on_training(end, guess, warmup, steps):
    """A sentence about which of four runs learned: final losses by name, as 'Pre-LN warm'."""
    learned = [name for name, loss in end.items() if loss < guess / 2]
    if not learned:
        return (f'None of the four has learned in {steps} steps: the rate is too great or too small, '
                'or more steps are needed.')
    if len(learned) == len(end):
        return 'All four learn: at this rate and depth even Post-LN needs no warm-up.'
    if learned == ['Post-LN warm', 'Pre-LN cold', 'Pre-LN warm']:
        return ('Only Post-LN without warm-up has learned nothing: here warm-up decides for Post-LN, '
                'and Pre-LN does without.')
    if all(name.endswith('warm') for name in learned):
        return f"Learned: {' and '.join(learned)}. Here nothing learns without warm-up."
    return (f"Learned: {' and '.join(learned)}. The others have not, in {steps} steps with "
            f'{warmup} of warm-up or none.')
