def local_weights(scores, p, D):
    lo, hi = max(0, math.ceil(p - D)), min(len(scores) - 1, math.floor(p + D))
    out = torch.zeros_like(scores)
    part = scores[lo:hi + 1].softmax(0)
    where = torch.arange(lo, hi + 1)
    out[lo:hi + 1] = part * torch.exp(-0.5 * ((where - p) / (D / 2)) ** 2)
    return out
