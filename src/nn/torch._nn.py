"""Functions of torch.nn.functional that stand in torch too, there with other signatures."""

__late__ = """
torch: layer_norm group_norm batch_norm instance_norm embedding conv1d conv2d conv_transpose1d
    conv_transpose2d max_pool1d max_pool2d avg_pool1d adaptive_avg_pool1d adaptive_max_pool1d
    dropout dropout_ alpha_dropout feature_dropout feature_alpha_dropout selu selu_ celu celu_
    rrelu threshold threshold_ bilinear pixel_shuffle pixel_unshuffle channel_shuffle
    cosine_similarity pairwise_distance kl_div binary_cross_entropy_with_logits
    cosine_embedding_loss hinge_embedding_loss margin_ranking_loss poisson_nll_loss
    triplet_margin_loss constant_pad_nd clamp_ clamp_min_ clamp_max_ detach_ round_ zero_ fill_
torch torch.Tensor: prelu hardshrink
"""

import torch
import torch.nn.functional as F
from torch.nn.functional import (
    alpha_dropout, bilinear, channel_shuffle, celu, conv_transpose1d, conv_transpose2d,
    cosine_similarity, feature_alpha_dropout, hardshrink, pairwise_distance, pixel_shuffle,
    pixel_unshuffle, prelu, selu, threshold)

_REDUCTIONS = ('none', 'mean', 'sum')


def _word(reduction):
    return _REDUCTIONS[reduction] if isinstance(reduction, int) else reduction


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05, cudnn_enable=True):
    """F.layer_norm."""
    return F.layer_norm(input, normalized_shape, weight, bias, eps)


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05, cudnn_enabled=True):
    """F.group_norm."""
    return F.group_norm(input, num_groups, weight, bias, eps)


def batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps,
               cudnn_enabled):
    """F.batch_norm."""
    return F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)


def instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps,
                  cudnn_enabled):
    """F.instance_norm."""
    return F.instance_norm(input, running_mean, running_var, weight, bias, use_input_stats, momentum,
                           eps)


def embedding(weight, indices, padding_idx=-1, scale_grad_by_freq=False, sparse=False):
    """F.embedding, the table first."""
    return F.embedding(indices, weight, None if padding_idx < 0 else padding_idx,
                       scale_grad_by_freq=scale_grad_by_freq, sparse=sparse)


def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """F.conv1d."""
    return F.conv1d(input, weight, bias, stride, padding, dilation, groups)


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """F.conv2d."""
    return F.conv2d(input, weight, bias, stride, padding, dilation, groups)


def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """F.max_pool1d."""
    return F.max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """F.max_pool2d."""
    return F.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode)


def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False,
               count_include_pad=True):
    """F.avg_pool1d."""
    return F.avg_pool1d(input, kernel_size, stride, padding, ceil_mode, count_include_pad)


def adaptive_avg_pool1d(input, output_size):
    """F.adaptive_avg_pool1d."""
    return F.adaptive_avg_pool1d(input, output_size)


def adaptive_max_pool1d(input, output_size):
    """F.adaptive_max_pool1d with the places of the largest."""
    return F.adaptive_max_pool1d(input, output_size, True)


def dropout(input, p, train):
    """F.dropout."""
    return F.dropout(input, p, train)


def dropout_(input, p, train):
    """F.dropout in place."""
    return F.dropout(input, p, train, True)


def feature_dropout(input, p, train):
    """Whole channels dropped."""
    return F.dropout2d(input, p, train)


def selu_(input):
    """selu in place."""
    return F.selu(input, True)


def celu_(input, alpha=1.0):
    """celu in place."""
    return F.celu(input, alpha, True)


def threshold_(input, threshold, value):
    """threshold in place."""
    return F.threshold(input, threshold, value, True)


def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, generator=None):
    """F.rrelu."""
    if generator is not None:
        raise NotImplementedError('torch.rrelu(generator=) is not in qkv: it draws from the default one')
    return F.rrelu(input, lower, upper, training)


def constant_pad_nd(input, pad, value=0):
    """F.pad with a value."""
    return F.pad(input, pad, 'constant', value)


def kl_div(input, target, reduction=1, *, log_target=False):
    """F.kl_div."""
    return F.kl_div(input, target, reduction=_word(reduction), log_target=log_target)


def binary_cross_entropy_with_logits(input, target, weight=None, pos_weight=None, reduction=1):
    """F.binary_cross_entropy_with_logits."""
    return F.binary_cross_entropy_with_logits(input, target, weight, pos_weight=pos_weight,
                                              reduction=_word(reduction))


def cosine_embedding_loss(input1, input2, target, margin=0.0, reduction=1):
    """F.cosine_embedding_loss."""
    return F.cosine_embedding_loss(input1, input2, target, margin, reduction=_word(reduction))


def hinge_embedding_loss(input, target, margin=1.0, reduction=1):
    """F.hinge_embedding_loss."""
    return F.hinge_embedding_loss(input, target, margin, reduction=_word(reduction))


def margin_ranking_loss(input1, input2, target, margin=0.0, reduction=1):
    """F.margin_ranking_loss."""
    return F.margin_ranking_loss(input1, input2, target, margin, reduction=_word(reduction))


def poisson_nll_loss(input, target, log_input, full, eps, reduction):
    """F.poisson_nll_loss."""
    return F.poisson_nll_loss(input, target, log_input, full=full, eps=eps,
                              reduction=_word(reduction))


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False,
                        reduction=1):
    """F.triplet_margin_loss."""
    return F.triplet_margin_loss(anchor, positive, negative, margin, p, eps, swap,
                                 reduction=_word(reduction))


# ---- methods that write into their first argument ------------------------------------------------


def clamp_(input, min=None, max=None):
    """x.clamp_"""
    return input.clamp_(min, max)


def clamp_min_(input, min):
    """x.clamp_min_"""
    return input.clamp_(min=min)


def clamp_max_(input, max):
    """x.clamp_max_"""
    return input.clamp_(max=max)


def detach_(input):
    """x.detach_"""
    return input.detach_()


def round_(input, *, decimals=0):
    """x.round_"""
    return input.round_(decimals=decimals) if decimals else input.round_()


def zero_(input):
    """x.zero_"""
    return input.zero_()


def fill_(input, value):
    """x.fill_"""
    return input.fill_(value)
