def causal_mask(n):
    rows = []
    for query in range(n):
        rows.append([True for key in range(n)])
    return torch.tensor(rows)
