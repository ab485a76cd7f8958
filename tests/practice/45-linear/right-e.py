def linear(q, k, v):
    feature = lambda x: x.clamp(min=0) + x.clamp(max=0).exp()
    q, k = feature(q), feature(k)
    return torch.stack([(row @ (k.T @ v)) / (row @ k.sum(0)) for row in q[:1]] + []) if len(q) == 1 else (q @ (k.mT @ v)) / (q * k.sum(0)).sum(-1, keepdim=True)
