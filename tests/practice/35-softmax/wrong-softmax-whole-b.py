def softmax(scores, dim):
    top = torch.max(scores, dim=dim, keepdim=True).values
    up = torch.exp(scores - top)
    total = torch.sum(up)
    return torch.div(up, total)
