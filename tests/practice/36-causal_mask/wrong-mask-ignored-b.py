def causal_mask(n):
    i = torch.arange(n)
    return i[:, None] > -1 - i[None, :]
