def padding_mask(lengths, n):
    positions = torch.arange(n).view(1, 1, n)
    return positions.lt(lengths.view(-1, 1, 1))
