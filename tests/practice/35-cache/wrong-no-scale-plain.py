def step(q, k, v, cache):
    if cache is not None:
        k, v = torch.cat([cache[0], k], -2), torch.cat([cache[1], v], -2)
    scores = q @ k.transpose(-2, -1)
    return scores.softmax(-1) @ v, (k, v)
