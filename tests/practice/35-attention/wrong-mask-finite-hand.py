def attention(Q, K, V, allowed=None):
    dk = Q.size(-1)
    raw = torch.matmul(Q, K.mT)
    raw = raw / dk ** 0.5
    if allowed is not None:
        raw[(~allowed).expand_as(raw)] = float('-inf')
    raw = raw.masked_fill(raw == float('-inf'), -1e30)
    top = (raw - raw.max(-1, keepdim=True).values).exp()
    top = top / top.sum(dim=-1, keepdim=True)
    return top.matmul(V)
