def rms_norm(x, gamma, eps=1e-5):
    n = x.norm(dim=-1, keepdim=True) ** 2 / x.size(-1)
    return x * (n + eps) ** -0.5 * gamma
