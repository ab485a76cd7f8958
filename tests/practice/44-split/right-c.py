def split(x, heads):
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)

def merge(x):
    y = x.transpose(1, 2)
    return y.flatten(2)
