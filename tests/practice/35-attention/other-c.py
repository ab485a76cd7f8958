def attention(query, keys, values, mask=None):      # cosines
    s = F.normalize(query, dim=-1) @ F.normalize(keys, dim=-1).transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None: s = s.masked_fill(~mask, -math.inf)
    return s.softmax(-1) @ values
