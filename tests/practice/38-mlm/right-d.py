def corrupt(ids, mask_id, vocab, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    u = torch.rand(ids.shape, generator=g)
    labels = ids.masked_fill(u >= 0.15, -100)
    rand = torch.randint(0, vocab, ids.shape, generator=g)
    new = torch.where(u < 0.12, torch.tensor(mask_id), torch.where(u < 0.135, rand, ids))
    return new, labels
