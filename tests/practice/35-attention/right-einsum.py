def attention(query, keys, values, mask=None):
    scores = torch.einsum('...td,...sd->...ts', query, keys) / query.size(-1) ** 0.5
    if mask is not None:
        scores = torch.where(mask, scores, torch.tensor(float('-inf')))
    return torch.einsum('...ts,...sd->...td', torch.softmax(scores, dim=-1), values)
