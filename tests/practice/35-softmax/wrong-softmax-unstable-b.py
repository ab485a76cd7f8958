def softmax(scores, dim):
    top = torch.max(scores, dim=dim, keepdim=True).values
    up = torch.exp(scores)
    total = torch.sum(up, dim, keepdim=True)
    return torch.div(up, total)
