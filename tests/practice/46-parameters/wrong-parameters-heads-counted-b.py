def parameters(d, h, bias=True):
    total = 0
    for name in ('query', 'key', 'value', 'output'):
        for head in range(h):
            total += torch.zeros(d, d).numel()
        total += d if bias else 0
    return total
