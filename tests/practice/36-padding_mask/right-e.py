def padding_mask(lens, width):
    idx = torch.arange(width).expand(lens.numel(), width)
    keep = ~(idx >= lens.unsqueeze(-1))
    return keep.reshape(lens.numel(), 1, 1, width)
