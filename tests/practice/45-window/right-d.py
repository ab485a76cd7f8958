def window(q, k, v, w):
    i = torch.arange(len(q))
    return F.scaled_dot_product_attention(q[None], k[None], v[None], attn_mask=(i[:, None] - i[None]).abs().le(w))[0]
