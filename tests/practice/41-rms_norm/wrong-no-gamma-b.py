def rms_norm(x, gamma, eps=1e-5):
    ms = torch.mean(x * x, dim=-1, keepdim=True)
    return (x * torch.rsqrt(ms + eps))
