"""F.multi_head_attention_forward: what nn.MultiheadAttention computes, with every weight given."""

__late__ = """
torch.nn.functional: multi_head_attention_forward
"""

import math
import torch
import torch.nn.functional as F
from torch.nn.modules import _masks


def _as_bias(mask, dtype):
    if mask.dtype == torch.bool:
        return torch.zeros_like(mask, dtype=dtype).masked_fill_(mask, float('-inf'))
    return mask


def _project(query, key, value, E, packed, weights, bias):
    """q, k, v by one weight (packed) or by three."""
    if packed:
        if query is key and key is value:
            return F.linear(query, weights, bias).chunk(3, dim=-1)
        if key is value:
            wq, wkv = weights.split([E, 2 * E])
            bq, bkv = (None, None) if bias is None else bias.split([E, 2 * E])
            return (F.linear(query, wq, bq), *F.linear(key, wkv, bkv).chunk(2, dim=-1))
        weights = weights.chunk(3)
    biases = (None,) * 3 if bias is None else bias.chunk(3)
    return tuple(F.linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases))


def _static(name, given, rows, head_dim):
    if given.size(0) != rows:
        raise AssertionError(f'expecting {name}.size(0) of {rows}, but got {given.size(0)}')
    if given.size(2) != head_dim:
        raise AssertionError(f'expecting {name}.size(2) of {head_dim}, but got {given.size(2)}')
    return given


def _one_more(mask):
    """A column for one more key, which no mask hides."""
    return None if mask is None else F.pad(mask, (0, 1))


def multi_head_attention_forward(
        query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k,
        bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True,
        key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False,
        q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None,
        average_attn_weights=True, is_causal=False):
    """Inputs (T, B, E) or (T, E); in masks True means: ignore. Returns the output and, when
    need_weights, the weights (B, T, S), or of every head. Vaswani et al. 2017, section 3.2.2."""
    _masks.check_inputs(query, key, value, key_padding_mask, attn_mask, num_heads)
    if is_causal:
        _masks.check_causal_hint(attn_mask)
    batched = query.dim() == 3
    if not batched:
        same = query is key and key is value
        query, key, value = [t.unsqueeze(1) for t in (query, key, value)]
        key, value = (query, query) if same else (key, value)
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    T, B, E = query.shape
    S = key.shape[0]
    if E != embed_dim_to_check:
        raise AssertionError(f'was expecting embedding dimension of {embed_dim_to_check}, but got '
                             f'{E}')
    D = E // num_heads
    if D * num_heads != E:
        raise AssertionError(f'embed_dim {E} not divisible by num_heads {num_heads}')
    packed = not use_separate_proj_weight
    _masks.check_keys(key, value, packed)
    weights = in_proj_weight if packed else (q_proj_weight, k_proj_weight, v_proj_weight)
    if packed and in_proj_weight is None:
        raise AssertionError('use_separate_proj_weight is False but in_proj_weight is None')
    for name, w in zip('qkv', () if packed else weights):
        if w is None:
            raise AssertionError(f'use_separate_proj_weight is True but {name}_proj_weight is None')
    q, k, v = _project(query, key, value, E, packed, weights, in_proj_bias)
    if attn_mask is not None:
        attn_mask = _masks.fitting_attn_mask(attn_mask, num_heads, B, T, S)
        attn_mask = attn_mask.unsqueeze(0) if attn_mask.dim() == 2 else attn_mask
    if bias_k is not None and bias_v is not None:
        if static_k is not None or static_v is not None:
            which = 'key' if static_k is not None else 'value'
            raise AssertionError(f'bias cannot be added to static {which}.')
        k = torch.cat([k, bias_k.repeat(1, B, 1)])
        v = torch.cat([v, bias_v.repeat(1, B, 1)])
        attn_mask, key_padding_mask = _one_more(attn_mask), _one_more(key_padding_mask)
    elif bias_k is not None or bias_v is not None:
        raise AssertionError('bias_k and bias_v are given both or not at all')
    rows = B * num_heads
    q = q.contiguous().view(T, rows, D).transpose(0, 1)
    k = (k.contiguous().view(k.shape[0], rows, D).transpose(0, 1) if static_k is None
         else _static('static_k', static_k, rows, D))
    v = (v.contiguous().view(v.shape[0], rows, D).transpose(0, 1) if static_v is None
         else _static('static_v', static_v, rows, D))
    if add_zero_attn:
        nothing = torch.zeros((rows, 1, D), dtype=k.dtype)
        k, v = torch.cat([k, nothing], dim=1), torch.cat([v, nothing], dim=1)
        attn_mask, key_padding_mask = _one_more(attn_mask), _one_more(key_padding_mask)
    S = k.size(1)
    if attn_mask is not None:
        attn_mask = _as_bias(attn_mask, q.dtype)
    if key_padding_mask is not None:
        pad = _as_bias(_masks.fitting_padding_mask(key_padding_mask, B, S), q.dtype)
        pad = pad.view(B, 1, 1, S).expand(-1, num_heads, -1, -1).reshape(rows, 1, S)
        attn_mask = pad if attn_mask is None else attn_mask + pad
    q = q / math.sqrt(D)
    if attn_mask is None:
        scores = torch.bmm(q, k.transpose(-2, -1))
    else:
        scores = torch.baddbmm(attn_mask, q, k.transpose(-2, -1))
    probs = F.softmax(scores, dim=-1)
    if training and dropout_p > 0.0:
        probs = F.dropout(probs, p=dropout_p)
    out = torch.bmm(probs, v).transpose(0, 1).contiguous().view(T * B, E)
    out = F.linear(out, out_proj_weight, out_proj_bias).view(T, B, -1)
    out = out if batched else out.squeeze(1)
    if not need_weights:
        return out, None
    probs = probs.view(B, num_heads, T, S)
    if average_attn_weights:
        probs = probs.sum(dim=1) / num_heads
    return out, probs if batched else probs.squeeze(0)
