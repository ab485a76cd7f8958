### the variance of q·k is d_k
for size, v in variance.items():
    assert abs(v / size - 1) < 0.15, variance

### unscaled, entropy and gradient fall with d_k; scaled, they stay
assert raw[-1] < raw[0] / 5, raw
assert max(norm) < 1.5 * min(norm), norm

### one vector loses a long sentence, attention does not
assert all(read > 0.99 for packed, read in back), back
assert back[0][0] > 0.99 and back[-1][0] < 0.2, back

### a changed source word moves no self-attention; a changed target word moves one cross output
assert moved['source'] == [0, n], moved
assert moved['target'] == [n, 1], moved

### additive is concat, and the eight combinations differ | text="attention is all you need" d=16
assert torch.allclose(additive, concat, atol=1e-5)
values_of = list(outputs.values())
assert not any(torch.equal(a, b) for i, a in enumerate(values_of) for b in values_of[:i])

### without the scale the same lesson runs, on one word too | scale=false text=a source=b d=64
assert out.shape == (1, 64)
