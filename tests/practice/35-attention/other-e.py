def attention(query, keys, values, mask=None):      # only causal ones
    s = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
    s = s.masked_fill(torch.ones(s.shape[-2], s.shape[-1], dtype=torch.bool).triu(1), -math.inf)
    return s.softmax(-1) @ values
