def causal_mask(n):
    rows = []
    for query in range(n):
        rows.append([0.0 if key <= query else float('-inf') for key in range(n)])
    return torch.tensor(rows)
