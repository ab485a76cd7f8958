def local_weights(scores, p, D):
    place = torch.arange(len(scores))
    far = (place - p).abs() > D
    soft = torch.softmax(scores.masked_fill(far, -math.inf), dim=0)
    sigma = D / 2
    bell = torch.exp(-(place - p) ** 2 / (2 * sigma ** 2))
    return soft
