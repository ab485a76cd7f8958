"""Elementwise functions. Operators are C (src/numpy/binary.c); those with a name of their own are
ufunc objects, which also reduce, accumulate and scatter."""
import torch
from numpy import _core
from numpy._base import _refuse
from numpy._base import (as_array, wrap, tensor, float_tensor, finish, axis_of, torch_dtype, drop)
from numpy._create import asarray


def _masked(result, where, out):
    """where=: elements elsewhere keep what out has."""
    if where is True:
        return finish(result, out)
    kept = tensor(out) if out is not None else torch.zeros_like(result)
    return finish(torch.where(tensor(where), result, kept.to(result.dtype)), out)


_layout = ('order', 'subok', 'casting', 'signature', 'extobj')


class ufunc:
    """A function of every element, or of every pair of two arrays that broadcast."""

    def __init__(self, name, fn, nin, identity=None):
        self.__name__ = name
        self._fn = fn
        self.nin = nin
        self.nargs = nin + 1
        self.identity = identity

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __call__(self, *args, out=None, where=True, dtype=None, **kwargs):
        _refuse(self.__name__, **{k: v for k, v in kwargs.items() if k not in _layout})
        if len(args) == self.nin + 1:
            args, out = args[:-1], args[-1]
        if len(args) != self.nin:
            raise TypeError(f'{self.__name__}() takes from {self.nin} to {self.nargs} positional '
                            f'arguments but {len(args)} were given')
        t = self._fn(*args)
        if dtype is not None:
            t = t.to(torch_dtype(dtype))
        if out is None and where is True:
            return wrap(t)
        return _masked(t, where, out)

    def _steps(self, a, axis):
        if self.nin != 2:
            raise ValueError('reduce only supported for binary functions')
        t = tensor(a)
        return t, axis_of(axis, t.dim())

    def reduce(self, a, axis=0, dtype=None, out=None, keepdims=False, initial=None):
        """The function folded over an axis."""
        t, d = self._steps(a, axis)
        if dtype is not None:
            t = t.to(torch_dtype(dtype))
        if initial is not None:
            first = tensor(initial).to(t.dtype).expand(t.select(d, 0).shape).unsqueeze(d) \
                if t.shape[d] else torch.full_like(t.sum(d, keepdim=True), initial, dtype=t.dtype)
            t = torch.cat([first, t], d)
        if t.shape[d] == 0:
            raise ValueError(f'zero-size array to reduction operation {self.__name__} which has '
                             'no identity')
        got = t.select(d, 0)
        for i in range(1, t.shape[d]):
            got = self._fn(as_array(got), as_array(t.select(d, i)))
        return finish(drop(got.unsqueeze(d), (d,), keepdims), out)

    def accumulate(self, a, axis=0, dtype=None, out=None):
        """All intermediate results of reduce."""
        t, d = self._steps(a, axis)
        if dtype is not None:
            t = t.to(torch_dtype(dtype))
        parts = [t.select(d, 0)]
        for i in range(1, t.shape[d]):
            parts.append(self._fn(as_array(parts[-1]), as_array(t.select(d, i))))
        return finish(torch.stack([p.to(parts[-1].dtype) for p in parts], d), out)

    def outer(self, a, b):
        """The function of every pair."""
        x, y = tensor(a), tensor(b)
        return wrap(self._fn(as_array(x.reshape(list(x.shape) + [1] * y.dim())), as_array(y)))

    def at(self, a, indices, b=None):
        """In place at indices, one after the other where they repeat."""
        t = tensor(a)
        places = as_array(torch.arange(t.numel()).reshape(t.shape))[indices]
        flat, at = t.reshape(-1), tensor(places)
        if self.__name__ == 'add' and t.is_contiguous():
            flat.index_add_(0, at.reshape(-1), tensor(b).to(t.dtype).expand(at.shape).reshape(-1))
            return
        values = tensor(b).expand(at.shape).reshape(-1) if self.nin == 2 else None
        for k, i in enumerate(at.reshape(-1).tolist()):
            one = (as_array(flat[i]),) if self.nin == 1 else (as_array(flat[i]), wrap(values[k]))
            flat[i] = self._fn(*one).to(t.dtype)
        t.copy_(flat.reshape(t.shape))


# ---- of one array ------------------------------------------------------------------------------

def _floats(name, fn):
    return ufunc(name, lambda x: fn(float_tensor(x, name)), 1)


exp, exp2 = _floats('exp', torch.exp), _floats('exp2', torch.exp2)
expm1, log = _floats('expm1', torch.expm1), _floats('log', torch.log)
log2, log10 = _floats('log2', torch.log2), _floats('log10', torch.log10)
log1p, sqrt = _floats('log1p', torch.log1p), _floats('sqrt', torch.sqrt)
sin, cos, tan = _floats('sin', torch.sin), _floats('cos', torch.cos), _floats('tan', torch.tan)
arcsin, arccos = _floats('arcsin', torch.asin), _floats('arccos', torch.acos)
arctan, sinh = _floats('arctan', torch.atan), _floats('sinh', torch.sinh)
cosh = _floats('cosh', torch.cosh)
tanh, arcsinh = _floats('tanh', torch.tanh), _floats('arcsinh', torch.asinh)
arccosh, arctanh = _floats('arccosh', torch.acosh), _floats('arctanh', torch.atanh)
floor, ceil = _floats('floor', torch.floor), _floats('ceil', torch.ceil)
trunc, rint = _floats('trunc', torch.trunc), _floats('rint', torch.round)
fix = trunc
cbrt = _floats('cbrt', lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3))
radians = deg2rad = _floats('radians', torch.deg2rad)
degrees = rad2deg = _floats('degrees', torch.rad2deg)
isnan = ufunc('isnan', lambda x: torch.isnan(tensor(x)), 1)
isinf = ufunc('isinf', lambda x: torch.isinf(tensor(x)), 1)
isfinite = ufunc('isfinite', lambda x: torch.isfinite(tensor(x)), 1)
square = ufunc('square', lambda x: torch.square(tensor(x)), 1)
sign = ufunc('sign', lambda x: torch.sign(tensor(x)), 1)
negative = ufunc('negative', lambda x: tensor(-asarray(x)), 1)
positive = ufunc('positive', lambda x: tensor(x).clone(), 1)
conjugate = conj = ufunc('conjugate', lambda x: torch.conj(tensor(x)), 1)
logical_not = ufunc('logical_not', lambda x: torch.logical_not(tensor(x)), 1)
invert = bitwise_not = ufunc('invert', lambda x: tensor(~asarray(x)), 1)


def _absolute(x):
    t = tensor(x)
    return t if t.dtype == torch.bool else torch.abs(t)


def _reciprocal(x):
    t = tensor(x)
    return torch.reciprocal(t) if t.is_floating_point() else torch.div(1, t, rounding_mode='trunc')


absolute = ufunc('absolute', _absolute, 1)
fabs = _floats('fabs', torch.abs)
reciprocal = ufunc('reciprocal', _reciprocal, 1)


# ---- of two ------------------------------------------------------------------------------------

def _operator(name, fn):
    return ufunc(name, lambda a, b: tensor(fn(asarray(a), asarray(b))), 2)


add, subtract = _operator('add', lambda a, b: a + b), _operator('subtract', lambda a, b: a - b)
multiply = _operator('multiply', lambda a, b: a * b)
divide = true_divide = _operator('divide', lambda a, b: a / b)
floor_divide = _operator('floor_divide', lambda a, b: a // b)
remainder = mod = _operator('remainder', lambda a, b: a % b)
power = _operator('power', lambda a, b: a ** b)
matmul = _operator('matmul', lambda a, b: a @ b)
equal = _operator('equal', lambda a, b: a == b)
not_equal = _operator('not_equal', lambda a, b: a != b)
less = _operator('less', lambda a, b: a < b)
less_equal = _operator('less_equal', lambda a, b: a <= b)
greater = _operator('greater', lambda a, b: a > b)
greater_equal = _operator('greater_equal', lambda a, b: a >= b)
bitwise_and = _operator('bitwise_and', lambda a, b: a & b)
bitwise_or = _operator('bitwise_or', lambda a, b: a | b)
bitwise_xor = _operator('bitwise_xor', lambda a, b: a ^ b)
left_shift = _operator('left_shift', lambda a, b: a << b)
right_shift = _operator('right_shift', lambda a, b: a >> b)


def _pair(a, b, floats=False):
    """Both in their common dtype."""
    x, y = (float_tensor(a), float_tensor(b)) if floats else (tensor(a), tensor(b))
    _core.check_broadcast(x, y)
    dtype = _core.result_type([x, y])
    return x.to(dtype), y.to(dtype)


def _promoting(name, fn, floats=False):
    return ufunc(name, lambda a, b: fn(*_pair(a, b, floats)), 2)


maximum, minimum = _promoting('maximum', torch.maximum), _promoting('minimum', torch.minimum)
fmax, fmin = _promoting('fmax', torch.fmax), _promoting('fmin', torch.fmin)
fmod = _promoting('fmod', torch.fmod)
arctan2 = _promoting('arctan2', torch.atan2, True)
hypot = _promoting('hypot', torch.hypot, True)
logaddexp = _promoting('logaddexp', torch.logaddexp, True)
logical_and = _promoting('logical_and', torch.logical_and)
logical_or = _promoting('logical_or', torch.logical_or)
logical_xor = _promoting('logical_xor', torch.logical_xor)


# ---- of an array and numbers -------------------------------------------------------------------

def clip(a, a_min=None, a_max=None, out=None, **kwargs):
    """Values below a_min become a_min, above a_max become a_max."""
    a_min, a_max = kwargs.get('min', a_min), kwargs.get('max', a_max)
    if a_min is None and a_max is None:
        raise ValueError('One of max or min must be given')
    t = asarray(a)
    if a_min is not None:
        t = maximum(t, a_min)
    if a_max is not None:
        t = minimum(t, a_max)
    return finish(tensor(t), out)


def round(a, decimals=0, out=None):
    """To so many decimals; halves go to the even neighbour."""
    t = tensor(a)
    if not t.is_floating_point():
        return finish(t, out)
    scale = 10.0 ** abs(decimals)
    if decimals == 0:
        return finish(torch.round(t), out)
    t = torch.round(t * scale) / scale if decimals > 0 else torch.round(t / scale) * scale
    return finish(t, out)


around = round_ = round


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    got = torch.nan_to_num(tensor(x), nan, posinf, neginf)
    if copy:
        return wrap(got)
    tensor(x).copy_(got)
    return x


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    x, y = _pair(a, b)
    return wrap(torch.isclose(x.double(), y.double(), rtol=rtol, atol=atol, equal_nan=equal_nan))


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(tensor(isclose(a, b, rtol, atol, equal_nan)).all().item())


def array_equal(a1, a2, equal_nan=False):
    x, y = tensor(a1), tensor(a2)
    if x.shape != y.shape:
        return False
    same = tensor(equal(as_array(x), as_array(y)))
    if equal_nan:
        same = same | (x != x) & (y != y)
    return bool(same.all().item())


def array_equiv(a1, a2):
    return bool(tensor(equal(a1, a2)).all().item())


def isscalar(element):
    return isinstance(element, (int, float, str, bool)) or (
        _core.is_array(element) and not isinstance(element, _core.ndarray))
