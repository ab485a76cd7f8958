def split(x, heads):
    return torch.stack([row.reshape(heads, x.shape[1], -1) for row in x])

def merge(x):
    return torch.cat([x[:, h] for h in range(x.shape[1])], dim=-1)
