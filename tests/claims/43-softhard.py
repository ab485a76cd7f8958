### estimates are unbiased, variances as predicted, the baseline takes most of it | samples=40000
for name in expect:
    assert abs(variance[name] / expect[name] - 1) < 0.05, name
    assert off[name] < 3 * math.sqrt(expect[name] / samples) / length, name
assert ratio > 3, ratio
assert abs(share - 0.9) < 1e-3, share

### the same for another sentence | text="to be or not to be" answer=not samples=20000 seed=5
for name in expect:
    assert abs(variance[name] / expect[name] - 1) < 0.1, name
    assert off[name] < 3 * math.sqrt(expect[name] / samples) / length, name

### training: positive rewards freeze runs without a baseline, entropy frees them
assert trained['no baseline, positive'][1] < 0.8
assert trained['with entropy, positive'][1] > trained['baseline, positive'][1]
assert trained['exact gradient'][1] == 1

### the colder the Gumbel-softmax, the less bias and the more variance | samples=20000
soft_ones = [gumbel[t, False] for t in (0.1, 0.5, 1.0, 5.0)]
assert soft_ones[0][0] < soft_ones[1][0] < soft_ones[2][0] < soft_ones[3][0]
assert soft_ones[0][1] > soft_ones[1][1] > soft_ones[2][1] > soft_ones[3][1]

### rows of local-p sum to at most 1 and to e⁻² at least, those of local-m to 1 | w=2
alive = window(centre).any(-1)
assert (sums[alive] <= 1).all() and (sums[alive] >= math.exp(-2)).all()
assert torch.allclose(local_m.sum(-1), torch.ones(T))
assert (local_p[~window(centre)] == 0).all()

### the window's cost is n(2D+1)d, and linear in n where all keys are quadratic | w=3 d=16
assert counted == [4 * n * 7 * 16 for n in sizes]
assert fitted['local'] < 1.5 and fitted['global'] > 1.6, fitted

### Jensen
assert J.item() <= soft
