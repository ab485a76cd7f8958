### weight_norm
import torch
import torch.nn as nn
from torch.nn.utils import weight_norm, remove_weight_norm
torch.manual_seed(0)
m = weight_norm(nn.Linear(3, 2))
print(m, list(m.state_dict()), [n for n, _ in m.named_parameters()], m.weight_g, m.weight_v, m.weight.detach())
x = torch.randn(4, 3)
y = m(x); y.sum().backward(); print(y.detach(), m.weight_g.grad, m.weight_v.grad, m.bias.grad)
opt = torch.optim.SGD(m.parameters(), lr=.5); opt.step(); print(m(x).detach())
remove_weight_norm(m); print(list(m.state_dict()), type(m.weight).__name__, m(x).detach())
c = weight_norm(nn.Conv1d(2, 3, 2), dim=None); print(c.weight_g, c(torch.ones(1, 2, 4)).detach())
d = weight_norm(nn.Linear(3, 2), dim=1); print(d.weight_g.shape)
for f in (lambda: weight_norm(weight_norm(nn.Linear(2, 2))), lambda: remove_weight_norm(nn.Linear(2, 2))):
    try: f()
    except Exception as e: print(type(e).__name__, e)
s = weight_norm(nn.Linear(3, 2)); s.load_state_dict(d.state_dict() | {'weight_g': torch.ones(2, 1)}); print(s(x).detach())
### spectral_norm
import torch
import torch.nn as nn
from torch.nn.utils import spectral_norm, remove_spectral_norm
torch.manual_seed(1)
m = spectral_norm(nn.Linear(4, 3))
print(m, list(m.state_dict()), [n for n, _ in m.named_buffers()], m.weight_u.shape, m.weight_v.shape)
x = torch.randn(2, 4)
for _ in range(3): y = m(x)
print(y.detach(), m.weight_u, m.weight_v)
y.sum().backward(); print(m.weight_orig.grad)
m.eval(); print(m(x).detach(), m(x).detach())
remove_spectral_norm(m); print(list(m.state_dict()), m(x).detach())
c = spectral_norm(nn.Conv2d(2, 3, 2), n_power_iterations=2); print(c(torch.ones(1, 2, 3, 3)).detach())
for f in (lambda: spectral_norm(spectral_norm(nn.Linear(2, 2))), lambda: spectral_norm(nn.Linear(2, 2), n_power_iterations=0), lambda: remove_spectral_norm(nn.Linear(2, 2))):
    try: f()
    except Exception as e: print(type(e).__name__, e)
