def shapes(B, H, T, S, d):
    w = d // H
    out = dict(q=(B, H, T, w), k=(B, H, S, w), v=(B, H, S, w))
    out['scores'] = out['weights'] = (B, H, S, T)
    out['output'] = (B, H, T, w)
    return out
