"""einops.layers.torch: patterns as modules."""
from torch import nn
from einops import rearrange, reduce


class Rearrange(nn.Module):
    """rearrange as a layer."""

    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return rearrange(input, self.pattern, **self.axes_lengths)

    def extra_repr(self):
        sizes = ''.join(f', {k}={v}' for k, v in self.axes_lengths.items())
        return f"'{self.pattern}'{sizes}"


class Reduce(nn.Module):
    """reduce as a layer."""

    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return reduce(input, self.pattern, self.reduction, **self.axes_lengths)

    def extra_repr(self):
        sizes = ''.join(f', {k}={v}' for k, v in self.axes_lengths.items())
        return f"'{self.pattern}', '{self.reduction}'{sizes}"
