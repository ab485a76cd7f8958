def layer_norm(x, gamma, beta, eps=1e-5):
    m = x.mean(-1, True)
    s = ((x * x).mean(-1, True) - m * m + eps).sqrt()
    return (x - m) / s * gamma + beta
