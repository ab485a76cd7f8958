"""torch.nn.MultiheadAttention, by the formula of Vaswani et al. 2017, section 3.2.2."""

__late__ = """
torch.nn torch.nn.modules.activation: MultiheadAttention
"""

import math
import torch
import torch.nn.functional as F
from torch.nn import init
from torch.nn._base import Parameter
from torch.nn.modules.module import Module
from torch.nn.modules.linear import NonDynamicallyQuantizableLinear
from torch.nn.modules import _masks


def _as_bias(mask, dtype):
    """True = ignore becomes -inf to be added; a float mask stays, in the scores' dtype."""
    if mask.dtype == torch.bool:
        return torch.zeros_like(mask, dtype=dtype).masked_fill_(mask, float('-inf'))
    return mask.to(dtype)


def _each(fn, query, key, value):
    """fn of all three; what was one tensor stays one."""
    q = fn(query)
    k = q if key is query else fn(key)
    return q, k, k if value is key else fn(value)


class MultiheadAttention(Module):
    """Several attentions side by side on slices of the embedding.

    Inputs (T, B, E), or (B, T, E) with batch_first. In masks True means: ignore.
    """
    __module__ = 'torch.nn.modules.activation'

    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False,
                 add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None,
                 dtype=None):
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = kdim if kdim is not None else embed_dim
        self.vdim = vdim if vdim is not None else embed_dim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        if self.head_dim * num_heads != embed_dim:
            raise AssertionError('embed_dim must be divisible by num_heads')
        kind = {'device': device, 'dtype': dtype}
        if self._qkv_same_embed_dim:
            self.in_proj_weight = Parameter(torch.empty(3 * embed_dim, embed_dim, **kind))
            self.register_parameter('q_proj_weight', None)
            self.register_parameter('k_proj_weight', None)
            self.register_parameter('v_proj_weight', None)
        else:
            self.q_proj_weight = Parameter(torch.empty(embed_dim, embed_dim, **kind))
            self.k_proj_weight = Parameter(torch.empty(embed_dim, self.kdim, **kind))
            self.v_proj_weight = Parameter(torch.empty(embed_dim, self.vdim, **kind))
            self.register_parameter('in_proj_weight', None)
        if bias:
            self.in_proj_bias = Parameter(torch.empty(3 * embed_dim, **kind))
        else:
            self.register_parameter('in_proj_bias', None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, **kind)
        if add_bias_kv:
            self.bias_k = Parameter(torch.empty(1, 1, embed_dim, **kind))
            self.bias_v = Parameter(torch.empty(1, 1, embed_dim, **kind))
        else:
            self.bias_k = self.bias_v = None
        self.add_zero_attn = add_zero_attn
        self._reset_parameters()

    def _reset_parameters(self):
        if self._qkv_same_embed_dim:
            init.xavier_uniform_(self.in_proj_weight)
        else:
            init.xavier_uniform_(self.q_proj_weight)
            init.xavier_uniform_(self.k_proj_weight)
            init.xavier_uniform_(self.v_proj_weight)
        if self.in_proj_bias is not None:
            init.constant_(self.in_proj_bias, 0.0)
            init.constant_(self.out_proj.bias, 0.0)
        if self.bias_k is not None:
            init.xavier_normal_(self.bias_k)
            init.xavier_normal_(self.bias_v)

    def _project_two(self, query, key):
        """Keys and values of one memory by one product, as PyTorch's."""
        E = self.embed_dim
        wq, wkv = self.in_proj_weight.split([E, 2 * E])
        bq = bkv = None
        if self.in_proj_bias is not None:
            bq, bkv = self.in_proj_bias.split([E, 2 * E])
        return (F.linear(query, wq, bq), *F.linear(key, wkv, bkv).chunk(2, dim=-1))

    def _project(self, query, key, value):
        if self._qkv_same_embed_dim:
            if query is key and key is value:
                return F.linear(query, self.in_proj_weight, self.in_proj_bias).chunk(3, dim=-1)
            if key is value:
                return self._project_two(query, key)
            wq, wk, wv = self.in_proj_weight.chunk(3)
        else:
            wq, wk, wv = self.q_proj_weight, self.k_proj_weight, self.v_proj_weight
        bq = bk = bv = None
        if self.in_proj_bias is not None:
            bq, bk, bv = self.in_proj_bias.chunk(3)
        return F.linear(query, wq, bq), F.linear(key, wk, bk), F.linear(value, wv, bv)

    def _mask(self, attn_mask, key_padding_mask, B, T, S, dtype):
        """Everything that hides keys, as one bias that broadcasts to (B * H, T, S)."""
        bias = None
        if attn_mask is not None:
            bias = _as_bias(_masks.fitting_attn_mask(attn_mask, self.num_heads, B, T, S), dtype)
            if bias.dim() == 2:
                bias = bias.unsqueeze(0)
        if key_padding_mask is not None:
            pad = _as_bias(_masks.fitting_padding_mask(key_padding_mask, B, S), dtype)
            pad = pad.view(B, 1, 1, S)
            pad = pad.expand(-1, self.num_heads, -1, -1).reshape(B * self.num_heads, 1, S)
            bias = pad if bias is None else bias + pad
        return bias

    def _can_fuse(self, bias, scores):
        """Where nobody sees the weights and they would fill megabytes, the kernels, which do not
        store them. A query without any key is nan by the formula and 0 by the kernels: then the
        formula decides."""
        if scores < 1 << 20 or self.training and self.dropout > 0:
            return False
        return bias is None or bool((bias.detach().amax(-1) > float('-inf')).all())

    def _fused(self, q, k, v, bias):
        """By the kernels; q, k, v (B * H, .., D) seen as one batch of B * H heads."""
        bias = None if bias is None else bias.unsqueeze(0)
        heads = (t.unsqueeze(0) for t in (q, k, v))
        return F.scaled_dot_product_attention(*heads, attn_mask=bias).squeeze(0)

    def _attend(self, q, k, v, bias):
        q = q / math.sqrt(self.head_dim)
        if bias is None:
            weights = torch.bmm(q, k.transpose(-2, -1))
        else:
            weights = torch.baddbmm(bias, q, k.transpose(-2, -1))
        weights = F.dropout(F.softmax(weights, dim=-1), self.dropout, self.training)
        return torch.bmm(weights, v), weights

    def _by_function(self, query, key, value, key_padding_mask, need_weights, attn_mask, average):
        """With keys of its own (add_bias_kv, add_zero_attn): as a function of the weights."""
        same = self._qkv_same_embed_dim
        return F.multi_head_attention_forward(
            query, key, value, self.embed_dim, self.num_heads, self.in_proj_weight,
            self.in_proj_bias, self.bias_k, self.bias_v, self.add_zero_attn, self.dropout,
            self.out_proj.weight, self.out_proj.bias, self.training, key_padding_mask, need_weights,
            attn_mask, not same, self.q_proj_weight, self.k_proj_weight, self.v_proj_weight,
            average_attn_weights=average)

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None,
                average_attn_weights=True, is_causal=False):
        _masks.check_inputs(query, key, value, key_padding_mask, attn_mask, self.num_heads)
        if is_causal:
            _masks.check_causal_hint(attn_mask)
        batched = query.dim() == 3
        if not batched:
            query, key, value = _each(lambda t: t.unsqueeze(1), query, key, value)
            if key_padding_mask is not None:
                key_padding_mask = key_padding_mask.unsqueeze(0)
        elif self.batch_first:
            query, key, value = _each(lambda t: t.transpose(0, 1), query, key, value)
        if self.bias_k is not None or self.add_zero_attn:
            out, weights = self._by_function(query, key, value, key_padding_mask, need_weights,
                                             attn_mask, average_attn_weights)
            if not batched:
                return out.squeeze(1), None if weights is None else weights.squeeze(0)
            return out.transpose(0, 1) if self.batch_first else out, weights
        T, B, E = query.shape
        S = key.shape[0]
        if E != self.embed_dim:
            raise AssertionError(f'was expecting embedding dimension of {self.embed_dim}, but got '
                                 f'{E}')
        _masks.check_keys(key, value, self._qkv_same_embed_dim)
        q, k, v = self._project(query, key, value)
        H, D = self.num_heads, self.head_dim
        q = q.contiguous().view(T, B * H, D).transpose(0, 1)
        k = k.contiguous().view(S, B * H, D).transpose(0, 1)
        v = v.contiguous().view(S, B * H, D).transpose(0, 1)
        bias = self._mask(attn_mask, key_padding_mask, B, T, S, q.dtype)
        if need_weights or not self._can_fuse(bias, B * H * T * S):
            out, weights = self._attend(q, k, v, bias)
        else:
            out = self._fused(q, k, v, bias)
        out = self.out_proj(out.transpose(0, 1).contiguous().view(T * B, E)).view(T, B, E)
        if not batched:
            out = out.squeeze(1)
        elif self.batch_first:
            out = out.transpose(0, 1)
        if not need_weights:
            return out, None
        weights = weights.view(B, H, T, S)
        if average_attn_weights:
            weights = weights.sum(dim=1) / H
        return out, weights if batched else weights.squeeze(0)
