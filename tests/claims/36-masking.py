### the masks of the batch: keys hidden as padding everywhere, the future in the decoder alone
assert (S, T) == (4, 5) and source_len.tolist() == [4, 2] and target_len.tolist() == [5, 4]
for place, ok in (('encoder self', source_ok), ('decoder self', target_ok), ('cross', source_ok)):
    assert not (masks[place] & ~ok[:, None]).any()
assert not (masks['decoder self'] & ~causal).any()
assert (masks['cross'] == source_ok[:, None]).all()

### what the layer reads is what the masks say, but for a position's own residual path
me = torch.eye(T, dtype=torch.bool)
assert ((reads_target & ~me) == (masks['decoder self'][pick] & ~me)).all()
assert (reads_source == masks['cross'][pick]).all() and ahead.any()

### the same of pairs of other lengths | pairs="a = b c d e f g / one two three four = five"
me = torch.eye(T, dtype=torch.bool)
assert ((reads_target & ~me) == (masks['decoder self'][pick] & ~me)).all()
assert (reads_source == masks['cross'][pick]).all()

### one pair alone has no padding | pairs="one two three = four five"
assert target_ok.all() and source_ok.all() and reads_source.all()
assert (reads_target == causal).all()

### masked weights are 0 and rows sum to 1, whatever the kind | kind=window n=9 w=3
assert (weights[~mask] == 0).all()
assert torch.allclose(weights.sum(-1), torch.ones(n))
kinds = {name: make(name) for name, *_ in qkv.mask_kinds()}
assert all(m.shape == (n, n) and m.any() for m in kinds.values()), kinds.keys()
assert (kinds['window'] == mask).all() and not (kinds['strided'] == mask).all()

### hidden columns are called [PAD] | kind=padding n=5 pad=3
assert keys == ['the', 'cat', '[PAD]', '[PAD]', '[PAD]']
assert [key == '[PAD]' for key in keys] == (~mask).all(0).tolist()

### a mask before the softmax leaks nothing, one behind it does, the sum repairs all but 0/0
causal_leak = qkv.leak(outputs(before), x).triu(1)
assert not causal_leak.any() and qkv.leak(outputs(after), x).triu(1).any()
assert moved['−∞ before'] == 0 and moved['× 0 after'] > 0.01 and moved['× 0, then ÷ sum'] < 1e-4
assert with_huge['−∞ before'] == 1 and with_huge['× 0 after'] == 0
assert math.isnan(with_huge['× 0, then ÷ sum'])

### the same for two tokens and for many | n=2 d=2
assert moved['−∞ before'] == 0 and moved['× 0 after'] > 1e-4 and moved['× 0, then ÷ sum'] < 1e-4

### filled in leaks and averages, added hides but shifts; half precision
assert leaked['−10⁴ filled in'] > 0.1 and leaked['−10⁴ added (BERT)'] == 0 == leaked['−∞ filled in']
assert list(blank.values()) == ['an even average', 'as if nothing were hidden', 'no number (0/0)']
assert half_results['fill in −10⁹'] == 'RuntimeError: … type at::Half without overflow'
assert half_results['add −10⁹'] == '−∞' == half_results['min + min']
assert half_results['bfloat16'] == '−9.982e+08'

### left padding leaves rows without a key, and nan spreads; right padding needs causal alone
assert nan_rows(once) == p and nan_rows(twice) == n and nan_rows(right_twice) == 0
assert right_equal and (sdpa[:p] == 0).all() and not torch.isnan(sdpa).any()

### the same at the greatest padding | n=7 pad=16
assert p == 6 and nan_rows(once) == 6 and nan_rows(twice) == 7 and right_equal

### decoding aligns at the bottom right; one pass equals the prefixes; polarity
part = F.scaled_dot_product_attention(q[-new:], k, v, attn_mask=bottom)
assert torch.allclose(part, full[-new:], atol=1e-5) and in_one
assert polarity == {'keep': False, '~keep': True}

### the loss mask takes no gradient at padding
assert pad_gradient == 0 and loss.item() != counted.item()

### tiles of a rule: those skipped hold no pair that is seen
assert empty + whole + mixed == share_of.numel() and empty > whole + mixed
assert allowed.sum() == tiles.permute(0, 2, 1, 3)[share_of > 0].sum()

### shares of both corruptions; a span has one fate and is whole words; lengths
for c in made.values():
    assert c['chosen'] == round(0.15 * many)
    for fate_name, wanted_share in (('mask', 0.8), ('random', 0.1), ('kept', 0.1)):
        assert abs(c['fate'].count(fate_name) / c['chosen'] - wanted_share) < 0.02
fate_of = {}
for span, its in zip(made['spanbert']['span'], made['spanbert']['fate']):
    if span >= 0:
        assert fate_of.setdefault(span, its) == its
by_three = qkv.corrupt(list(range(3000)), 3000, 3000, kind='spanbert',
                       words=[i // 3 for i in range(3000)])
first = [i for i in range(3000) if by_three['span'][i] >= 0]
assert all(by_three['span'][3 * (i // 3)] >= 0 for i in first[:-3])
assert abs(mean - 3.797) < 0.001 and 3.3 < found_mean < mean
assert all(abs(a - b) < 0.03 for a, b in zip(geometric, share))

### what a layer reads, what leaks, what has no key, whatever the batch | anywhere
me = torch.eye(T, dtype=torch.bool)
assert ((reads_target & ~me) == (masks['decoder self'][pick] & ~me)).all()
assert (reads_source == masks['cross'][pick]).all()
assert moved['−∞ before'] == 0 and moved['× 0, then ÷ sum'] < 1e-3
assert (weights[~mask] == 0).all() and right_equal and in_one and pad_gradient == 0
assert nan_rows(once) == p and nan_rows(twice) == n and nan_rows(right_twice) == 0
