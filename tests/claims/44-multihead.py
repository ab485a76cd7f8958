### loop, batch and sum agree, circuits make the layer, blocks are blind | anywhere
assert torch.equal(one_by_one, heads) and torch.allclose(stacked, heads, atol=1e-5)
assert torch.allclose(sum(terms), out, atol=1e-4) and error < 1e-3
assert qkv.params(blocks) * h == qkv.params(usual) and notice == [1, h]

### scores have rank d/h at most, their softmax more | anywhere
assert all(s <= width for width, s, p in ranks), ranks
assert all(p > s for width, s, p in ranks if width < d), ranks

### the softmax is of full rank where heads are not tiny
assert all(p == d + 8 for width, s, p in ranks if width >= 2), ranks

### two that look alike cover for each other; neither is worth much alone
assert pair == (0, 1) and max(worth[0], worth[1]) < 0.3 and together > 1, (worth, together)
assert 'covers for the other' in verdict()

### with two heads the pair is everything | h=2 steps=300
assert sum(whole) < 0.05 and min(worth) > 1, (whole, worth)
assert max(on_before) > 0.9 and max(on_first) > 0.9, (on_before, on_first)
assert 'these two are all heads' in verdict()

### also from another start | h=2 steps=300 seed=11
assert sum(whole) < 0.1 and min(worth) > 1, (whole, worth)

### with one there is no pair, and the reshape copies nothing | h=1 d=12 steps=10
assert pair is None and 'nothing to compare' in verdict() and not copied

### nor with heads of one number | h=8 d=8 steps=1
assert 'nothing was learned' in verdict()

### one head learns later what two learn soon
assert curve[1][0] > 0.5 and curve[2][0] < 0.1 and curve[1][1] < 0.5 * curve[1][0], curve

### what looks at a place copies from there
best = max(range(h), key=lambda i: on_before[i])
assert copies[best][0] >= 6 and on_before[best] > 0.9, (copies, on_before)

### of many heads each can be spared | h=8 d=32 steps=300
assert sum(whole) < 0.05 and sum(value < 0.1 for value in worth) >= 4, (whole, worth)

### without the scale of d/h or with another size the layer is another
assert qkv.cost(3072, 16, 1, d_head=256)['parameters'] == 4 * 3072 * 4096
