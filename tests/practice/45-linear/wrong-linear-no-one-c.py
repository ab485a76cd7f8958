def linear(q, k, v):
    f = nn.ELU()
    fq = f(q)
    fk = f(k)
    ones = torch.ones(len(v), 1)
    both = fq @ (fk.T @ torch.cat([v, ones], dim=1))
    return (fq @ (fk.T @ v)) / (fq @ fk.sum(0))[:, None]
