def gqa(q, k, v):
    n = q.size(1) // k.size(1)
    def spread(t):
        return t[:, :, None].expand(-1, -1, n, -1, -1).flatten(1, 2)
    key, value = spread(k), spread(v)
    logits = q.matmul(key.mT) / q.size(-1) ** 0.5
    logits = logits - logits.max(-2, keepdim=True).values
    w = logits.exp()
    return (w / w.sum(-2, keepdim=True)).matmul(value)
