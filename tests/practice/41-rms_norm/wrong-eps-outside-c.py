def rms_norm(x, gamma, eps=1e-5):
    total = torch.einsum('...d,...d->...', x, x)
    rms = torch.sqrt(total / x.shape[-1]) + eps
    return x / rms.unsqueeze(-1) * gamma
