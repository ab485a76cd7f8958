def multihead(x, wq, wk, wv, wo, heads, mask=None):
    layer = nn.MultiheadAttention(x.shape[-1], heads, bias=False, batch_first=True)
    q, k, v = x @ wq, x @ wk, x @ wv
    B, n, d = x.shape
    s = torch.zeros(B, heads, n, d // heads)
    for b in range(B):
        for h in range(heads):
            c = slice(h * d // heads, (h + 1) * d // heads)
            z = q[b, :, c] @ k[b, :, c].T / math.sqrt(d / heads)
            if mask is not None:
                z = z.masked_fill(~mask.expand(B, heads, n, n)[b, h], -1e30)
            s[b, h] = z.softmax(1) @ v[b, :, c]
    return s.transpose(1, 2).reshape(B, n, d) @ wo
