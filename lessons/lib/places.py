"""Hard and local attention in plain PyTorch, for lesson 43: draws, baselines, windows."""

import math

import torch
import torch.nn.functional as F


def moving(rewards, start=0.0):
    """The baseline b ← 0.9 b + 0.1 R (Xu et al. 2015, around eq. 12), its value before each draw."""
    b, before = start, []
    for r in rewards.tolist():
        before.append(b)
        b = 0.9 * b + 0.1 * r
    return torch.tensor(before)


def variances(p, R, samples):
    """Predicted variance, summed over the scores, of (Rᵢ − b)(eᵢ − p) for four baselines b, by name.

    The moving baseline itself varies by Var(R)·0.1/1.9 once it has settled, and starts at 0."""
    J = (p * R).sum()
    size = (torch.eye(len(p)) - p).pow(2).sum(-1)               # ‖eᵢ − p‖²
    square = (p * (R - J)).pow(2).sum()                         # ‖∇J‖²
    best = ((p * size * R).sum() / (p * size).sum()).item()
    spread = ((p * (R - J) ** 2).sum() * 0.1 / 1.9 + J ** 2 / (1 - 0.81) / samples).item()

    def of(b, more=0.0):
        return ((p * ((R - b) ** 2 + more) * size).sum() - square).item()

    found = {'none': of(0.0), 'moving, 0.9': of(J, spread), 'mean of R': of(J),
             'best constant': of(best)}
    return found, best


def train(R, how, baseline=False, entropy=0.0, shift=0.0, seed=0, steps=200, runs=64, rate=0.5):
    """Gradient ascent on the scores of the places, many runs at once, one draw a step or the exact
    gradient. `shift` is added to all rewards that are drawn. Expected reward by step, share of runs
    that end on a best place, mean entropy at the end."""
    torch.manual_seed(seed)
    s, b, history = torch.zeros(runs, len(R)), torch.zeros(runs, 1), []
    for _ in range(steps):
        q, logq = torch.softmax(s, -1), torch.log_softmax(s, -1)
        h = -(q * logq).sum(-1, keepdim=True)
        mean = (q * R).sum(-1, keepdim=True)
        history.append(mean.mean().item())
        i = torch.multinomial(q, 1)[:, 0]
        r = R[i][:, None] + shift
        if how == 'exact':
            g = q * (R - mean)
        else:
            g = (r - b) * (F.one_hot(i, len(R)) - q)
        if baseline:
            b = 0.9 * b + 0.1 * r
        s = s + rate * (g - entropy * q * (logq + h))           # λ ∇H
    best = R[q.argmax(-1)] > R.max() - 1e-6                     # equal words are equally right
    return history, best.float().mean().item(), h.mean().item()


def window(centre, keys, reach):
    """bool (T, S): the keys at most `reach` from each centre, a float place."""
    return (torch.arange(keys).float() - centre[:, None]).abs() <= reach


def local(match, centre, reach, gaussian):
    """Weights (T, S) of scores in a window; with the Gaussian of local-p behind the softmax, not
    normalised again (Luong et al. 2015, eq. 10). A row without a key is 0."""
    inside = window(centre, match.shape[-1], reach)
    a = torch.softmax(match.masked_fill(~inside, -math.inf), -1).masked_fill(~inside, 0.0)
    if gaussian:
        away = torch.arange(match.shape[-1]).float() - centre[:, None]
        a = a * torch.exp(-away ** 2 / (2 * (reach / 2) ** 2))
    return a


def in_window(q, k, v, reach):
    """Attention to the keys at most `reach` away, of which no other score is formed."""
    n, d = q.shape
    at = (torch.arange(n)[:, None] + torch.arange(-reach, reach + 1)).clamp(0, n - 1)
    s = (k[at] @ q[:, :, None]).squeeze(-1) / math.sqrt(d)
    return (torch.softmax(s, -1)[:, None] @ v[at]).squeeze(1)
