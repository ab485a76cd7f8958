def local_weights(scores, p, D):
    return torch.where((torch.arange(len(scores)) - p).abs() <= D, scores, -torch.inf).softmax(0) * torch.exp(-2 * ((torch.arange(len(scores)) - p) / D) ** 2)
