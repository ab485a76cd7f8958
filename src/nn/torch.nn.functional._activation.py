"""Activations that are seldom used, in-place forms, and dropout of whole channels."""

__late__ = """
torch.nn.functional: hardshrink softshrink tanhshrink softsign rrelu rrelu_ relu_ elu_ selu_ celu_
    leaky_relu_ hardtanh_ threshold_ dropout1d dropout2d dropout3d alpha_dropout
    feature_alpha_dropout
"""

import math
import torch
import torch.nn.functional as F
from torch._node import named


def _into(input, y, inplace):
    return input.copy_(y) if inplace else y


def hardshrink(input, lambd=0.5):
    """0 between -lambd and lambd."""
    inside = (input >= -lambd) & (input <= lambd)
    return named(torch.where(inside, torch.zeros_like(input), input), 'HardshrinkBackward0')


def softshrink(input, lambd=0.5):
    """Towards 0 by lambd, 0 between -lambd and lambd."""
    if lambd < 0:
        raise RuntimeError(f'lambda must be greater or equal to 0, but found to be {lambd:g}.')
    y = torch.where(input > lambd, input - lambd,
                    torch.where(input < -lambd, input + lambd, (input * 0).abs()))
    return named(y, 'SoftshrinkBackward0')


def tanhshrink(input):
    """x - tanh(x)"""
    return input - input.tanh()


def softsign(input):
    """x / (1 + |x|)"""
    return input / (input.abs() + 1)


def rrelu(input, lower=1. / 8, upper=1. / 3, training=False, inplace=False):
    """x above 0, below it a x; a is drawn between lower and upper, or halfway when not training."""
    if lower > upper:
        raise RuntimeError(f'Lower bound should be less than or equal to the upper bound')
    if not training:
        y = F.leaky_relu(input, (lower + upper) / 2)
        return _into(input, named(y, 'RreluWithNoiseBackward0'), inplace)
    below = input <= 0
    slope = torch.ones_like(input)
    slope[below] = torch.empty(int(below.sum()), dtype=torch.float64).uniform_(lower, upper).to(
        input.dtype)
    return _into(input, named(input * slope, 'RreluWithNoiseBackward0'), inplace)


def relu_(input):
    """relu in place."""
    return F.relu(input, True)


def elu_(input, alpha=1.0):
    """elu in place."""
    return F.elu(input, alpha, True)


def selu_(input):
    """selu in place."""
    return F.selu(input, True)


def celu_(input, alpha=1.0):
    """celu in place."""
    return F.celu(input, alpha, True)


def leaky_relu_(input, negative_slope=0.01):
    """leaky_relu in place."""
    return F.leaky_relu(input, negative_slope, True)


def hardtanh_(input, min_val=-1.0, max_val=1.0):
    """hardtanh in place."""
    return F.hardtanh(input, min_val, max_val, True)


def threshold_(input, threshold, value):
    """threshold in place."""
    return F.threshold(input, threshold, value, True)


def rrelu_(input, lower=1. / 8, upper=1. / 3, training=False):
    """rrelu in place."""
    return rrelu(input, lower, upper, training, True)


# ---- dropout of channels -------------------------------------------------------------------


def _check(p):
    if p < 0.0 or p > 1.0:
        raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')


def _drop_channels(input, p, training, inplace):
    """Every (batch, channel) kept or 0 as a whole."""
    if not training or p == 0 or input.numel() == 0:
        return input
    if p == 1:
        return _into(input, input * 0, inplace)
    keep = input.new_empty(tuple(input.shape[:2]) + (1,) * (input.dim() - 2)).bernoulli_(1 - p)
    return _into(input, input * keep.div_(1 - p), inplace)


def _by_dims(name, input, p, training, inplace, unbatched, batched):
    _check(p)
    if input.dim() not in (unbatched, batched):
        raise RuntimeError(f'{name}: Expected {unbatched}D or {batched}D input, but received a '
                           f'{input.dim()}D input. Note that {name} exists to provide channel-wise '
                           f'dropout on inputs with {unbatched - 1} spatial dimension, a channel '
                           'dimension, and an optional batch dimension (i.e. '
                           f'{unbatched}D or {batched}D inputs).')
    if input.dim() == batched:
        return _drop_channels(input, p, training, inplace)
    y = _drop_channels(input.unsqueeze(0), p, training, False).squeeze(0)
    return _into(input, y, inplace)


def dropout1d(input, p=0.5, training=True, inplace=False):
    """Whole channels of (N, C, L) or (C, L) dropped."""
    return _by_dims('dropout1d', input, p, training, inplace, 2, 3)


def dropout2d(input, p=0.5, training=True, inplace=False):
    """Whole channels of (N, C, H, W) dropped."""
    _check(p)
    if input.dim() < 2:
        raise RuntimeError('Feature dropout requires at least 2 dimensions in the input')
    return _drop_channels(input, p, training, inplace)


def dropout3d(input, p=0.5, training=True, inplace=False):
    """Whole channels of (N, C, D, H, W) dropped."""
    return dropout2d(input, p, training, inplace)


def _alpha(input, p, training, inplace, shape):
    """Dropout that keeps mean 0 and variance 1 behind selu: dropped values become -1.758."""
    _check(p)
    if not training or p == 0 or input.numel() == 0:
        return input
    if p == 1:
        return _into(input, input * 0, inplace)
    alpha = 1.7580993408473766
    a = 1 / math.sqrt((alpha * alpha * p + 1) * (1 - p))
    noise = input.new_empty(shape).bernoulli_(1 - p)
    b = noise.add(-1).mul_(alpha * a).add_(alpha * a * p)
    return _into(input, input * noise.mul_(a) + b, inplace)


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    """Dropout for selu networks. Klambauer et al. 2017."""
    return _alpha(input, p, training, inplace, input.shape)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    """alpha_dropout of whole channels."""
    return _alpha(input, p, training, inplace,
                  tuple(input.shape[:2]) + (1,) * (input.dim() - 2))
