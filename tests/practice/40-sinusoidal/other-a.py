def sinusoidal(n, d):       # positions from 1
    p = torch.arange(1, n + 1)[:, None]
    a = p / 10000 ** (torch.arange(0, d, 2) / d)
    return torch.stack([a.sin(), a.cos()], -1).flatten(1)
