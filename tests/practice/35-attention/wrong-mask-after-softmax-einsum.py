def attention(q, k, v, mask=None):
    s = torch.einsum('...td,...sd->...ts', q, k) * q.shape[-1] ** -0.5
    w = F.softmax(s, dim=-1)
    if mask is not None:
        w = torch.where(mask, w, torch.zeros_like(w))
    return torch.einsum('...ts,...sd->...td', w, v)
