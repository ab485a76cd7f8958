### each use of a name that a known module lacks is the error
from torch.nn import Linear, Sequentail
from einops import rearange
from typing import Foo
def uses():
    yield lambda: rearange(1)
    yield lambda: Foo[int]
    yield lambda: Foo.x
    yield lambda: Foo + 1
    yield lambda: isinstance(1, Foo)
    yield lambda: [*Foo]
    yield lambda: type('A', (Sequentail,), {})
    def caught():
        try:
            1 / 0
        except Foo:
            pass
    yield caught
for use in uses():
    try:
        use()
        print('no error')
    except ImportError as e:
        print(e)
### the hint names the nearest
from torch.nn import Sequentail
class Net(Sequentail): pass
### where ImportError is caught it comes at once
try:
    from math import sqroot
except ImportError as e:
    print(e)
