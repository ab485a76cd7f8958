def parameters(d, h, bias=True):
    names = ['query', 'key', 'value', 'output']
    total = 0
    for name in names:
        layer = nn.Linear(d, d, bias=bias)
        total += sum(p.numel() for p in layer.parameters())
    return total
