def parameters(d, h, bias=True):
    return 4 * d * (d + int(bias))
