def linear(q, k, v):
    q = torch.nn.functional.elu(q).add(1)
    k = torch.nn.functional.elu(k).add(1)
    top = torch.zeros(q.shape[1], v.shape[1])
    bottom = torch.zeros(q.shape[1])
    for key, value in zip(k, v):
        top = top + torch.outer(key, value)
        bottom = bottom + key
    return q @ top / (q @ bottom).reshape(-1, 1)
