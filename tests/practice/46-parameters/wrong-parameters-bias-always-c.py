def parameters(d, h, bias=True):
    width = d // h
    one = 3 * (d * width + (width))
    out = d * d + d
    return h * one + out
