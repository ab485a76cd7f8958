def f(n):
    def g():
        nonlocal n
        n += 1
        return n
    return g
c = f(1)
c(), c()
