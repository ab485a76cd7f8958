### numpy.testing: what fails says
import numpy as np
from numpy.testing import assert_allclose, assert_equal, assert_array_equal
T = np.testing
def attempt(f, *a, **k):
    try: print('ok', f(*a, **k))
    except AssertionError as e: print('F', e)
nan, inf = np.nan, np.inf
A = np.array([[1., 2.], [3., 4.]])
for x, y in [(A, A), (A, A + 1e-9), (A, A + 1e-5), (A, A * 2), (A, A[0]), (A, 1.0), (3, 3), (3, 4), (3., A), ([1, 2], [1, 3]), (np.array([nan, 1]), np.array([nan, 1])), (np.array([nan, 1]), np.array([1, nan])),
             ([inf, 1], [inf, 1]), ([inf, 1], [-inf, 1]), ([inf, 1.], [inf, 2.]), ([0., 1], [0., 0]), ([0., 0], [0., 1e-9]), (np.arange(20.).reshape(10, 2), np.zeros((10, 2))), (np.array([True, False]), np.array([True, True])), (np.zeros(0), np.zeros(0)),
             (np.array([1, 250], np.uint8), np.array([2, 3], np.uint8)), (nan, nan), (nan, 1.0), (inf, inf), (inf, -inf), (np.float32(1.1), 1.1), (np.arange(2000), np.arange(2000) + 1), (np.zeros((2, 0)), np.zeros((0, 2)))]:
    for f in (assert_allclose, assert_equal, assert_array_equal, T.assert_array_almost_equal, T.assert_almost_equal, T.assert_array_less):
        attempt(f, x, y)
### numpy.testing: keywords and messages
import numpy as np
T = np.testing
def attempt(f, *a, **k):
    try: print('ok', f(*a, **k))
    except AssertionError as e: print('F', e)
attempt(T.assert_allclose, [1., 2], [1., 2.1], rtol=0.01, err_msg='logits'); attempt(T.assert_allclose, [1., 2], [1., 2.1], atol=0.2); attempt(T.assert_allclose, [1., 2], [1., 2.1], verbose=False)
attempt(T.assert_allclose, [np.nan], [np.nan], equal_nan=False); attempt(T.assert_array_equal, [1, 2], [1., 3.], 'first\nsecond'); attempt(T.assert_array_equal, np.array([1, 2]), np.array([1., 2.]), strict=True); attempt(T.assert_array_equal, 1, [1, 1], strict=True)
attempt(T.assert_array_almost_equal, [1.001], [1.], decimal=2); attempt(T.assert_array_almost_equal, [1.01], [1.], decimal=2, err_msg='x' * 90); attempt(T.assert_almost_equal, 2.3333333333333, 2.33333334); attempt(T.assert_almost_equal, 2.3333333333333, 2.33333334, decimal=10); attempt(T.assert_almost_equal, 1, 2, 3, 'm')
attempt(T.assert_approx_equal, 0.12345677777777e-20, 0.1234567e-20); attempt(T.assert_approx_equal, 0.12345670e-20, 0.12345672e-20, significant=8); attempt(T.assert_approx_equal, np.inf, 1)
attempt(T.assert_equal, {'a': 1, 'b': [1, 2]}, {'a': 1, 'b': [1, 3]}); attempt(T.assert_equal, {'a': 1}, {'b': 1}); attempt(T.assert_equal, 1, {'b': 1}); attempt(T.assert_equal, [1, 2, 3], [1, 2]); attempt(T.assert_equal, 'abc', 'abd', 'names'); attempt(T.assert_equal, (1, 'a', None), (1, 'a', None)); attempt(T.assert_equal, 0.0, -0.0); attempt(T.assert_equal, 0, 0.0); attempt(T.assert_equal, None, 1); attempt(T.assert_equal, True, 1); attempt(T.assert_equal, float('nan'), float('nan'))
attempt(T.assert_, 1 > 2, 'no'); attempt(T.assert_, True)
### numpy.testing: exceptions
import numpy as np
T = np.testing
def attempt(f, *a, **k):
    try: print('ok', f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
def g(x, y=0): return x / y
attempt(T.assert_raises, ZeroDivisionError, g, 1); attempt(T.assert_raises, ZeroDivisionError, g, 1, y=2); attempt(T.assert_raises, ValueError, g, 1); attempt(T.assert_raises, (ValueError, ArithmeticError), g, 1)
with T.assert_raises(ValueError) as c: np.zeros(3).reshape(2, 2)
print(repr(c.exception))
try:
    with T.assert_raises(ValueError): pass
except AssertionError as e: print(e)
attempt(T.assert_raises_regex, ZeroDivisionError, 'by zero', g, 1); attempt(T.assert_raises_regex, ZeroDivisionError, 'ze.*x', g, 1)
with T.assert_raises_regex(ValueError, 'reshape'): np.zeros(3).reshape(2, 2)
