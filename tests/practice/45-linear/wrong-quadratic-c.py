def linear(q, k, v):
    fq, fk = (F.elu(x) + 1 for x in (q, k))
    s = (fq[:, None] * fk[None]).sum(-1)
    return (s @ v) / s.sum(dim=1, keepdim=True)
