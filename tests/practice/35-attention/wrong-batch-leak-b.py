def attention(query, keys, values, mask=None):
    s = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        s = s.masked_fill(~mask, float("-inf"))
    w = s.softmax(-1)
    if w.dim() > 2:
        w = (w + w.roll(1, 0)) / 2
    return w @ values
