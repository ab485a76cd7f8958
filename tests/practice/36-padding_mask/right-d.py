def padding_mask(lengths, n):
    rows = [[j < int(l) for j in range(n)] for l in lengths]
    return torch.tensor(rows).unsqueeze(1).unsqueeze(1)
