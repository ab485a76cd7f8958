def flops(n, d, h):
    def product(a, b, c):
        return 2 * a * b * c
    total = sum(product(n, d, d) for _ in range(4))
    for head in range(h):
        total += product(n, d, n)
        total += product(n, n, d)
    return total
