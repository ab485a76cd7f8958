"""FlashAttention and its competitor on tensors that count what moves, forward and backward.

q, k, v are (N, d), one head. Fast memory holds `fast` numbers, 4d at least: a tile each of
queries, keys, values and outputs.
"""

import math

import torch


class Slow:
    """A tensor in slow memory: every number that is read or written there is counted."""

    traffic = 0

    def __init__(self, data):
        self.data = data

    def __getitem__(self, at):
        part = self.data[at]
        Slow.traffic += part.numel()
        return part

    def __setitem__(self, at, value):
        self.data[at] = value
        Slow.traffic += value.numel()


def standard(q, k, v):
    """Three passes, each from and to slow memory (Dao et al. 2022, algorithm 0)."""
    n, size = q.shape
    q, k, v = Slow(q / math.sqrt(size)), Slow(k), Slow(v)
    scores, weights = Slow(torch.empty(n, n)), Slow(torch.empty(n, n))
    out = Slow(torch.empty(n, size))
    Slow.traffic = 0
    scores[:] = q[:] @ k[:].T
    weights[:] = torch.softmax(scores[:], dim=-1)
    out[:] = weights[:] @ v[:]
    return out.data, Slow.traffic


def tiles(size, fast):
    """Keys of a tile, and queries of one (Dao et al. 2022, algorithm 1, lines 1 and 2)."""
    cols = max(fast // (4 * size), 1)
    return cols, min(cols, size)


def keys_outermost(q, k, v, fast):
    """FlashAttention of 2022 (Dao et al., algorithm 1): for each tile of keys, all queries. What a
    row has so far goes to slow memory and comes back for every tile."""
    n, size = q.shape
    cols, rows = tiles(size, fast)
    q, k, v = Slow(q / math.sqrt(size)), Slow(k), Slow(v)
    out, total = Slow(torch.zeros(n, size)), Slow(torch.zeros(n, 1))
    most = Slow(torch.full((n, 1), float('-inf')))
    Slow.traffic = 0
    for j in range(0, n, cols):
        k_j, v_j = k[j:j + cols], v[j:j + cols]
        for i in range(0, n, rows):
            at = slice(i, i + rows)
            scores = q[at] @ k_j.T
            m_old, l_old = most[at], total[at]
            m_new = torch.maximum(m_old, scores.amax(-1, keepdim=True))
            p = torch.exp(scores - m_new)
            keep = l_old * torch.exp(m_old - m_new)
            l_new = keep + p.sum(-1, keepdim=True)
            out[at] = (keep * out[at] + p @ v_j) / l_new
            most[at], total[at] = m_new, l_new
    return out.data, Slow.traffic


def queries_outermost(q, k, v, fast):
    """FlashAttention-2 of 2023 (Dao, algorithm 1): for each tile of queries, all keys. What a row
    has so far stays in fast memory, is divided once, at the end, and is written once."""
    n, size = q.shape
    rows = tiles(size, fast)[0]
    q, k, v = Slow(q / math.sqrt(size)), Slow(k), Slow(v)
    out, lse = Slow(torch.zeros(n, size)), Slow(torch.zeros(n, 1))
    Slow.traffic = 0
    for i in range(0, n, rows):
        at = slice(i, i + rows)
        q_i = q[at]
        most = torch.full((len(q_i), 1), float('-inf'))
        total, sums = torch.zeros(len(q_i), 1), torch.zeros(len(q_i), size)
        for j in range(0, n, rows):
            scores = q_i @ k[j:j + rows].T
            m_new = torch.maximum(most, scores.amax(-1, keepdim=True))
            p, keep = torch.exp(scores - m_new), torch.exp(most - m_new)
            total = keep * total + p.sum(-1, keepdim=True)
            sums = keep * sums + p @ v[j:j + rows]
            most = m_new
        out[at], lse[at] = sums / total, most + torch.log(total)
    return out.data, Slow.traffic


def moved(n, size, fast, keys_first):
    """The numbers that the two move, by their loops."""
    passes = math.ceil(n / tiles(size, fast)[0])
    if keys_first:
        return 2 * n * size + passes * (3 * n * size + 4 * n)
    return 2 * n * size + n + passes * 2 * n * size


def backward_stored(q, k, v, grad, weights):
    """Gradients of q, k, v from the weights that forward has kept."""
    grad_w = grad @ v.T
    inner = weights * (grad_w - (grad_w * weights).sum(-1, keepdim=True)) / math.sqrt(q.shape[1])
    return inner @ k, inner.T @ q, weights.T @ grad


def backward_again(q, k, v, grad, out, lse, rows):
    """The same with the weights computed again, a tile of keys at a time, from one number a row,
    the log of its sum (Dao 2023, algorithm 2)."""
    scale = 1 / math.sqrt(q.shape[1])
    rests = (grad * out).sum(-1, keepdim=True)
    grad_q, grad_k, grad_v = torch.zeros_like(q), [], []
    for j in range(0, len(k), rows):
        k_j, v_j = k[j:j + rows], v[j:j + rows]
        p = torch.exp(q @ k_j.T * scale - lse)
        inner = p * (grad @ v_j.T - rests) * scale
        grad_q = grad_q + inner @ k_j
        grad_k.append(inner.T @ q)
        grad_v.append(p.T @ grad)
    return grad_q, torch.cat(grad_k), torch.cat(grad_v)
