"""Batches of text, five norms without parameters, and the networks that lesson 41 trains."""

import math

import qkv
import torch
import torch.nn as nn
import torch.nn.functional as F


def block(sentences, length, d):
    """Vectors (B, length, d) of lists of words, filled up with [PAD], and what is a word."""
    rows = [words + ['[PAD]'] * (length - len(words)) for words in sentences]
    real = torch.tensor([[i < len(words) for i in range(length)] for words in sentences])
    return torch.stack([qkv.embed(row, d) for row in rows]), real


def five(d, groups):
    """Name and function of each norm on (B, T, d), as a module has it in training."""
    def batch(x):
        return F.batch_norm(x.mT, None, None, training=True).mT

    def group(x, parts):
        return F.group_norm(x.mT, parts).mT

    return {'BatchNorm': batch,
            'GroupNorm': lambda x: group(x, groups),
            'InstanceNorm': lambda x: group(x, d),
            'LayerNorm': lambda x: F.layer_norm(x, (d,)),
            'RMSNorm': lambda x: F.rms_norm(x, (d,))}


def depends(norm, x, entry):
    """Which entries of x the output at `entry` depends on, by backward(): bool, x's shape."""
    z = x.double().clone().requires_grad_()
    norm(z)[entry].backward()
    return z.grad != 0


def side_by_side(marks):
    """The corner of (B, T, d) that fits a picture: 3 sentences, 3 tokens high, 6 features wide each."""
    return marks[:3, :3, :6].permute(1, 0, 2).flatten(1)


def by_hand(x, axes, centre=True):
    """(x − mean)/√(variance + ε) over the axes, the variance divided by the count."""
    mean = x.mean(axes, keepdim=True) if centre else 0.0
    var = (x - mean).pow(2).mean(axes, keepdim=True)
    eps = 1e-5 if centre else torch.finfo(x.dtype).eps
    return (x - mean) / torch.sqrt(var + eps)


def real_only(x, real):
    """Batch norm whose statistics leave the padding out."""
    mean, var = x[real].mean(0), x[real].var(0, unbiased=False)
    return (x - mean) / torch.sqrt(var + 1e-5)


class Net(nn.Module):
    """Eight ReLU layers with a norm behind each matrix: plain, LayerNorm, BatchNorm or
    BatchNorm + noise, which shifts and stretches each feature anew at every step."""

    def __init__(self, kind, width, classes, depth=8):
        super().__init__()
        norm = {'plain': nn.Identity, 'LayerNorm': nn.LayerNorm}.get(kind, nn.BatchNorm1d)
        self.noisy = 'noise' in kind
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.norms = nn.ModuleList([norm(width) for _ in range(depth)])
        self.head = nn.Linear(width, classes)
        for layer in self.layers:
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, z):
        for i, (layer, norm) in enumerate(zip(self.layers, self.norms)):
            z = norm(layer(z))
            if self.noisy:
                z = z * (1 + torch.rand(z.shape[-1]) / 2) + torch.randn(z.shape[-1]) / 2
            if i == len(self.layers) // 2:
                self.seen = z.detach()
            z = torch.relu(z)
        return self.head(z)


def task(seed, width=32, classes=4, many=1024):
    """Vectors and the class that a random network of one hidden layer gives them."""
    torch.manual_seed(seed)
    data = torch.randn(many, width)
    hidden = torch.tanh(2 * data @ torch.randn(width, 32) / math.sqrt(width))
    return data, (hidden @ torch.randn(32, classes)).argmax(-1)


def train(kind, lr, data, label, seed, steps=200, size=64):
    """Mean loss of the last 20 steps of plain SGD, and how far the middle layer's distribution
    moved a step, in its own σ. A loss that is no number any more counts as infinite."""
    torch.manual_seed(seed)
    net = Net(kind, data.shape[1], int(label.max()) + 1)
    optimiser = torch.optim.SGD(net.parameters(), lr=lr)
    losses, shifts, last = [], [], None
    for step in range(steps):
        i = torch.randint(0, len(data), (size,))
        loss = F.cross_entropy(net(data[i]), label[i])
        if not math.isfinite(loss.item()):
            return math.inf, math.inf
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        if last is not None:
            apart = (net.seen.mean(0) - last.mean(0)).abs()
            shifts.append((apart / (last.std(0) + 1e-6)).mean().item())
        last = net.seen
    return sum(losses[-20:]) / 20, sum(shifts) / len(shifts)


def verdict_on_rates(reach, shift):
    """Sentences about who has the widest range of rates (greatest over least; 0: none) and whose
    middle layer moves most: dicts by the name of the network."""
    widest = [kind for kind in reach if reach[kind] == max(reach.values())]
    if not reach[widest[0]]:
        return 'With so few steps no network learns at any of these rates; take more.'
    text = f"Widest range of rates: {' and '.join(widest)}, a factor of {reach[widest[0]]:g}."
    plain, noisy = reach['plain'], reach['BatchNorm + noise']
    if max(shift, key=shift.get) != 'BatchNorm + noise':
        return text + ' The noisy network does not move most here, so nothing follows about shift.'
    text += ' The noisy network moves most, and '
    if noisy >= plain > 0:
        return text + (f'its range, a factor of {noisy:g}, is no narrower than the plain one\'s, '
                       f'{plain:g}: the shift is not what hurts.')
    if noisy > 0 and not plain:
        return text + 'it learns where the plain one does not: the shift is not what hurts.'
    if noisy:
        return text + (f'its range, a factor of {noisy:g}, is narrower than the plain one\'s, '
                       f'{plain:g}: so much noise has a price, but it learns.')
    return text + 'it does not learn in so few steps: this much noise has a price.'
