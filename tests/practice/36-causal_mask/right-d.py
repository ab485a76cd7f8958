def causal_mask(size):
    hidden = torch.triu(torch.ones(size, size), diagonal=1)
    return hidden == 0
