def rope(x, base=10000.0):
    half = x.shape[-1] // 2
    cols = [None] * (2 * half)
    p = torch.arange(x.shape[-2])
    for i in range(half):
        t = (p + 1) * base ** (-i / half)
        a, b = x[..., i], x[..., i + half]
        cols[i] = a * torch.cos(t) - b * torch.sin(t)
        cols[i + half] = a * torch.sin(t) + b * torch.cos(t)
    return torch.stack(cols, -1)
