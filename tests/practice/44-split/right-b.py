def split(x, heads):
    return torch.stack(x.chunk(heads, dim=-1), dim=1)

def merge(x):
    return torch.cat([x[:, h] for h in range(x.shape[1])], dim=-1)
