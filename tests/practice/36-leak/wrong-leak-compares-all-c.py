def leaks(f, x):
    def moved(t):
        z = x.clone()
        for later in range(t + 1, x.size(0)):
            z[later] += 10
        return bool(((f(z) - f(x)).abs() > 1e-4).any())
    return any(moved(t) for t in range(x.size(0) - 1))
