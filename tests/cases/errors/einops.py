### rearrange splits, joins and moves axes
import torch
from einops import rearrange
x = torch.arange(24).view(2, 3, 4)
print(torch.equal(rearrange(x, 'b t (h d) -> b h t d', h=2), x.view(2, 3, 2, 2).transpose(1, 2)))
print(torch.equal(rearrange(x, 'b ... -> ... b'), x.permute(1, 2, 0)), rearrange(x, 'b t d -> b t d 1').shape)
print(rearrange([torch.ones(2), torch.zeros(2)], 'a b -> b a'))
### reduce and repeat
import torch
from einops import reduce, repeat
x = torch.arange(6.).view(2, 3)
print(reduce(x, 'a b -> a', 'mean'), reduce(x, 'a b -> ', 'sum'), reduce(x, 'a (b w) -> a b', 'max', w=3))
print(repeat(torch.arange(2), 'n -> (n r)', r=2), repeat(torch.arange(2), 'n -> (r n)', r=2), repeat(x, 'a b -> a r b', r=2).shape)
### layers and named einsum
import torch
from einops import einsum
from einops.layers.torch import Rearrange
print(Rearrange('b (h d) -> b h d', h=2), Rearrange('b (h d) -> b h d', h=2)(torch.zeros(1, 4)).shape)
q = torch.arange(12.).view(2, 2, 3); print(einsum(q, q, 'batch i dim, batch j dim -> batch i j'))
### a pattern that does not fit
import torch
from einops import rearrange
rearrange(torch.zeros(2, 3, 4), 'b t -> t b')
### an axis that does not divide
import torch
from einops import rearrange
rearrange(torch.zeros(2, 4), 'b (h d) -> b h d', h=3)
### an axis that would be lost
import torch
from einops import rearrange
rearrange(torch.zeros(2, 4), 'b d -> b')
