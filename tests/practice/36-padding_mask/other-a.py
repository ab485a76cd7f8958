def padding_mask(lengths, n):       # the longest of the batch for all
    longest = int(torch.as_tensor(lengths).max())
    return (torch.arange(n) < longest).expand(len(lengths), 1, 1, n)
