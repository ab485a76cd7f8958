def flops(n, d, h):
    return 4 * n * d * d + 2 * n * n * d
