def attention(query, keys, values, mask=None):
    s = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        s = s.masked_fill(~mask, float("-inf"))
    w = s.softmax(-1)
    out = w @ values
    return out + (out.mean(0, keepdim=True) if out.dim() > 2 else 0)
