"""Activations that are less often used, as modules; the formulas are torch.nn.functional's."""

__late__ = """
torch.nn torch.nn.modules.activation: Hardtanh ReLU6 Hardswish Hardsigmoid Mish SELU CELU GLU
    PReLU RReLU Threshold Hardshrink Softshrink Tanhshrink Softsign Softmin Softmax2d
"""

import torch
import torch.nn.functional as F
from torch.nn._base import Parameter
from torch.nn.modules.module import Module


class _Plain(Module):
    """One function without parameters; the subclasses name it."""

    def __init__(self):
        super().__init__()


class _Inplace(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def extra_repr(self):
        return 'inplace=True' if self.inplace else ''


class Hardtanh(Module):
    """Between min_val and max_val."""

    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        self.inplace = inplace
        if not self.max_val > self.min_val:
            raise AssertionError()

    def forward(self, input):
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self):
        return (f'min_val={self.min_val}, max_val={self.max_val}'
                + (', inplace=True' if self.inplace else ''))


class ReLU6(Hardtanh):
    """min(max(x, 0), 6)"""

    def __init__(self, inplace=False):
        super().__init__(0., 6., inplace)

    def extra_repr(self):
        return 'inplace=True' if self.inplace else ''


class Hardswish(_Inplace):
    """x relu6(x + 3) / 6"""

    def forward(self, input):
        return F.hardswish(input, self.inplace)

    def extra_repr(self):
        return ''


class Hardsigmoid(_Inplace):
    """relu6(x + 3) / 6"""

    def forward(self, input):
        return F.hardsigmoid(input, self.inplace)

    def extra_repr(self):
        return ''


class Mish(_Inplace):
    """x tanh(softplus(x))"""

    def forward(self, input):
        return F.mish(input, self.inplace)


class SELU(_Inplace):
    """Scaled elu."""

    def forward(self, input):
        return F.selu(input, self.inplace)


class CELU(Module):
    """x for x > 0, else alpha (exp(x / alpha) - 1)."""

    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input):
        return F.celu(input, self.alpha, self.inplace)

    def extra_repr(self):
        return f'alpha={self.alpha}' + (', inplace=True' if self.inplace else '')


class GLU(Module):
    """The first half of dim times the sigmoid of the second."""

    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return F.glu(input, self.dim)

    def extra_repr(self):
        return f'dim={self.dim}'


class PReLU(Module):
    """x for x > 0, else weight x; one weight, or one for each channel."""

    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = Parameter(torch.empty(num_parameters, device=device, dtype=dtype).fill_(init))

    def forward(self, input):
        return F.prelu(input, self.weight)

    def extra_repr(self):
        return f'num_parameters={self.num_parameters}'


class RReLU(Module):
    """x above 0, below it a x with a drawn between lower and upper."""

    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input):
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self):
        return (f'lower={self.lower}, upper={self.upper}'
                + (', inplace=True' if self.inplace else ''))


class Threshold(Module):
    """x where x > threshold, else value."""

    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input):
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self):
        return (f'threshold={self.threshold}, value={self.value}'
                + (', inplace=True' if self.inplace else ''))


class Hardshrink(Module):
    """0 between -lambd and lambd."""

    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return F.hardshrink(input, self.lambd)

    def extra_repr(self):
        return f'{self.lambd}'


class Softshrink(Module):
    """Towards 0 by lambd."""

    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return F.softshrink(input, self.lambd)

    def extra_repr(self):
        return str(self.lambd)


class Tanhshrink(_Plain):
    """x - tanh(x)"""

    def forward(self, input):
        return F.tanhshrink(input)


class Softsign(_Plain):
    """x / (1 + |x|)"""

    def forward(self, input):
        return F.softsign(input)


class Softmin(Module):
    """softmax(-x)"""

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return F.softmin(input, self.dim)

    def extra_repr(self):
        return f'dim={self.dim}'


class Softmax2d(_Plain):
    """softmax over the channels of (N, C, H, W) or (C, H, W)."""

    def forward(self, input):
        if input.dim() not in (3, 4):
            raise AssertionError('Softmax2d requires a 3D or 4D tensor as input')
        return F.softmax(input, -3)

# Where PyTorch has them: types print their module
for _home, _classes in (
    ('torch.nn.modules.activation', (CELU, GLU, Hardshrink, Hardsigmoid, Hardswish, Hardtanh,
        Mish, PReLU, RReLU, ReLU6, SELU, Softmax2d, Softmin, Softshrink, Softsign, Tanhshrink,
        Threshold)),
):
    for _class in _classes:
        _class.__module__ = _home
