### the variance of q·k is d_k, over √d_k it is 1
assert all(abs(a[0] / size - 1) < 0.15 for size, a in zip(sizes, raw)), raw
assert all(abs(b[0] - 1) < 0.15 for b in norm), norm

### unscaled, entropy and gradient fall with d_k; scaled, they stay
assert all(a[1] > b[1] and a[2] > b[2] for a, b in zip(raw, raw[1:])), raw
assert raw[-1][2] < raw[0][2] / 5, raw
assert max(b[2] for b in norm) < 1.2 * min(b[2] for b in norm), norm
assert max(b[1] for b in norm) < 1.1 * min(b[1] for b in norm), norm

### the same of another seed | seed=7 scale=false
assert all(a[1] > b[1] and a[2] > b[2] for a, b in zip(raw, raw[1:])), raw
assert max(b[1] for b in norm) < 1.1 * min(b[1] for b in norm), norm

### one vector loses a long sentence, attention does not
assert all(read > 0.99 for packed, read in back), back
assert back[0][0] > 0.99 and back[-1][0] < 0.2, back

### the aligner finds the anti-diagonal, and did not have it
assert start[0] < 0.15 and start[1] < 0.25, start
assert end[0] > 0.97 and end[1] > 0.95, end
assert wrote == 'DESSERTS.' and cross.shape == (9, 8)
assert cross[:8].argmax(-1).tolist() == [7, 6, 5, 4, 3, 2, 1, 0]

### of the shortest word and of the longest, with repeated letters | word=aa seed=1
assert wrote == 'AA.' and end[1] > 0.95

### of the longest | word=abracadabras seed=2
assert wrote == 'SARBADACARBA.' and end[1] > 0.9

### untrained it has nothing | steps=0
assert end[0] < 0.15 and end[1] < 0.25, end

### a changed source word moves no self-attention; a changed target word moves one cross output
assert moved['source'] == [0, n], moved
assert moved['target'] == [n, 1], moved

### additive is concat, dot is general, and the eight combinations differ | text="attention is all you need" d=16
assert is_concat and is_general
assert len(different) == 8

### of one word the eight are one, and nothing looks elsewhere | text="cat" source=b
assert len(different) == 1 and elsewhere == 0

### a twin has the same weight: no word looks elsewhere for that | text="the the the"
assert elsewhere == 0

### without the scale the same lesson runs, on one word too | scale=false text=a source=b d=64
assert out.shape == (1, 64)

### the divisor of a whole model leaves the weights nearly even
assert 1 / 16 < top_of['√d_model'] < 2 / 16 < top_of['√d_k, the head']

### weights are shares, additive is concat, values of one side stay there | anywhere
assert torch.allclose(weights.sum(-1), torch.ones(n), atol=1e-4)
assert is_concat and moved['source'][0] == 0 and 1 <= len(different) <= 8
