"""Functions of torch and methods of Tensor that are asked for seldom: signs, tests, odd types."""

__late__ = """
torch torch.Tensor: isneginf isposinf isreal signbit positive resolve_conj resolve_neg
    conj_physical is_nonzero is_signed is_conj is_neg is_inference is_same_size frexp heaviside
    float_power copysign sinc ldexp gcd lcm logaddexp2 nextafter
torch: isin can_cast scalar_tensor get_device typename is_storage asarray range fill chain_matmul
    set_default_tensor_type empty_strided
torch.Tensor: is_cpu is_meta is_quantized is_sparse is_mps is_xpu is_shared is_pinned pin_memory
    share_memory_ new apply_ map_ names geometric_ log_normal_ cauchy_ sum_to_size
"""

import math
import torch
from torch._node import named, returned


# ---- signs and infinities ------------------------------------------------------------------


def isneginf(input):
    """Which are -inf."""
    return input == -math.inf if input.is_floating_point() else _none(input)


def isposinf(input):
    """Which are inf."""
    return input == math.inf if input.is_floating_point() else _none(input)


def _none(x):
    return torch.zeros_like(x, dtype=torch.bool)


def isreal(input):
    """Which have no imaginary part."""
    return input.imag == 0 if input.is_complex() else torch.ones_like(input, dtype=torch.bool)


def signbit(input):
    """Which are negative; -0. is."""
    if input.is_floating_point():
        zero = input == 0
        return (input < 0) | (zero & (1 / torch.where(zero, input, torch.ones_like(input)) < 0))
    return input < 0 if input.dtype != torch.bool else _none(input)


def copysign(input, other):
    """The size of input with the sign of other."""
    if not isinstance(other, torch.Tensor):
        other = torch.tensor(other, dtype=torch.get_default_dtype())
    x = input if input.is_floating_point() else input.to(torch.get_default_dtype())
    size = x.abs()
    return named(torch.where(signbit(other), -size, size), 'CopysignBackward0')


def heaviside(input, values):
    """0 below 0, 1 above, values at 0."""
    if input.dtype != values.dtype:
        raise RuntimeError('heaviside is not yet implemented for tensors with different dtypes.')
    step = (input > 0).to(input.dtype)
    return torch.where(input == 0, values, step)


def positive(input):
    """input itself."""
    if input.dtype == torch.bool:
        raise RuntimeError('The `+` operator, on a bool tensor is not supported.')
    return input


# ---- arithmetic ----------------------------------------------------------------------------------


def float_power(input, exponent):
    """input ** exponent in float64."""
    base, power = [t.double() if isinstance(t, torch.Tensor) else float(t)
                   for t in (input, exponent)]
    return torch.pow(base, power)


def sinc(input):
    """sin(pi x) / (pi x), 1 at 0."""
    x = input if input.is_floating_point() else input.to(torch.get_default_dtype())
    zero = x == 0
    y = torch.where(zero, torch.ones_like(x), x) * math.pi
    return named(torch.where(zero, torch.ones_like(x), torch.sin(y) / y), 'SincBackward0')


def ldexp(input, other):
    """input 2 ** other"""
    return input * torch.pow(2.0, other)


def frexp(input):
    """mantissa in [.5, 1) and exponent, input = mantissa 2 ** exponent"""
    if not input.is_floating_point():
        raise RuntimeError('torch.frexp() only supports floating-point dtypes')
    x = input.detach()
    whole = torch.isfinite(x) & (x != 0)
    safe = torch.where(whole, x, torch.ones_like(x)).double()
    e = torch.floor(torch.log2(safe.abs())) + 1
    e = e + (safe.abs() >= torch.pow(2.0, e)).double() - (safe.abs() < torch.pow(2.0, e - 1)).double()
    e = torch.where(whole, e, torch.zeros_like(e))
    half = torch.pow(2.0, -e).to(x.dtype)
    return returned('frexp', torch.where(whole, input * half, input), e.int())


def gcd(input, other):
    """The greatest common divisor."""
    a, b = torch.broadcast_tensors(input, other)
    _whole(a, b, 'gcd')
    a, b = a.abs(), b.abs()
    while bool((b != 0).any()):
        rest = torch.where(b == 0, a, a % torch.where(b == 0, torch.ones_like(b), b))
        a, b = torch.where(b == 0, a, b), torch.where(b == 0, b, rest)
    return a


def lcm(input, other):
    """The least common multiple."""
    _whole(input, other, 'lcm')
    g = gcd(input, other)
    return torch.where(g == 0, g, (input // g.clamp(min=1) * other).abs())


def _whole(a, b, name):
    for t in (a, b):
        if t.is_floating_point():
            kind = 'Double' if t.dtype == torch.float64 else 'Float'
            raise RuntimeError(f'"{name}_cpu" not implemented for \'{kind}\'')


def logaddexp2(input, other):
    """log2(2 ** input + 2 ** other)"""
    ln2 = math.log(2)
    return named(torch.logaddexp(input * ln2, other * ln2) / ln2, 'Logaddexp2Backward0')


def nextafter(input, other):
    """The next number of the dtype after input on the way to other."""
    bits = {torch.float32: torch.int32, torch.float64: torch.int64}.get(input.dtype)
    if bits is None or other.dtype != input.dtype:
        raise RuntimeError('nextafter: two tensors of float32 or of float64 are wanted, got '
                           f'{input.dtype} and {other.dtype}')
    a, b = torch.broadcast_tensors(input, other)
    whole = a.contiguous().view(bits)
    away = (b > a) == (a > 0)
    stepped = torch.where(away, whole + 1, whole - 1).view(a.dtype)
    tiny = torch.ones_like(whole).view(a.dtype)
    stepped = torch.where(a == 0, torch.where(b > 0, tiny, -tiny), stepped)
    out = torch.where(a == b, b, stepped)
    return torch.where(a.isnan() | b.isnan(), a + b, out)


def chain_matmul(*matrices):
    """The product of matrices."""
    out = matrices[0]
    for m in matrices[1:]:
        out = out @ m
    return out


# ---- tests -------------------------------------------------------------------------------------


def isin(elements, test_elements, *, assume_unique=False, invert=False):
    """Which elements are in test_elements; invert: which are not. (assume_unique is a promise that
    lets a search be faster; the answer is the same.)"""
    x = elements if isinstance(elements, torch.Tensor) else torch.tensor(elements)
    t = test_elements if isinstance(test_elements, torch.Tensor) else torch.tensor(test_elements)
    found = (x.unsqueeze(-1) == t.reshape(-1)).any(-1)
    return ~found if invert else found


def is_nonzero(input):
    """Whether a tensor of one element is not 0."""
    return bool(input)


def is_signed(input):
    """Whether the dtype has negative numbers."""
    return input.dtype not in (torch.bool, torch.uint8)


def is_conj(input):
    """Whether conj is still to be done: it is always done at once."""
    return False


is_neg = is_conj


def is_inference(input):
    """Whether it was made in inference mode: nothing of that is kept."""
    return False


def is_same_size(input, other):
    """Whether the shapes are equal."""
    return input.shape == other.shape


def can_cast(from_, to):
    """Whether a value of one dtype may be stored in another without losing its category."""

    def rank(dtype):
        if dtype == torch.bool:
            return 0
        return 3 if dtype.is_complex else 2 if dtype.is_floating_point else 1

    if rank(to) == 0:
        return rank(from_) == 0
    if to == torch.uint8 and rank(from_) == 1 and from_ != torch.uint8:
        return False
    return rank(from_) <= rank(to)


def is_storage(obj):
    """False: storages are not objects here."""
    return False


def resolve_conj(input):
    """input: conj is done at once."""
    return input


resolve_neg = resolve_conj


def conj_physical(input):
    """The complex conjugate."""
    return input.conj()


# ---- making -------------------------------------------------------------------------------------


def scalar_tensor(s, *, dtype=None, device=None, requires_grad=False):
    """A tensor without dims, float32 when no dtype is given."""
    dtype = torch.get_default_dtype() if dtype is None else dtype
    return torch.tensor(s, dtype=dtype, device=device, requires_grad=requires_grad)


def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False):
    """A tensor of numbers or of an array; copy=False refuses to copy."""
    t = torch.as_tensor(obj, dtype=dtype, device=device)
    shared = isinstance(obj, torch.Tensor) and t.dtype == obj.dtype or hasattr(obj, '__array__')
    if copy is False and not shared:
        raise ValueError("can't alias an arbitrary sequence into a tensor.")
    if copy and shared:
        t = t.clone()
    return t.detach().requires_grad_() if requires_grad else t


def range(start=0, end=None, step=1, *, dtype=None, device=None, requires_grad=False):
    """start, start + step, ... up to end with end: arange leaves it out."""
    if end is None:
        raise TypeError('range() missing 1 required positional arguments: "end"')
    dtype = torch.get_default_dtype() if dtype is None else dtype
    if step == 0:
        raise RuntimeError('step must be nonzero')
    if (end - start) * step < 0:
        raise RuntimeError('upper bound and larger bound inconsistent with step sign')
    n = int((end - start) / step) + 1
    t = torch.arange(n, dtype=torch.float64) * step + start
    return t.to(dtype).to(device).requires_grad_(requires_grad)


def fill(input, value):
    """A tensor of input's shape and dtype, filled."""
    return torch.empty_like(input).copy_(value) if isinstance(value, torch.Tensor) \
        else torch.full_like(input, value)


def empty_strided(size, stride, *, dtype=None, device=None, requires_grad=False):
    """Uninitialised, with these strides."""
    n = 1
    for count, step in zip(size, stride):
        n = 0 if count == 0 else n + (count - 1) * step
    return torch.empty(n, dtype=dtype, device=device).as_strided(size, stride).requires_grad_(
        requires_grad)


def get_device(input):
    """-1: the CPU."""
    return -1


def typename(o):
    """'torch.FloatTensor' of a tensor, else the name of the class with its module."""
    if isinstance(o, torch.Tensor):
        return o.type()
    cls = o if isinstance(o, type) else type(o)
    return cls.__name__ if cls.__module__ == 'builtins' else cls.__module__ + '.' + cls.__name__


def set_default_tensor_type(t):
    """The dtype of new float tensors, by the name or the type of a tensor."""
    if isinstance(t, str):
        t = getattr(torch, t.split('.')[-1])
    dtypes = {'FloatTensor': torch.float32, 'DoubleTensor': torch.float64,
              'HalfTensor': torch.float16, 'BFloat16Tensor': torch.bfloat16}
    if t.__name__ not in dtypes:
        raise TypeError('only floating-point types are supported as the default type')
    torch.set_default_dtype(dtypes[t.__name__])


# ---- methods ------------------------------------------------------------------------------------


def _fact(value):
    return property(lambda self: value)


is_cpu = _fact(True)
is_meta = _fact(False)
is_quantized = _fact(False)
is_sparse = _fact(False)
is_mps = _fact(False)
is_xpu = _fact(False)
names = property(lambda self: (None,) * self.dim())


def is_shared(self):
    """False: there is one process."""
    return False


is_pinned = is_shared


def pin_memory(self, device=None):
    """The tensor itself: there is no GPU to copy to."""
    return self


def share_memory_(self):
    """The tensor itself: there is one process."""
    return self


def new(self, *args):
    """A tensor of the same dtype from sizes or from numbers."""
    if len(args) == 1 and isinstance(args[0], (list, tuple)) and not isinstance(args[0], torch.Size):
        return torch.tensor(args[0], dtype=self.dtype)
    return torch.empty(*args, dtype=self.dtype) if args else torch.empty(0, dtype=self.dtype)


def apply_(self, callable):
    """Every element replaced by callable(element)."""
    if self.requires_grad:
        raise TypeError("apply_(...) can't be called on a tensor that requires grad")
    return self.copy_(torch.tensor([callable(x) for x in self.flatten().tolist()],
                                   dtype=self.dtype).view(self.shape))


def map_(self, tensor, callable):
    """Every element x replaced by callable(x, y), y of tensor."""
    if self.requires_grad or tensor.requires_grad:
        raise TypeError("map_(...) can't be called on a tensor that requires grad")
    pairs = zip(self.flatten().tolist(), tensor.expand(self.shape).flatten().tolist())
    return self.copy_(torch.tensor([callable(x, y) for x, y in pairs],
                                   dtype=self.dtype).view(self.shape))


def sum_to_size(self, *size):
    """Summed over the dims that broadcasting of size to this shape made."""
    size = tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else size
    x = self
    while x.dim() > len(size):
        x = x.sum(0)
    dims = [d for d, n in enumerate(size) if n == 1 and x.shape[d] != 1]
    x = x.sum(dims, keepdim=True) if dims else x
    if tuple(x.shape) != size:
        raise RuntimeError(f'size {{{list(size)}}} is not expandable to size '
                           f'{{{list(self.shape)}}}.')
    return x


def _uniform(self, generator):
    return torch.empty(self.shape, dtype=torch.float64).uniform_(generator=generator).to(self.dtype)


def geometric_(self, p, *, generator=None):
    """How many trials of probability p until the first success."""
    if not 0 < p < 1:
        raise RuntimeError(f'geometric_ expects p to be in (0, 1), but got p={p}')
    u = torch.empty(self.shape, dtype=torch.float64).uniform_(generator=generator)
    return self.copy_(torch.ceil(torch.log(u) / math.log(1 - p)))


def log_normal_(self, mean=1, std=2, *, generator=None):
    """exp of normal numbers."""
    if std <= 0:
        raise RuntimeError(f'log_normal_ expects std > 0.0, but found std={std}')
    return self.copy_(torch.empty_like(self).normal_(mean, std, generator=generator).exp())


def cauchy_(self, median=0, sigma=1, *, generator=None):
    """The Cauchy distribution."""
    u = torch.empty(self.shape, dtype=torch.float64).uniform_(generator=generator)
    return self.copy_(median + sigma * torch.tan(math.pi * (u - .5)))
