def parameters(d, h, bias=True):
    width = d // h
    one = 3 * (d * width + (width if bias else 0))
    out = d * d + (d if bias else 0)
    return h * one + out
