"""Adaptive and power pools, fold and transposed convolution, pixels moved into channels."""

__late__ = """
torch.nn.functional: adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool1d
    adaptive_max_pool2d lp_pool1d lp_pool2d fold conv_transpose1d conv_transpose2d pixel_shuffle
    pixel_unshuffle channel_shuffle
"""

import math
import torch
import torch.nn.functional as F
from torch._node import named


def _pair(v):
    return tuple(v) if isinstance(v, (tuple, list)) else (v, v)


def _needs(name, input, least, most, wanted):
    if input.dim() not in (least, most):
        raise RuntimeError(f'{name}: Expected {wanted}, but got {list(input.shape)}')


def _windows(size, count):
    """Where the count windows of an adaptive pool begin and end."""
    return [(i * size // count, -(-(i + 1) * size // count)) for i in range(count)]


def _cells(input, output_size):
    """Every window of an image, by rows."""
    h, w = input.shape[-2:]
    rows, columns = _windows(h, output_size[0]), _windows(w, output_size[1])
    return [[input[..., a:b, c:d] for c, d in columns] for a, b in rows]


def _sizes(input, output_size):
    h, w = _pair(output_size)
    return (input.shape[-2] if h is None else h, input.shape[-1] if w is None else w)


def adaptive_avg_pool2d(input, output_size):
    """Means of as many windows as output_size says: (N, C, H, W) -> (N, C, *output_size)."""
    _needs('adaptive_avg_pool2d()', input, 3, 4, '3D or 4D tensor')
    size = _sizes(input, output_size)
    if size == (1, 1):
        return input.mean((-1, -2), keepdim=True)
    out = torch.stack([torch.stack([cell.mean((-2, -1)) for cell in row], -1)
                       for row in _cells(input, size)], -2)
    return named(out, 'AdaptiveAvgPool2DBackward0')


def adaptive_avg_pool1d(input, output_size):
    """Means of output_size windows: (N, C, L) -> (N, C, output_size)."""
    n = output_size if isinstance(output_size, int) else output_size[0]
    if input.dim() not in (2, 3):
        raise RuntimeError(f'Expected 2 to 3 dimensions, but got {input.dim()}-dimensional tensor for '
                           "argument #1 'self' (while checking arguments for adaptive_avg_pool1d)")
    return adaptive_avg_pool2d(input.unsqueeze(-2), (1, n)).squeeze(-2)


def _flat_max(cell, top, left, width):
    """The largest of a window, and where it stands in the whole image."""
    value, at = cell.flatten(-2).max(-1)
    columns = cell.shape[-1]
    return value, (at // columns + top) * width + at % columns + left


def adaptive_max_pool2d(input, output_size, return_indices=False):
    """The largest of as many windows as output_size says; return_indices: and where."""
    _needs('adaptive_max_pool2d()', input, 3, 4, '3D or 4D tensor')
    size = _sizes(input, output_size)
    h, w = input.shape[-2:]
    values, places = [], []
    for a, b in _windows(h, size[0]):
        row = [_flat_max(input[..., a:b, c:d], a, c, w) for c, d in _windows(w, size[1])]
        values.append(torch.stack([v for v, _ in row], -1))
        places.append(torch.stack([p for _, p in row], -1))
    out = named(torch.stack(values, -2), 'AdaptiveMaxPool2DBackward0')
    return (out, torch.stack(places, -2)) if return_indices else out


def adaptive_max_pool1d(input, output_size, return_indices=False):
    """The largest of output_size windows; return_indices: and where."""
    n = output_size if isinstance(output_size, int) else output_size[0]
    _needs('adaptive_max_pool1d()', input, 2, 3, '2D or 3D tensor')
    out, at = adaptive_max_pool2d(input.unsqueeze(-2), (1, n), True)
    return (out.squeeze(-2), at.squeeze(-2)) if return_indices else out.squeeze(-2)


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    """(the sum of x ** norm_type in each window) ** (1 / norm_type)"""
    kw, kh = _pair(kernel_size)
    mean = F.avg_pool2d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return (torch.sign(mean) * F.relu(torch.abs(mean))).mul(kw * kh).pow(1. / norm_type)


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    """lp_pool2d of a sequence."""
    mean = F.avg_pool1d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return (torch.sign(mean) * F.relu(torch.abs(mean))).mul(kernel_size).pow(1. / norm_type)


# ---- pools whose last window may reach over the edge, or that say where the largest stands --------


def _windows_fit(size, kernel, stride, padding, dilation, ceil_mode):
    """How many windows there are, and how many places to add behind for them."""
    reach = dilation * (kernel - 1) + 1
    room = size + 2 * padding - reach
    count = (-(-room // stride) if ceil_mode else room // stride) + 1
    if ceil_mode and (count - 1) * stride >= size + padding:
        count -= 1
    return count, max(0, (count - 1) * stride + reach - size - 2 * padding)


def _as_image(nd, input, options):
    """A sequence as an image of one row; every option as a pair."""
    if nd == 2:
        return input, [_pair(v) for v in options]
    along = (1, 1, 0, 1)
    return input.unsqueeze(-2), [(rest, v if isinstance(v, int) else v[0])
                                 for v, rest in zip(options, along)]


def _reaching(x, kernel, stride, padding, dilation, ceil_mode, value):
    """x with its padding, and what the last windows reach over the edge."""
    (_, below), (_, behind) = [_windows_fit(n, k, s, p, d, ceil_mode) for n, k, s, p, d in zip(
        x.shape[-2:], kernel, stride, padding, dilation)]
    top, left = padding
    return F.pad(x, (left, left + behind, top, top + below), value=value)


def max_pool(nd, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices):
    """max_pool1d and max_pool2d with ceil_mode and return_indices."""
    stride = kernel_size if stride is None else stride
    x, (kernel, stride, padding, dilation) = _as_image(
        nd, input, (kernel_size, stride, padding, dilation))
    if any(2 * p > k for p, k in zip(padding, kernel)):
        raise RuntimeError('pad should be at most half of kernel size, but got pad='
                           f'{max(padding)} and kernel_size={min(kernel)}')
    y = _reaching(x, kernel, stride, padding, dilation, ceil_mode, -math.inf)
    out = F.max_pool2d(y, kernel, stride, 0, dilation)
    if return_indices:
        h, w = x.shape[-2:]
        planes = y.detach().reshape(-1, 1, *y.shape[-2:])
        best = F.unfold(planes, kernel, dilation, 0, stride).argmax(1, keepdim=True)
        places = torch.arange(h * w, dtype=torch.float64).view(1, 1, h, w)
        places = _reaching(places, kernel, stride, padding, dilation, ceil_mode, -1)
        places = F.unfold(places, kernel, dilation, 0, stride).expand(best.shape[0], -1, -1)
        at = places.gather(1, best).long().view(out.shape)
    if nd == 1:
        out = out.squeeze(-2)
        at = at.squeeze(-2) if return_indices else None
    return (out, at) if return_indices else out


def avg_pool(nd, input, kernel_size, stride, padding, ceil_mode, count_include_pad,
             divisor_override):
    """avg_pool1d and avg_pool2d with ceil_mode and divisor_override."""
    stride = kernel_size if stride is None else stride
    x, (kernel, stride, padding, _) = _as_image(nd, input, (kernel_size, stride, padding, 1))
    if divisor_override == 0:
        raise RuntimeError('divisor must be not zero')
    one = (1, 1)
    y = _reaching(x, kernel, stride, padding, one, ceil_mode, 0)
    mean = F.avg_pool2d(y, kernel, stride)
    cells = kernel[0] * kernel[1]
    if divisor_override is not None:
        out = mean * (cells / divisor_override)
    else:
        h, w = x.shape[-2:]
        counted = torch.ones(1, h, w, dtype=x.dtype)
        if count_include_pad:
            counted = F.pad(counted, (padding[1],) * 2 + (padding[0],) * 2, value=1)
            missing = [b - a for a, b in zip(counted.shape[-2:], y.shape[-2:])]
            counted = F.pad(counted, (0, missing[1], 0, missing[0]))
        else:
            counted = _reaching(counted, kernel, stride, padding, one, ceil_mode, 0)
        out = mean * cells / (F.avg_pool2d(counted, kernel, stride) * cells)
    out = named(out, 'AvgPool2DBackward0')
    return out.squeeze(-2) if nd == 1 else out


# ---- fold: the other way of unfold ---------------------------------------------------------------


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """Columns (N, C kh kw, L) added where unfold took them: (N, C, *output_size)."""
    (h, w), (kh, kw), (dh, dw), (ph, pw), (sh, sw) = [
        _pair(v) for v in (output_size, kernel_size, dilation, padding, stride)]
    if input.dim() not in (2, 3):
        raise RuntimeError('Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch '
                           f'size and non-zero dimensions for input, but got: {list(input.shape)}')
    x = input if input.dim() == 3 else input.unsqueeze(0)
    if x.shape[1] % (kh * kw) != 0:
        raise RuntimeError("Expected size of input's dimension 1 to be divisible by the product of "
                           f'kernel_size, but got input.size(1)={x.shape[1]} and kernel_size='
                           f'({kh}, {kw}).')
    rows, columns = [(size + 2 * p - d * (k - 1) - 1) // s + 1
                     for size, p, d, k, s in ((h, ph, dh, kh, sh), (w, pw, dw, kw, sw))]
    if x.shape[2] != rows * columns:
        raise RuntimeError(f'Given output_size=({h}, {w}), kernel_size=({kh}, {kw}), dilation=({dh}, '
                           f'{dw}), padding=({ph}, {pw}), stride=({sh}, {sw}), expected size of '
                           "input's dimension 2 to match the calculated number of sliding blocks "
                           f'{rows} * {columns} = {rows * columns}, but got input.size(2)='
                           f'{x.shape[2]}.')
    tall, wide = h + 2 * ph, w + 2 * pw
    y = ((torch.arange(kh) * dh).view(-1, 1, 1, 1) + (torch.arange(rows) * sh).view(1, 1, -1, 1))
    z = ((torch.arange(kw) * dw).view(1, -1, 1, 1) + (torch.arange(columns) * sw).view(1, 1, 1, -1))
    places = (y * wide + z).reshape(-1)
    channels = x.shape[1] // (kh * kw)
    flat = x.new_zeros(x.shape[0], channels, tall * wide)
    out = flat.index_add(2, places, x.reshape(x.shape[0], channels, -1))
    out = out.view(-1, channels, tall, wide)[:, :, ph:ph + h, pw:pw + w]
    out = named(out.contiguous() if ph or pw else out, 'Col2ImBackward0')
    return out if input.dim() == 3 else out.squeeze(0)


def conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1,
                     dilation=1):
    """What conv2d's gradient does to an image: (N, C, H, W) -> larger; weight (C, out / groups, kh,
    kw)."""
    stride, padding, extra, dilation = [_pair(v) for v in (stride, padding, output_padding, dilation)]
    if input.dim() not in (3, 4):
        raise RuntimeError('Expected 3D (unbatched) or 4D (batched) input to conv_transpose2d, but '
                           f'got input of size: {list(input.shape)}')
    x = input if input.dim() == 4 else input.unsqueeze(0)
    n, c, h, w = x.shape
    if c != weight.shape[0]:
        raise RuntimeError(f'Given transposed={1}, weight of size {list(weight.shape)}, expected '
                           f'input{list(x.shape)} to have {weight.shape[0]} channels, but got {c} '
                           'channels instead')
    for e, s, d in zip(extra, stride, dilation):
        if e >= max(s, d):
            raise RuntimeError('output padding must be smaller than either stride or dilation, but '
                               f'got output_padding_height: {extra[0]} output_padding_width: '
                               f'{extra[1]} stride_height: {stride[0]} stride_width: {stride[1]} '
                               f'dilation_height: {dilation[0]} dilation_width: {dilation[1]}')
    kernel = tuple(weight.shape[2:])
    size = [(m - 1) * s - 2 * p + d * (k - 1) + e + 1
            for m, s, p, d, k, e in zip((h, w), stride, padding, dilation, kernel, extra)]
    rows = weight.reshape(groups, c // groups, -1).transpose(1, 2)
    columns = (rows @ x.reshape(n, groups, c // groups, h * w)).reshape(n, -1, h * w)
    short = [s - e for s, e in zip(size, extra)]
    out = fold(columns, short, kernel, dilation, padding, stride) if extra == (0, 0) else \
        _fold_larger(columns, size, extra, kernel, dilation, padding, stride)
    if bias is not None:
        out = out + bias.view(-1, 1, 1)
    out = named(out, 'ConvolutionBackward0')
    return out if input.dim() == 4 else out.squeeze(0)


def _fold_larger(columns, size, extra, kernel, dilation, padding, stride):
    """fold to a size with `extra` rows and columns more, which may lie in the padding."""
    full = [s - e + 2 * p for s, e, p in zip(size, extra, padding)]
    out = F.pad(fold(columns, full, kernel, dilation, 0, stride), (0, extra[1], 0, extra[0]))
    return out[:, :, padding[0]:padding[0] + size[0], padding[1]:padding[1] + size[1]].clone()


def conv_transpose1d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1,
                     dilation=1):
    """conv_transpose2d of a sequence: weight (C, out / groups, k)."""
    def one(v):
        return v if isinstance(v, int) else v[0]

    out = conv_transpose2d(input.unsqueeze(-2), weight.unsqueeze(-2), bias, (1, one(stride)),
                           (0, one(padding)), (0, one(output_padding)), groups,
                           (1, one(dilation)))
    return named(out.squeeze(-2), 'ConvolutionBackward0')


# ---- pixels and channels -------------------------------------------------------------------------


def pixel_shuffle(input, upscale_factor):
    """(*, C r², H, W) -> (*, C, H r, W r)"""
    r = upscale_factor
    if input.dim() < 3:
        raise RuntimeError('pixel_shuffle expects input to have at least 3 dimensions, but got input '
                           f'with {input.dim()} dimension(s)')
    if r <= 0:
        raise RuntimeError(f'pixel_shuffle expects a positive upscale_factor, but got {r}')
    c, h, w = input.shape[-3:]
    if c % (r * r) != 0:
        raise RuntimeError("pixel_shuffle expects its input's 'channel' dimension to be divisible by "
                           f'the square of upscale_factor, but input.size(-3)={c} is not divisible '
                           f'by {r * r}')
    lead = tuple(input.shape[:-3])
    x = input.reshape(lead + (c // (r * r), r, r, h, w))
    n = len(lead)
    x = x.permute(list(range(n)) + [n, n + 3, n + 1, n + 4, n + 2])
    return named(x.reshape(lead + (c // (r * r), h * r, w * r)), 'PixelShuffleBackward0')


def pixel_unshuffle(input, downscale_factor):
    """(*, C, H r, W r) -> (*, C r², H, W)"""
    r = downscale_factor
    if input.dim() < 3:
        raise RuntimeError('pixel_unshuffle expects input to have at least 3 dimensions, but got '
                           f'input with {input.dim()} dimension(s)')
    c, h, w = input.shape[-3:]
    for name, size in (('height', h), ('width', w)):
        if size % r != 0:
            raise RuntimeError(f'pixel_unshuffle expects {name} to be divisible by downscale_factor, '
                               f'but input.size({-2 if name == "height" else -1})={size} is not '
                               f'divisible by {r}')
    lead = tuple(input.shape[:-3])
    n = len(lead)
    x = input.reshape(lead + (c, h // r, r, w // r, r))
    x = x.permute(list(range(n)) + [n, n + 2, n + 4, n + 1, n + 3])
    return named(x.reshape(lead + (c * r * r, h // r, w // r)), 'PixelUnshuffleBackward0')


def channel_shuffle(input, groups):
    """Channels of (N, C, ...) in groups, dealt out in turn."""
    if input.dim() < 3:
        raise RuntimeError('channel_shuffle expects input with > 2 dims, but got input with sizes '
                           f'{list(input.shape)}')
    c = input.shape[1]
    if groups <= 0 or c % groups != 0:
        raise RuntimeError('Number of channels must be divisible by groups. Got '
                           f'{c} channels and {groups} groups.')
    x = input.reshape(input.shape[0], groups, c // groups, *input.shape[2:])
    return named(x.transpose(1, 2).reshape(input.shape), 'ChannelShuffleBackward0')
