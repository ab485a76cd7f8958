def multihead(x, wq, wk, wv, wo, heads, mask=None):
    q, k, v = [torch.stack([one.view(heads, -1, x.shape[2] // heads) for one in x @ w]) for w in (wq, wk, wv)]
    out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return out.transpose(1, 2).flatten(2) @ wo
