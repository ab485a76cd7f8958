"""einops.layers.torch: patterns as modules."""
import torch
from torch import nn
from einops import EinopsError, einsum, rearrange, reduce


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


class EinMix(nn.Module):
    """A linear layer by patterns: EinMix('b t c -> b t d', weight_shape='c d', bias_shape='d',
    c=8, d=4). Axes of the weight that are not on the right are summed."""

    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.weight_shape = weight_shape
        self.bias_shape = bias_shape
        self.axes_lengths = axes_lengths
        left, right = [side.strip() for side in pattern.split('->')]
        inner, outer = [_flat(side, pattern) for side in (left, right)]
        weight = weight_shape.split()
        for side in (weight, (bias_shape or '').split()):
            for axis in side:
                if axis not in axes_lengths:
                    raise EinopsError(f'the size of axis {axis} is not given')
        for axis in outer:
            if axis not in inner and axis not in weight:
                raise EinopsError(f'axis {axis} of the output is neither in the input nor in the '
                                  'weight')
        sizes = [axes_lengths[a] for a in weight]
        fan_in = 1
        for axis in weight:
            fan_in *= axes_lengths[axis] if axis in inner and axis not in outer else 1
        self._split = left if '(' in left else None
        self._join = right if '(' in right else None
        self._inner, self._outer = inner, outer
        self._product = f"{' '.join(inner)}, {' '.join(weight)} -> {' '.join(outer)}"
        bound = (3 / fan_in) ** 0.5
        self.weight = nn.Parameter(torch.empty(sizes).uniform_(-bound, bound))
        if bias_shape is None:
            self.bias = None
        else:
            names = bias_shape.split()
            shape = [axes_lengths[a] if a in names else 1 for a in outer]
            self.bias = nn.Parameter(torch.empty(shape).uniform_(-bound, bound))

    def _known(self, axes):
        return {a: n for a, n in self.axes_lengths.items() if a in axes}

    def forward(self, input):
        if self._split:
            input = rearrange(input, f"{self._split} -> {' '.join(self._inner)}",
                              **self._known(self._inner))
        out = einsum(input, self.weight, self._product)
        if self.bias is not None:
            out = out + self.bias
        if self._join:
            out = rearrange(out, f"{' '.join(self._outer)} -> {self._join}",
                            **self._known(self._outer))
        return out

    def extra_repr(self):
        s = f"'{self.pattern}', '{self.weight_shape}'"
        if self.bias_shape is not None:
            s += f", '{self.bias_shape}'"
        return s + ''.join(f', {k}={v}' for k, v in self.axes_lengths.items())


def _flat(side, pattern):
    """The axes of one side without brackets."""
    if '...' in side:
        raise EinopsError(f'EinMix takes no ellipsis: "{pattern}"')
    return side.replace('(', ' ').replace(')', ' ').split()
