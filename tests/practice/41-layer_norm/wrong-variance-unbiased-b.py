def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - torch.mean(x, dim=-1, keepdim=True)
    var = (centred ** 2).sum(dim=-1, keepdim=True) / (x.shape[-1] - 1)
    out = centred * torch.rsqrt(var + eps)
    return gamma * out + beta
