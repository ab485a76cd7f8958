def rms_norm(x, gamma, eps=1e-5):
    scale = gamma / torch.sqrt(x.square().mean(-1, keepdim=True) + eps)
    return x * scale
