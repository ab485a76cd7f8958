"""Padding, resizing, pools, whole-channel dropout and transposed convolution as modules."""

__late__ = """
torch.nn: ConstantPad1d ConstantPad2d ZeroPad2d ReflectionPad1d ReflectionPad2d ReplicationPad1d
    ReplicationPad2d Upsample UpsamplingNearest2d UpsamplingBilinear2d PixelShuffle PixelUnshuffle
    ChannelShuffle Fold AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveMaxPool1d AdaptiveMaxPool2d
    LPPool1d LPPool2d Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout
    LocalResponseNorm PairwiseDistance EmbeddingBag ConvTranspose1d ConvTranspose2d
"""

import math
import torch
import torch.nn.functional as F
from torch.nn import init
from torch.nn._base import Parameter
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _ntuple


class _Pad(Module):
    """padding: a number for all sides, or (before, after) pairs from the last dim on."""
    _mode, _dims = 'constant', 1

    def __init__(self, padding):
        super().__init__()
        self.padding = _ntuple(2 * self._dims)(padding)

    def forward(self, input):
        return F.pad(input, self.padding, self._mode)

    def extra_repr(self):
        return f'{self.padding}'


class ConstantPad1d(_Pad):
    """A border of value."""

    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value

    def forward(self, input):
        return F.pad(input, self.padding, 'constant', self.value)

    def extra_repr(self):
        return f'padding={self.padding}, value={self.value}'


class ConstantPad2d(ConstantPad1d):
    """A border of value around an image."""
    _dims = 2


class ZeroPad2d(ConstantPad2d):
    """A border of 0 around an image."""

    def __init__(self, padding):
        super().__init__(padding, 0.)

    def extra_repr(self):
        return f'{self.padding}'


class ReflectionPad1d(_Pad):
    """A sequence mirrored at its ends."""
    _mode = 'reflect'


class ReflectionPad2d(ReflectionPad1d):
    """An image mirrored at its edges."""
    _dims = 2


class ReplicationPad1d(_Pad):
    """The ends of a sequence repeated."""
    _mode = 'replicate'


class ReplicationPad2d(ReplicationPad1d):
    """The edges of an image repeated."""
    _dims = 2


class Upsample(Module):
    """F.interpolate as a layer."""

    def __init__(self, size=None, scale_factor=None, mode='nearest', align_corners=None,
                 recompute_scale_factor=None):
        super().__init__()
        self.name = type(self).__name__
        self.size = size
        if isinstance(scale_factor, tuple):
            self.scale_factor = tuple(float(f) for f in scale_factor)
        else:
            self.scale_factor = float(scale_factor) if scale_factor else None
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor

    def forward(self, input):
        return F.interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners,
                             recompute_scale_factor=self.recompute_scale_factor)

    def extra_repr(self):
        start = (f'scale_factor={self.scale_factor}' if self.scale_factor is not None
                 else f'size={self.size}')
        return f'{start}, mode={self.mode}'


class UpsamplingNearest2d(Upsample):
    """Upsample(mode='nearest')"""

    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode='nearest')


class UpsamplingBilinear2d(Upsample):
    """Upsample(mode='bilinear', align_corners=True)"""

    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode='bilinear', align_corners=True)


class PixelShuffle(Module):
    """(*, C r², H, W) -> (*, C, H r, W r)"""

    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor

    def forward(self, input):
        return F.pixel_shuffle(input, self.upscale_factor)

    def extra_repr(self):
        return f'upscale_factor={self.upscale_factor}'


class PixelUnshuffle(Module):
    """(*, C, H r, W r) -> (*, C r², H, W)"""

    def __init__(self, downscale_factor):
        super().__init__()
        self.downscale_factor = downscale_factor

    def forward(self, input):
        return F.pixel_unshuffle(input, self.downscale_factor)

    def extra_repr(self):
        return f'downscale_factor={self.downscale_factor}'


class ChannelShuffle(Module):
    """Channels in groups, dealt out in turn."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, input):
        return F.channel_shuffle(input, self.groups)

    def extra_repr(self):
        return f'groups={self.groups}'


class Fold(Module):
    """F.fold as a layer."""

    def __init__(self, output_size, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input):
        return F.fold(input, self.output_size, self.kernel_size, self.dilation, self.padding,
                      self.stride)

    def extra_repr(self):
        return (f'output_size={self.output_size}, kernel_size={self.kernel_size}, '
                f'dilation={self.dilation}, padding={self.padding}, stride={self.stride}')


# ---- pools --------------------------------------------------------------------------------------


class _Adaptive(Module):
    def __init__(self, output_size, return_indices=False):
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

    def extra_repr(self):
        return f'output_size={self.output_size}'


class _AdaptiveAvg(_Adaptive):
    def __init__(self, output_size):
        super().__init__(output_size)


class AdaptiveAvgPool1d(_AdaptiveAvg):
    """Means of output_size windows."""

    def forward(self, input):
        return F.adaptive_avg_pool1d(input, self.output_size)


class AdaptiveAvgPool2d(_AdaptiveAvg):
    """Means of output_size windows of an image."""

    def forward(self, input):
        return F.adaptive_avg_pool2d(input, self.output_size)


class AdaptiveMaxPool1d(_Adaptive):
    """The largest of output_size windows."""

    def forward(self, input):
        return F.adaptive_max_pool1d(input, self.output_size, self.return_indices)


class AdaptiveMaxPool2d(_Adaptive):
    """The largest of output_size windows of an image."""

    def forward(self, input):
        return F.adaptive_max_pool2d(input, self.output_size, self.return_indices)


class LPPool2d(Module):
    """F.lp_pool2d as a layer."""

    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def forward(self, input):
        return F.lp_pool2d(input, float(self.norm_type), self.kernel_size, self.stride,
                           self.ceil_mode)

    def extra_repr(self):
        return (f'norm_type={self.norm_type}, kernel_size={self.kernel_size}, '
                f'stride={self.stride}, ceil_mode={self.ceil_mode}')


class LPPool1d(LPPool2d):
    """F.lp_pool1d as a layer."""

    def forward(self, input):
        return F.lp_pool1d(input, float(self.norm_type), self.kernel_size, self.stride,
                           self.ceil_mode)


# ---- dropout of channels, normalisation -----------------------------------------------------------


class _Drop(Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')
        self.p = p
        self.inplace = inplace

    def extra_repr(self):
        return f'p={self.p}, inplace={self.inplace}'


class Dropout1d(_Drop):
    """Whole channels of sequences dropped."""

    def forward(self, input):
        return F.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Drop):
    """Whole channels of images dropped."""

    def forward(self, input):
        return F.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Drop):
    """Whole channels of volumes dropped."""

    def forward(self, input):
        return F.dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_Drop):
    """Dropout for selu networks."""

    def forward(self, input):
        return F.alpha_dropout(input, self.p, self.training)


class FeatureAlphaDropout(_Drop):
    """AlphaDropout of whole channels."""

    def forward(self, input):
        return F.feature_alpha_dropout(input, self.p, self.training)


class LocalResponseNorm(Module):
    """F.local_response_norm as a layer."""

    def __init__(self, size, alpha=0.0001, beta=0.75, k=1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input):
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self):
        return f'{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}'


class PairwiseDistance(Module):
    """|x1 - x2| over the last dim."""

    def __init__(self, p=2.0, eps=1e-06, keepdim=False):
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def forward(self, x1, x2):
        return F.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)


class EmbeddingBag(Module):
    """Sums, means or maxima of bags of embeddings."""

    def __init__(self, num_embeddings, embedding_dim, max_norm=None, norm_type=2.,
                 scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None,
                 include_last_offset=False, padding_idx=None, device=None, dtype=None):
        super().__init__()
        if max_norm is not None or scale_grad_by_freq:
            raise NotImplementedError('EmbeddingBag: max_norm and scale_grad_by_freq are not in qkv')
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.norm_type = norm_type
        self.sparse = sparse
        self.mode = mode
        self.include_last_offset = include_last_offset
        if padding_idx is not None and padding_idx < 0:
            padding_idx += num_embeddings
        self.padding_idx = padding_idx
        if _weight is None:
            self.weight = Parameter(torch.empty(num_embeddings, embedding_dim, device=device,
                                                dtype=dtype))
            init.normal_(self.weight)
            if padding_idx is not None:
                with torch.no_grad():
                    self.weight[padding_idx].fill_(0)
        else:
            self.weight = Parameter(_weight)

    def forward(self, input, offsets=None, per_sample_weights=None):
        return F.embedding_bag(input, self.weight, offsets, None, self.norm_type, False, self.mode,
                               self.sparse, per_sample_weights, self.include_last_offset,
                               self.padding_idx)

    def extra_repr(self):
        s = f'{self.num_embeddings}, {self.embedding_dim}, mode={self.mode}'
        return s if self.padding_idx is None else f'{s}, padding_idx={self.padding_idx}'


# ---- transposed convolution -----------------------------------------------------------------------


class _ConvTranspose(Module):
    """weight (in_channels, out_channels / groups, *kernel_size)"""
    _dims = 1

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0,
                 output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros',
                 device=None, dtype=None):
        super().__init__()
        if padding_mode != 'zeros':
            raise ValueError('Only "zeros" padding mode is supported for '
                             + self.__class__.__name__)
        if in_channels % groups != 0:
            raise ValueError('in_channels must be divisible by groups')
        if out_channels % groups != 0:
            raise ValueError('out_channels must be divisible by groups')
        size = _ntuple(self._dims)
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = size(kernel_size)
        self.stride = size(stride)
        self.padding = size(padding)
        self.output_padding = size(output_padding)
        self.dilation = size(dilation)
        self.groups = groups
        self.weight = Parameter(torch.empty((in_channels, out_channels // groups)
                                            + self.kernel_size, device=device, dtype=dtype))
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

    def _extra(self, input, output_size):
        """output_padding, or what makes output_size."""
        if output_size is None:
            return self.output_padding
        wanted = list(output_size)[-self._dims:]
        out = []
        for n, w, k, s, p, d in zip(input.shape[-self._dims:], wanted, self.kernel_size,
                                    self.stride, self.padding, self.dilation):
            least = (n - 1) * s - 2 * p + d * (k - 1) + 1
            if not least <= w < least + max(s, d):
                raise ValueError(f'requested an output size of {output_size}, but valid sizes range '
                                 f'from {least} to {least + s - 1} (for an input of '
                                 f'{list(input.shape[-self._dims:])})')
            out.append(w - least)
        return tuple(out)

    def extra_repr(self):
        n = self._dims
        s = (f'{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, '
             f'stride={self.stride}')
        if self.padding != (0,) * n:
            s += f', padding={self.padding}'
        if self.dilation != (1,) * n:
            s += f', dilation={self.dilation}'
        if self.output_padding != (0,) * n:
            s += f', output_padding={self.output_padding}'
        if self.groups != 1:
            s += f', groups={self.groups}'
        return s + ('' if self.bias is not None else ', bias=False')


class ConvTranspose1d(_ConvTranspose):
    """F.conv_transpose1d with weights of its own."""

    def forward(self, input, output_size=None):
        return F.conv_transpose1d(input, self.weight, self.bias, self.stride, self.padding,
                                  self._extra(input, output_size), self.groups, self.dilation)


class ConvTranspose2d(_ConvTranspose):
    """F.conv_transpose2d with weights of its own."""
    _dims = 2

    def forward(self, input, output_size=None):
        return F.conv_transpose2d(input, self.weight, self.bias, self.stride, self.padding,
                                  self._extra(input, output_size), self.groups, self.dilation)

# Where PyTorch has them: types print their module
for _home, _classes in (
    ('torch.nn.modules.channelshuffle', (ChannelShuffle,)),
    ('torch.nn.modules.conv', (ConvTranspose1d, ConvTranspose2d)),
    ('torch.nn.modules.distance', (PairwiseDistance,)),
    ('torch.nn.modules.dropout', (AlphaDropout, Dropout1d, Dropout2d, Dropout3d,
        FeatureAlphaDropout)),
    ('torch.nn.modules.fold', (Fold,)),
    ('torch.nn.modules.normalization', (LocalResponseNorm,)),
    ('torch.nn.modules.padding', (ConstantPad1d, ConstantPad2d, ReflectionPad1d,
        ReflectionPad2d, ReplicationPad1d, ReplicationPad2d, ZeroPad2d)),
    ('torch.nn.modules.pixelshuffle', (PixelShuffle, PixelUnshuffle)),
    ('torch.nn.modules.pooling', (AdaptiveAvgPool1d, AdaptiveAvgPool2d, AdaptiveMaxPool1d,
        AdaptiveMaxPool2d, LPPool1d, LPPool2d)),
    ('torch.nn.modules.sparse', (EmbeddingBag,)),
    ('torch.nn.modules.upsampling', (Upsample, UpsamplingBilinear2d, UpsamplingNearest2d)),
):
    for _class in _classes:
        _class.__module__ = _home
