def cross_attention(x, memory, wq, wk, wv, memory_mask=None):
    mask = None if memory_mask is None else memory_mask[:, None]
    return F.scaled_dot_product_attention(x @ wq, memory @ wk, memory @ wv, attn_mask=mask)
