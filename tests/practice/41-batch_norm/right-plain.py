def batch_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean((0, 1), keepdim=True)
    variance = x.var((0, 1), keepdim=True, unbiased=False)
    return (x - mean) / (variance + eps).sqrt() * gamma + beta
