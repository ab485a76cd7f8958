def softmax(x, dim):
    e = x.exp()
    return e / e.sum(dim, keepdim=True)
