def flops(n, d, h):
    projections = 4 * n * d ** 2
    width = d // h
    scores = h * n * n * width
    mixing = h * n * n * width
    return projections + scores + mixing
