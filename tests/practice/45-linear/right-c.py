def linear(q, k, v):
    f = nn.ELU()
    fq = f(q) + 1
    fk = f(k) + 1
    ones = torch.ones(len(v), 1)
    both = fq @ (fk.T @ torch.cat([v, ones], dim=1))
    return both[:, :-1] / both[:, -1:]
