def linear(q, k, v):
    q, k = F.elu(q) + 1, F.elu(k) + 1
    weights = q @ k.T
    return weights / weights.sum(-1, keepdim=True) @ v
