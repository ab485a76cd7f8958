def multihead(x, wq, wk, wv, wo, heads, mask=None):
    d = x.shape[2]
    split = lambda w: torch.einsum('bnd,dhw->bhnw', x, w.view(d, heads, d // heads))
    q, k, v = split(wq), split(wk), split(wv)
    a = torch.einsum('bhiw,bhjw->bhij', q, k)
    a = a if mask is None else a.masked_fill(mask.logical_not(), float('-inf'))
    a = a - a.amax(dim=-1, keepdim=True)
    e = a.exp()
    p = e / e.sum(dim=-1, keepdim=True)
    o = torch.einsum('bhij,bhjw->bihw', p, v)
    return torch.einsum('bihw,hwe->bie', o, wo.view(heads, d // heads, d))
