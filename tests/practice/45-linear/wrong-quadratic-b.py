def linear(q, k, v):
    a = torch.einsum('td,sd->ts', F.elu(q) + 1, F.elu(k) + 1)
    return torch.einsum('ts,se->te', a, v) / a.sum(1)[:, None]
