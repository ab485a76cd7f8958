def leaks(f, x):
    n = len(x)
    y = f(x)
    found = False
    for t in range(n - 1):
        other = torch.cat([x[:t + 1], torch.randn_like(x[t + 1:]) * 3])
        found = found or (f(other)[:t + 1] - y[:t + 1]).abs().max().item() > 1e-4
    return not found
