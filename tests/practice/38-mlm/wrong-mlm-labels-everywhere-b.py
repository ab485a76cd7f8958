def corrupt(ids, mask_id, vocab, seed):
    torch.manual_seed(seed)
    new, labels = ids.clone(), ids.clone()
    pick = torch.rand(ids.shape) < 0.15
    dice = torch.rand(ids.shape)
    new[pick & (dice < 0.8)] = mask_id
    swap = pick & (dice >= 0.8) & (dice < 0.9)
    new[swap] = torch.randint(vocab, (int(swap.sum()),))
    return new, labels
