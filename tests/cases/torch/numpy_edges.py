### what does not fit is refused with NumPy's classes
import numpy as np
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, 'einsum' if str(e).startswith('eins') else e)
a, m = np.arange(3.), np.arange(6.).reshape(2, 3)
t(lambda: np.trace(a)); t(lambda: np.diagonal(a)); t(lambda: np.diag(np.float64(2))); t(lambda: np.diag(np.ones((1, 2, 2))))
t(lambda: np.fill_diagonal(a, 0)); t(lambda: np.diff(np.float64(3))); t(lambda: np.tril(np.float64(1)))
t(lambda: np.einsum('ij,kj->ik', a, m)); t(lambda: np.einsum('ij->j', a)); t(lambda: np.tensordot(m, m, axes=1)); t(lambda: np.tensordot(a, m, axes=2))
t(lambda: np.bincount(m)); t(lambda: np.bincount(a)); t(lambda: np.bincount(np.array([1, -1]))); t(lambda: np.bincount(np.float64(1)))
t(lambda: np.roll(m, 1, axis=2)); t(lambda: np.roll(m, (1, 1), axis=(0, 1))); t(lambda: np.moveaxis(m, 0, 3)); t(lambda: np.moveaxis(m, (0, 1), 0)); t(lambda: np.moveaxis(m, 0, -1))
### triangles of vectors, histograms of one value, differences of nothing
import numpy as np
a = np.arange(3.)
print(np.triu(a), np.tril(a, -1), np.triu(np.arange(8).reshape(2, 2, 2)))
print(np.histogram(np.ones(4), bins=3), np.histogram(np.ones(0), bins=2), np.histogram(a, bins=3))
print(np.diff(np.ones(1)), np.diff(np.ones((0, 2)), axis=0), np.diff(a, 5), np.median(np.ones((0, 3)), axis=0))
print(np.tensordot(np.eye(2), np.ones((2, 3)), 1), np.tensordot(a, a, 0).shape, np.trace(np.arange(8).reshape(2, 2, 2)))
### a strided slice of one row is changed in place
import numpy as np
x = np.ones((2, 3))
x[::2] += 1
x[0:1] = x[:1]
x[1:, ::2] *= 5
print(x)
