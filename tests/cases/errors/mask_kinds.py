### a mask's mistakes
import qkv
for call in (lambda: qkv.mask('sink', 4), lambda: qkv.mask('xyzzyx', 4), lambda: qkv.mask('sinks', 4, stride=2),
             lambda: qkv.mask('sinks', 4, sinks=-1), lambda: qkv.mask_pairs('padding', 4), lambda: qkv.mask_options(3),
             lambda: qkv.mask_pairs('packed', 4, docs=[1]), lambda: qkv.mask_pairs('causal', 2**40)):
    try: call()
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
### pairs of a long sequence, without the mask
import qkv
print(qkv.mask_pairs('sinks', 10**6, window=1023, sinks=4), qkv.mask_pairs('causal', 131072), qkv.mask_pairs('prefix', 10**5, prefix=100))
### sinks of a kernel are the mask's
import torch, qkv
torch.manual_seed(0)
q, k, v = (torch.randn(1, 2, 70, 8) for _ in range(3))
m = qkv.mask('sinks', 70, window=9, sinks=3)
want = qkv.attention(q, k, v, mask=m, kernel='naive')
for name, _ in qkv.kernels():
    if name == 'narrow': continue
    got, stats = qkv.attention(q, k, v, causal=True, window=9, sinks=3, kernel=name, stats=True)
    print(name, torch.allclose(got, want, atol=1e-5), stats['kept'] == 2 * int(m.sum()))
qkv.attention(q, k, v, sinks=3)
### a mask's shape, where nothing imports torch
import qkv
print(qkv.mask('causal', 4).shape, len(qkv.mask('causal', 4).shape))
