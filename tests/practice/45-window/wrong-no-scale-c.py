def window(q, k, v, w):
    n = q.size(0)
    ones = torch.ones(n, n)
    band = ones.triu(-w) * ones.tril(w)
    s = torch.einsum('id,jd->ij', q, k)
    s = torch.where(band > 0, s, torch.full_like(s, -math.inf))
    return F.softmax(s, 1).mm(v)
