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
