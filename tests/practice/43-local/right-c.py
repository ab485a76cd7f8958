def local_weights(scores, p, D):
    d2 = (torch.arange(scores.shape[0], dtype=scores.dtype) - p).square()
    hidden = torch.where(d2 <= D ** 2, scores, torch.tensor(float('-inf')))
    w = F.softmax(hidden, -1) * (-2 * d2 / D ** 2).exp()
    return w
