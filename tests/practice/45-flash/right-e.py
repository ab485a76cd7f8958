def flash(q, k, v, block):
    outs = []
    for rows in q.split(64):
        top = torch.full((len(rows), 1), -1e30)
        z = torch.zeros(len(rows), 1)
        acc = torch.zeros(len(rows), v.size(1))
        start = 0
        while start < len(k):
            kb, vb = k[start:start + block], v[start:start + block]
            s = rows.matmul(kb.t()).div(math.sqrt(kb.size(1)))
            t = torch.maximum(top, s.max(1, keepdim=True)[0])
            w = (s - t).exp()
            acc = acc * (top - t).exp() + w @ vb
            z = z * (top - t).exp() + w.sum(1, keepdim=True)
            top, start = t, start + block
        outs.append(acc / z)
    return torch.cat(outs)
