def softmax(x, dim):
    e = (x - x.amax(dim, keepdim=True)).exp()
    return e / torch.sum(e)
