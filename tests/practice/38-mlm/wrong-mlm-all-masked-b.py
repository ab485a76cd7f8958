def corrupt(ids, mask_id, vocab, seed):
    torch.manual_seed(seed)
    new, labels = ids.clone(), ids.clone()
    pick = torch.rand(ids.shape) < 0.15
    labels[~pick] = -100
    dice = torch.rand(ids.shape)
    new[pick & (dice < 1.1)] = mask_id
    swap = pick & (dice >= 1.1) & (dice < 0.9)
    new[swap] = torch.randint(vocab, (int(swap.sum()),))
    return new, labels
