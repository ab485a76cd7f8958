### a causal mask leaks nothing, a mask behind the softmax does
assert not (good & future).any()
assert (bad & future).any()
assert future_gradient(True) == 0 and future_gradient(False) > 0.01

### masked weights are 0 and rows sum to 1, whatever the kind | kind=window n=9 w=3
assert (weights[~mask] == 0).all()
assert torch.allclose(weights.sum(-1), torch.ones(n))
kinds = {name: make(name) for name, *_ in qkv.mask_kinds()}
assert all(m.shape == (n, n) and m.any() for m in kinds.values()), kinds.keys()
assert (kinds['window'] == mask).all() and not (kinds['strided'] == mask).all()

### the three places: the decoder alone hides the future, all hide padded keys | n=5 pad=3
after_it = torch.triu(torch.ones(N, N), 1).bool()
assert not (masks['decoder self'] & after_it).any()
assert (masks['cross'][:, :n]).all() and (masks['encoder self'][:, :n]).all()
assert not any(m[:, n:].any() for m in masks.values())

### decoding aligns at the bottom right; no key gives 0 in the engine, nan by the formula
with torch.no_grad():
    part = F.scaled_dot_product_attention(q[-T:], k, v, attn_mask=bottom)
assert torch.allclose(part, full[-T:], atol=1e-5)
assert (safe[0] == 0).all() and torch.isnan(plain[0]).all()
assert torch.allclose(once, each, atol=1e-6)

### shares of both corruptions; a span has one fate and is whole words; lengths
for c in made.values():
    assert c['chosen'] == round(0.15 * many)
    for fate, wanted in (('mask', 0.8), ('random', 0.1), ('kept', 0.1)):
        assert abs(c['fate'].count(fate) / c['chosen'] - wanted) < 0.02
fate_of = {}
for span, fate in zip(made['spanbert']['span'], made['spanbert']['fate']):
    if span >= 0:
        assert fate_of.setdefault(span, fate) == fate
whole = qkv.corrupt(list(range(3000)), 3000, 3000, kind='spanbert',
                    words=[i // 3 for i in range(3000)])
first = [i for i in range(3000) if whole['span'][i] >= 0]
assert all(whole['span'][3 * (i // 3)] >= 0 for i in first[:-3])
assert abs(mean - 3.797) < 0.001 and 3.3 < found < mean
assert all(abs(a - b) < 0.03 for a, b in zip(p, share))
