def embed(ids, table):
    hot = (ids[..., None] == torch.arange(table.size(0))).float()
    hot = hot.sum(-2, keepdim=True) + 0 * hot
    return torch.einsum('...v,vd->...d', hot, table)
