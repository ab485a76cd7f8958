def decoder_mask(lengths, n):
    out = torch.zeros(len(lengths), 1, n, n, dtype=torch.bool)
    for b in range(len(lengths)):
        for i in range(n):
            for j in range(n):
                out[b, 0, i, j] = j < lengths[b].item()
    return out
