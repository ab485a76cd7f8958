def embed(ids, table):
    return (F.one_hot(ids, table.shape[0]) * ids[..., None]).to(table.dtype) @ table
