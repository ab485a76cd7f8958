"""What masks of attention must be, in PyTorch's words: what does not fit is refused, never added
to the scores or read as another shape.
"""
import torch
from torch.nn._base import _warn


def _expect(condition, text):
    if not condition:
        raise AssertionError(text)


def _expect_dims(query, key, value, key_padding_mask, attn_mask):
    dims = query.dim()
    if dims not in (2, 3):
        raise AssertionError('query should be unbatched 2D or batched 3D tensor but received '
                             f'{dims}-D query tensor')
    start = f'For {"batched" if dims == 3 else "unbatched"} ({dims}-D) `query`, expected '
    _expect(key.dim() == dims and value.dim() == dims,
            f'{start}`key` and `value` to be {dims}-D but found {key.dim()}-D and '
            f'{value.dim()}-D tensors respectively')
    if key_padding_mask is not None:
        _expect(key_padding_mask.dim() == dims - 1,
                f'{start}`key_padding_mask` to be `None` or {dims - 1}-D but found '
                f'{key_padding_mask.dim()}-D tensor instead')
    if attn_mask is not None:
        _expect(attn_mask.dim() in (2, 3),
                f'{start}`attn_mask` to be `None`, 2-D or 3-D but found {attn_mask.dim()}-D '
                'tensor instead')


def check_inputs(query, key, value, key_padding_mask, attn_mask, num_heads):
    """query (T, B, E) or (T, E), the others as many dims; masks (B, S) or (S), (T, S) or
    (B * heads, T, S)."""
    if key_padding_mask is not None:
        _expect(key_padding_mask.dtype == torch.bool or key_padding_mask.is_floating_point(),
                'only bool and floating types of key_padding_mask are supported')
    _expect_dims(query, key, value, key_padding_mask, attn_mask)
    if attn_mask is not None and attn_mask.dim() == 3 and query.dim() == 2:
        wanted = (num_heads, query.shape[0], key.shape[0])
        _expect(attn_mask.shape == wanted,
                f'Expected `attn_mask` shape to be {wanted} but got {attn_mask.shape}')


def check_keys(key, value, packed):
    """As many values as keys, and for one packed projection as long ones."""
    if packed:
        _expect(key.shape == value.shape,
                f'key shape {key.shape} does not match value shape {value.shape}')
    _expect(key.shape[:2] == value.shape[:2],
            f"key's sequence and batch dims {key.shape[:2]} do not match value's "
            f'{value.shape[:2]}')


def fitting_attn_mask(mask, num_heads, B, T, S):
    """mask as bool or float of shape (T, S) or (B * num_heads, T, S), else an error."""
    if mask.dtype == torch.uint8:
        _warn('Byte tensor for attn_mask in nn.MultiheadAttention is deprecated. Use bool tensor '
              'instead.')
        mask = mask.to(torch.bool)
    _expect(mask.is_floating_point() or mask.dtype == torch.bool,
            f'Only float, byte, and bool types are supported for attn_mask, not {mask.dtype}')
    wanted = (T, S) if mask.dim() == 2 else (B * num_heads, T, S)
    if mask.shape != wanted:
        raise RuntimeError(f'The shape of the {mask.dim()}D attn_mask is {mask.shape}, but should '
                           f'be {wanted}.')
    return mask


def fitting_padding_mask(mask, B, S):
    """mask of shape (B, S), else an error."""
    _expect(mask.shape == (B, S),
            f'expecting key_padding_mask shape of {(B, S)}, but got {mask.shape}')
    return mask


def check_causal_hint(mask):
    """is_causal=True says that attn_mask is the causal mask. PyTorch then takes one or the other,
    by what else is asked for; here they must agree."""
    if mask is None:
        raise RuntimeError('Need attn_mask if specifying the is_causal hint.')
    adds = mask.is_floating_point()
    shown, hidden = (mask == 0, mask <= -1e4) if adds else (mask == 0, mask != 0)
    below = torch.ones(mask.shape[-2:], dtype=torch.bool).tril()
    if not bool(torch.where(below, shown, hidden).all()):
        raise RuntimeError('is_causal=True says that attn_mask is the causal mask, but this '
                           f'attn_mask of shape {tuple(mask.shape)} is another one: leave '
                           'is_causal out')
