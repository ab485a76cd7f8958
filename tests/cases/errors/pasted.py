### einsum attention mismatch
# two ways to weight the values; the heads must be merged from (b, s, h, d), not from (b, h, s, d)
import torch
torch.manual_seed(0)
b, s, h, d = 2, 2, 2, 2
q, k, v = (torch.randn((b, s, h, d)) for _ in range(3))
classic = torch.softmax(q.permute(0, 2, 1, 3) @ k.permute(0, 2, 3, 1) / (d ** (1/2)), dim=3)
einstein = torch.softmax(torch.einsum("bqhd,bkhd->bhqk", q, k) / (d ** (1/2)), dim=3)
print(torch.allclose(classic, einstein))
ctx = torch.matmul(classic, v.permute(0, 2, 1, 3))
e = torch.einsum("bhql,blhd->bqhd", einstein, v).reshape(b, s, h * d)
print(torch.allclose(ctx.reshape(b, s, h * d), e), torch.allclose(ctx.transpose(1, 2).reshape(b, s, h * d), e))
print(e)
assert torch.all(ctx.reshape(b, s, h * d) == e), "Attention doesn't match"
