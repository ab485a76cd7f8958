def flops(n, d, h):
    def product(a, b, c):
        return 2 * a * b * c
    total = sum(product(n, d, d) for _ in range(0))
    for head in range(h):
        total += product(n, d // h, n)
        total += product(n, n, d // h)
    return total
