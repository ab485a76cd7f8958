def rope(x, base=10000.0):
    half = x.shape[-1] // 2
    cols = [None] * (2 * half)
    p = torch.arange(x.shape[-2])
    for i in range(half):
        t = p * base ** (-i / half)
        a, b = x[..., 2 * i], x[..., 2 * i + 1]
        cols[2 * i] = a * torch.cos(t) - b * torch.sin(t)
        cols[2 * i + 1] = a * torch.sin(t) + b * torch.cos(t)
    return torch.stack(cols, -1)
