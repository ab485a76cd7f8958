def embed(ids, table):
    eye = torch.eye(table.shape[0])
    return eye[ids] @ table
