"""Convolutions and pools as layers. Weights are drawn in PyTorch's order."""

__late__ = """
torch.nn: Conv1d Conv2d Unfold MaxPool1d MaxPool2d AvgPool1d AvgPool2d
"""

import math
import torch
import torch.nn.functional as F
from torch.nn import init
from torch.nn._base import Parameter
from torch.nn.modules.module import Module


def _tuple(value, n):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * n


class _ConvNd(Module):
    """weight (out_channels, in_channels / groups, *kernel_size), bias (out_channels,)"""

    _dims = 1

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1,
                 groups=1, bias=True, padding_mode='zeros', device=None, dtype=None):
        super().__init__()
        if in_channels % groups != 0:
            raise ValueError('in_channels must be divisible by groups')
        if out_channels % groups != 0:
            raise ValueError('out_channels must be divisible by groups')
        modes = ('zeros', 'reflect', 'replicate', 'circular')
        if padding_mode not in modes:
            raise ValueError("padding_mode must be one of {}, but got padding_mode='{}'".format(
                sorted(modes, key='reflect circular zeros replicate'.split().index), padding_mode))
        n = self._dims
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = _tuple(kernel_size, n)
        self.stride = _tuple(stride, n)
        self.padding = padding if isinstance(padding, str) else _tuple(padding, n)
        self.dilation = _tuple(dilation, n)
        self.groups = groups
        self.padding_mode = padding_mode
        shape = (out_channels, in_channels // groups) + self.kernel_size
        self.weight = Parameter(torch.empty(shape, device=device, dtype=dtype))
        if bias:
            self.bias = Parameter(torch.empty(out_channels, device=device, dtype=dtype))
        else:
            self.register_parameter('bias', None)
        self.reset_parameters()

    def reset_parameters(self):
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in = self.weight[0].numel()
            if fan_in != 0:
                bound = 1 / math.sqrt(fan_in)
                init.uniform_(self.bias, -bound, bound)

    def _padding_of_input(self):
        """What F.pad adds in a mode other than zeros: the last dim first."""
        if self.padding == 'valid':
            return (0, 0) * self._dims
        if self.padding != 'same':
            return tuple(p for p in reversed(self.padding) for _ in range(2))
        pad = []
        for d, k in reversed(list(zip(self.dilation, self.kernel_size))):
            total = d * (k - 1)
            pad += [total // 2, total - total // 2]
        return tuple(pad)

    def _conv_forward(self, input, weight, bias):
        if self.padding_mode == 'zeros':
            return self._conv(input, weight, bias, self.stride, self.padding, self.dilation,
                              self.groups)
        input = F.pad(input, self._padding_of_input(), mode=self.padding_mode)
        return self._conv(input, weight, bias, self.stride, 0, self.dilation, self.groups)

    def forward(self, input):
        return self._conv_forward(input, self.weight, self.bias)

    def extra_repr(self):
        s = (f'{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, '
             f'stride={self.stride}')
        if self.padding != (0,) * self._dims:
            s += f', padding={self.padding}'
        if self.dilation != (1,) * self._dims:
            s += f', dilation={self.dilation}'
        if self.groups != 1:
            s += f', groups={self.groups}'
        if self.bias is None:
            s += ', bias=False'
        if self.padding_mode != 'zeros':
            s += f', padding_mode={self.padding_mode}'
        return s


class Conv1d(_ConvNd):
    """F.conv1d with weights of its own: (N, C, L) -> (N, out_channels, L')."""

    _conv = staticmethod(F.conv1d)


class Conv2d(_ConvNd):
    """F.conv2d with weights of its own: (N, C, H, W) -> (N, out_channels, H', W')."""

    _dims = 2
    _conv = staticmethod(F.conv2d)


class Unfold(Module):
    """F.unfold as a layer."""

    def __init__(self, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input):
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)

    def extra_repr(self):
        return (f'kernel_size={self.kernel_size}, dilation={self.dilation}, '
                f'padding={self.padding}, stride={self.stride}')


class _MaxPoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False,
                 ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def extra_repr(self):
        return (f'kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, '
                f'dilation={self.dilation}, ceil_mode={self.ceil_mode}')


class MaxPool1d(_MaxPoolNd):
    """The largest of each window of a sequence."""

    def forward(self, input):
        return F.max_pool1d(input, self.kernel_size, self.stride, self.padding, self.dilation,
                            self.ceil_mode, self.return_indices)


class MaxPool2d(_MaxPoolNd):
    """The largest of each window of an image."""

    def forward(self, input):
        return F.max_pool2d(input, self.kernel_size, self.stride, self.padding, self.dilation,
                            self.ceil_mode, self.return_indices)


class _AvgPoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False,
                 count_include_pad=True):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def extra_repr(self):
        return f'kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}'


class AvgPool1d(_AvgPoolNd):
    """The mean of each window of a sequence."""

    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False,
                 count_include_pad=True):
        super().__init__(_tuple(kernel_size, 1), _tuple(stride, 1) if stride is not None else None,
                         _tuple(padding, 1), ceil_mode, count_include_pad)

    def forward(self, input):
        return F.avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode,
                            self.count_include_pad)


class AvgPool2d(_AvgPoolNd):
    """The mean of each window of an image."""

    def forward(self, input):
        return F.avg_pool2d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode,
                            self.count_include_pad)

# Where PyTorch has them: types print their module
for _home, _classes in (
    ('torch.nn.modules.fold', (Unfold,)),
    ('torch.nn.modules.pooling', (AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d)),
):
    for _class in _classes:
        _class.__module__ = _home
