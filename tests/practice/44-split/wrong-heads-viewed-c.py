def split(x, heads):
    return x.flatten(1).unflatten(1, (heads, x.shape[1], -1))

def merge(x):
    return x.transpose(1, 2).flatten(2)
