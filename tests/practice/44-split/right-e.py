def split(x, heads):
    B, n, d = x.size()
    w = d // heads
    out = torch.empty(B, heads, n, w, dtype=x.dtype)
    for h in range(heads):
        out[:, h] = x[:, :, h * w:(h + 1) * w]
    return out

def merge(x):
    B, h, n, w = x.size()
    out = torch.empty(B, n, h * w, dtype=x.dtype)
    for i in range(h):
        out[:, :, i * w:(i + 1) * w] = x[:, i]
    return out
