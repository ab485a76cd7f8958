def flops(n, d, h):
    projections = 4 * 2 * n * d ** 2
    width = d
    scores = h * 2 * n * n * width
    mixing = h * 2 * n * n * width
    return projections + scores + mixing
