"""What is kept of the tokens that a model has read: how much it is, and what may be done to it."""

import torch


def kept_numbers(layers, heads, groups, size, tokens):
    """Numbers cached for one sequence, by kind of attention: a dict of name -> (formula, count).
    MLA's sizes are DeepSeek-V2's: 4 heads' worth of latent and half a head of rotated key."""
    one = 2 * groups * size                                   # a token of one layer
    full, window = -(-layers // 6), min(tokens, 1024)         # every sixth layer sees all
    mixed = one * (full * tokens + (layers - full) * window)
    quarter = -(-layers // 4)
    states = (layers - quarter) * heads * size * size
    return {
        'MHA': ('2 H D', 2 * heads * size * layers * tokens),
        f'GQA, {groups} of {heads}': ('2 G D', one * layers * tokens),
        'MQA': ('2 D', 2 * size * layers * tokens),
        'MLA': ('4½ D', (4 * size + size // 2) * layers * tokens),
        'GQA, window 4096': ('2 G D, last 4096', one * layers * min(tokens, 4096)),
        'GQA, 5 windows : 1 full': ('2 G D, last 1024', mixed),
        'GQA, 3 linear : 1 full': ('H D² a linear layer', one * quarter * tokens + states)}


def quantised(x, bits, dim):
    """x rounded to 2**bits steps between the least and the greatest along dim."""
    low, high = x.amin(dim, keepdim=True), x.amax(dim, keepdim=True)
    step = ((high - low) / (2 ** bits - 1)).clamp(min=1e-12)
    return ((x - low) / step).round() * step + low


def pages(lengths, size):
    """Tokens for which pages of `size` stand reserved, when each sequence takes them as it grows."""
    return sum(-(-n // size) * size for n in lengths)


def merged(parts):
    """(out, lse) of attention over separate keys -> that over all of them: each output weighs what
    its share of the sum is. It is what ring attention does as keys come by."""
    outs, sums = zip(*parts)
    share = torch.softmax(torch.stack(sums), dim=0)
    return (torch.stack(outs) * share[..., None]).sum(0)
