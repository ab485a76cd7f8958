def leaks(f, x):
    whole = f(x)
    return not all(same(f, x, whole, j) for j in range(1, len(x)))

def same(f, x, whole, j):
    y = x.clone()
    y[j] = y[j] + 5
    return torch.allclose(f(y)[:j], whole[:j], atol=1e-4)
