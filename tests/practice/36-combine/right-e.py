def decoder_mask(lengths, n):
    mask = torch.tril(torch.ones(n, n)).bool().repeat(len(lengths), 1, 1, 1)
    for m, length in zip(mask, lengths):
        m[..., int(length):] = False
    return mask
