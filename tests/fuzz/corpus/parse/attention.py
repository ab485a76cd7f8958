import torch
import torch.nn.functional as F

class Attention(nn.Module):
    """Multi-head attention."""

    def __init__(self, d, h=8, *, bias=True):
        super().__init__()
        self.qkv = nn.Linear(d, 3 * d, bias=bias)
        self.scale = (d // h) ** -0.5

    def forward(self, x, mask=None):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        a = q @ k.transpose(-2, -1) * self.scale
        if mask is not None:
            a = a.masked_fill(mask == 0, float('-inf'))
        return F.softmax(a, -1) @ v
