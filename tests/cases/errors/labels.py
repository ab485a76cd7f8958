### labels that do not fit
import torch
w = torch.eye(3)[:, :2]
for f in qkv.show, qkv.heat:
    for kw in {'rows': 'a b'}, {'rows': 'a b c d'}, {'cols': ['x']}, {'cols': range(5)}, {'rows': []}, {'lead': ['head']}, {'mask': torch.ones(2, 3).bool()}:
        try:
            f(w, 'w', **kw)
        except ValueError as e:
            print(e)
for f in (lambda: qkv.show(torch.ones(3), rows='a b'), lambda: qkv.show(torch.ones(3), cols='a b'), lambda: qkv.show(torch.tensor(1.), cols='a b'),
          lambda: qkv.show(torch.ones(2, 1, 1, 1), lead='a b c'),
          lambda: qkv.bars(['a'], [1, 2]), lambda: qkv.table([[1], [1, 2]]), lambda: qkv.table([[1]], head=['a', 'b']),
          lambda: qkv.table([[1, 2]], head=['a']), lambda: qkv.plot([1, 2], x=[1]), lambda: qkv.plot({'y': [1, 2, 3]}, x=[1, 2])):
    try:
        f()
    except ValueError as e:
        print(e)
### labels that fit
import torch
qkv.show(torch.eye(2), rows='a b', cols=['x', 'y'])
qkv.show(torch.ones(2), cols='x y')
qkv.show(torch.ones(2, 1, 1), rows='a', lead='head')
### einops brackets around the dots
import torch
from einops import rearrange, reduce, repeat, parse_shape
x = torch.arange(24.).view(2, 3, 4)
print(rearrange(x, 'b ... -> b (...)').shape, rearrange(x, '... c -> (...) c').shape, rearrange(x, '... -> (...)').shape)
print(rearrange(x, 'b ... -> (... b)').shape, rearrange(x, 'b ... (h d) -> (b h) ... d', h=2).shape)
print(reduce(x, 'b ... -> b', 'sum'), repeat(x, 'b ... -> (b r) (...)', r=2).shape)
print(torch.equal(rearrange(x, 'b ... -> b (...)'), x.flatten(1)), rearrange(torch.ones(2), 'b ... -> b (...)').shape)
for f in (lambda: rearrange(x, '(...) -> ...'), lambda: rearrange(x, '(b ...) -> b ...', b=2), lambda: parse_shape(x, 'a b')):
    try:
        print(f())
    except RuntimeError as e:
        print(type(e).__name__, e)
