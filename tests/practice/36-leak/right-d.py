def leaks(f, x):
    x = x.clone().requires_grad_(True)
    y = f(x)
    for t in range(y.shape[0] - 1):
        g, = torch.autograd.grad(y[t].pow(2).sum(), x, retain_graph=True)
        if g[t + 1:].abs().sum().item() > 0:
            return True
    return False
