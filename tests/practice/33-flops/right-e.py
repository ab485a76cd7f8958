def flops(n, d, h):
    return 2.0 * n * d * (4 * d + 2 * n)
