### parameters and products do not depend on h; softmax and memory grow with it | d=48 h=1,2,4,8,16,48 n=96
from lib.measure import slope
assert len(set(work)) == 1 and abs(slope(good, soft) - 1) < 1e-9, (work, soft)
assert abs(slope(good[2:], held[2:]) - 1) < 0.1, held

### with heads of a fixed size the parameters are proportional to h | d=32 h=1,2,4,8 n=8 size=16
from lib.measure import slope
assert abs(slope(good, counts) - 1) < 1e-9, counts
assert counts[1] == 4 * 32 * (2 * 16)

### heads that do not divide d are left out | d=60 h=1,7,60 n=8 bias=true
assert good == [1, 60] and left_out == [7]

### counts and costs, whatever the sizes | anywhere
assert len(set(work)) == 1 and total == 4 * d * d
assert all(soft[i] * good[0] == soft[0] * k for i, k in enumerate(good)), soft
assert all((count - flat) * good[0] == (counts[0] - flat) * k for k, count in zip(good, counts))

### memory grows by the scores' part, not in proportion | h=1,2 n=64
assert 1 < held[1] / held[0] < 2, held
