def parameters(d, h, bias=True):
    weights = 4 * d ** 2 * h
    biases = 4 * d if bias else 0
    return weights + biases
