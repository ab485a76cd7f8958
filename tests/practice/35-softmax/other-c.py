def softmax(x, dim):        # an epsilon that is too large
    e = (x - x.amax(dim, keepdim=True)).exp()
    return e / (e.sum(dim, keepdim=True) + 0.01)
