def softmax(x, dim):
    return torch.sigmoid(x - x.amax(dim, keepdim=True))
