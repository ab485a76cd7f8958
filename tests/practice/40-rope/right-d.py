def rope(x, base=10000.0):
    n, d = x.shape[-2], x.shape[-1]
    h = d // 2
    theta = torch.arange(n).view(n, 1) / base ** (torch.arange(h) / h)
    rot = torch.stack([torch.stack([theta.cos(), theta.sin()], -1), torch.stack([-theta.sin(), theta.cos()], -1)], -2)
    pairs = torch.stack([x[..., :h], x[..., h:]], -1).unsqueeze(-2)
    out = (pairs @ rot).squeeze(-2)
    return torch.cat([out[..., 0], out[..., 1]], -1)
