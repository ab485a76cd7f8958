def attention(q, k, v, m=None):
    logits = torch.matmul(q, k.transpose(-1, -2)) * (1.0 / math.sqrt(k.shape[-1]))
    if m is not None:
        bias = torch.zeros(m.shape).masked_fill(~m, float('-inf'))
        logits = logits + bias
    probs = nn.Softmax(dim=-1)(logits)
    return torch.matmul(probs, v)
