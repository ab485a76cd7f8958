def additive_scores(q, k, w1, w2, v):       # sigmoid for tanh
    return torch.sigmoid((q @ w1)[..., :, None, :] + (k @ w2)[..., None, :, :]) @ v
