### numpy: put, choose, digitize and other ways to select
import numpy as np
def attempt(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
A = np.arange(6.).reshape(2, 3)
def putting(f, *a, **k):
    b = np.arange(6); f(b, *a, **k); print(b)
putting(np.put, [0, 2], [-44, -55]); putting(np.put, 22, -5, mode='clip'); putting(np.put, [7, -1], [1, 2], mode='wrap'); putting(np.put, [0, 1, 2, 3], [8, 9]); putting(np.put, [[0], [0]], [8, 9]); attempt(np.put, np.arange(3), [3], 1); attempt(np.put, np.arange(3), [-4, 9], 1); putting(np.putmask, np.arange(6) > 2, [10, 20]); putting(np.place, np.arange(6) > 2, [10, 20]); putting(lambda b: b.put([1], 7))
b = A.T.copy().T; np.put(b, [1, 4], 9); print(b)
attempt(np.choose, [2, 3, 1, 0], [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23], [30, 31, 32, 33]]); attempt(np.choose, [2, 4, 1, 0], [[0, 1, 2, 3], [10, 11, 12, 13]]); attempt(np.choose, [2, 4, 1, 0], [[0, 1, 2, 3], [10, 11, 12, 13]], mode='clip'); attempt(np.choose, [2, 4, -1, 0], [[0, 1, 2, 3], [10, 11, 12, 13]], mode='wrap'); attempt(np.choose, [[1, 0], [0, 1]], [-10, 10.5]); print(np.array([1, 0]).choose([[1, 2], [3, 4]]))
for right in (False, True):
    print(np.digitize([0.2, 6.4, 3.0, 1.6, 1.0], [0.0, 1.0, 2.5, 4.0, 10.0], right), np.digitize([1.2, 10.0, 12.4, 15.5, 20.], [20, 15, 10, 5, 0], right=right), np.digitize(3, [1, 3, 3, 5], right))
attempt(np.digitize, [1], [1, 3, 2])
print(np.extract(A % 2 == 0, A), np.piecewise(np.linspace(-2.5, 2.5, 6), [np.linspace(-2.5, 2.5, 6) < 0, np.linspace(-2.5, 2.5, 6) >= 0], [lambda x: -x, lambda x: x]), np.piecewise(np.arange(4.), [np.arange(4) < 1], [7, 8]), np.trim_zeros(np.array([0, 0, 1, 0, 2, 0])), np.trim_zeros([0, 1, 0], 'b'))
print(np.ravel_multi_index(np.array([[3, 6, 6], [4, 5, 1]]), (7, 6)), np.ravel_multi_index((3, 1), (4, 2)), np.ravel_multi_index(([9, -1], [1, 1]), (4, 2), mode='clip'), np.tril_indices_from(np.ones((2, 3))), np.triu_indices_from(np.ones((3, 3)), 1), np.diag_indices_from(np.ones((2, 2)))); attempt(np.ravel_multi_index, ([9], [1]), (4, 2))
### numpy: r_, c_, s_, mgrid, ogrid, block
import numpy as np
print(np.r_[1:4, 0, 4], np.r_[np.array([1, 2, 3]), 0, 0, np.array([4., 5])], np.r_[-1:1:5j, [0] * 2], np.r_[0:3:0.5], np.r_[np.float32([1, 2]), 3.0].dtype, np.r_[np.eye(2), [[5, 6]]])
print(np.c_[np.array([1, 2, 3]), np.array([4, 5, 6])], np.c_[np.array([[1, 2, 3]]), 0, 0, np.array([[4, 5, 6]])], np.c_[0:3, 0:3], np.c_[np.eye(2), [5, 6]])
print(np.s_[1:2], np.s_[::2, 1], np.index_exp[2], np.arange(9)[np.s_[2::3]], np.mgrid[0:2, 0:3], np.mgrid[-1:1:3j], np.ogrid[0:2, 0:3], np.mgrid[0:1:2j, 0:2])
print(np.block([[np.eye(2), np.zeros((2, 1))], [np.ones((1, 3))]]), np.block([1, np.array([2, 3])]), np.block([[np.ones(2)], [np.zeros(2)]]), np.block(3))
### numpy: gradient, trapz, ediff1d, convolve, polynomials
import numpy as np
def attempt(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
f = np.array([1, 2, 4, 7, 11, 16], dtype=float)
x = np.array([0., 1., 1.5, 3.5, 4., 6.])
for e in (1, 2):
    print(np.gradient(f, edge_order=e), np.gradient(f, 2, edge_order=e), np.gradient(f, np.arange(6), edge_order=e), np.gradient(f, x, edge_order=e), np.gradient(np.outer(f, f[:3]), edge_order=e), np.gradient(np.outer(f, f[:3]), x, 2., edge_order=e), np.gradient(np.outer(f, f), axis=0, edge_order=e)[0])
print(np.gradient([1, 3, 9]), np.gradient(np.float32([1, 3, 9])).dtype)
attempt(np.gradient, [1.]); attempt(np.gradient, f, 1, 2); attempt(np.gradient, f, [1, 2]); attempt(np.gradient, f, edge_order=3); attempt(np.gradient, f[:2], edge_order=2)
print(np.trapz([1, 2, 3]), np.trapz([1, 2, 3], x=[4, 6, 8]), np.trapz([1, 2, 3], dx=2), np.trapz(np.arange(6).reshape(2, 3), axis=0), np.ediff1d([1, 2, 4, 7, 0]), np.ediff1d([1, 2, 4], to_begin=-99, to_end=[88, 99]))
for mode in ('full', 'same', 'valid'): print(np.convolve([1, 2, 3], [0, 1, 0.5], mode), np.convolve([1, 2, 3, 4], [1, 1], mode), np.convolve([1, 2], [1, 2, 3, 4, 5], mode), np.convolve(np.ones(4), np.ones(4) / 4, mode))
attempt(np.convolve, [], [1]); print(np.polyval([3, 0, 1], 5), np.polyval([3, 0, 1], np.array([1., 2])), np.polyfit(np.arange(5.), 2 * np.arange(5.) ** 2 - 1, 2).round(6) + 0.0, np.polyfit(np.arange(4.), np.arange(8.).reshape(4, 2), 1).round(6) + 0.0)
### numpy: sets, nans, shapes, windows, elementwise
import numpy as np
def attempt(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
print(np.union1d([-1, 0, 1], [-2, 0, 2]), np.intersect1d([1, 3, 4, 3], [3, 1, 2, 1]), np.setdiff1d([1, 2, 3, 2, 4, 1], [3, 4, 5, 6]), np.setxor1d([1, 2, 3, 2, 4], [2, 3, 5, 7, 5]))
N = np.array([[1., np.nan, 3.], [4., 5., np.nan]])
print(np.nanprod(N), np.nancumsum(N), np.nanvar(N), np.nanstd(N, axis=0), np.nanvar(N, axis=1, keepdims=True, ddof=1), np.nanmedian(N), np.nanmedian(N, axis=1), np.nanpercentile(N, 25), np.nanquantile(N, 0.5, axis=0), np.nanargmax(N), np.nanargmin(N, axis=1)); attempt(np.nanargmax, [np.nan])
print(np.atleast_3d(1).shape, np.atleast_3d(np.ones(4)).shape, np.atleast_3d(np.ones((4, 2))).shape, np.rollaxis(np.ones((3, 4, 5, 6)), 3, 1).shape, np.rollaxis(np.ones((3, 4, 5, 6)), 1, 4).shape, np.rollaxis(np.ones((3, 4, 5)), 2).shape, np.resize([[0, 1], [2, 3]], (2, 3)), np.resize([1, 2], 5), np.diagflat([[1, 2], [3, 4]], 1), np.vander([1, 2, 3], 2), np.vander([1, 2, 3], increasing=True), np.broadcast_shapes((1, 2), (3, 1), (3, 2)), np.broadcast_shapes(4, (2, 1)), [x.shape for x in np.dsplit(np.ones((2, 2, 4)), 2)])
print(np.hanning(5), np.hamming(6), np.blackman(5), np.hanning(1), np.copysign(3, [-1., 0., -0.]), np.signbit([-0., 1, -2]), np.heaviside([-1.5, 0, 2.0], 0.5), np.gcd([12, 18], 8), np.lcm(4, 6), np.float_power([1, 2], 0.5), np.divmod(np.array([7, -7]), 3), np.modf([0, 3.5, -2.25]), np.isposinf([np.inf, 1]), np.isneginf(-np.inf), np.iscomplexobj([1.]), np.isrealobj(np.ones(1)), np.isreal([1, 2]), np.angle([1., -1.]), np.sinc([0, 0.5, 1.5]), np.iterable([1]), np.iterable(2), np.logaddexp2(1., 2.))
print(np.lexsort(([9, 4, 0, 4, 0, 2, 1], [1, 5, 1, 4, 3, 4, 4])), np.binary_repr(3), np.binary_repr(-3), np.binary_repr(3, 5), np.binary_repr(-3, 5), np.msort([[3, 1], [2, 5]]), np.alltrue([1, 1]), np.sometrue([0, 0]), np.product([2, 3]), np.asfarray([2, 3]), np.True_, np.array2string(np.float64(1 / 3)), np.array_str(np.array(1 / 3)), np.vectorize(lambda a, b: a + b)([1, 2], 3), np.apply_along_axis(np.cumsum, 1, np.ones((2, 3)))); attempt(np.asarray_chkfinite, [np.nan])
### numpy.linalg: norms, condition, least squares
import numpy as np
L = np.linalg
def attempt(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
A = np.array([[1., -2.], [3., 4.], [0., 2.]]); B = np.array([[2., 1.], [1., 3.]]); inf = np.inf
for ord in (None, 'fro', 1, -1, 2, -2, inf, -inf, 'nuc', 3, 'x', 0):
    attempt(lambda: np.round(L.norm(A, ord), 6)); attempt(lambda: np.round(L.norm(np.stack([A, 2 * A]), ord, axis=(1, 2)), 6)); attempt(lambda: L.norm(np.stack([A, 2 * A]), ord, axis=(0, 2), keepdims=True).round(6))
    attempt(lambda: np.round(L.norm(np.array([3., -4., 1.]), ord), 6)); attempt(lambda: np.round(L.cond(B, ord), 6))
attempt(lambda: L.cond(np.stack([B, 3 * np.eye(2)])).round(6)); attempt(L.cond, np.ones((2, 2)), 1); attempt(L.cond, np.ones(2)); attempt(L.cond, np.zeros((0, 2)))
x = np.array([0., 1, 2, 3]); M = np.vstack([x, np.ones(4)]).T
for b in (np.array([-1, 0.2, 0.9, 2.1]), np.array([[-1, 0.2], [0.9, 2.1], [1, 1], [0, 5]])):
    for a in (M, np.ones((4, 2)), np.arange(20.).reshape(4, 5)):
        for r in (None, -1, 0.5): p, res, rank, s = L.lstsq(a, b, rcond=r); print(p.round(6) + 0.0, res.round(6), rank, s[:rank].round(5), p.dtype)
attempt(L.lstsq, M, np.ones(3), rcond=None); print(L.multi_dot([A, B, A.T]), L.multi_dot([np.ones(3), A]))
### numpy: scientific text of rounded digits has no zeros at its end
import numpy as np
print(np.array([1.0000000000065512e-05]), np.array([1.0000000000065512e-05, 2e-5]), np.array([9.9999000010655e-06, 1.25e-9]), np.array([1.00000000000655e9]), np.array([1e-12, 1.000000000001]), np.float32([1e-7, 2.5e-9]), np.array([np.nan, 1.0000000000065512e-05, np.inf]))
