def parameters(d, h, bias=True):
    weights = 3 * d ** 2
    biases = 3 * d if bias else 0
    return weights + biases
