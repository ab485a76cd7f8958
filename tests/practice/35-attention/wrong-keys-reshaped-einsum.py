def attention(q, k, v, mask=None):
    s = q @ k.reshape(k.shape[:-2] + (k.shape[-1], k.shape[-2])) * q.shape[-1] ** -0.5
    if mask is not None:
        s = torch.where(mask, s, torch.full_like(s, -math.inf))
    w = F.softmax(s, dim=-1)
    return torch.einsum('...ts,...sd->...td', w, v)
