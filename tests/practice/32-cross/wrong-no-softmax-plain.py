def cross_attention(x, memory, wq, wk, wv, memory_mask=None):
    q, k, v = x @ wq, memory @ wk, memory @ wv
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if memory_mask is not None:
        scores = scores.masked_fill(~memory_mask[:, None, :], 0)
    return scores @ v
