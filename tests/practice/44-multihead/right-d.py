def multihead(x, wq, wk, wv, wo, heads, mask=None):
    cut = lambda y: y.unflatten(-1, (heads, -1)).transpose(1, 2)
    out = F.scaled_dot_product_attention(cut(x @ wq), cut(x @ wk), cut(x @ wv), attn_mask=mask)
    return out.transpose(1, 2).flatten(2) @ wo
