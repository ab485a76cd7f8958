def sinusoidal(n, d):
    a = torch.outer(torch.arange(n).float(), 1 / 10000 ** (torch.arange(0, d, 2) / d))
    return torch.stack((a.sin(), a.cos()), 2).flatten(1)
