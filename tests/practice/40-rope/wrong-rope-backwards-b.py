def rope(x, base=10000.0):
    n, d = x.size(-2), x.size(-1)
    freq = 1.0 / base ** (torch.arange(0, d, 2).float() / d)
    angle = torch.outer(torch.arange(n).float(), freq)
    angle = torch.cat((angle, angle), dim=-1)
    left, right = x.chunk(2, dim=-1)
    turned = torch.cat((right, -left), dim=-1)
    return x * angle.cos() + turned * angle.sin()
