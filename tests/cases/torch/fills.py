### numbers that do not fit a dtype, by every way in
import torch
dtypes = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16,
          torch.bfloat16, torch.float32, torch.float64]
values = [3e9, 300, -1, -300, 70000, -1e9, 1e39, 2147483648, 1e300, float('inf'), 65504., 65519.,
          3.5e38, 0.7, -0.7, True]
mask, at = torch.tensor([True, False]), torch.tensor([0])
def put(t, key, v):
    t[key] = v
    return t
ways = {
    'fill_': lambda t, v: t.fill_(v),
    'fill_ by a tensor': lambda t, v: t.fill_(torch.tensor(v)),
    'masked_fill': lambda t, v: t.masked_fill(mask, v),
    'masked_fill_': lambda t, v: t.masked_fill_(mask, v),
    'masked_fill by a tensor': lambda t, v: t.masked_fill(mask, torch.tensor(v)),
    'full': lambda t, v: torch.full((2,), v, dtype=t.dtype),
    'full_like': lambda t, v: torch.full_like(t, v),
    'new_full': lambda t, v: t.new_full((2,), v),
    't[0]': lambda t, v: put(t, 0, v),
    't[:]': lambda t, v: put(t, slice(None), v),
    't[mask]': lambda t, v: put(t, mask, v),
    't[index]': lambda t, v: put(t, at, v),
    'where': lambda t, v: torch.where(mask, t, v),
    'tensor': lambda t, v: torch.tensor([v, v], dtype=t.dtype),
    'as_tensor': lambda t, v: torch.as_tensor(v, dtype=t.dtype),
    'new_tensor': lambda t, v: t.new_tensor([v]),
    'index_fill': lambda t, v: t.index_fill(0, at, v),
    'scatter': lambda t, v: t.scatter(0, at, v),
    'scatter_': lambda t, v: t.scatter_(0, at, v),
    'fill_diagonal_': lambda t, v: t.view(2, 1).repeat(1, 2).fill_diagonal_(v),
    'pad': lambda t, v: torch.nn.functional.pad(t, (1, 0), value=v),
    'add': lambda t, v: t + v,
    'mul': lambda t, v: t * v,
}
for name, way in ways.items():
    for dtype in dtypes:
        took, refused = [], set()
        for v in values:
            if name in ('tensor', 'as_tensor', 'new_tensor') and dtype == torch.uint8 and v == -0.7:
                continue
            try:
                r = way(torch.tensor([0, 1]).to(dtype), v)
                took.append(r.flatten()[0].item() if r.dtype == dtype else r.dtype)
            except Exception as e:
                took.append('!')
                refused.add(f'{type(e).__name__} {e}')
        print(name, dtype, *took, *sorted(refused))
### bounds and scales that do not fit
import torch, torch.nn.functional as F
for dtype, v in ((torch.float32, 1e39), (torch.bfloat16, 1e39), (torch.int8, 300), (torch.int16, 70000), (torch.uint8, 300)):
    t = torch.tensor([0, 1]).to(dtype)
    for f in (lambda: t.clamp(min=v), lambda: t.clamp(max=v), lambda: t.clamp(-v, v), lambda: t.clamp_min(v),
              lambda: t.clamp_(max=v), lambda: torch.add(t, t, alpha=v), lambda: torch.sub(t, t, alpha=v), lambda: t ** v):
        try:
            print(f())
        except RuntimeError as e:
            print(e)
x = torch.zeros(2)
for f in (lambda: torch.addcmul(x, x, x, value=1e39), lambda: torch.addcdiv(x, x, x, value=1e39), lambda: x.lerp(x, 1e39),
          lambda: F.hardtanh(x, -1e39, 1), lambda: F.threshold(x, 0, 1e39), lambda: torch.arange(1e39, 2e39, 1e39, dtype=torch.float16),
          lambda: torch.arange(1e19, 2e19, 1e19, dtype=torch.int32), lambda: torch.linspace(0, 300, 2, dtype=torch.int8)):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
### the alpha of integers
import torch
i, b = torch.ones(2, dtype=torch.int64), torch.ones(2, dtype=torch.bool)
for f in (lambda: torch.add(i, 1, alpha=.5), lambda: i.add(i, alpha=2), lambda: i.sub(i, alpha=.5), lambda: i.sub_(i, alpha=1.),
          lambda: torch.add(i, 1.5, alpha=.5), lambda: torch.add(i, 1, alpha=True), lambda: torch.add(b, b, alpha=True)):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
### complex numbers in real tensors
import torch
x = torch.zeros(3)
for dtype in torch.float32, torch.float64, torch.float16, torch.int64, torch.uint8, torch.bool, torch.complex64:
    for v in 1j, [1j], [[2 + 0j, 1]]:
        try:
            print(torch.tensor(v, dtype=dtype))
        except TypeError as e:
            print(e)
for f in (lambda: x.fill_(1j), lambda: torch.full((2,), 1j, dtype=torch.float32), lambda: x.masked_fill(x > 0, 1j)):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
