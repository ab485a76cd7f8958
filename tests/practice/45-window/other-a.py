def window(q, k, v, w):     # in blocks of w + 1
    i = torch.arange(len(q)) // (w + 1)
    return F.scaled_dot_product_attention(q[None], k[None], v[None], attn_mask=i[:, None] == i)[0]
