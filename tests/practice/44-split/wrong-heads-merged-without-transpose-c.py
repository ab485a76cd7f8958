def split(x, heads):
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)

def merge(x):
    return x.flatten(1).unflatten(1, (x.shape[2], -1))
