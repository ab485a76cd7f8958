def rms_norm(x, gamma, eps=1e-5):
    x = x - torch.mean(x, -1, keepdim=True)
    ms = torch.mean(x * x, dim=-1, keepdim=True)
    return gamma * (x * torch.rsqrt(ms + eps))
