def flops(n, d, h):
    return 4 * n * n * d
