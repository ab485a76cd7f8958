def multihead(x, wq, wk, wv, wo, heads, mask=None):
    d = x.shape[-1]
    w = d // heads
    outs = []
    for h in range(heads):
        part = slice(h * w, (h + 1) * w)
        q, k, v = x @ wq[:, part], x @ wk[:, part], x @ wv[:, part]
        s = q @ k.transpose(-2, -1) * w ** -0.5
        if mask is not None:
            m = mask[:, h] if mask.dim() == 4 and mask.shape[1] > 1 else mask[:, 0] if mask.dim() == 4 else mask
            s = torch.where(m, s, torch.tensor(-torch.inf))
        outs.append(s.softmax(-1) @ v)
    return torch.cat(outs, -1)
