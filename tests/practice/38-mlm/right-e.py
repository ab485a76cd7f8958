def corrupt(ids, mask_id, vocab, seed):
    g = torch.Generator().manual_seed(seed)
    flat = ids.flatten().clone()
    labels = torch.full((flat.numel(),), -100)
    where = (torch.rand(flat.numel(), generator=g) < .15).nonzero()[:, 0]
    labels[where] = flat[where]
    dice = torch.rand(len(where), generator=g)
    flat[where[dice < .8]] = mask_id
    some = where[dice > .9]
    flat[some] = torch.randint(0, vocab, (len(some),), generator=g)
    return flat.reshape(ids.shape), labels.reshape(ids.shape)
