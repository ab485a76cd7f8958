def flash(q, k, v, block):
    T, D = q.shape
    m = torch.full((T,), -math.inf)
    l = torch.zeros(T)
    o = torch.zeros(T, v.shape[-1])
    for keys, values in zip(k.split(block), v.split(block)):
        s = q @ keys.T / math.sqrt(D)
        m_new = torch.maximum(m, s.max(dim=1).values)
        p = torch.exp(s - m_new[:, None])
        c = torch.ones(T)
        l = l * c + p.sum(1)
        o = o * c[:, None] + p @ values
        m = m_new
    return o / l[:, None]
