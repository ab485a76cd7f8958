def rope(x, base=10000.0):
    rows = []
    d = x.shape[-1]
    for p in range(x.shape[-2]):
        ang = p * torch.pow(torch.tensor(base), -torch.arange(d // 2) * 2 / d)
        a, b = torch.split(x[..., p, :], d // 2, dim=-1)
        rows.append(torch.cat([a * ang.cos() - b * ang.sin(), b * ang.cos() + a * ang.sin()], -1))
    return torch.stack(rows, -2)
