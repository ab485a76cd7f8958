"""Images and sequences in another size: interpolate, and sampling by a grid."""

__late__ = """
torch.nn.functional: interpolate upsample upsample_nearest upsample_bilinear affine_grid
    grid_sample
"""

import math
import warnings
import torch
import torch.nn.functional as F
from torch._node import named

_NODES = {'nearest': 'UpsampleNearest{}DBackward1', 'nearest-exact': 'UpsampleNearestExact{}DBackward1',
          'linear': 'UpsampleLinear1DBackward1', 'bilinear': 'UpsampleBilinear2DBackward1',
          'bicubic': 'UpsampleBicubic2DBackward1', 'trilinear': 'UpsampleTrilinear3DBackward1'}
_DIMS = {'linear': 1, 'bilinear': 2, 'bicubic': 2, 'trilinear': 3}


def _target(input, size, scale_factor, recompute):
    """The output sizes, and for each dim the factor that coordinates are computed by (or None)."""
    spatial = list(input.shape[2:])
    if size is not None and scale_factor is not None:
        raise ValueError('only one of size or scale_factor should be defined')
    if size is not None:
        sizes = list(size) if isinstance(size, (tuple, list)) else [size] * len(spatial)
        if len(sizes) != len(spatial):
            raise ValueError('Input and output must have the same number of spatial dimensions, but '
                             f'got input with spatial dimensions of {spatial} and output size of '
                             f'{size}. Please provide input tensor in (N, C, d1, d2, ...,dK) format '
                             'and output size in (o1, o2, ...,oK) format.')
        return [int(n) for n in sizes], [None] * len(spatial)
    if scale_factor is None:
        raise ValueError('either size or scale_factor should be defined')
    scales = (list(scale_factor) if isinstance(scale_factor, (tuple, list))
              else [scale_factor] * len(spatial))
    if len(scales) != len(spatial):
        raise ValueError('Input and scale_factor must have the same number of spatial dimensions, '
                         f'but got input with spatial dimensions of {spatial} and scale_factor of '
                         f'shape {scale_factor}. Please provide input tensor in (N, C, d1, d2, '
                         '...,dK) format and scale_factor in (s1, s2, ...,sK) format.')
    sizes = [int(math.floor(float(n) * s)) for n, s in zip(spatial, scales)]
    return sizes, [None] * len(spatial) if recompute else [float(s) for s in scales]


def _sources(n, out, factor, align_corners):
    """Where output i stands in the input, as float64."""
    i = torch.arange(out, dtype=torch.float64)
    if align_corners:
        return i * ((n - 1) / (out - 1) if out > 1 else 0.)
    return (i + 0.5) * (1 / factor if factor else n / out) - 0.5


def _nearest(x, dim, out, factor, exact):
    n = x.shape[dim]
    scale = 1 / factor if factor else n / out
    i = torch.arange(out, dtype=torch.float32)
    at = ((i + 0.5) * scale if exact else i * scale).floor().long().clamp(max=n - 1)
    return x.index_select(dim, at)


def _weighted(x, dim, picks):
    """The sum of weight times the slices number index, for every (index, weight)."""
    shape = [1] * x.dim()
    shape[dim] = -1
    total = None
    for index, weight in picks:
        part = x.index_select(dim, index) * weight.to(x.dtype).view(shape)
        total = part if total is None else total + part
    return total


def _linear(x, dim, out, factor, align_corners):
    n = x.shape[dim]
    at = _sources(n, out, factor, align_corners).clamp(min=0)
    low = at.floor().long().clamp(max=n - 1)
    part = (at - low).clamp(0, 1)
    return _weighted(x, dim, [(low, 1 - part), ((low + 1).clamp(max=n - 1), part)])


def _cubic_weights(t):
    """Keys' kernel with a = -0.75 at distances 1 + t, t, 1 - t, 2 - t."""
    a = -0.75

    def near(d):
        return ((a + 2) * d - (a + 3)) * d * d + 1

    def far(d):
        return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a

    return far(t + 1), near(t), near(1 - t), far(2 - t)


def _cubic(x, dim, out, factor, align_corners):
    n = x.shape[dim]
    at = _sources(n, out, factor, align_corners)
    low = at.floor()
    return _weighted(x, dim, [((low + j - 1).long().clamp(0, n - 1), w)
                              for j, w in enumerate(_cubic_weights(at - low))])


def interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None,
                recompute_scale_factor=None, antialias=False):
    """(N, C, ...) in another size: nearest, nearest-exact, linear (of sequences), bilinear and
    bicubic (of images), trilinear, area. align_corners: the corners' centres stay in place."""
    if antialias:
        raise NotImplementedError('interpolate(antialias=True) is not in qkv: average first, with '
                                  "mode='area'")
    if mode in ('nearest', 'area', 'nearest-exact'):
        if align_corners is not None:
            raise ValueError('align_corners option can only be set with the interpolating modes: '
                             'linear | bilinear | bicubic | trilinear')
    elif mode not in _DIMS:
        raise NotImplementedError('Input Error: Only 3D, 4D and 5D input Tensors supported (got '
                                  f'{input.dim()}D) for the modes: nearest | linear | bilinear | '
                                  f'bicubic | trilinear | area | nearest-exact (got {mode})')
    dims = input.dim() - 2
    sizes, factors = _target(input, size, scale_factor, recompute_scale_factor)
    if mode == 'area':
        if dims == 1:
            return F.adaptive_avg_pool1d(input, sizes[0])
        return F.adaptive_avg_pool2d(input, tuple(sizes))
    if dims not in (1, 2, 3) or (mode in _DIMS and _DIMS[mode] != dims):
        raise NotImplementedError(f'Got {input.dim()}D input, but {mode} mode needs '
                                  f'{_DIMS.get(mode, 2) + 2}D input')
    for n, out in zip(input.shape[2:], sizes):
        if n == 0 or out <= 0:
            raise RuntimeError('Input and output sizes should be greater than 0, but got input '
                               f'{tuple(input.shape[2:])} output {tuple(sizes)}')
    x = input
    for d, (out, factor) in enumerate(zip(sizes, factors)):
        if mode.startswith('nearest'):
            x = _nearest(x, d + 2, out, factor, mode == 'nearest-exact')
        elif mode == 'bicubic':
            x = _cubic(x, d + 2, out, factor, bool(align_corners))
        else:
            x = _linear(x, d + 2, out, factor, bool(align_corners))
    return named(x, _NODES[mode].format(dims))


def upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None):
    """interpolate, by its older name."""
    warnings.warn('nn.functional.upsample is deprecated. Use nn.functional.interpolate instead.')
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    """interpolate(mode='nearest')"""
    warnings.warn('nn.functional.upsample_nearest is deprecated. Use nn.functional.interpolate '
                  'instead.')
    return interpolate(input, size, scale_factor, mode='nearest')


def upsample_bilinear(input, size=None, scale_factor=None):
    """interpolate(mode='bilinear', align_corners=True)"""
    warnings.warn('nn.functional.upsample_bilinear is deprecated. Use nn.functional.interpolate '
                  'instead.')
    return interpolate(input, size, scale_factor, mode='bilinear', align_corners=True)


# ---- padding by what is there -------------------------------------------------------------------


def _mirrored(n, before, after):
    i = torch.arange(-before, n + after).abs()
    return torch.where(i >= n, 2 * (n - 1) - i, i)


def pad_by_mode(input, pad, mode, value):
    """F.pad with a mode other than constant: reflect, replicate, circular."""
    pad = list(pad)
    if mode not in ('reflect', 'replicate', 'circular'):
        raise NotImplementedError(f'Unrecognised padding mode {mode}')
    if value is not None and value != 0:
        raise ValueError(f'Padding mode "{mode}" doesn\'t take in value argument')
    dims = len(pad) // 2
    if len(pad) % 2 or not (input.dim() in (dims + 1, dims + 2) and dims in (1, 2, 3)):
        raise NotImplementedError('Only 2D, 3D, 4D, 5D padding with non-constant padding are '
                                  'supported for now')
    x = input
    for k in range(dims):
        before, after = pad[2 * k], pad[2 * k + 1]
        dim = input.dim() - 1 - k
        n = x.shape[dim]
        if mode == 'reflect' and max(before, after) >= n:
            raise RuntimeError('Argument #4: Padding size should be less than the corresponding input '
                               f'dimension, but got: padding ({before}, {after}) at dimension {dim} '
                               f'of input {list(input.shape)}')
        if mode == 'circular' and max(before, after) > n:
            raise RuntimeError('Padding value causes wrapping around more than once.')
        if mode == 'reflect':
            at = _mirrored(n, before, after)
        else:
            at = torch.arange(-before, n + after)
            at = at.clamp(0, n - 1) if mode == 'replicate' else at % n
        x = x.index_select(dim, at)
    node = {'reflect': 'ReflectionPad{}DBackward0', 'replicate': 'ReplicationPad{}DBackward0',
            'circular': 'CopySlices'}[mode]
    return named(x, node.format(dims))


# ---- by a grid -----------------------------------------------------------------------------------


def affine_grid(theta, size, align_corners=None):
    """Where grid_sample looks, by an affine map (N, 2, 3): (N, H, W, 2), x before y."""
    if not theta.is_floating_point():
        raise ValueError('Expected theta to have floating point type, but got ' + str(theta.dtype))
    if len(size) != 4 or theta.dim() != 3 or tuple(theta.shape[1:]) != (2, 3):
        raise ValueError(f'Expected a batch of 2D affine matrices of shape Nx2x3 for size {size}. '
                         f'Got {theta.shape}.')

    def line(n):
        x = torch.linspace(-1, 1, n, dtype=theta.dtype)
        return x if align_corners else x * (n - 1) / n

    y, x = torch.meshgrid(line(size[2]), line(size[3]), indexing='ij')
    base = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3)
    out = base.expand(theta.shape[0], -1, -1).bmm(theta.transpose(1, 2))
    return named(out.view(-1, size[2], size[3], 2), 'AffineGridGeneratorBackward0')


def grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None):
    """Values of images (N, C, H, W) at places (N, h, w, 2), x and y from -1 to 1."""
    if mode not in ('bilinear', 'nearest'):
        raise ValueError("nn.functional.grid_sample(): expected mode to be 'bilinear' or 'nearest' "
                         f"here, but got: '{mode}'")
    if padding_mode not in ('zeros', 'border'):
        raise ValueError("nn.functional.grid_sample(): expected padding_mode to be 'zeros' or "
                         f"'border' here, but got: '{padding_mode}'")
    n, c, h, w = input.shape
    if grid.dim() != 4 or grid.shape[-1] != 2 or grid.shape[0] != n:
        raise RuntimeError('grid_sampler(): expected grid and input to have same batch size and grid '
                           f'to have size 2 in last dimension, but got input with sizes '
                           f'{list(input.shape)} and grid with sizes {list(grid.shape)}')

    def pixels(g, size):
        p = (g + 1) / 2 * (size - 1) if align_corners else ((g + 1) * size - 1) / 2
        return p.clamp(0, size - 1) if padding_mode == 'border' else p

    x, y = pixels(grid[..., 0], w), pixels(grid[..., 1], h)
    flat = input.reshape(n, c, h * w)

    def at(yy, xx):
        inside = (xx >= 0) & (xx < w) & (yy >= 0) & (yy < h)
        place = yy.clamp(0, h - 1) * w + xx.clamp(0, w - 1)
        found = flat.gather(2, place.view(n, 1, -1).expand(n, c, -1)).view((n, c) + tuple(x.shape[1:]))
        return found * inside.unsqueeze(1).to(input.dtype)

    if mode == 'nearest':
        return named(at(y.round().long(), x.round().long()), 'GridSampler2DBackward0')
    x0, y0 = x.detach().floor(), y.detach().floor()
    fx, fy = (x - x0).unsqueeze(1), (y - y0).unsqueeze(1)
    x0, y0 = x0.long(), y0.long()
    out = (at(y0, x0) * ((1 - fx) * (1 - fy)) + at(y0, x0 + 1) * (fx * (1 - fy))
           + at(y0 + 1, x0) * ((1 - fx) * fy) + at(y0 + 1, x0 + 1) * (fx * fy))
    return named(out, 'GridSampler2DBackward0')
