def window(q, k, v, w):
    rows = []
    for i in range(len(q)):
        lo, hi = max(0, i - w), i + 1
        s = k[lo:hi] @ q[i] / math.sqrt(len(q[i]))
        rows.append(s.softmax(0) @ v[lo:hi])
    return torch.stack(rows)
