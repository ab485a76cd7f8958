def linear(q, k, v):
    def feature(x):
        return torch.where(x > 0, x + 1, x.exp())
    fq, fk = feature(q), feature(k)
    kv = torch.einsum('sd,se->de', fk, v)
    out = torch.einsum('td,de->te', fq, kv)
    total = torch.einsum('td,d->t', fq, fk.sum(0))
    return out / total[:, None]
