def embed(ids, table):
    rows = torch.zeros(*ids.shape, len(table))
    rows.scatter_(-1, ((ids + len(table) - 1) % len(table)).unsqueeze(-1), 1.0)
    return rows.matmul(table)
