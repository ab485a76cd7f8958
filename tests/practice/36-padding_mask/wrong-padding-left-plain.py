def padding_mask(lengths, n):
    return (torch.arange(n).flip(0) < lengths[:, None])[:, None, None, :]
