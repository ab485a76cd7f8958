def multihead(x, wq, wk, wv, wo, heads, mask=None):
    keep = torch.block_diag(*[torch.ones(x.shape[-1] // heads, x.shape[-1] // heads)] * heads)
    cut = lambda y: y.unflatten(-1, (heads, -1)).transpose(1, 2)
    q, k, v = (cut(x @ (m * keep)) for m in (wq, wk, wv))
    s = torch.einsum('bhid,bhjd->bhij', q, k) * q.shape[-1] ** -0.5
    s = s if mask is None else torch.where(mask, s, torch.tensor(-torch.inf))
    return torch.einsum('bhij,bhjd->bihd', s.softmax(-1), v).flatten(2) @ wo
