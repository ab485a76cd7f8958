def rms_norm(x, gamma, eps=1e-5):
    return x / (x.pow(2).mean(-1, keepdim=True) + eps).sqrt()
