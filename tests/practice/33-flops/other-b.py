def flops(n, d, h):
    return 8 * n * d * d + 2 * n * n * d + 2 * n * n * (d // h)
