def split(x, heads):
    return torch.stack(x.chunk(heads, dim=-1), dim=1)

def merge(x):
    return torch.stack([one.reshape(one.shape[1], -1) for one in x])
