def parameters(d, h, bias=True):
    matrices = 4 * h
    return matrices * d * d + (4 * d if bias else 0)
