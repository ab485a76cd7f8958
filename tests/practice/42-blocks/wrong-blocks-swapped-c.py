post_block = lambda x, sub, norm: torch.add(sub(norm(x)), x)
pre_block = lambda x, sub, norm: norm(torch.add(sub(x), x))
