def linear(q, k, v):
    f = nn.ELU()
    fq = f(q).clamp(min=0) + 1e-6
    fk = f(k).clamp(min=0) + 1e-6
    ones = torch.ones(len(v), 1)
    both = fq @ (fk.T @ torch.cat([v, ones], dim=1))
    return both[:, :-1] / both[:, -1:]
