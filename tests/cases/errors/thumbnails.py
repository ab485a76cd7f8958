### what thumbnails do not take
import torch
m = torch.ones(2, 2).bool()
w = torch.eye(2)
calls = [lambda: qkv.thumbnails(w), lambda: qkv.thumbnails([w]), lambda: qkv.thumbnails([('a', w, 1)]),
         lambda: qkv.thumbnails([('a', 3)]), lambda: qkv.thumbnails([(1, w)]), lambda: qkv.thumbnails(3),
         lambda: qkv.thumbnails({'a': w}, kind='nope'), lambda: qkv.thumbnails({'a': w}, across=0),
         lambda: qkv.thumbnails({'a': w}, across='2'), lambda: qkv.thumbnails({'a': w}, across=True),
         lambda: qkv.thumbnails({'a': w}, note=['x', 'y']), lambda: qkv.thumbnails({'a': w}, note=3),
         lambda: qkv.thumbnails({'a': w}, scale='shared'), lambda: qkv.thumbnails({'a': w}, scale=-1, kind='weights'),
         lambda: qkv.thumbnails({'a': w}, scale=1), lambda: qkv.thumbnails({'a': w}, mask=torch.ones(3).bool()),
         lambda: qkv.thumbnails({'a': w.to(torch.complex64)}), lambda: qkv.thumbnails({'a': w}, mask='m')]
for call in calls:
    try:
        call()
        print('took it')
    except (TypeError, ValueError) as e:
        print(e)
### scale and heads of show
import torch
x = torch.rand(2, 3, 3)
for kw in {'scale': 0}, {'scale': float('nan')}, {'scale': 'own'}, {'scale': 1}, {'scale': 1, 'kind': 'mask'}, {'heads': 'few'}, {'heads': 3}:
    for f in qkv.show, qkv.heat:
        try:
            f(x, **kw)
        except (TypeError, ValueError) as e:
            print(e)
### what thumbnails take
import torch
m = qkv.mask('causal', 4)
qkv.thumbnails({'a': m, 'b': ~m}, 'masks', 'of two kinds', kind='mask', row_axis='queries', col_axis='keys')
qkv.thumbnails([('a', m), ('b', ~m)], note={'b': 'the rest'}, across=1, kind='mask')
qkv.thumbnails(torch.stack([m, m.float() * 0.5 != 0]).float(), kind='weights', scale=1, note=lambda x: f'sum {x.sum():.0f}')
qkv.thumbnails(torch.stack([m * 0.25, m * 0.75]), 'each', kind='weights', scale='own', mask=m, note='')
qkv.thumbnails([])
qkv.show(torch.stack([m * 0.25, m * 0.75]), kind='weights', heads='small', lead=['head'])
