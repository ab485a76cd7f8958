def attention(query, keys, values, mask=None):      # the scores are squared
    s = (query @ keys.transpose(-2, -1)) ** 2 / math.sqrt(query.shape[-1])
    if mask is not None: s = s.masked_fill(~mask, -math.inf)
    return s.softmax(-1) @ values
