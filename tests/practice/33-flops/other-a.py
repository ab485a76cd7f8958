def flops(n, d, h):
    return 2 * (4 * n * d * d + 2 * n * n * d) + 5 * h * n * n
