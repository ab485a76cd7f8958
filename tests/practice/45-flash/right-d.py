def flash(q, k, v, block):
    # log-sum-exp of what was seen instead of a maximum and a sum
    lse, out = None, None
    for s in range(0, k.shape[0], block):
        scores = q @ k[s:s + block].T / math.sqrt(q.shape[-1])
        here = scores.logsumexp(-1, keepdim=True)
        part = (scores - here).exp() @ v[s:s + block]
        if lse is None:
            lse, out = here, part
        else:
            new = torch.logaddexp(lse, here)
            out = out * (lse - new).exp() + part * (here - new).exp()
            lse = new
    return out
