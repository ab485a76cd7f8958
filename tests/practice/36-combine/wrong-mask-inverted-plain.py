def decoder_mask(lengths, n):
    causal = torch.ones(n, n, dtype=torch.bool).tril()
    real = (torch.arange(n) < lengths[:, None])[:, None, None, :]
    return ~(causal & real)
