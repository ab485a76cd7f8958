def flops(n, d, h):
    return 8 * n * d * d + 4 * n * n * d * h
