def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - torch.mean(x, dim=-1, keepdim=True)
    var = (centred ** 2).mean(dim=-1, keepdim=True)
    out = centred * torch.rsqrt(var + eps)
    return out + beta
