def gqa(q, k, v):
    B, H, T, D = q.shape
    groups = k.shape[1]
    heads = []
    for h in range(H):
        g = h // (H // groups)
        scores = q[:, h] @ k[:, g].transpose(1, 2) / math.sqrt(D)
        heads.append(scores.softmax(-1) @ v[:, g])
    return torch.stack(heads, 1)
