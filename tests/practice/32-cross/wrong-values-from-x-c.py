def cross_attention(x, memory, wq, wk, wv, memory_mask=None):
    out = []
    for b in range(len(x)):
        q, k, v = x[b] @ wq, memory[b] @ wk, x[b] @ wv
        e = (q @ k.T) / q.shape[1] ** 0.5
        if memory_mask is not None:
            e = torch.where(memory_mask[b], e, torch.tensor(float('-inf')))
        out.append(e.softmax(dim=1) @ v)
    return torch.stack(out)
