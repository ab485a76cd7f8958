def multihead(x, wq, wk, wv, wo, heads, mask=None):
    d = x.shape[-1]
    w = d // heads
    outs = []
    for h in range(heads):
        part = slice(h * w, (h + 1) * w)
        own = x[..., part]
        q, k, v = own @ wq[part, part], own @ wk[part, part], own @ wv[part, part]
        s = q @ k.transpose(-2, -1) / math.sqrt(w)
        if mask is not None:
            s = s.masked_fill(~mask, float('-inf'))
        outs.append(s.softmax(-1) @ v)
    return torch.cat(outs, -1) @ wo
