def rms_norm(x, gamma, eps=1e-5):
    total = torch.einsum('...nd,...nd->...d', x, x)
    rms = torch.sqrt(total / x.shape[-2] + eps)
    return x / rms.unsqueeze(-2) * gamma
