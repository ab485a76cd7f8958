def additive_scores(q, k, w1, w2, v):
    h = torch.tanh((q @ w1).unsqueeze(-2) + (k @ w2).unsqueeze(-3))
    return torch.einsum('...tsa,a->...ts', h, v)
