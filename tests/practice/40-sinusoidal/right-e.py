def sinusoidal(n, d):
    j = torch.arange(d)
    a = torch.arange(n)[:, None] / 10000 ** ((j - j % 2) / d)
    return torch.where(j % 2 == 0, a.sin(), a.cos())
