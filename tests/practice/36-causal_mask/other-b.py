def causal_mask(n):     # the first key is always hidden
    m = torch.ones(n, n, dtype=torch.bool).tril()
    m[1:, 0] = False
    return m
