def gqa(q, k, v):
    B, H, T, D = q.shape
    G, S = k.shape[1], k.shape[2]
    q = q.reshape(B, G, H // G, T, D)
    scores = torch.einsum('bgrtd,bgsd->bgrts', q, k) * D ** -0.5
    w = torch.softmax(scores, dim=-2)
    out = torch.einsum('bgrts,bgsd->bgrtd', w, v)
    return out.reshape(B, H, T, D)
