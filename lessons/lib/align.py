"""A tiny translator for the lessons: its target language is the source's letters in capitals, in
reverse order. Cross-attention alone connects the two sides, as in Bahdanau et al. 2014, section 3.1:
keys and values are the annotations of the source, and there is no other way for a letter to cross."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

LETTERS = 26
END = LETTERS                      # '.' behind a target; in front of it, too, as <s>


class Aligner(nn.Module):
    """source (B, S), before (B, S + 1) -> logits (B, S + 1, 27), weights (B, S + 1, S)."""

    def __init__(self, length, d=32):
        super().__init__()
        self.letter = nn.Embedding(LETTERS, d)
        self.place = nn.Embedding(length, d)
        self.said = nn.Embedding(LETTERS + 1, d)
        self.step = nn.Embedding(length + 1, d)
        self.Wq = nn.Linear(d, d, bias=False)
        self.Wk = nn.Linear(d, d, bias=False)
        self.out = nn.Linear(2 * d, LETTERS + 1)

    def annotations(self, source):
        """(B, S, d): what cross-attention reads, a vector for each source letter."""
        return self.letter(source) + self.place.weight

    def states(self, before):
        """(B, S + 1, d): the decoder's state in front of each letter that it writes."""
        return self.said(before) + self.step.weight

    def forward(self, source, before):
        h, s = self.annotations(source), self.states(before)
        scores = self.Wq(s) @ self.Wk(h).transpose(1, 2) / math.sqrt(h.shape[-1])
        weights = torch.softmax(scores, dim=-1)
        return self.out(torch.cat([weights @ h, s], -1)), weights


def batch(count, length):
    """(source, before, target) of `count` random words; target = source reversed, then END."""
    source = torch.randint(0, LETTERS, (count, length))
    end = torch.full((count, 1), END)
    return source, torch.cat([end, source.flip(1)], 1), torch.cat([source.flip(1), end], 1)


def train(model, length, steps):
    """Adam on fresh words, one batch for each of steps; yields the loss of each."""
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in steps:
        source, before, target = batch(64, length)
        logits, _ = model(source, before)
        loss = F.cross_entropy(logits.flatten(0, 1), target.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield loss.item()


def on_turn(weights):
    """Mean weight on the anti-diagonal of (B, S + 1, S): 1/S by chance, 1 when all is learned."""
    length = weights.shape[-1]
    return weights[:, :length].flip(1).diagonal(dim1=1, dim2=2).mean().item()


def tried(model, length):
    """Share of right letters and on_turn, over 200 fresh words."""
    with torch.no_grad():
        source, before, target = batch(200, length)
        logits, weights = model(source, before)
    return (logits.argmax(-1) == target).float().mean().item(), on_turn(weights)


def example(word):
    """(source, before) of one word, each of a batch of one, as model takes them."""
    source = torch.tensor([[ord(c) - ord('a') for c in word]])
    return source, torch.cat([torch.tensor([[END]]), source.flip(1)], 1)


def spell(ids):
    """The capitals that a row of letters' numbers stands for."""
    return ''.join('.' if i == END else chr(ord('A') + i) for i in ids.tolist())
