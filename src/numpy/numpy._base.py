"""What the parts of numpy share: dtypes, axes, and the way from arrays to tensors and back.

An array holds a torch tensor (numpy._core is C); the functions compute with tensors and wrap the
result: `wrap` makes a scalar of what has no axes, `array` never does.
"""
import torch
from numpy import _core
from numpy._core import (ndarray, generic, number, integer, signedinteger, unsignedinteger, inexact,
                         floating, complexfloating, bool_, uint8, int8, int16, int32, int64,
                         float16, float32, float64, complex64, wrap, array as as_array, is_array)


class AxisError(ValueError, IndexError):
    """An axis that the array has not."""


# ---- dtypes ------------------------------------------------------------------------------------

_classes = {torch.bool: bool_, torch.uint8: uint8, torch.int8: int8, torch.int16: int16,
            torch.int32: int32, torch.int64: int64, torch.float16: float16,
            torch.float32: float32, torch.float64: float64, torch.complex64: complex64}
_names = {t: str(t).split('.')[1] for t in _classes}
_codes = {'?': torch.bool, 'u1': torch.uint8, 'i1': torch.int8, 'i2': torch.int16,
          'i4': torch.int32, 'i8': torch.int64, 'f2': torch.float16, 'f4': torch.float32,
          'f8': torch.float64, 'c8': torch.complex64, 'b': torch.int8, 'B': torch.uint8,
          'h': torch.int16, 'i': torch.int32, 'l': torch.int64, 'e': torch.float16,
          'f': torch.float32, 'd': torch.float64, 'int': torch.int64, 'float': torch.float64,
          'bool_': torch.bool, 'half': torch.float16, 'single': torch.float32,
          'double': torch.float64}
_by_spec = {bool: torch.bool, int: torch.int64, float: torch.float64}
for _t, _cls in _classes.items():
    _by_spec[_cls] = _t
    _codes[_names[_t]] = _t


def torch_dtype(spec):
    """torch's dtype for anything that NumPy takes as one; None stays None."""
    if spec is None:
        return None
    if isinstance(spec, dtype):
        return spec._t
    if isinstance(spec, str):
        t = _codes.get(spec.lstrip('<>=|'))
    elif isinstance(spec, torch.dtype):
        raise TypeError(f"Cannot interpret '{spec}' as a data type")
    else:
        t = _by_spec.get(spec) if isinstance(spec, type) else None
    if t is None:
        if isinstance(spec, str) and spec not in ('complex', 'complex128', 'object', 'str'):
            raise TypeError(f"data type '{spec}' not understood")
        raise TypeError(f'{spec} is no dtype here: bool, int8 to int64, uint8, float16, float32, '
                        'float64 and complex64 are')
    return t


def _refuse(where, /, **given):
    """NumPy takes these and they would change the result, which is not done here."""
    for name, value in given.items():
        if value is not None and value is not False:
            raise TypeError(f'np.{where}({name}=...) is not in qkv')


class dtype:
    """dtype('float32'): what an array's elements are."""

    def __init__(self, spec, align=False, copy=False):
        self._t = torch_dtype(spec) or torch.float64
        self.name = _names[self._t]
        self.type = _classes[self._t]
        self.itemsize = torch.zeros((), dtype=self._t).element_size()
        self.kind = ('b' if self._t == torch.bool else 'u' if self._t == torch.uint8 else
                     'c' if self._t == torch.complex64 else self.name[0])
        self.str = ('|' if self.itemsize == 1 else '<') + f'{self.kind}{self.itemsize}'

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name

    def __eq__(self, other):
        try:
            return self._t == (torch_dtype(other) or torch.float64)
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.name)


_dtypes = {t: dtype(cls) for t, cls in _classes.items()}


def dtype_of(a):
    return _dtypes[_core.tensor(a).dtype]


def np_dtype(t):
    return _dtypes[t]


class finfo:
    """Limits of a float dtype, as its own scalars."""

    def __init__(self, spec=float64):
        t = spec.dtype._t if is_array(spec) else torch_dtype(spec)
        if not t.is_floating_point:
            raise ValueError(f'data type {_classes[t]!r} not inexact')
        info, cls = torch.finfo(t), _classes[t]
        self.dtype = _dtypes[t]
        self.bits = info.bits
        self.max, self.min, self.eps = cls(info.max), cls(info.min), cls(info.eps)
        self.tiny = self.smallest_normal = cls(info.tiny)

    def __repr__(self):
        return f'finfo(resolution={self.dtype.type(10.0) ** -(15 if self.bits == 64 else 6)}, ' \
               f'min={self.min}, max={self.max}, dtype={self.dtype})'


class iinfo:
    """Limits of an integer dtype, as Python ints."""

    def __init__(self, spec):
        t = spec.dtype._t if is_array(spec) else torch_dtype(spec)
        info = torch.iinfo(t)
        self.dtype, self.bits, self.min, self.max = _dtypes[t], info.bits, info.min, info.max

    def __repr__(self):
        return f'iinfo(min={self.min}, max={self.max}, dtype={self.dtype})'


# ---- values ------------------------------------------------------------------------------------

def tensor(a):
    """The tensor of an array, a number, a (nested) list or a torch tensor."""
    if isinstance(a, torch.Tensor):
        return a.detach()
    if is_array(a) or isinstance(a, (int, float, bool, list, tuple, range)):
        return _core.tensor(a)
    return _core.nest(a)


def float_tensor(a, name='sqrt'):
    """The same with integers as floats, as the functions of calculus take them."""
    try:
        t = tensor(a)
    except TypeError:
        raise TypeError(f"ufunc '{name}' not supported for the input types, and the inputs could "
                        'not be safely coerced to any supported types according to the casting '
                        "rule ''safe''")
    if t.is_floating_point() or t.is_complex():
        return t
    narrow = {torch.bool: torch.float16, torch.int8: torch.float16, torch.uint8: torch.float16,
              torch.int16: torch.float32}
    return t.to(narrow.get(t.dtype, torch.float64))


def finish(t, out=None):
    """The result, or out filled with it."""
    if out is None:
        return wrap(t)
    if isinstance(out, tuple):
        out = out[0]
    out[...] = as_array(t)
    return out


def scalar(cls, x):
    """np.float32(x)"""
    t = _by_spec[cls]
    if isinstance(x, str):
        x = int(x) if cls in (int8, int16, int32, int64, uint8) else float(x)
    return wrap(tensor(x).to(t))


# ---- axes --------------------------------------------------------------------------------------

def axis_of(axis, ndim, prefix=''):
    """A non-negative axis, or AxisError."""
    if not isinstance(axis, int):
        axis = axis.__index__() if hasattr(axis, '__index__') else _no_axis(axis)
    if axis < -ndim or axis >= ndim:
        raise AxisError(f'{prefix}axis {axis} is out of bounds for array of dimension {ndim}')
    return axis % ndim if ndim else 0


def _no_axis(axis):
    raise TypeError(f"'{type(axis).__name__}' object cannot be interpreted as an integer")


def axes_of(axis, ndim):
    """Axes to reduce: None is all of them."""
    if axis is None:
        return tuple(range(ndim))
    if isinstance(axis, (tuple, list)):
        axes = tuple(axis_of(a, ndim) for a in axis)
        if len(set(axes)) != len(axes):
            raise ValueError("duplicate value in 'axis'")
        return axes
    return (axis_of(axis, ndim),)


def drop(t, axes, keepdims):
    """t, whose reduced axes have size 1, without them."""
    if keepdims:
        return t
    return t.reshape([n for d, n in enumerate(t.shape) if d not in axes])


def size_tuple(shape):
    """(2, 3) of (2, 3), [2, 3] or 6."""
    if isinstance(shape, (tuple, list)) or (isinstance(shape, ndarray) and shape.ndim):
        return tuple(int(n) for n in shape)
    if not hasattr(shape, '__index__') and not isinstance(shape, int):
        _no_axis(shape)
    return (int(shape),)


def shape_text(shape):
    """(2,3)"""
    return '(' + ','.join(str(n) for n in shape) + (',)' if len(shape) == 1 else ')')
