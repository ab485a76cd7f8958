def softmax(x, dim):
    m, _ = x.max(dim, keepdim=True)
    z = x - m
    return torch.exp(z - torch.log(torch.exp(z).sum(dim, keepdim=True)))
