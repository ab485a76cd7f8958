def step(q, k, v, cache):
    past = list(cache) if cache else []
    past.append((k, v))
    K = torch.cat([a for a, _ in past], -2)
    V = torch.cat([b for _, b in past], -2)
    w = torch.einsum('bhqd,bhkd->bhqk', q, K).div(math.sqrt(K.shape[-1])).softmax(-2)
    return torch.einsum('bhqk,bhkd->bhqd', w, V), past
