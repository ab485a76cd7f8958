def split(x, heads):
    batch, length, width = x.shape
    parts = x.reshape(batch, length, heads, width // heads).permute(0, 2, 1, 3)
    return parts

def merge(x):
    batch, heads, length, part = x.shape
    return x.reshape(batch, length, heads * part)
