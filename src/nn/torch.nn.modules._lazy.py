"""Layers whose input size the first call says."""

__late__ = """
torch.nn: LazyLinear LazyConv1d LazyConv2d LazyConvTranspose1d LazyConvTranspose2d LazyBatchNorm1d
    LazyBatchNorm2d LazyBatchNorm3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d
"""

import torch
from torch.nn.modules import batchnorm, conv, _more_image
from torch.nn.modules.lazy import LazyModuleMixin
from torch.nn.modules.linear import Linear
from torch.nn.parameter import UninitializedBuffer, UninitializedParameter


class LazyLinear(LazyModuleMixin, Linear):
    """Linear whose in_features is that of its first input."""

    cls_to_become = Linear

    def __init__(self, out_features, bias=True, device=None, dtype=None):
        super().__init__(0, 0, False)
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.out_features = out_features
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def reset_parameters(self):
        if not self.has_uninitialized_params() and self.in_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input):
        if self.has_uninitialized_params():
            self.in_features = input.shape[-1]
            self.weight.materialize((self.out_features, self.in_features))
            if self.bias is not None:
                self.bias.materialize((self.out_features,))
            self.reset_parameters()


class _LazyConv(LazyModuleMixin):
    """A convolution whose in_channels is that of its first input."""

    _transposed = False

    def _without_shape(self, out_channels, bias, device, dtype):
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.out_channels = out_channels
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def reset_parameters(self):
        if not self.has_uninitialized_params() and self.in_channels != 0:
            super().reset_parameters()

    def initialize_parameters(self, input):
        if not self.has_uninitialized_params():
            return
        single = self._dims + 1
        if input.dim() not in (single, single + 1):
            raise RuntimeError(f'Expected {single}D (unbatched) or {single + 1}D (batched) input '
                               f'to {self.__class__.__name__}, but got input of size: '
                               f'{input.shape}')
        self.in_channels = input.shape[-single]
        if self.in_channels % self.groups != 0:
            raise ValueError('in_channels must be divisible by groups')
        shape = (self.out_channels, self.in_channels // self.groups)
        if self._transposed:
            shape = (self.in_channels, self.out_channels // self.groups)
        self.weight.materialize(shape + tuple(self.kernel_size))
        if self.bias is not None:
            self.bias.materialize((self.out_channels,))
        self.reset_parameters()


class LazyConv1d(_LazyConv, conv.Conv1d):
    """Conv1d whose in_channels is that of its first input."""

    cls_to_become = conv.Conv1d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1,
                 bias=True, padding_mode='zeros', device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode)
        self._without_shape(out_channels, bias, device, dtype)


class LazyConv2d(_LazyConv, conv.Conv2d):
    """Conv2d whose in_channels is that of its first input."""

    cls_to_become = conv.Conv2d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1,
                 bias=True, padding_mode='zeros', device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode)
        self._without_shape(out_channels, bias, device, dtype)


class LazyConvTranspose1d(_LazyConv, _more_image.ConvTranspose1d):
    """ConvTranspose1d whose in_channels is that of its first input."""

    cls_to_become = _more_image.ConvTranspose1d
    _transposed = True

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1,
                 bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, output_padding, groups, False,
                         dilation, padding_mode)
        self._without_shape(out_channels, bias, device, dtype)


class LazyConvTranspose2d(_LazyConv, _more_image.ConvTranspose2d):
    """ConvTranspose2d whose in_channels is that of its first input."""

    cls_to_become = _more_image.ConvTranspose2d
    _transposed = True

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1,
                 bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, output_padding, groups, False,
                         dilation, padding_mode)
        self._without_shape(out_channels, bias, device, dtype)


class _LazyNorm(LazyModuleMixin):
    """A norm whose num_features is that of its first input."""

    def __init__(self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True,
                 device=None, dtype=None):
        super().__init__(0, eps, momentum, False, False)
        self.affine = affine
        self.track_running_stats = track_running_stats
        if affine:
            self.weight = UninitializedParameter(device=device, dtype=dtype)
            self.bias = UninitializedParameter(device=device, dtype=dtype)
        if track_running_stats:
            self.running_mean = UninitializedBuffer(device=device, dtype=dtype)
            self.running_var = UninitializedBuffer(device=device, dtype=dtype)
            self.num_batches_tracked = torch.tensor(0, dtype=torch.long)

    def reset_parameters(self):
        if not self.has_uninitialized_params() and self.num_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input):
        if self.has_uninitialized_params():
            self.num_features = input.shape[1]
            for member in (self.weight, self.bias, self.running_mean, self.running_var):
                if member is not None:
                    member.materialize((self.num_features,))
            self.reset_parameters()


class LazyBatchNorm1d(_LazyNorm, batchnorm.BatchNorm1d):
    """BatchNorm1d whose num_features is that of its first input."""

    cls_to_become = batchnorm.BatchNorm1d


class LazyBatchNorm2d(_LazyNorm, batchnorm.BatchNorm2d):
    """BatchNorm2d whose num_features is that of its first input."""

    cls_to_become = batchnorm.BatchNorm2d


class LazyBatchNorm3d(_LazyNorm, batchnorm.BatchNorm3d):
    """BatchNorm3d whose num_features is that of its first input."""

    cls_to_become = batchnorm.BatchNorm3d


class LazyInstanceNorm1d(_LazyNorm, batchnorm.InstanceNorm1d):
    """InstanceNorm1d whose num_features is that of its first input."""

    cls_to_become = batchnorm.InstanceNorm1d


class LazyInstanceNorm2d(_LazyNorm, batchnorm.InstanceNorm2d):
    """InstanceNorm2d whose num_features is that of its first input."""

    cls_to_become = batchnorm.InstanceNorm2d


class LazyInstanceNorm3d(_LazyNorm, batchnorm.InstanceNorm3d):
    """InstanceNorm3d whose num_features is that of its first input."""

    cls_to_become = batchnorm.InstanceNorm3d

# Where PyTorch has them: types print their module
for _home, _classes in (
    ('torch.nn.modules.batchnorm', (LazyBatchNorm1d, LazyBatchNorm2d, LazyBatchNorm3d)),
    ('torch.nn.modules.conv', (LazyConv1d, LazyConv2d, LazyConvTranspose1d, LazyConvTranspose2d)),
    ('torch.nn.modules.instancenorm', (LazyInstanceNorm1d, LazyInstanceNorm2d,
        LazyInstanceNorm3d)),
    ('torch.nn.modules.linear', (LazyLinear,)),
):
    for _class in _classes:
        _class.__module__ = _home
