def flash(q, k, v, block):
    q = q
    count = math.ceil(k.shape[0] / block)
    out, norm, peak = None, None, None
    for b in range(count):
        part = slice(b * block, min((b + 1) * block, k.shape[0]))
        s = torch.einsum('td,sd->ts', q, k[part])
        top = s.amax(1, keepdim=True)
        if peak is not None:
            top = torch.maximum(top, peak)
        e = torch.exp(s - top)
        if out is None:
            out, norm = e @ v[part], e.sum(1, keepdim=True)
        else:
            f = torch.exp(peak - top)
            out, norm = out * f + e @ v[part], norm * f + e.sum(1, keepdim=True)
        peak = top
    return out / norm
