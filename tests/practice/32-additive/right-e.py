def additive_scores(q, k, w1, w2, v):
    x = torch.einsum('...td,da->...ta', q, w1)
    y = torch.einsum('...sd,da->...sa', k, w2)
    return (x[..., None, :] + y[..., None, :, :]).tanh().matmul(v)
