def additive_scores(q, k, w1, w2, v):
    both = (q @ w1)[..., :, None, :] + (k @ w2)[..., None, :, :]
    return (both.tanh() @ v).transpose(-2, -1)
