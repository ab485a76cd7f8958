def sinusoidal(n, d):
    rows = []
    for p in range(n):
        row = []
        for i in range(d // 2):
            angle = p / 10000 ** (2 * i / d)
            row += [math.cos(angle), math.sin(angle)]
        rows.append(row)
    return torch.tensor(rows)
