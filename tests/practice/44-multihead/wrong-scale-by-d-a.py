def multihead(x, wq, wk, wv, wo, heads, mask=None):
    batch, n, d = x.shape
    def cut(y):
        return y.reshape(batch, n, heads, -1).transpose(1, 2)
    q, k, v = cut(x @ wq), cut(x @ wk), cut(x @ wv)
    scores = torch.matmul(q, k.transpose(2, 3)) / (d // heads)
    if mask is not None:
        scores = scores.masked_fill(mask == False, -math.inf)
    weights = torch.softmax(scores, dim=-1)
    mixed = weights @ v
    return mixed.transpose(1, 2).reshape(batch, n, d) @ wo
