def softmax(scores, dim):
    top = torch.max(scores)
    up = torch.exp(scores - top)
    total = torch.sum(up, dim, keepdim=True)
    return torch.div(up, total)
