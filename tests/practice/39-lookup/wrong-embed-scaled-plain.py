def embed(ids, table):
    return F.one_hot(ids, table.shape[0]).to(table.dtype) @ table * math.sqrt(table.shape[1])
