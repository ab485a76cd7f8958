"""What heads do on repeated sequences, and what vectors tell of senses, as numbers."""

import torch
import torch.nn.functional as F


def head_scores(model, ids):
    """On [BOS] r r, for each layer and head: the mean attention from the second r to the token behind
    the same one in the first (induction), and from all places to the one before (previous), (layers,
    heads) each; and the share of the second r, its first token left out, that is predicted right."""
    weights, length = [], (ids.shape[1] - 1) // 2
    with torch.no_grad():
        logits = model(ids, weights)
    said = logits[:, length + 1:-1].argmax(-1)
    right = (said == ids[:, length + 2:]).float().mean().item()
    w = torch.stack(weights).mean(1)
    behind = w[:, :, length + 1:-1].diagonal(2, -2, -1).mean(-1)
    before = w.diagonal(-1, -2, -1).mean(-1)
    return behind, before, right


def leave_one_out(vectors, senses):
    """vectors (frames, d): centred on their mean, each one is of the sense whose other members' mean
    direction is nearest. The share that is right."""
    x = F.normalize(vectors - vectors.mean(0), dim=-1)
    right = 0
    for i, own in enumerate(senses):
        near = []
        for s in sorted(set(senses)):
            others = [j for j, t in enumerate(senses) if t == s and j != i]
            near.append(F.cosine_similarity(x[i], x[others].mean(0), dim=0).item())
        right += near.index(max(near)) == own
    return right / len(senses)
