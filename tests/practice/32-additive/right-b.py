def additive_scores(q, k, w1, w2, v):
    a = torch.matmul(q, w1).unsqueeze(-2)
    b = torch.matmul(k, w2).unsqueeze(-3)
    h = torch.tanh(a + b)
    return (h * v).sum(-1)
