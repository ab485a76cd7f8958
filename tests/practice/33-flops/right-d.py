def flops(n, d, h):
    return 4 * n * d * (2 * d + n)
