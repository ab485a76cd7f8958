### the choice of a backend changes no number (PyTorch 2.3)
import torch, torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel
torch.manual_seed(0)
q, k, v = torch.randn(3, 1, 2, 4, 8)
plain = F.scaled_dot_product_attention(q, k, v)
for b in (SDPBackend.MATH, SDPBackend.FLASH_ATTENTION, [SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH]):
    with sdpa_kernel(b):
        print(torch.equal(plain, F.scaled_dot_product_attention(q, k, v)))
print(SDPBackend.MATH)
### no backend
from torch.nn.attention import sdpa_kernel
with sdpa_kernel('math'): pass
### attention by the book: groups, scale, causal (PyTorch 2.5)
import torch, torch.nn.functional as F
torch.manual_seed(0)
q, k, v = torch.randn(1, 4, 3, 8), torch.randn(1, 2, 5, 8), torch.randn(1, 2, 5, 6)
def book(q, k, v, mask=None, scale=None):
    s = q @ k.transpose(-2, -1) * (q.size(-1) ** -.5 if scale is None else scale)
    if mask is not None: s = s.masked_fill(~mask, float('-inf')) if mask.dtype == torch.bool else s + mask
    return s.softmax(-1) @ v
wide = lambda t: t.repeat_interleave(2, -3)
attend = F.scaled_dot_product_attention
same = lambda a, b: torch.allclose(a, b, atol=1e-6)
print(same(attend(q, k, v, enable_gqa=True), book(q, wide(k), wide(v))), same(attend(q, wide(k), wide(v), scale=.3), book(q, wide(k), wide(v), scale=.3)))
print(same(attend(q, wide(k), wide(v), is_causal=True), book(q, wide(k), wide(v), torch.ones(3, 5).tril().bool())))
bias = torch.randn(3, 5)
print(same(attend(q, wide(k), wide(v), bias), book(q, wide(k), wide(v), bias)), same(attend(q, wide(k), wide(v), bias > 0), book(q, wide(k), wide(v), bias > 0)))
d = attend(q, wide(k), torch.eye(5).expand(1, 4, 5, 5), dropout_p=.5)
w = attend(q, wide(k), torch.eye(5).expand(1, 4, 5, 5))
print(all(abs(a) < 1e-7 or abs(a - 2 * b) < 1e-5 for a, b in zip(d.flatten().tolist(), w.flatten().tolist())), (d == 0).any())
### heads that do not divide
import torch, torch.nn.functional as F
F.scaled_dot_product_attention(torch.ones(1, 3, 2, 2), torch.ones(1, 2, 2, 2), torch.ones(1, 2, 2, 2), enable_gqa=True)
### a mask and is_causal
import torch, torch.nn.functional as F
q = torch.ones(1, 1, 2, 2)
F.scaled_dot_product_attention(q, q, q, torch.ones(2, 2).bool(), is_causal=True)
### root mean square (PyTorch 2.4)
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
x, w = torch.randn(2, 3, 4), torch.rand(3, 4)
for eps in (None, 1e-3):
    e = torch.finfo(x.dtype).eps if eps is None else eps
    print(torch.allclose(F.rms_norm(x, (3, 4), w, eps), x * (x.pow(2).mean((1, 2), keepdim=True) + e).rsqrt() * w, atol=1e-6))
m = nn.RMSNorm(4)
print(m, nn.RMSNorm([3, 4], eps=1e-5, elementwise_affine=False), [n for n, _ in m.named_parameters()], m(x.double().to(torch.float32)).dtype)
### a shape that does not fit
import torch, torch.nn.functional as F
F.rms_norm(torch.ones(2, 3), (2,))
