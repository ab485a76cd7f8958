pre_block = lambda x, sub, norm: sub(norm(x))
post_block = lambda x, sub, norm: norm(torch.add(sub(x), x))
