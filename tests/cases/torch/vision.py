### a vision transformer from patches
import torch
import torch.nn as nn
class PatchEmbed(nn.Module):
    def __init__(self, img_size=8, patch_size=4, in_chans=3, embed_dim=12):
        super().__init__()
        self.patch_size = patch_size
        self.n_patches = (img_size // patch_size) ** 2
        self.proj = nn.Linear(in_chans * patch_size ** 2, embed_dim)
    def forward(self, x):
        B, C, H, W = x.shape
        p = self.patch_size
        x = x.reshape(B, C, H // p, p, W // p, p).permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)
        return self.proj(x)
class Attention(nn.Module):
    def __init__(self, dim, n_heads=3, qkv_bias=True, attn_p=0., proj_p=0.):
        super().__init__()
        self.n_heads = n_heads
        self.scale = (dim // n_heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.attn_drop, self.proj_drop = nn.Dropout(attn_p), nn.Dropout(proj_p)
        self.proj = nn.Linear(dim, dim)
    def forward(self, x):
        B, N, C = x.shape
        if C != self.qkv.in_features:
            raise ValueError
        qkv = self.qkv(x).reshape(B, N, 3, self.n_heads, C // self.n_heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        attn = (q @ k.transpose(-2, -1)) * self.scale
        attn = self.attn_drop(attn.softmax(dim=-1))
        x = (attn @ v).transpose(1, 2).reshape(B, N, C)
        return self.proj_drop(self.proj(x))
class Block(nn.Module):
    def __init__(self, dim, mlp_ratio=2.0):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attn = Attention(dim)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(dim, int(dim * mlp_ratio)), nn.GELU(), nn.Linear(int(dim * mlp_ratio), dim))
    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))
class ViT(nn.Module):
    def __init__(self, depth=2, n_classes=5, dim=12):
        super().__init__()
        self.patch_embed = PatchEmbed(embed_dim=dim)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + self.patch_embed.n_patches, dim))
        nn.init.trunc_normal_(self.pos_embed, std=.02)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(dim), nn.Linear(dim, n_classes)
    def forward(self, x):
        x = self.patch_embed(x)
        cls_token = self.cls_token.expand(x.shape[0], -1, -1)
        x = torch.cat((cls_token, x), dim=1) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])
torch.manual_seed(0)
vit = ViT()
img = torch.rand(2, 3, 8, 8)
logits = vit(img)
print(logits)
print(vit.pos_embed[0, 0], sum(p.numel() for p in vit.parameters() if p.requires_grad))
opt = torch.optim.SGD(vit.parameters(), lr=0.1, momentum=0.9)
for step in range(4):
    loss = nn.functional.cross_entropy(vit(img), torch.tensor([1, 3]))
    opt.zero_grad(); loss.backward(); opt.step()
    print(step, loss.item())
print(vit)
### windows, shifts and the relative position index
import torch, torch.nn as nn
def window_partition(x, window_size):
    B, H, W, C = x.shape
    x = x.view(B, H // window_size, window_size, W // window_size, window_size, C)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, window_size, window_size, C)
def window_reverse(windows, window_size, H, W):
    B = int(windows.shape[0] / (H * W / window_size / window_size))
    x = windows.view(B, H // window_size, W // window_size, window_size, window_size, -1)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(B, H, W, -1)
x = torch.arange(32.).view(1, 4, 4, 2)
w = window_partition(x, 2)
print(w.shape, w[1, :, :, 0], torch.equal(window_reverse(w, 2, 4, 4), x))
shifted = torch.roll(x, shifts=(-1, -1), dims=(1, 2))
print(shifted[0, :, :, 0])
coords = torch.stack(torch.meshgrid([torch.arange(2), torch.arange(3)], indexing='ij'))
coords_flatten = torch.flatten(coords, 1)
rel = coords_flatten[:, :, None] - coords_flatten[:, None, :]
rel = rel.permute(1, 2, 0).contiguous()
rel[:, :, 0] += 1
rel[:, :, 1] += 2
rel[:, :, 0] *= 5
index = rel.sum(-1)
print(index, index.dtype)
img_mask = torch.zeros((1, 4, 4, 1))
cnt = 0
for h in (slice(0, -2), slice(-2, -1), slice(-1, None)):
    for ws in (slice(0, -2), slice(-2, -1), slice(-1, None)):
        img_mask[:, h, ws, :] = cnt
        cnt += 1
mask_windows = window_partition(img_mask, 2).view(-1, 4)
attn_mask = mask_windows.unsqueeze(1) - mask_windows.unsqueeze(2)
attn_mask = attn_mask.masked_fill(attn_mask != 0, float(-100.0)).masked_fill(attn_mask == 0, float(0.0))
print(img_mask.squeeze(), attn_mask[3], attn_mask.shape, sep='\n')
### non-local attention and squeeze-and-excitation on maps
import torch, torch.nn as nn
torch.manual_seed(0)
x = torch.randn(2, 4, 3, 3)
theta, phi, g = nn.Linear(4, 2), nn.Linear(4, 2), nn.Linear(4, 4)
flat = x.flatten(2).transpose(1, 2)
att = torch.bmm(theta(flat), phi(flat).transpose(1, 2)).softmax(dim=-1)
gamma = nn.Parameter(torch.zeros(1))
out = gamma * torch.bmm(att, g(flat)).transpose(1, 2).reshape_as(x) + x
print(out.shape, torch.equal(out, x), att[0, 0])
pooled = x.mean((2, 3))
print(pooled, x.amax(dim=(-2, -1)))
se = torch.sigmoid(nn.Linear(2, 4)(torch.relu(nn.Linear(4, 2)(pooled))))
print(se, (x * se[:, :, None, None]).mean())
out.sum().backward()
print(gamma.grad, theta.weight.grad)
### 2-d sine positions and masks of patches
import math, torch
def sincos_2d(h, w, dim, temperature=10000.):
    gy, gx = torch.meshgrid(torch.arange(h, dtype=torch.float32), torch.arange(w, dtype=torch.float32), indexing='ij')
    assert dim % 4 == 0, 'Embed dimension must be divisible by 4'
    pos_dim = dim // 4
    omega = 1. / (temperature ** (torch.arange(pos_dim, dtype=torch.float32) / pos_dim))
    out_w = torch.einsum('m,d->md', [gx.flatten(), omega])
    out_h = torch.einsum('m,d->md', [gy.flatten(), omega])
    return torch.cat([out_w.sin(), out_w.cos(), out_h.sin(), out_h.cos()], dim=1)
pe = sincos_2d(2, 3, 8)
print(pe)
torch.manual_seed(0)
N, L, D, keep = 2, 6, 3, 2
x = torch.randn(N, L, D)
noise = torch.rand(N, L)
ids_shuffle = torch.argsort(noise, dim=1)
ids_restore = torch.argsort(ids_shuffle, dim=1)
ids_keep = ids_shuffle[:, :keep]
x_masked = torch.gather(x, dim=1, index=ids_keep.unsqueeze(-1).repeat(1, 1, D))
mask = torch.ones([N, L])
mask[:, :keep] = 0
mask = torch.gather(mask, dim=1, index=ids_restore)
print(ids_shuffle, mask, x_masked, sep='\n')
