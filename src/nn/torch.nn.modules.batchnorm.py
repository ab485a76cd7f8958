"""Batch and instance normalisation."""

__late__ = """
torch.nn: BatchNorm1d BatchNorm2d BatchNorm3d InstanceNorm1d InstanceNorm2d InstanceNorm3d
"""

import torch
import torch.nn.functional as F
from torch.nn import init
from torch.nn._base import Parameter
from torch.nn.modules.module import Module


class _NormBase(Module):
    """Weight, bias and running statistics per feature."""

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True,
                 track_running_stats=True, device=None, dtype=None):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        kind = {'device': device, 'dtype': dtype}
        if affine:
            self.weight = Parameter(torch.ones(num_features, **kind))
            self.bias = Parameter(torch.zeros(num_features, **kind))
        else:
            self.register_parameter('weight', None)
            self.register_parameter('bias', None)
        if track_running_stats:
            self.register_buffer('running_mean', torch.zeros(num_features, **kind))
            self.register_buffer('running_var', torch.ones(num_features, **kind))
            self.register_buffer('num_batches_tracked', torch.tensor(0, dtype=torch.long))
        else:
            self.register_buffer('running_mean', None)
            self.register_buffer('running_var', None)
            self.register_buffer('num_batches_tracked', None)

    def reset_running_stats(self):
        if self.track_running_stats:
            self.running_mean.zero_()
            self.running_var.fill_(1)
            self.num_batches_tracked.zero_()

    def reset_parameters(self):
        self.reset_running_stats()
        if self.affine:
            init.ones_(self.weight)
            init.zeros_(self.bias)

    def extra_repr(self):
        return (f'{self.num_features}, eps={self.eps}, momentum={self.momentum}, '
                f'affine={self.affine}, track_running_stats={self.track_running_stats}')


class _BatchNorm(_NormBase):
    """Per feature over the batch; keeps running statistics for evaluation."""

    def forward(self, input):
        self._check_input_dim(input)
        momentum = 0.0 if self.momentum is None else self.momentum
        if self.training and self.track_running_stats:
            self.num_batches_tracked.add_(1)
            if self.momentum is None:
                momentum = 1.0 / float(self.num_batches_tracked)
        batch_stats = self.training or self.running_mean is None
        return F.batch_norm(input, self.running_mean, self.running_var, self.weight, self.bias,
                            batch_stats, momentum, self.eps)


class BatchNorm1d(_BatchNorm):
    """Batch norm of (N, C) or (N, C, L)."""

    def _check_input_dim(self, input):
        if input.dim() != 2 and input.dim() != 3:
            raise ValueError(f'expected 2D or 3D input (got {input.dim()}D input)')


class BatchNorm2d(_BatchNorm):
    """Batch norm of (N, C, H, W)."""

    def _check_input_dim(self, input):
        if input.dim() != 4:
            raise ValueError(f'expected 4D input (got {input.dim()}D input)')


class BatchNorm3d(_BatchNorm):
    """Batch norm of (N, C, D, H, W)."""

    def _check_input_dim(self, input):
        if input.dim() != 5:
            raise ValueError(f'expected 5D input (got {input.dim()}D input)')


class _InstanceNorm(_NormBase):
    """Per feature and per element of the batch; input (N, C, ...), or (C, ...) without a batch."""

    _dims = 1

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=False,
                 track_running_stats=False, device=None, dtype=None):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype)

    def _normalised(self, input):
        return F.instance_norm(input, self.running_mean, self.running_var, self.weight, self.bias,
                               self.training or not self.track_running_stats, self.momentum,
                               self.eps)

    def forward(self, input):
        without, batched = self._dims + 1, self._dims + 2
        if input.dim() not in (without, batched):
            raise ValueError(f'expected {without}D or {batched}D input (got {input.dim()}D input)')
        if input.dim() == without:
            return self._normalised(input.unsqueeze(0)).squeeze(0)
        return self._normalised(input)


class InstanceNorm1d(_InstanceNorm):
    """Instance norm of (N, C, L)."""


class InstanceNorm2d(_InstanceNorm):
    """Instance norm of (N, C, H, W)."""

    _dims = 2


class InstanceNorm3d(_InstanceNorm):
    """Instance norm of (N, C, D, H, W)."""

    _dims = 3

# Where PyTorch has them: types print their module
for _home, _classes in (
    ('torch.nn.modules.instancenorm', (InstanceNorm1d, InstanceNorm2d, InstanceNorm3d)),
):
    for _class in _classes:
        _class.__module__ = _home
