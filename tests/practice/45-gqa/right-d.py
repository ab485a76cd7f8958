def gqa(q, k, v):
    times = q.shape[1] // k.shape[1]
    index = torch.arange(q.shape[1]) // times
    return F.scaled_dot_product_attention(q, k[:, index], v[:, index])
