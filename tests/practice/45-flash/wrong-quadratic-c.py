def flash(q, k, v, block):
    scores = torch.zeros(len(q), len(k))
    for i in range(0, len(k), block):
        scores[:, i:i + block] = q @ k[i:i + block].T * q.shape[1] ** -0.5
    e = torch.exp(scores - scores.amax(1, keepdim=True))
    return e @ v / e.sum(1, keepdim=True)
