def softmax(x, dim):
    e = (x.float() - x.max().float()).exp()
    return e / e.sum(dim, keepdim=True)
