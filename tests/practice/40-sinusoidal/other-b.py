def sinusoidal(n, d):       # the same rate for all
    p = torch.arange(n)[:, None].float().expand(n, d // 2)
    return torch.stack([p.sin(), p.cos()], -1).flatten(1)
