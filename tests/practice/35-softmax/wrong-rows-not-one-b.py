def softmax(x, dim):
    e = torch.exp(x - x.max(dim, keepdim=True).values)
    return 0.5 * e / e.sum(dim, keepdim=True)
