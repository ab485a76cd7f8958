"""Recall over a distance: the first token is one of eight symbols, then comes noise, then a
question. What a recurrent net and one attention layer make of it, and how well they learn it."""

import math

import qkv
import torch
import torch.nn as nn
import torch.nn.functional as F

SYMBOLS = 8


def read(x, h, W, U, act=torch.tanh):
    """The states of h_t = act(h_{t-1} W + x_t U) from h on; x (n, ..., d)."""
    states = []
    for x_t in x:
        h = act(h @ W + x_t @ U)
        states.append(h)
    return torch.stack(states)


def gated(kind, d, bias, feedback=1.0):
    """An nn.LSTM or nn.GRU whose forget (update) gate starts with a bias; feedback: of W_hh."""
    net = kind(d, d)
    with torch.no_grad():
        net.bias_ih_l0[d:2 * d] = bias
        net.bias_hh_l0[d:2 * d] = 0
        net.weight_hh_l0.mul_(feedback)
    return net


def per_step(g):
    """The factor by which g changes per step back, fitted on its logarithms without the last token's
    own; None where less than two of them are numbers above 1e-300."""
    back = torch.arange(len(g) - 1, 0, -1).double()
    kept = g[:-1] > 1e-300
    if int(kept.sum()) < 2:
        return None
    back, y = back[kept], torch.log(g[:-1][kept])
    back = back - back.mean()
    return math.exp((back * (y - y.mean())).sum().item() / (back * back).sum().item())


def sequences(distance, count):
    """ids (count, distance + 1): symbol, noise, question; and the symbols."""
    symbol = torch.randint(SYMBOLS, (count, 1))
    noise = torch.randint(SYMBOLS, 2 * SYMBOLS, (count, distance - 1))
    question = torch.full((count, 1), 2 * SYMBOLS)
    return torch.cat([symbol, noise, question], 1), symbol[:, 0]


class Recurrent(nn.Module):
    """The last state of a recurrent net."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(x.transpose(0, 1))[0][-1]


class Look(nn.Module):
    """One attention layer, asked by the last token."""

    def __init__(self, d):
        super().__init__()
        self.q, self.k, self.v = [nn.Linear(d, d, bias=False) for _ in range(3)]

    def forward(self, x):
        s = self.q(x[:, -1:]) @ self.k(x).transpose(-2, -1) / math.sqrt(x.shape[-1])
        return (torch.softmax(s, -1) @ self.v(x))[:, 0]


class Recaller(nn.Module):
    """Embedding, a core, and an answer."""

    def __init__(self, core, d):
        super().__init__()
        self.embed = nn.Embedding(2 * SYMBOLS + 1, d)
        nn.init.normal_(self.embed.weight, 0, 0.3)
        self.core = core
        self.out = nn.Linear(d, SYMBOLS)

    def forward(self, ids):
        return self.out(self.core(self.embed(ids)))


def recaller(name, d, rho, gate, seed):
    """A fresh model: 'RNN' with spectral radius rho, 'LSTM' with a gate's bias, or 'attention'."""
    torch.manual_seed(seed)
    if name == 'attention':
        return Recaller(Look(d), d)
    if name == 'LSTM':
        return Recaller(Recurrent(gated(nn.LSTM, d, gate)), d)
    net = nn.RNN(d, d)
    nn.init.orthogonal_(net.weight_hh_l0, gain=rho)
    return Recaller(Recurrent(net), d)


def share(model, distance, seed):
    """Of the loss's gradient at the tokens in front of the question, the first one's part."""
    torch.manual_seed(seed)
    ids, symbol = sequences(distance, 32)
    x = model.embed(ids).detach().requires_grad_()
    F.cross_entropy(model.out(model.core(x)), symbol).backward()
    g = x.grad.norm(dim=-1).mean(0)[:-1]
    total = g.sum().item()
    return g[0].item() / total if total > 0 else 0.0


def train(model, distance, steps, label):
    """Adam, 32 sequences a step, the gradient's norm clipped at 1."""
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in qkv.progress(range(steps), label):
        ids, symbol = sequences(distance, 32)
        loss = F.cross_entropy(model(ids), symbol)
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()


def accuracy(model, distance, seed, count=250):
    """Share of fresh sequences whose symbol is named."""
    torch.manual_seed(seed + distance)
    with torch.no_grad():
        ids, symbol = sequences(distance, count)
        return (model(ids).argmax(-1) == symbol).float().mean().item()
