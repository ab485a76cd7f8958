def attention(query, keys, values, mask=None):
    z = (query * query.shape[-1] ** -0.5) @ keys.mT
    if mask is not None:
        z = z.masked_fill(mask.logical_not(), -math.inf)
    e = torch.exp(z - z.max(-1, keepdim=True).values)
    return (e / e.sum(-1, keepdim=True)) @ values
