def flash(q, k, v, block):
    rows = []
    for query in q:
        best, total = torch.tensor(float('-inf')), torch.tensor(0.0)
        out = torch.zeros(v.shape[1])
        for at in range(0, len(k), block):
            s = k[at:at + block] @ query
            new = torch.max(best, s.max())
            e = (s - new).exp()
            fade = (best - new).exp()
            total = total * fade + e.sum()
            out = out * fade + e @ v[at:at + block]
            best = new
        rows.append(out / total)
    return torch.stack(rows)
