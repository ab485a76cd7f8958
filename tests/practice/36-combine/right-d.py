def decoder_mask(lengths, n):
    i = torch.arange(n)
    return (i[:, None] >= i)[None, None] * (i[None] < lengths[:, None])[:, None, None]
