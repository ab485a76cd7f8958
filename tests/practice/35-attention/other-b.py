def attention(query, keys, values, mask=None):      # base 2
    s = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None: s = s.masked_fill(~mask, -math.inf)
    e = torch.exp2(s - s.amax(-1, keepdim=True))
    return torch.nan_to_num(e / e.sum(-1, keepdim=True)) @ values
