softmax = lambda x, dim: (lambda e: e / e.sum(dim=dim, keepdim=True))(torch.exp(x - x.amax(dim=dim, keepdim=True)))
