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
### every drawing function says its own name
import torch
x = torch.eye(2)
matrix = [lambda f: f('text'), lambda f: f(x, kind='nope'), lambda f: f(x, rows=3), lambda f: f(x, decimals=99), lambda f: f(x, decimals='x'),
          lambda f: f(x, mask=3), lambda f: f(x, mask=torch.ones(3).bool()), lambda f: f(x, lead=['a'])]
wrong = {'show': matrix, 'heat': matrix,
         'plot': [lambda f: f('text'), lambda f: f([1, 'a']), lambda f: f([1], x=[1, 2]), lambda f: f({'a': 3}), lambda f: f([1], height=2),
                  lambda f: f([1], height=101), lambda f: f([1], height='x')],
         'bars': [lambda f: f(3, [1]), lambda f: f(['a'], [1, 2]), lambda f: f(['a'], 'x'), lambda f: f(['a'], [1], max='x')],
         'table': [lambda f: f(3), lambda f: f(['ab']), lambda f: f([[1], [2, 3]]), lambda f: f([]), lambda f: f([[1]], head=3)],
         'note': [lambda f: f('x', kind='nope'), lambda f: f('x', kind=3)]}
for name, calls in wrong.items():
    for call in calls:
        try:
            call(getattr(qkv, name))
            print(name, 'took it')
        except (TypeError, ValueError) as e:
            if not str(e).startswith(f'qkv.{name}: '):
                print(name, 'says', e)
try:
    qkv.heat(x, kind='nope')
except ValueError as e:
    print(e)
### a plot has as many rows as it is told
qkv.plot([1, 4, 9], title='three rows', height=3)
try:
    qkv.plot([1], height=2)
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
