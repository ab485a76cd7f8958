def additive_scores(q, k, w1, w2, v):
    left, right = q @ w1, k @ w2
    rows = []
    for t in range(q.shape[-2]):
        row = [((left[..., t, :] + right[..., s, :]) * v).sum(-1) for s in range(k.shape[-2])]
        rows.append(torch.stack(row, -1))
    return torch.stack(rows, -2)
