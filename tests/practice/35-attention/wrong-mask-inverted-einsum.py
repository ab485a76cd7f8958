def attention(q, k, v, mask=None):
    s = torch.einsum('...td,...sd->...ts', q, k) * q.shape[-1] ** -0.5
    if mask is not None:
        s = torch.where(mask, torch.full_like(s, -math.inf), s)
    w = F.softmax(s, dim=-1)
    return torch.einsum('...ts,...sd->...td', w, v)
