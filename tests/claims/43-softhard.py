### estimates are unbiased, variances as predicted, the baseline takes most of it | samples=40000
for name in expect:
    assert abs(variance[name] / expect[name] - 1) < 0.05, name
    assert off[name] < 3 * chance[name], name
assert ratio > 3, ratio
assert abs(share - 0.9) < 1e-3, share

### the same for another sentence | text="to be or not to be" answer=not samples=20000 seed=5
for name in expect:
    assert abs(variance[name] / expect[name] - 1) < 0.1, name
    assert off[name] < 3 * chance[name], name

### what holds wherever: bounds of Jensen, the exact gradient, sums of rows | anywhere
assert J <= soft + 1e-4 and J <= log_mix + 1e-4, (J, soft, log_mix)
assert torch.allclose(exact, p * (R - J), atol=1e-4)
alive = inside.any(-1)
assert (sums[alive] <= 1 + 1e-5).all() and (sums[alive] >= math.exp(-2) - 1e-5).all()
assert scored['local'] <= min(2 * w + 1, S) and edge is None and smooth >= 0

### training: positive rewards freeze runs, the fair baseline does not, entropy frees them
assert trained['no baseline, positive'][1] < 0.8
assert trained['and entropy'][1] > trained['baseline, positive'][1]
assert trained['exact gradient'][1] == trained['baseline'][1] == 1
assert trained['baseline'][0][20] > trained['baseline, positive'][0][20] + 1

### equal words are equally right | answer=the
assert trained['exact gradient'][1] == 1, trained['exact gradient']

### the colder the Gumbel-softmax, the less bias and the more variance | samples=20000
soft_ones = [gumbel[t, False] for t in (0.1, 0.5, 1.0, 5.0)]
assert soft_ones[0][0] < soft_ones[1][0] < soft_ones[2][0] < soft_ones[3][0]
assert soft_ones[0][1] > soft_ones[1][1] > soft_ones[2][1] > soft_ones[3][1]

### top-k keeps most of the weight, and gives a gradient to what it kept alone
kept = [topk[k] for k in (1, 2, 4, 8, 16, 32)]
assert [a for a, _, _ in kept] == sorted(a for a, _, _ in kept)
assert [b for _, b, _ in kept] == sorted((b for _, b, _ in kept), reverse=True)
assert kept[0][2] == 0 and all(abs(topk[k][2] - k / 32) < 0.01 for k in (2, 4, 8, 16, 32)), topk

### rows of local-m sum to 1 where there is a key; a longer target has rows without | w=1 text="a b" target="a b c d e f"
assert torch.allclose(sums_m[:3], torch.ones(3)) and (sums_m[3:] == 0).all(), sums_m
assert (local_p[~inside] == 0).all()

### the window's cost is n(2D+1)d, and linear in n where all keys are quadratic | w=3 d=16
assert counted == [4 * n * 7 * 16 for n in sizes]
assert fitted['local'] < 1.5 and fitted['global'] > 1.6, fitted

### five windows of 1024 to one full layer, pair by pair | text="a b"
assert sum_window == sum(min(i + 1, reach_here) for i in range(length_here))
