def attention(Q, K, V, allowed=None):
    dk = Q.size(-1)
    raw = torch.matmul(Q, K.contiguous().view(*K.shape[:-2], K.size(-1), K.size(-2)))
    raw = raw / dk ** 0.5
    if allowed is not None:
        raw[(~allowed).expand_as(raw)] = float('-inf')
    top = raw.exp()
    top = top / top.sum(dim=-1, keepdim=True)
    return top.matmul(V)
