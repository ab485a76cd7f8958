def parameters(d, h, bias=True):
    return 4 * d * d + (4 * d if bias else 0) + 2 * d
