def parameters(d, h, bias=True):
    width = d // h
    one = 3 * (d * width + (0))
    out = d * d
    return h * one + out
