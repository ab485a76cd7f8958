### conv1d and conv2d
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(2, 3, 7); w = torch.randn(4, 3, 3); b = torch.randn(4)
print(F.conv1d(x, w, b)); print(F.conv1d(x, w, stride=2, padding=1).shape, F.conv1d(x, w, b, dilation=2)[0, 0], F.conv1d(x, torch.randn(6, 1, 2), groups=3).shape, F.conv1d(x, w, padding='same').shape, F.conv1d(x[0], w, b).shape)
y = torch.randn(1, 2, 5, 5); k = torch.randn(3, 2, 3, 3)
print(F.conv2d(y, k)); print(F.conv2d(y, k, padding=1, stride=2)[0, 1]); print(F.conv2d(y, k, padding=(0, 1), dilation=(1, 2)).shape)
### gradients of convolutions
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(1)
x = torch.randn(1, 2, 6, requires_grad=True); w = torch.randn(2, 2, 3, requires_grad=True); b = torch.zeros(2, requires_grad=True)
y = F.conv1d(x, w, b, padding=1, stride=2); print(y); y.pow(2).sum().backward(); print(x.grad, w.grad, b.grad, sep='\n')
i = torch.randn(1, 1, 4, 4, requires_grad=True); k = torch.randn(2, 1, 2, 2, requires_grad=True); z = F.conv2d(i, k); print(z.grad_fn.name()); z.sin().sum().backward(); print(i.grad, k.grad, sep='\n')
### layers and their text
import torch, torch.nn as nn
torch.manual_seed(0)
c = nn.Conv1d(2, 3, 3, padding=1); print(c, c.weight, c.bias, sep='\n')
d = nn.Conv2d(3, 8, kernel_size=(2, 4), stride=2, bias=False); print(d, d.weight.shape, [n for n, p in d.named_parameters()])
print(nn.Conv2d(4, 4, 3, padding='same', groups=2, dilation=2)); print(nn.MaxPool2d(2), nn.AvgPool1d(3, stride=1), nn.AvgPool2d(2), nn.Unfold(2), nn.MaxPool1d(2, padding=1), sep='\n')
net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8, 2)); print(net(torch.ones(1, 1, 6, 6)))
### pools and windows
import torch, torch.nn.functional as F
x = torch.arange(16.).reshape(1, 1, 4, 4); x.requires_grad_()
print(F.max_pool2d(x, 2), F.avg_pool2d(x, 2), F.max_pool2d(x, 3, stride=1), F.avg_pool2d(x, 3, stride=2, padding=1), F.unfold(x, 2).shape, F.unfold(x, (2, 2), stride=2), sep='\n')
F.max_pool2d(x, 3, stride=1).sum().backward(); print(x.grad); x.grad = None; F.avg_pool2d(x, 2, stride=1).pow(2).sum().backward(); print(x.grad)
s = torch.tensor([[[1., 5., 2., 8., 3.]]]); print(F.max_pool1d(s, 2), F.avg_pool1d(s, 3, 1), F.max_pool1d(s, 3, 1, 1), F.avg_pool1d(s[0], 2), F.avg_pool1d(s, 3, 1, 1, count_include_pad=False))
### patch embedding of a vision transformer
import torch, torch.nn as nn
class PatchEmbed(nn.Module):
    def __init__(self, img_size=8, patch_size=4, in_chans=3, embed_dim=6):
        super().__init__()
        self.n_patches = (img_size // patch_size) ** 2
        self.proj = nn.Conv2d(in_chans, embed_dim, kernel_size=patch_size, stride=patch_size)
    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)
torch.manual_seed(3)
pe = PatchEmbed(); x = torch.randn(2, 3, 8, 8); out = pe(x); print(pe); print(out.shape, out[0]); out.mean().backward(); print(pe.proj.weight.grad[0, 0])
cls = torch.zeros(1, 1, 6).expand(2, -1, -1); print(torch.cat([cls, out], dim=1).shape)
lin = nn.functional.unfold(x, 4, stride=4).transpose(1, 2) @ pe.proj.weight.view(6, -1).t() + pe.proj.bias; print(torch.allclose(lin, out, atol=1e-5))
### causal convolution with a gate
import torch, torch.nn as nn, torch.nn.functional as F
class Block(nn.Module):
    def __init__(self, d, k):
        super().__init__(); self.k = k; self.conv = nn.Conv1d(d, 2 * d, k)
    def forward(self, x):
        h = F.pad(x.transpose(1, 2), (self.k - 1, 0)); h = F.glu(self.conv(h), dim=1).transpose(1, 2)
        return (h + x) * 0.5 ** 0.5
torch.manual_seed(0)
m = nn.Sequential(Block(4, 3), Block(4, 3)); x = torch.randn(1, 5, 4, requires_grad=True); y = m(x); print(y); y[0, 2].sum().backward(); print(x.grad[0].abs().sum(-1) > 0)
### errors of convolutions
import torch, torch.nn.functional as F
def t(f):
    try: f()
    except RuntimeError as e: print(e)
t(lambda: F.conv1d(torch.ones(1, 2, 5), torch.ones(3, 4, 2))); t(lambda: F.conv2d(torch.ones(2, 2), torch.ones(1, 1, 2, 2))); t(lambda: F.conv2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 3, 3))); t(lambda: F.conv1d(torch.ones(1, 1, 2), torch.ones(1, 1, 3)))
