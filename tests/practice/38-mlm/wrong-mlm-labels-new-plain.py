def corrupt(ids, mask_id, vocab, seed):
    g = torch.Generator().manual_seed(seed)
    chosen = torch.rand(ids.shape, generator=g) < 0.15
    labels = torch.where(chosen, ids, torch.full_like(ids, -100))
    how = torch.rand(ids.shape, generator=g)
    other = torch.randint(0, vocab, ids.shape, generator=g)
    out = torch.where(chosen & (how < 0.8), torch.full_like(ids, mask_id), ids)
    out = torch.where(chosen & (how >= 0.8) & (how < 0.9), other, out)
    return out, torch.where(chosen, out, labels)
