### attention alone makes a vector contextual; nothing is written back | anywhere
assert with_attention[0] == 0 and max(without) < 1e-5, (with_attention, without)
assert same

### without positions a layer sees a set, with them a sequence | anywhere
assert bits and breaks['nothing'] < 1e-4, breaks
assert breaks['sinusoidal'] > 1e-3 and breaks['learned'] > 1e-3, breaks

### a causal mask tells positions apart, where the words differ
assert min(with_attention[1:]) > 0.1 and breaks['a causal mask'] > 0.1, (with_attention, breaks)

### the same word in the same sentence has the same vector | other="the mouse ate the cheese"
assert max(with_attention) < 1e-5, with_attention

### scores know the distance with RoPE and ALiBi, not with what is added | anywhere
assert {'RoPE', 'ALiBi'} <= set(steady), steady

### at the defaults with these two only
assert steady == ['RoPE', 'ALiBi'], steady

### sinusoidal positions: their own products depend on the distance, and turning keeps lengths | d=32 base=500
p = sinusoidal(40, 32, 500.0)
assert abs((p[3] @ p[10] - p[20] @ p[27]).item()) < 1e-4
r = torch.randn(12, 32)
assert torch.allclose(rotated(r, 500.0).norm(dim=1), r.norm(dim=1), atol=1e-5)
assert torch.equal(rotated(r, 500.0)[0], r[0])
s = rotated(r, 500.0, 7) @ rotated(r, 500.0, 7).T
assert torch.allclose(s, rotated(r, 500.0) @ rotated(r, 500.0).T, atol=1e-3)

### BERT's tables are the published ones
assert sum(rows * width for rows, width in tables.values()) + 2 * 768 == 23837184
