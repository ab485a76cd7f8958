"""Kinds of attention beside the dense one, as the papers have them, in plain PyTorch.

q, k, v are (H, n, D): H heads, n tokens, D numbers a head. Each returns its output (H, n, D)
and how many scores it formed. Nothing here masks the future: these are encoder forms.
"""

import math

import torch
import torch.nn.functional as F


def stretches(n, d, topics, seed=0):
    """(n, d): tokens in stretches of eight on one topic. A token is the vector of its topic
    plus half as much that is its own; topics come back."""
    torch.manual_seed(seed)
    centre = torch.randn(topics, d)
    topic = torch.randint(0, topics, (n // 8 + 1,)).repeat_interleave(8)[:n]
    return centre[topic] + 0.5 * torch.randn(n, d)


def dense(q, k, v):
    """softmax(q kᵀ/√D) v with the scores stored (Vaswani et al. 2017, eq. 1)."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    return torch.softmax(scores, dim=-1) @ v, scores.numel()


def pooled(x, groups):
    """(G, n, D): the heads of each group averaged (Ainslie et al. 2023, section 2.1)."""
    return x.view(groups, -1, *x.shape[1:]).mean(1)


def grouped(q, k, v):
    """k, v are (G, n, D): H/G query heads read each (Ainslie et al. 2023; G = 1: Shazeer 2019)."""
    heads, groups = q.shape[0], k.shape[0]
    k = k.repeat_interleave(heads // groups, dim=0)
    v = v.repeat_interleave(heads // groups, dim=0)
    return dense(q, k, v)


def latent(x, wk, wv, size):
    """Keys and values of all heads from one vector of `size` numbers a token, which is all that is
    cached: (n, size), and the two matrices (size, d) that unpack it. Here they are the closest to
    given wk, wv (d, d) by the singular values; a model learns its own (DeepSeek-AI 2024, 2.1.2).
    """
    both = torch.cat([wk, wv], dim=1)
    left, scale, right = torch.linalg.svd(both, full_matrices=False)
    down = left[:, :size] * scale[:size]
    up_k, up_v = right[:size].split(wk.shape[1], dim=1)
    return x @ down, up_k, up_v


def local(q, k, v, centre, reach, gaussian=False):
    """Keys at most `reach` from each query's centre, a float place: (n,) or (H, n). Local-m has
    the query's own place there, local-p a predicted one and, behind the softmax, a Gaussian with
    σ = reach/2 that is not normalised again (Luong et al. 2015, section 3.2). Forms n(2·reach + 1)
    scores a head."""
    heads, n, size = q.shape
    centre = centre.expand(heads, n)
    at = centre.round().long()[..., None] + torch.arange(-reach, reach + 1)
    away = at - centre[..., None]
    inside = (at >= 0) & (at < n) & (away.abs() <= reach)
    at = at.clamp(0, n - 1)
    head = torch.arange(heads)[:, None, None]
    scores = (q[:, :, None] * k[head, at]).sum(-1) / math.sqrt(size)
    weights = torch.softmax(scores.masked_fill(~inside, -math.inf), dim=-1)
    if gaussian:
        weights = weights * torch.exp(-2 * (away / reach) ** 2)
    return (weights[..., None] * v[head, at]).sum(-2), scores.numel()


def places(q, w, u):
    """(H, n): where local-p looks, n·sigmoid(uᵀ tanh(w q)) (Luong et al. 2015, eq. 9)."""
    return (q.shape[1] - 1) * torch.sigmoid(torch.tanh(q @ w.T) @ u)


def hard(q, k, v, seed=0):
    """One key for each query, drawn by its weight (Xu et al. 2015, section 4.1)."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    torch.manual_seed(seed)
    drawn = torch.multinomial(torch.softmax(scores, -1).flatten(0, 1), 1)
    drawn = drawn.view(q.shape[0], -1)
    return v[torch.arange(q.shape[0])[:, None], drawn], scores.numel()


def linear(q, k, v):
    """φ(q) (φ(k)ᵀ v), normalised, φ = elu + 1 (Katharopoulos et al. 2020, eq. 5 and 7)."""
    q, k = F.elu(q) + 1, F.elu(k) + 1
    state = k.transpose(-2, -1) @ v                      # (H, D, D), whatever n
    total = k.sum(dim=-2, keepdim=True)                  # (H, 1, D)
    return q @ state / (q * total).sum(-1, keepdim=True), 0


def pool_matrix(n, rank):
    """(rank, n): averages of n/rank neighbours; what a Linformer may start from (its section 4)."""
    rows = torch.arange(n) * rank // n
    hot = F.one_hot(rows, rank).T.float()
    return hot / hot.sum(-1, keepdim=True)


def linformer(q, k, v, shrink):
    """Keys and values shrunk along n by a learned (rank, n) matrix (Wang et al. 2020, eq. 7)."""
    return dense(q, shrink @ k, shrink @ v)


def lsh(q, k, v, chunk, rounds=1, seed=0):
    """Queries meet the keys of their hash bucket, in sorted chunks (Kitaev et al. 2020, 2).

    Wants k = q up to length. A chunk of the sorted tokens sees itself and the one before;
    rounds are weighed by their sums. A pair met in two rounds counts twice here.
    """
    heads, n, size = q.shape
    buckets = max(2 * n // chunk // 2 * 2, 2)
    torch.manual_seed(seed)
    outs, sums, count = [], [], 0
    for _ in range(rounds):
        side = k @ torch.randn(heads, size, buckets // 2)
        bucket = torch.cat([side, -side], dim=-1).argmax(-1)             # (H, n)
        order = (bucket * n + torch.arange(n)).argsort(-1)
        def chunks(t):
            at = order[..., None].expand(-1, -1, t.shape[-1])
            return t.gather(1, at).view(heads, n // chunk, chunk, -1)
        def and_before(t):
            return torch.cat([t.roll(1, dims=1), t], dim=2)
        hashed = chunks(bucket[..., None])
        near_k, near_v = and_before(chunks(k)), and_before(chunks(v))
        same = hashed == and_before(hashed).transpose(-2, -1)
        scores = chunks(q) @ near_k.transpose(-2, -1) / math.sqrt(size)
        scores = scores.masked_fill(~same, float('-inf'))
        count += scores.numel()
        back = order.argsort(-1)[..., None]
        lse = scores.logsumexp(-1, keepdim=True)
        out = ((scores - lse).exp() @ near_v).view(heads, n, -1)
        outs.append(out.gather(1, back.expand(-1, -1, out.shape[-1])))
        sums.append(lse.view(heads, n, 1).gather(1, back))
    share = torch.softmax(torch.cat(sums, dim=-1), dim=-1)              # (H, n, rounds)
    return sum(o * share[..., r:r + 1] for r, o in enumerate(outs)), count


def centroids(k, clusters, steps=4):
    """(H, clusters, D) unit vectors: spherical k-means on the keys."""
    unit = F.normalize(k, dim=-1)
    at = torch.arange(clusters) * k.shape[1] // clusters
    centre = unit[:, at]
    for _ in range(steps):
        nearest = (unit @ centre.transpose(-2, -1)).argmax(-1)
        hot = F.one_hot(nearest, clusters).float()
        centre = F.normalize(hot.transpose(-2, -1) @ unit + 1e-3 * centre, dim=-1)
    return centre


def routing(q, k, v, centre):
    """Each cluster takes the n/clusters tokens nearest to its centroid, and those attend to one
    another (Roy et al. 2021, section 4). A token that no cluster took gets 0."""
    heads, n, size = q.shape
    clusters = centre.shape[1]
    near = F.normalize(k, dim=-1) @ centre.transpose(-2, -1)            # (H, n, clusters)
    taken = near.transpose(-2, -1).topk(n // clusters, dim=-1)[1]       # (H, clusters, n/clusters)
    at = taken.reshape(heads, -1, 1).expand(-1, -1, size)
    def members(t):
        return t.gather(1, at).view(heads, clusters, -1, size)
    out, count = dense(members(q), members(k), members(v))
    total = torch.zeros(heads, n, size).scatter_add(1, at, out.view(heads, -1, size))
    times = torch.zeros(heads, n, size).scatter_add(1, at, torch.ones(at.shape))
    return total / times.clamp(min=1), count
