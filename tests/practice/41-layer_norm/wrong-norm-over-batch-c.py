def layer_norm(x, gamma, beta, eps=1e-5):
    m = x.mean(0)
    d = x - m
    v = d.pow(2).mean(0)
    return torch.addcmul(beta, d / torch.sqrt(v + eps), gamma)
