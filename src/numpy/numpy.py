"""Arrays as NumPy has them, on the same engine as torch: with its numbers, text and errors.

The parts are numpy._base, _create, _shape, _ufunc, _reduce and _product; the type itself is C
(src/numpy/types.c), which finds its methods in the tables at the end."""
import torch
from numpy import _core
from numpy._base import *
from numpy._base import _refuse
from numpy._base import (tensor as _tensor, as_array as _as_array, scalar as _scalar_of,
                         wrap as _wrap, dtype_of as _dtype_of, torch_dtype as _torch_dtype,
                         np_dtype as _np_dtype, AxisError, dtype, finfo, iinfo)
from numpy._create import *
from numpy._shape import *
from numpy._ufunc import *
from numpy._reduce import *
from numpy._product import *
from numpy import _shape, _reduce, _ufunc, _product
from numpy import linalg, random

__version__ = '1.24.2'
newaxis = None
inf = Inf = infty = PINF = float('inf')
NINF = float('-inf')
nan = NaN = NAN = float('nan')
Infinity = inf
pi, e = 3.141592653589793, 2.718281828459045
euler_gamma = 0.5772156649015329
abs = absolute
max, min, round = _reduce.max, _reduce.min, _ufunc.round
sum, any, all = _reduce.sum, _reduce.any, _reduce.all
float_ = double = float64
single, half = float32, float16
int_ = intp = longlong = int64
intc, short, byte, ubyte, bool8 = int32, int16, int8, uint8, bool_


def _scalar(cls, x):
    return _scalar_of(cls, x)


True_, False_ = bool_(True), bool_(False)


# ---- text --------------------------------------------------------------------------------------

_options = ('precision', 'suppress', 'threshold', 'edgeitems', 'linewidth')


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None,
                     nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, **kwargs):
    """How arrays print: digits behind the point, scientific form, when to summarise."""
    _refuse('set_printoptions', nanstr=nanstr if nanstr != 'nan' else None,
           infstr=infstr if infstr != 'inf' else None, **kwargs)
    if formatter is not None or sign is not None or floatmode is not None:
        raise TypeError('set_printoptions here takes precision, suppress, threshold, edgeitems and '
                        'linewidth')
    if threshold is not None and threshold > 2 ** 62:
        threshold = 2 ** 62
    _core.printoptions(precision, suppress, int(threshold) if threshold is not None else None,
                       edgeitems, linewidth)


def get_printoptions():
    return dict(zip(_options, _core.printoptions()))


class printoptions:
    """with np.printoptions(precision=3): ..."""

    def __init__(self, **options):
        self._options = options

    def __enter__(self):
        self._before = get_printoptions()
        set_printoptions(**self._options)

    def __exit__(self, *exc):
        set_printoptions(**self._before)


def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    with printoptions(precision=precision, suppress=suppress_small, linewidth=max_line_width):
        return _core.repr(_tensor(arr), True)


def array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ',
                 **kwargs):
    """The text of the elements, a number's too."""
    _refuse('array2string', **kwargs)
    if separator != ' ':
        raise TypeError("array2string here separates by ' '")
    t = _tensor(a)
    if t.dim() == 0:  # as an element of an array is written
        return array_str(t.reshape(1), max_line_width, precision, suppress_small)[1:-1]
    return array_str(t, max_line_width, precision, suppress_small)


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    """The text that print shows."""
    with printoptions(precision=precision, suppress=suppress_small, linewidth=max_line_width):
        return _core.repr(_tensor(a), False)


# ---- warnings are not given: the settings are accepted -----------------------------------------

class errstate:
    """with np.errstate(divide='ignore'): accepted; no warnings are given here."""

    def __init__(self, **kwargs):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *exc):
        pass


def seterr(**kwargs):
    return {'divide': 'warn', 'over': 'warn', 'under': 'ignore', 'invalid': 'warn'}


# ---- functions over functions ------------------------------------------------------------------

class vectorize:
    """A function of numbers as one of arrays; it loops."""

    def __init__(self, pyfunc, otypes=None, **kwargs):
        _refuse('vectorize', **kwargs)
        self._f = pyfunc
        self._otypes = otypes

    def __call__(self, *args):
        ts = torch.broadcast_tensors(*[_tensor(a) for a in args])
        rows = zip(*[_as_array(t.reshape(-1)) for t in ts])
        got = array([self._f(*row) for row in rows], self._otypes[0] if self._otypes else None)
        return _wrap(_tensor(got).reshape(ts[0].shape))


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """func1d of every line along an axis."""
    t = _tensor(arr).movedim(axis, -1)
    lines = t.reshape(-1, t.shape[-1])
    got = _tensor(stack([asarray(func1d(_as_array(line), *args, **kwargs)) for line in lines]))
    got = got.reshape(list(t.shape[:-1]) + list(got.shape[1:]))
    return _wrap(got.movedim(-1, axis) if got.dim() == t.dim() else got)


# ---- types -------------------------------------------------------------------------------------

def result_type(*args):
    """The dtype that NumPy computes in."""
    ts = [_tensor(a) if is_array(a) or isinstance(a, (int, float)) else
          torch.zeros(1, dtype=_torch_dtype(a)) for a in args]
    return _np_dtype(_core.result_type(ts))


promote_types = result_type


def issubdtype(arg1, arg2):
    first = dtype(arg1).type if not (isinstance(arg1, type) and issubclass(arg1, generic)) else arg1
    second = arg2 if isinstance(arg2, type) and issubclass(arg2, generic) else dtype(arg2).type
    return issubclass(first, second)


def may_share_memory(a, b):
    return _tensor(a).data_ptr() == _tensor(b).data_ptr()


shares_memory = may_share_memory


def copyto(dst, src):
    dst[...] = src


def real(val):
    t = _tensor(val)
    return _wrap(t.real if t.is_complex() else t)


def imag(val):
    t = _tensor(val)
    return _wrap(t.imag if t.is_complex() else torch.zeros_like(t))


# ---- what arrays have as methods and properties ------------------------------------------------

def _astype(a, dtype, order='K', casting='unsafe', subok=True, copy=True):
    t, want = _tensor(a), _torch_dtype(dtype)
    got = t.to(want) if t.dtype != want else t.clone() if copy else t
    return _as_array(got) if isinstance(a, ndarray) else _wrap(got)


def _copy(a, order='C'):
    return _as_array(_tensor(a).clone())


def _item(a, *args):
    if args:
        if len(args) == 1 and isinstance(args[0], tuple):
            args = args[0]
        a = a.ravel()[args[0]] if len(args) == 1 else a[args]
    t = _tensor(a)
    if t.numel() != 1:
        raise ValueError('can only convert an array of size 1 to a Python scalar')
    return t.item()


def _fill(a, value):
    a[...] = value


def _round(a, ndigits=None):
    """round(a): an int of a scalar, as Python's."""
    if ndigits is None and not isinstance(a, ndarray):
        return int(round(a))
    return round(a, ndigits or 0)


def _late():
    from numpy import _more
    return _more


def _view(a, dtype=None, type=None):
    if dtype is None:
        return _as_array(_tensor(a))
    raise TypeError('view() of another dtype is not here; astype converts the values')


def _resize(a, *shape, refcheck=True):
    raise ValueError('an array keeps its size here: np.concatenate or np.pad make a new one')


def _setflags(a, write=None, align=None, uic=None):
    pass


_methods = {
    'astype': _astype, 'copy': _copy, 'item': _item, 'fill': _fill, 'view': _view,
    'resize': _resize, 'setflags': _setflags, 'tolist': lambda a: _tensor(a).tolist(),
    'reshape': _shape._reshape, 'ravel': ravel, 'flatten': _shape._flatten,
    'transpose': _shape._transpose, 'swapaxes': swapaxes, 'squeeze': squeeze, 'repeat': repeat,
    'diagonal': diagonal, 'nonzero': nonzero, 'take': take,
    'compress': lambda a, condition, axis=None: compress(condition, a, axis),
    'sum': sum, 'mean': mean, 'std': std, 'var': var, 'prod': prod, 'cumsum': cumsum,
    'cumprod': cumprod, 'max': max, 'min': min, 'ptp': ptp, 'argmax': argmax, 'argmin': argmin,
    'all': all, 'any': any, 'sort': _reduce._sort, 'argsort': argsort, 'searchsorted': searchsorted,
    'put': lambda a, *args, **kwargs: _late().put(a, *args, **kwargs),
    'choose': lambda a, *args, **kwargs: _late().choose(a, *args, **kwargs),
    'argpartition': argpartition,
    'dot': dot, 'trace': trace, 'round': round, 'clip': clip, 'conj': conj, 'conjugate': conj,
    '__abs__': absolute, '__round__': _round, '__array__': lambda a, dtype=None: asarray(a, dtype),
    '__trunc__': lambda a: int(a), '__matmul__': matmul,
}
_properties = {
    'dtype': _dtype_of, 'flat': lambda a: iter(ravel(a)), 'real': real, 'imag': imag,
    'data': lambda a: a, 'base': lambda a: None, 'device': lambda a: 'cpu',
}
