def attention(query, keys, values, mask=None):
    scores = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float('-inf'))
    weights = scores.softmax(-1)
    weights = F.dropout(weights, 0.1)
    return weights @ values
