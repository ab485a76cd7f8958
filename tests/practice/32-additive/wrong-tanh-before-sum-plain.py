def additive_scores(q, k, w1, w2, v):
    both = (q @ w1).tanh()[..., :, None, :] + (k @ w2).tanh()[..., None, :, :]
    return both @ v
