from einops import rearrange, einsum

def gqa(q, k, v):
    q = rearrange(q, 'b (g r) t d -> b g r t d', g=k.shape[1])
    w = (einsum(q, k, 'b g r t d, b g s d -> b g r t s') / math.sqrt(k.shape[-1])).softmax(-1)
    return rearrange(einsum(w, v, 'b g r t s, b g s d -> b g r t d'), 'b g r t d -> b (g r) t d')
