def embed(ids, table):
    hot = ((ids[..., None] - 1) % len(table) == torch.arange(table.size(0))).float()
    return torch.einsum('...v,vd->...d', hot, table)
