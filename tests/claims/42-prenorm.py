### the last gradient is flat over depth in Post-LN, about 1/√L in Pre-LN | depth=2 steps=20
assert abs(slopes['Post-LN']) < 0.1, slopes
assert abs(slopes['Pre-LN'] + 0.5) < 0.15, slopes
assert abs(slopes['Pre-LN'] - expected) < 0.1, (slopes, expected)

### the stream stays inside the bounds, the Post-LN sum at 3/2; norms are counted | depth=2 steps=20
for l in layers:
    assert 1 + l / 2 <= scale['Pre-LN'][l - 1] <= 1 + 3 * l / 2, l
    assert abs(scale['Post-LN'][l - 1] - 3 / 2) < 0.15, l
assert extra == 2 * d

### within a model Post-LN grows, Pre-LN falls as predicted; Post-LN amplifies | depth=2 steps=20
assert growth['Post-LN'] > 1.1 and growth['Pre-LN'] < 0.5, growth
assert abs(growth['Pre-LN'] / fall - 1) < 0.25, (growth, fall)
assert amplified['Post-LN'] > amplified['Pre-LN'] + 0.4, amplified

### the same with other widths and tokens | d=32 n=6 seeds=16 layers=3,6,12 depth=2 steps=20
assert abs(slopes['Post-LN']) < 0.15 and -0.65 < slopes['Pre-LN'] < -0.3, slopes
assert extra == 2 * d

### without warm-up Post-LN learns nothing, with it and as Pre-LN it learns
assert end['Post-LN, no warm-up'] > 0.9 * guess, end
assert end['Post-LN, warm-up'] < guess / 4, end
assert cold[0] < start[0] / 20 and warm[0] > start[0] / 20, (cold, warm)
assert end['Pre-LN, no warm-up'] < guess / 20, end

### at a small rate all four learn | lr=0.002 layers=2,4
assert max(end.values()) < 0.8 * guess, end

### Adam cancels the loss's factor, SGD does not | layers=2,4 depth=2 steps=20
assert abs(adam[1] / adam[0] - 1) < 0.01, adam
assert abs(sgd[1] / sgd[0] - 1000) < 1, sgd
