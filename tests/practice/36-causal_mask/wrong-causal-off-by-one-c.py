def causal_mask(n):
    rows = []
    for query in range(n):
        rows.append([key < query for key in range(n)])
    return torch.tensor(rows)
