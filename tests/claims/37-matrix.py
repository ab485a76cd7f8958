### T × T, T × S and 1 × T, for every head and sequence | n=5 s=11 h=3 d=12 b=2
assert scores.shape == (2, 3, 5, 5) and across.shape == (2, 3, 5, 11)
assert step.shape == (2, 3, 1, 5) and shared.shape == scores.shape

### bytes follow n twice and d not at all | n=3
assert abs(slope([128, 256, 512], by_n) - 2) < 1e-9 and len(set(by_d)) == 1, (by_n, by_d)

### a kernel that skips hidden tiles makes about half of the causal scores | n=3
assert 0.5 <= stats['computed'] / (512 * 512) < 0.75, stats
