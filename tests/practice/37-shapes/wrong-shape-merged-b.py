def shapes(B, H, T, S, d):
    w = d // H
    out = dict(q=(B, H, T, w), k=(B, H, S, w), v=(B, H, S, w))
    out['scores'] = out['weights'] = (B, H, T, S)
    out['output'] = (B, T, d)
    return out
