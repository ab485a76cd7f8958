@d(1)
def f(a, /, b: int = 1, *c, d, e=2, **g) -> h:
    global x
    try:
        yield a
    except (E, F) as e:
        raise G from e
    else:
        return
    finally:
        del x[0], y.z
for i, *j in [1]:
    continue
else:
    x: int = 3; y @= 2
while (n := 1) and not 2: break
with (a as b, c): assert a, b
from .a import (b as c,)
