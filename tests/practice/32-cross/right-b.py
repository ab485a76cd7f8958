def cross_attention(x, memory, wq, wk, wv, memory_mask=None):
    queries = torch.matmul(x, wq)
    keys = torch.matmul(memory, wk)
    values = torch.matmul(memory, wv)
    s = torch.einsum('btd,bsd->bts', queries, keys)
    s = s * keys.size(-1) ** -0.5
    if memory_mask is not None:
        s = s.masked_fill(memory_mask.unsqueeze(1) == False, -math.inf)
    return torch.bmm(torch.softmax(s, dim=-1), values)
