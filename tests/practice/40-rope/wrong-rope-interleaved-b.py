def rope(x, base=10000.0):
    n, d = x.size(-2), x.size(-1)
    freq = 1.0 / base ** (torch.arange(0, d, 2).float() / d)
    angle = torch.outer(torch.arange(n).float(), freq)
    angle = angle.repeat_interleave(2, dim=-1)
    left, right = x[..., ::2], x[..., 1::2]
    turned = torch.stack((-right, left), -1).reshape(x.shape)
    return x * angle.cos() + turned * angle.sin()
