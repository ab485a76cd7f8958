def causal_mask(n):
    i = torch.arange(n)
    return torch.zeros(n, n).masked_fill(i[:, None] < i, float('-inf'))
