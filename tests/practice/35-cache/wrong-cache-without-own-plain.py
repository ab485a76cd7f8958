def step(q, k, v, cache):
    if cache is None:
        return v, (k, v)
    scores = q @ cache[0].transpose(-2, -1) / math.sqrt(q.shape[-1])
    out = scores.softmax(-1) @ cache[1]
    return out, (torch.cat([cache[0], k], -2), torch.cat([cache[1], v], -2))
