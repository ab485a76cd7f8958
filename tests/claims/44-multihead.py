### loop, batch and sum agree for many heads | h=16 d=64 steps=1 text="one two three four five six seven eight"
assert torch.equal(one_by_one, heads) and torch.allclose(stacked, heads, atol=1e-5)
assert torch.allclose(sum(terms), out, atol=1e-5)

### and for one | h=1 d=12 steps=1
assert torch.equal(one_by_one, heads) and torch.allclose(sum(terms), out, atol=1e-5)

### two heads divide the two tasks between them | h=2 steps=300
assert sum(whole) < 0.05 and min(worth) > 1, (whole, worth)
places = []
for i in range(2):
    w = model.attend.weights[:, i, 1:]
    places.append((w.diagonal(0, 1, 2).mean().item(), w[..., 0].mean().item()))
assert max(a for a, b in places) > 0.9 and max(b for a, b in places) > 0.9, places

### also from another start | h=2 steps=300 seed=11
assert sum(whole) < 0.1 and min(worth) > 1, (whole, worth)

### one head cannot do both | h=1 steps=300
assert sum(whole) > 0.2, whole

### of many heads each can be spared | h=8 d=32 steps=300
assert sum(whole) < 0.05 and sum(value < 0.1 for value in worth) >= 4, (whole, worth)

### block-diagonal projections: d²/h numbers, blind to the rest | h=8 d=32 steps=1
assert qkv.params(blocks) * h == qkv.params(usual) and notice == [1, 8]
