def attention(q, k, v, mask=None):
    s = torch.einsum('...td,...sd->...ts', q, k) * q.shape[-1] ** -0.5
    if mask is not None:
        s = torch.where(mask, s, torch.full_like(s, -math.inf))
    w = F.softmax(s, dim=-2)
    return torch.einsum('...ts,...sd->...td', w, v)
