def multihead(x, wq, wk, wv, wo, heads, mask=None):     # every head has the first head's queries
    cut = lambda y: y.unflatten(-1, (heads, -1)).transpose(1, 2)
    q = cut(x @ wq)[:, :1].expand(-1, heads, -1, -1)
    out = F.scaled_dot_product_attention(q, cut(x @ wk), cut(x @ wv), attn_mask=mask)
    return out.transpose(1, 2).flatten(2) @ wo
