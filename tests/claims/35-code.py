### every rung agrees with its reference, and its masks hold
assert all(ok) and len(ok) == 6, ok
assert (weights[~keep] == 0).all() and not (looks & ~keep).any()
assert fast < slow and 2 * b * d * n < by_cat
assert not torch.equal(pieces, cut)
assert neighbours == {'no dim': True, 'dim=-1': False}

### so at other sizes | text="attention is all you need" d=24 h=4 b=3 block=5 causal=false
assert all(ok), ok
assert neighbours == {'no dim': True, 'dim=-1': False}

### one word, one sequence, one head | text=a b=1 h=1 d=2 block=64
assert all(ok), ok
assert alone == [1.0] and torch.equal(pieces, cut) and not spoilt.any()

### a block in which a row sees nothing makes nan, unless 0 is subtracted | text="a b c d e f g h" block=2
assert all(ok) and spoilt.tolist() == [i >= 3 for i in range(n)], spoilt

### the same a key at a time, and with one block there is none | text="a b c d e" block=1
assert all(ok) and spoilt.tolist() == [i >= 2 for i in range(n)], spoilt

### stable softmax: equal where the plain one can be computed, right where it cannot
assert tested['1 2'] == ('0.269 0.731', '0.269 0.731')
assert tested['1000 1001'] == ('no number', '0.269 0.731') == tested['12 13 in float16']
assert tested['−∞ −∞ (no key)'] == ('no number', 'no number')
assert abs(sums[1] - 1) < abs(sums[0] - 1)

### transpose(1, 2): refused for (2, 4, 6, 8), legal and wrong for (2, 4, 4, 4)
assert '(2, 4, 6, 8)' in refusal and bad.shape == good.shape and not torch.allclose(bad, good)

### -1e9: an even average in float32; float16 refuses it filled in, makes nan of it added
assert refused['float32, −1e9 filled in'] == '0.33 0.33 0.33'
assert refused['float16, −1e9 filled in'] == 'type at::Half without overflow'
assert refused['float32, −∞ filled in'] == 'no number' == refused['float16, −1e9 added']

### the streamed softmax needs no n x n matrix, the plain one does
assert peaks[512][1] < 512 * 512 * 4 <= peaks[512][0]

### rungs, masks and the batch test, whatever the sizes | anywhere
assert all(ok) and (weights[~keep] == 0).all() and not (looks & ~keep).any()
assert neighbours == {'no dim': True, 'dim=-1': False} and abs(alone[0] - 1) < 1e-6
