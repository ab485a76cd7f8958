class Cache:
    def __init__(self, k, v):
        self.k, self.v = k, v

def step(q, k, v, cache):
    cache = Cache(k, v) if cache is None else Cache(torch.cat([cache.k, k], 2), torch.cat([cache.v, v], 2))
    weights = F.softmax(q @ cache.k.transpose(2, 3) / q.shape[3] ** 0.5, dim=-1)
    return weights @ cache.v, cache
