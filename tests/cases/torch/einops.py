### ViT attention with rearrange
import torch
from torch import nn, einsum
from einops import rearrange, repeat

class Attention(nn.Module):
    def __init__(self, dim, heads=2, dim_head=4, dropout=0.):
        super().__init__()
        inner_dim = dim_head * heads
        project_out = not (heads == 1 and dim_head == dim)
        self.heads = heads
        self.scale = dim_head ** -0.5
        self.attend = nn.Softmax(dim=-1)
        self.to_qkv = nn.Linear(dim, inner_dim * 3, bias=False)
        self.to_out = nn.Sequential(nn.Linear(inner_dim, dim), nn.Dropout(dropout)) if project_out else nn.Identity()

    def forward(self, x):
        b, n, _, h = *x.shape, self.heads
        qkv = self.to_qkv(x).chunk(3, dim=-1)
        q, k, v = map(lambda t: rearrange(t, 'b n (h d) -> b h n d', h=h), qkv)
        dots = einsum('b h i d, b h j d -> b h i j', q, k) * self.scale
        attn = self.attend(dots)
        out = einsum('b h i j, b h j d -> b h i d', attn, v)
        out = rearrange(out, 'b h n d -> b n (h d)')
        return self.to_out(out)

torch.manual_seed(0)
attn = Attention(6)
print(attn)
img = torch.randn(2, 3, 4, 4)
x = rearrange(img, 'b c (h p1) (w p2) -> b (h w) (p1 p2 c)', p1=2, p2=2)
print(x.shape, x[0, 1])
cls = repeat(torch.arange(12.).view(1, 1, 12), '() n d -> b n d', b=2)
print(torch.cat((cls, x), dim=1).shape)
y = attn(x[..., :6])
print(y.shape, y[1])
y.square().sum().backward()
print(attn.to_qkv.weight.grad.norm().item())
### rearrange, repeat and reduce on small tensors
import torch
from einops import rearrange, reduce, repeat
x = torch.arange(24.).reshape(2, 3, 4)
print(rearrange(x, 'b n d -> n b d').shape, rearrange(x, 'b n d -> (b n) d')[4])
print(rearrange(x, 'b n (h d) -> b h n d', h=2)[1])
print(reduce(x, 'b n d -> b d', 'mean'), reduce(x, 'b n d -> n', 'sum'), reduce(x, 'b n d -> b', 'max'))
print(repeat(torch.tensor([1, 2]), 'n -> n k', k=3), repeat(torch.tensor([1, 2]), 'n -> (k n)', k=2), repeat(torch.tensor([1, 2]), 'n -> (n k)', k=2))
print(rearrange(x, '... d -> d ...').shape, rearrange(x, '... (r c) -> ... r c', c=2).shape)
print(reduce(torch.arange(16.).view(1, 1, 4, 4), 'b c (h k1) (w k2) -> b c h w', 'max', k1=2, k2=2))
t = rearrange(x, 'b n d -> b d n')
print(t.is_contiguous(), t.stride(), torch.equal(t, x.transpose(1, 2)))
print(torch.einsum('b n d, b m d -> b n m', x, x)[0])
### multi-query attention with a mask and a causal product
import torch
from torch import einsum, nn
from einops import rearrange, repeat
torch.manual_seed(1)
b, n, h, d = 1, 4, 3, 4
x = torch.randn(b, n, h * d)
to_q, to_kv = nn.Linear(h * d, h * d, bias=False), nn.Linear(h * d, 2 * d, bias=False)
q, (k, v) = to_q(x), to_kv(x).chunk(2, dim=-1)
q = rearrange(q, 'b n (h d) -> b h n d', h=h) * d ** -0.5
sim = einsum('b h i d, b j d -> b h i j', q, k)
mask = torch.tensor([[True, True, True, False]])
key_mask = rearrange(mask, 'b j -> b 1 1 j')
causal = torch.ones((n, n), dtype=torch.bool).triu(1)
sim = sim.masked_fill(~key_mask, -torch.finfo(sim.dtype).max).masked_fill(causal, -torch.finfo(sim.dtype).max)
sim = sim - sim.amax(dim=-1, keepdim=True).detach()
attn = sim.softmax(dim=-1)
out = rearrange(einsum('b h i j, b j d -> b h i d', attn, v), 'b h n d -> b n (h d)')
print(attn[0, 0], out.shape, out[0, -1], sep='\n')
print(repeat(k, 'b n d -> b (n r) d', r=2)[0, :3])
