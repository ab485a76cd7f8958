def split(x, heads):
    batch, length, width = x.shape
    parts = x.reshape(batch, heads, length, width // heads)
    return parts

def merge(x):
    batch, heads, length, part = x.shape
    return x.permute(0, 2, 1, 3).reshape(batch, length, heads * part)
