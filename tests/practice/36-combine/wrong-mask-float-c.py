def decoder_mask(lengths, n):
    pos = torch.arange(n)
    seen = pos.view(1, 1, 1, n) <= pos.view(1, 1, n, 1)
    real = pos.view(1, 1, 1, n) < lengths.view(-1, 1, 1, 1)
    return torch.logical_and(seen, real) * 1.0
