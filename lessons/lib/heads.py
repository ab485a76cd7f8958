"""A small attention layer whose heads can be taken out, and the task that lesson 44 gives it: at
every position name the word before it and the first word of the sequence."""

import math

import qkv
import torch
from torch import nn
import torch.nn.functional as F


class MultiHead(nn.Module):
    """h heads of d/h; `keep` (h numbers) scales what each adds, `weights` are the last ones."""

    def __init__(self, d, h):
        super().__init__()
        self.h, self.keep = h, torch.ones(h)
        self.Wq, self.Wk, self.Wv, self.Wo = (
            nn.Linear(d, d, bias=False) for _ in range(4))

    def forward(self, x):
        B, n, d = x.shape
        def split(t):
            return t.view(B, n, self.h, d // self.h).transpose(1, 2)
        q, k, v = split(self.Wq(x)), split(self.Wk(x)), split(self.Wv(x))
        scores = q @ k.transpose(-2, -1) / math.sqrt(d // self.h)
        self.weights = torch.softmax(scores, dim=-1)
        heads = self.weights @ v * self.keep[:, None, None]
        return self.Wo(heads.transpose(1, 2).reshape(B, n, d))


class Toy(nn.Module):
    """Word and place, one attention layer, two answers a position."""

    def __init__(self, vocabulary, n, d, h):
        super().__init__()
        self.word = nn.Embedding(vocabulary, d)
        self.place = nn.Embedding(n, d)
        self.attend = MultiHead(d, h)
        self.before = nn.Linear(d, vocabulary)
        self.first = nn.Linear(d, vocabulary)

    def forward(self, ids):
        places = torch.arange(ids.shape[1])
        y = self.attend(self.word(ids) + self.place(places))
        return self.before(y)[:, 1:], self.first(y)


def losses(model, ids):
    """Mean cross-entropy in nats of the word before and of the first word."""
    before, first = model(ids)
    return (F.cross_entropy(before.flatten(0, 1), ids[:, :-1].flatten()),
            F.cross_entropy(first.flatten(0, 1), ids[:, :1].expand_as(ids).flatten()))


def measured_losses(model, ids, without=()):
    """The same as numbers, with some heads taken out."""
    with torch.no_grad():
        model.attend.keep = torch.ones(model.attend.h)
        for head in without:
            model.attend.keep[head] = 0
        found = [loss.item() for loss in losses(model, ids)]
        model.attend.keep = torch.ones(model.attend.h)
    return found


def train(vocabulary, n, d, h, seed, steps, test=None):
    """The model after `steps` steps of Adam on random sequences; with `test` also its loss there,
    both answers together, after a quarter of them and at the end."""
    torch.manual_seed(seed)
    model, found = Toy(vocabulary, n, d, h), []
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in qkv.progress(range(steps), f'training {h} heads'):
        batch = torch.randint(vocabulary, (32, n))
        loss = sum(losses(model, batch))
        adam.zero_grad()
        loss.backward()
        adam.step()
        if test is not None and step + 1 in (max(steps // 4, 1), steps):
            found.append(sum(measured_losses(model, test)))
    return model if test is None else (model, found)
