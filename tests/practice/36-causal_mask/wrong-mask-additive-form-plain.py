def causal_mask(n):
    return torch.full((n, n), float('-inf')).triu(1)
