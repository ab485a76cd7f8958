def shapes(B, H, T, S, d):
    w = d // H
    return dict(q=(B, H, T, w), k=(B, H, T, w), v=(B, H, S, w), scores=(B, H, T, S), weights=(B, H, T, S), output=(B, H, T, w))
