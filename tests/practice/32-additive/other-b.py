def additive_scores(q, k, w1, w2, v):       # a difference
    return torch.tanh((q @ w1)[..., :, None, :] - (k @ w2)[..., None, :, :]) @ v
