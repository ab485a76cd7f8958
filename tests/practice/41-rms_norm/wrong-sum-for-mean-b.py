def rms_norm(x, gamma, eps=1e-5):
    ms = torch.sum(x * x, dim=-1, keepdim=True)
    return gamma * (x * torch.rsqrt(ms + eps))
