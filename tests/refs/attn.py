"""Writes attn.txt: attention by the formula in float64, with inputs that the C test draws itself.

Run with an interpreter that has PyTorch 1.13:  python3 attn.py > attn.txt
    case SEED B H G T S D Dv CAUSAL ALIGN MASK SCALE : OUTPUT... : LSE...
q, k, v are torch.randn in this order after manual_seed(SEED), then for MASK 2 a (T, S) bias;
MASK 1 hides (i * 7 + j * 5) % 3 == 0; ALIGN 1 is bottom-right; SCALE 0 is 1/sqrt(D). Rows without
a key give 0 and -inf.
"""
import math

import torch


def case(seed, B, H, G, T, S, D, Dv, causal=0, align=0, mask=0, scale=0.0):
    torch.manual_seed(seed)
    q = torch.randn(B, H, T, D, dtype=torch.float64)
    k = torch.randn(B, G, S, D, dtype=torch.float64)
    v = torch.randn(B, G, S, Dv, dtype=torch.float64)
    k, v = (x.repeat_interleave(H // G, dim=1) for x in (k, v))
    s = q @ k.transpose(-2, -1) * (scale or 1 / math.sqrt(D))
    i, j = torch.arange(T).view(-1, 1), torch.arange(S).view(1, -1)
    if mask == 1:
        s = s.masked_fill((i * 7 + j * 5) % 3 == 0, float("-inf"))
    if mask == 2:
        s = s + torch.randn(T, S, dtype=torch.float64)
    if causal:
        s = s.masked_fill(j > i + (S - T if align else 0), float("-inf"))
    out = torch.nan_to_num(torch.softmax(s, -1)) @ v
    lse = torch.logsumexp(s, -1)
    print("case", seed, B, H, G, T, S, D, Dv, causal, align, mask, scale, ":",
          *("%.17g" % x for x in out.flatten().tolist()), ":",
          *("%.17g" % x for x in lse.flatten().tolist()))


case(1, 1, 1, 1, 6, 6, 8, 8)
case(2, 1, 1, 1, 6, 6, 8, 8, causal=1)
case(3, 2, 4, 2, 5, 5, 4, 3, causal=1)
case(4, 2, 4, 1, 3, 7, 4, 4, causal=1)
case(5, 2, 4, 4, 3, 7, 4, 4, causal=1, align=1)
case(6, 1, 2, 1, 7, 3, 4, 4, causal=1, align=1)
case(7, 1, 2, 2, 1, 9, 8, 8)
case(8, 1, 2, 2, 5, 4, 8, 8, mask=1)
case(9, 1, 2, 2, 5, 4, 8, 8, mask=1, causal=1)
case(10, 2, 3, 1, 5, 4, 8, 2, mask=2, causal=1)
case(11, 1, 1, 1, 4, 4, 16, 16, scale=1.0)
case(12, 1, 1, 1, 4, 4, 16, 16, scale=30.0)
case(13, 1, 1, 1, 1, 1, 1, 1)
