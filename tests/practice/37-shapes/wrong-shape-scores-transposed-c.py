def shapes(B, H, T, S, d):
    q = torch.zeros(B, T, d).view(B, T, H, -1).transpose(1, 2)
    k = torch.zeros(B, S, d).view(B, S, H, -1).transpose(1, 2)
    w = q @ k.transpose(-2, -1)
    o = w @ k
    w = w.mT
    return {n: tuple(t.shape) for n, t in [('q', q), ('k', k), ('v', k), ('scores', w), ('weights', w), ('output', o)]}
