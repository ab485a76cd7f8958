"""What the lesson on complexity runs: the two layers, as short as they can be written, and how long
chains of dependent operations are."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def attention(q, k, v):
    """softmax(q kᵀ/√d) v, its scores stored; q, k, v (n, d)."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    return torch.softmax(scores, -1) @ v


def streamed(x):
    """The same of q = k = v = x by the kernel that stores no scores."""
    return F.scaled_dot_product_attention(x[None], x[None], x[None])[0]


def rnn(x, w):
    """h_t = tanh(x_t W_x + h_{t-1} W_h); x (n, d) or (n, B, d), w (2, d, d)."""
    state, out = torch.zeros(x.shape[1:]), []
    for x_t in x:
        state = torch.tanh(x_t @ w[0] + state @ w[1])
        out.append(state)
    return torch.stack(out)


class Projections(nn.Module):
    """The four matrices around attention's core."""

    def __init__(self, d):
        super().__init__()
        self.four = nn.ModuleList(nn.Linear(d, d, bias=False) for _ in range(4))

    def forward(self, x):
        return [linear(x) for linear in self.four]


def feed_forward(d):
    """d to 4d and back."""
    return nn.Sequential(nn.Linear(d, 4 * d), nn.ReLU(), nn.Linear(4 * d, d))


def chain(out):
    """The longest path in the graph that autograd recorded behind out."""
    longest, todo = 0, [(out.grad_fn, 1)]
    while todo:
        node, length = todo.pop()
        longest = max(longest, length)
        for before, _ in node.next_functions:
            if before is not None:
                todo.append((before, length + 1))
    return longest
