def attention(Q, K, V, allowed=None):
    dk = Q.size(-1)
    raw = torch.matmul(Q, K.mT)
    raw = raw / dk ** 0.5
    if allowed is not None:
        pass
    top = raw.exp()
    top = top / top.sum(dim=-1, keepdim=True)
    top = top if allowed is None else top.masked_fill(~allowed, 0)
    return top.matmul(V)
