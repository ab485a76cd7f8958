def flops(n, d, h):
    return 8 * n * d * d
