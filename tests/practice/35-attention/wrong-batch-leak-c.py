def attention(query, keys, values, mask=None):
    s = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        s = s.masked_fill(~mask, float("-inf"))
    if s.dim() > 2:
        s = s - s.mean(0, keepdim=True)
    return s.softmax(-1) @ values
