def one(q, K, V, row):
    seen = [j for j in range(K.shape[0]) if row is None or bool(row[j])]
    if not seen:
        return torch.full((V.shape[-1],), float('nan'))
    s = torch.stack([(q * K[j]).sum() for j in seen]) / math.sqrt(len(q))
    p = F.softmax(s, dim=0)
    return sum(p[n] * V[j] for n, j in enumerate(seen))

def attention(query, keys, values, mask=None):
    if query.dim() > 2:
        if mask is not None:
            mask = mask.expand(*query.shape[:-2], query.shape[-2], keys.shape[-2])
        parts = [attention(query[i], keys[i], values[i], None if mask is None else mask[i])
                 for i in range(query.shape[0])]
        return torch.stack(parts)
    return torch.stack([one(query[i], keys, values, None if mask is None else mask[i])
                        for i in range(query.shape[0])])
