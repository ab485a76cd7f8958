def window(q, k, v, w):
    s = q @ k.T / math.sqrt(q.shape[1])
    for i in range(s.shape[0]):
        for j in range(s.shape[1]):
            if abs(i - j) > w:
                s[i, j] = float('-inf')
    e = torch.exp(s - s.max(1, keepdim=True).values)
    return e / e.sum(1, keepdim=True) @ v
