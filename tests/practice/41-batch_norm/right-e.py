def batch_norm(x, gamma, beta, eps=1e-5):
    n = x.shape[0] * x.shape[1]
    m = x.sum((0, 1)) / n
    s = ((x - m) ** 2).sum((0, 1)) / n
    return (x - m) * (s + eps) ** -.5 * gamma + beta
