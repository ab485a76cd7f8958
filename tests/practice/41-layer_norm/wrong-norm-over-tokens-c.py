def layer_norm(x, gamma, beta, eps=1e-5):
    m = x.mean(-2)
    d = x - m[..., None, :]
    v = d.pow(2).mean(-2)
    return torch.addcmul(beta, d / torch.sqrt(v[..., None, :] + eps), gamma)
