### pack, unpack and EinMix
import torch
from einops import pack, unpack
from einops.layers.torch import EinMix
a, b = torch.ones(2, 3, 4, 5), torch.zeros(2, 6, 5)
t, shapes = pack([a, b], 'b * c')
print(t.shape, shapes, [x.shape for x in unpack(t, shapes, 'b * c')], torch.equal(unpack(t, shapes, 'b * c')[0], a))
print([x.shape for x in unpack(t, [(3, -1), (6,)], 'b * c')], pack([torch.ones(5), torch.ones(2, 5)], '* c')[0].shape)
m = EinMix('b t (h c) -> b h t d', weight_shape='h c d', bias_shape='h d', h=2, c=3, d=4)
x = torch.ones(1, 5, 6)
want = torch.einsum('bthc,hcd->bhtd', x.view(1, 5, 2, 3), m.weight) + m.bias
print(m, torch.allclose(m(x), want))
### pack without a star
import torch
from einops import pack
pack([torch.ones(2)], 'b c')
### unpack into shapes that do not fit
import torch
from einops import unpack
unpack(torch.ones(2, 5), [(2,), (2,)], 'b *')
