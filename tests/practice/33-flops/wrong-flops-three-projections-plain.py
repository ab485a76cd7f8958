def flops(n, d, h):
    return 6 * n * d * d + 4 * n * n * d
