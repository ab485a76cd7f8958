def rms_norm(x, gamma, eps=1e-5):
    ms = torch.mean(x * x, dim=-2, keepdim=True)
    return gamma * (x * torch.rsqrt(ms + eps))
