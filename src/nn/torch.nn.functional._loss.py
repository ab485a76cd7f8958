"""Losses of pairs, triplets and distributions, and the seldom used layers as functions."""

__late__ = """
torch.nn.functional: triplet_margin_loss triplet_margin_with_distance_loss margin_ranking_loss
    cosine_embedding_loss hinge_embedding_loss poisson_nll_loss gaussian_nll_loss soft_margin_loss
    multilabel_soft_margin_loss multi_margin_loss multilabel_margin_loss pdist bilinear
    instance_norm local_response_norm embedding_bag ctc_loss
"""

import math
import warnings
import torch
import torch.nn.functional as F
from torch._node import named


def _legacy(size_average, reduce, reduction):
    """The reduction that the two older arguments ask for, or else the newer one."""
    if size_average is None and reduce is None:
        return reduction
    average = size_average is None or size_average
    word = 'none' if reduce is not None and not reduce else 'mean' if average else 'sum'
    warnings.warn('size_average and reduce args will be deprecated, please use '
                  f"reduction='{word}' instead.")
    return word


def _end(terms, size_average, reduce, reduction):
    reduction = _legacy(size_average, reduce, reduction)
    if reduction == 'mean':
        return terms.mean()
    if reduction == 'sum':
        return terms.sum()
    if reduction == 'none':
        return terms
    raise ValueError(f'{reduction} is not a valid value for reduction')


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False,
                        size_average=None, reduce=None, reduction='mean'):
    """max(0, |a - p| - |a - n| + margin); swap: the nearer of |a - n| and |p - n| counts."""
    if not anchor.dim() == positive.dim() == negative.dim():
        raise RuntimeError(f'All inputs should have same dimension but got {anchor.dim()}D, '
                           f'{positive.dim()}D and {negative.dim()}D inputs.')
    near = F.pairwise_distance(anchor, positive, p, eps)
    far = F.pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = torch.min(far, F.pairwise_distance(positive, negative, p, eps))
    return _end(torch.clamp_min(margin + near - far, 0), size_average, reduce, reduction)


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None,
                                      margin=1.0, swap=False, reduction='mean'):
    """triplet_margin_loss with a distance of your own."""
    distance = F.pairwise_distance if distance_function is None else distance_function
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = torch.min(far, distance(positive, negative))
    return _end(torch.clamp(near - far + margin, min=0.0), None, None, reduction)


def margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None,
                        reduction='mean'):
    """max(0, -t (x1 - x2) + margin); t = 1: x1 should rank higher."""
    if not input1.dim() == input2.dim() == target.dim():
        raise RuntimeError('margin_ranking_loss : All input tensors should have same dimension but '
                           f'got sizes: input1: {input1.size()}, input2: {input2.size()}, target: '
                           f'{target.size()} ')
    return _end((-target * (input1 - input2) + margin).clamp_min(0), size_average, reduce, reduction)


def cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None,
                          reduction='mean'):
    """1 - cos for t = 1, max(0, cos - margin) for t = -1."""
    if target.dim() not in (0, 1):
        raise RuntimeError('0D or 1D target tensor expected, multi-target not supported')
    if target.dim() == 1 and (input1.dim() != 2 or input2.dim() != 2):
        raise RuntimeError('1D target tensor expects 2D input tensors, but found inputs with sizes '
                           f'{list(input1.shape)} and {list(input2.shape)}.')
    if target.dim() == 0 and (input1.dim() != 1 or input2.dim() != 1):
        raise RuntimeError('0D target tensor expects 1D input tensors, but found inputs with sizes '
                           f'{list(input1.shape)} and {list(input2.shape)}.')
    dim = target.dim()
    inner = (input1 * input2).sum(dim)
    size1 = (input1 * input1).sum(dim) + 1e-12
    size2 = (input2 * input2).sum(dim) + 1e-12
    cos = inner / (size1 * size2).sqrt()
    zeros = torch.zeros_like(cos)
    terms = (torch.where(target == 1, 1 - cos, zeros)
             + torch.where(target == -1, (cos - margin).clamp_min(0), zeros))
    return _end(terms, size_average, reduce, reduction)


def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None,
                         reduction='mean'):
    """x for t = 1, max(0, margin - x) for t = -1."""
    zeros = torch.zeros_like(input)
    terms = (torch.where(target == 1, zeros, (margin - input).clamp_min(0))
             + torch.where(target == -1, zeros, input))
    return _end(terms, size_average, reduce, reduction)


def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08,
                     reduce=None, reduction='mean'):
    """exp(x) - t x, where input x is the log of the rate; log_input=False: x - t log(x + eps)."""
    reduction = _legacy(size_average, reduce, reduction)
    if reduction not in ('none', 'mean', 'sum'):
        raise ValueError(f'{reduction} is not valid')
    terms = input.exp() - target * input if log_input else input - target * (input + eps).log()
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        terms = terms + stirling.masked_fill(target <= 1, 0)
    return _end(terms, None, None, reduction)


def gaussian_nll_loss(input, target, var, full=False, eps=1e-6, reduction='mean'):
    """(log var + (x - t)² / var) / 2, var at least eps; full: with the constant."""
    if var.size() != input.size():
        if input.size()[:-1] == var.size():
            var = var.unsqueeze(-1)
        elif not (input.size()[:-1] == var.size()[:-1] and var.size(-1) == 1):
            raise ValueError('var is of incorrect size')
    if reduction not in ('none', 'mean', 'sum'):
        raise ValueError(f'{reduction} is not valid')
    if torch.any(var < 0):
        raise ValueError('var has negative entry/entries')
    var = var.clone()
    with torch.no_grad():
        var.clamp_(min=eps)
    loss = 0.5 * (torch.log(var) + (input - target)**2 / var)
    if full:
        loss += 0.5 * math.log(2 * math.pi)
    return _end(loss, None, None, reduction)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    """log(1 + exp(-t x))"""
    out = _end(torch.log(1 + torch.exp(-input * target)), size_average, reduce, reduction)
    return named(out, 'SoftMarginLossBackward0')


def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None,
                                reduction='mean'):
    """Binary cross entropy of logits, the mean over the classes."""
    loss = -(target * F.logsigmoid(input) + (1 - target) * F.logsigmoid(-input))
    if weight is not None:
        loss = loss * weight
    return _end(loss.sum(dim=loss.dim() - 1) / input.size(loss.dim() - 1), size_average, reduce,
                reduction)


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None,
                      reduction='mean'):
    """The sum over classes i other than t of max(0, margin - x[t] + x[i]) ** p / classes."""
    if p != 1 and p != 2:
        raise ValueError('only p == 1 and p == 2 supported')
    if weight is not None and weight.dim() != 1:
        raise ValueError('weight must be one-dimensional')
    x, t = (input, target) if input.dim() == 2 else (input.unsqueeze(0), target.reshape(1))
    if x.dim() != 2 or t.dim() != 1 or t.shape[0] != x.shape[0]:
        raise RuntimeError(f'inconsistent target size, expected {input.shape[0]} but got '
                           f'{list(target.shape)}')
    at = t.unsqueeze(1)
    terms = (margin - x.gather(1, at) + x).clamp_min(0)
    if p == 2:
        terms = terms * terms
    if weight is not None:
        terms = terms * weight[t].unsqueeze(1)
    out = terms.scatter(1, at, 0).sum(1) / x.shape[1]
    if input.dim() < 2:
        out = out.squeeze(0)
    return named(_end(out, size_average, reduce, reduction), 'MultiMarginLossBackward0')


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    """The sum over labels j and classes i that are no label of max(0, 1 - x[j] + x[i]) / classes;
    the labels of a row end at the first -1."""
    x, t = (input, target) if input.dim() == 2 else (input.reshape(1, -1), target.reshape(1, -1))
    if x.shape != t.shape:
        raise RuntimeError(f'inconsistent target size: {list(target.shape)} for input of size: '
                           f'{list(input.shape)}')
    counts = (t >= 0).to(torch.int64).cumprod(1).bool()
    labels = t.clamp(min=0)
    is_label = torch.zeros_like(x).scatter_add(1, labels, counts.to(x.dtype)) > 0
    gaps = (1 - x.gather(1, labels).unsqueeze(2) + x.unsqueeze(1)).clamp_min(0)
    gaps = gaps.masked_fill(~counts.unsqueeze(2) | is_label.unsqueeze(1), 0)
    out = gaps.sum((1, 2)) / x.shape[1]
    if input.dim() < 2:
        out = out.squeeze(0)
    return named(_end(out, size_average, reduce, reduction), 'MultilabelMarginLossBackward0')


def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean',
             zero_infinity=False):
    """-log of the probability of all alignments of the targets. Graves et al. 2006.

    log_probs (T, N, C), targets (N, S) or one after the other.
    """
    single = log_probs.dim() == 2
    if single:
        log_probs = log_probs.unsqueeze(1)
    batch = log_probs.shape[1]
    inputs, lengths = [[int(n) for n in torch.as_tensor(v).reshape(-1)]
                       for v in (input_lengths, target_lengths)]
    if len(inputs) != batch or len(lengths) != batch:
        raise RuntimeError(f'input_lengths and target_lengths must be of size batch_size {batch}, '
                           f'got {len(inputs)} and {len(lengths)}')
    if max(inputs) > log_probs.shape[0]:
        raise RuntimeError(f'Expected input_lengths to have value at most {log_probs.shape[0]}, but '
                           f'got value {max(inputs)}')
    if targets.dim() == 1 and not single:
        pieces = targets.split(lengths)
    else:
        rows = targets.reshape(1, -1) if single else targets
        pieces = [row[:n] for row, n in zip(rows, lengths)]
    losses = torch.stack([_ctc_of(log_probs[:n, i], piece.long(), blank)
                          for i, (n, piece) in enumerate(zip(inputs, pieces))])
    if zero_infinity:
        losses = torch.where(losses == math.inf, torch.zeros_like(losses), losses)
    if reduction == 'mean':
        sizes = torch.tensor(lengths, dtype=losses.dtype).clamp(min=1)
        return (losses / sizes).mean()
    if single and reduction == 'none':
        losses = losses.squeeze(0)
    if reduction == 'none':
        return named(losses, 'WhereBackward0' if zero_infinity else 'CtcLossBackward0')
    return _end(losses, None, None, reduction)


def _ctc_of(log_probs, target, blank):
    """One sequence: forward probabilities over blank, target[0], blank, target[1], ..., blank."""
    n = target.shape[0]
    states = torch.full((2 * n + 1,), blank, dtype=torch.int64)
    states[1::2] = target
    skips = torch.zeros(2 * n + 1, dtype=torch.bool)
    skips[3::2] = target[1:] != target[:-1]
    never = log_probs.new_full((1,), -math.inf)
    alpha = torch.cat([log_probs[0, states[:2]], never.expand(max(2 * n - 1, 0))])[:2 * n + 1]
    for row in log_probs[1:]:
        one = torch.cat([never, alpha[:-1]])
        two = torch.cat([never, never, alpha[:-2]])[:2 * n + 1].masked_fill(~skips, -math.inf)
        alpha = _log_sum(torch.stack([alpha, one, two])) + row[states]
    return -_log_sum(alpha[-2:])


def _log_sum(x):
    """logsumexp over dim 0 whose gradient is 0, not nan, where all are -inf."""
    dead = (x == -math.inf).all(0)
    total = torch.logsumexp(x.masked_fill(dead, 0), 0)
    return torch.where(dead, torch.full_like(total, -math.inf), total)


def pdist(input, p=2):
    """Distances of all pairs of rows."""
    return torch.pdist(input, p)


def bilinear(input1, input2, weight, bias=None):
    """x1' W[o] x2 + bias[o] for every output o."""
    if input1.shape[:-1] != input2.shape[:-1]:
        raise RuntimeError('bilinear(): input batch dimensions do not match: got '
                           f'{list(input1.shape)} and {list(input2.shape)}')
    for i, x in ((1, input1), (2, input2)):
        if x.shape[-1] != weight.shape[i]:
            raise RuntimeError(f'bilinear(): input{i} size does not match weight size: got '
                               f'{x.shape[-1]} but expected {weight.shape[i]}')
    y = torch.einsum('...i,oij,...j->...o', input1, weight, input2)
    return y if bias is None else y + bias


# ---- normalisation -----------------------------------------------------------------------------


def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None,
                  use_input_stats=True, momentum=0.1, eps=1e-05):
    """Mean 0 and variance 1 of every (batch, channel) by itself."""
    if use_input_stats:
        size = 1
        for n in input.shape[2:]:
            size *= n
        if size <= 1:
            raise ValueError('Expected more than 1 spatial element when training, got input size '
                             f'{input.size()}')
    n, c = input.shape[:2]
    if not use_input_stats:
        if running_mean is None or running_var is None:
            raise RuntimeError('Expected running_mean and running_var to be defined when '
                               'use_input_stats is false')
        return F.batch_norm(input, running_mean, running_var, weight, bias, False, momentum, eps)
    flat = input.reshape(1, n * c, *input.shape[2:])
    means = None if running_mean is None else running_mean.repeat(n)
    variances = None if running_var is None else running_var.repeat(n)
    w = None if weight is None else weight.repeat(n)
    b = None if bias is None else bias.repeat(n)
    out = F.batch_norm(flat, means, variances, w, b, True, momentum, eps).view(input.shape)
    with torch.no_grad():
        if running_mean is not None:
            running_mean.copy_(means.view(n, c).mean(0))
        if running_var is not None:
            running_var.copy_(variances.view(n, c).mean(0))
    return out


def local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0):
    """x / (k + alpha times the mean of x² over size channels) ** beta"""
    if input.dim() < 3:
        raise ValueError(f'Expected 3D or higher dimensionality input (got {input.dim()} dimensions)')
    if input.numel() == 0:
        return input
    squares = input.mul(input).unsqueeze(1)
    flat = squares.view(input.shape[0], 1, input.shape[1], -1)
    flat = F.pad(flat, (0, 0, size // 2, (size - 1) // 2))
    mean = F.avg_pool2d(flat, (size, 1), stride=1).view(input.shape)
    return input / mean.mul(alpha).add(k).pow(beta)


def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False,
                  mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False,
                  padding_idx=None):
    """The sum, mean or max of the vectors of every bag of ids: rows of input, or, with offsets,
    pieces of it."""
    if max_norm is not None or scale_grad_by_freq:
        raise NotImplementedError('embedding_bag: max_norm and scale_grad_by_freq are not in qkv')
    if sparse:
        raise NotImplementedError('embedding_bag: sparse gradients are not in qkv; leave sparse out')
    if mode not in ('sum', 'mean', 'max'):
        raise ValueError('mode has to be one of sum, mean or max')
    if input.dim() == 2:
        if offsets is not None:
            raise ValueError('if input is 2D, then offsets has to be None, as input is treated is a '
                             'mini-batch of fixed length sequences. However, found offsets of type '
                             f'{type(offsets)}')
        bags = list(input)
        weights = per_sample_weights
    elif input.dim() == 1:
        if offsets is None:
            raise ValueError('offsets has to be a 1D Tensor but got None')
        starts = offsets.tolist()
        ends = starts[1:] + ([] if include_last_offset else [input.shape[0]])
        bags = [input[a:b] for a, b in zip(starts, ends)]
        weights = (None if per_sample_weights is None
                   else [per_sample_weights[a:b] for a, b in zip(starts, ends)])
    else:
        raise ValueError(f'input has to be 1D or 2D Tensor, but got Tensor of dimension {input.dim()}')
    if weights is not None and mode != 'sum':
        raise NotImplementedError('embedding_bag: per_sample_weights was not None. '
                                  "per_sample_weights is only supported for mode='sum' (got mode="
                                  f"'{mode}'). Please open a feature request on GitHub.")
    rows = []
    for i, bag in enumerate(bags):
        share = None if weights is None else weights[i]
        if padding_idx is not None:
            real = bag != padding_idx % weight.shape[0]
            bag, share = bag[real], None if share is None else share[real]
        vectors = F.embedding(bag, weight)
        if share is not None:
            vectors = vectors * share.unsqueeze(1)
        if bag.numel() == 0:
            rows.append(vectors.sum(0))
        else:
            rows.append(vectors.sum(0) if mode == 'sum' else vectors.mean(0) if mode == 'mean'
                        else vectors.amax(0))
    out = torch.stack(rows) if rows else weight.new_zeros(0, weight.shape[1])
    return named(out, 'EmbeddingBagBackward0')
