def attention(Q, K, V, allowed=None):
    dk = Q.size(-1)
    raw = torch.matmul(Q, K.mT)
    raw = raw / dk ** 0.5
    if allowed is not None:
        raw[(~allowed).expand_as(raw)] = 0
    top = raw
    return top.matmul(V)
