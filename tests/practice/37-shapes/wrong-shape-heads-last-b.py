def shapes(B, H, T, S, d):
    w = d // H
    out = dict(q=(B, T, H, w), k=(B, S, H, w), v=(B, S, H, w))
    out['scores'] = out['weights'] = (B, H, T, S)
    out['output'] = (B, T, H, w)
    return out
