def leaks(f, x):
    before = f(x)
    for t in range(x.shape[0] - 1):
        changed = x.clone()
        changed[t:] = changed[t:] * -2 + 1
        if not torch.allclose(f(changed)[:t + 1], before[:t + 1], atol=1e-5):
            return True
    return False
