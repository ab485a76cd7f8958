def cross_attention(x, memory, wq, wk, wv, memory_mask=None):
    q = x @ wq
    e = q @ (memory @ wk).mT / q.shape[-1] ** .5
    bias = 0 if memory_mask is None else torch.zeros(memory_mask.shape).masked_fill(~memory_mask, float('-inf'))[:, None]
    return torch.softmax(e + bias, -1) @ (memory @ wv)
