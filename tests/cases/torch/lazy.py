### lazy layers
import torch, torch.nn as nn, warnings
warnings.simplefilter('ignore')
torch.manual_seed(0)
for m, x in ((nn.LazyLinear(2), torch.randn(2, 3)), (nn.LazyLinear(2, bias=False), torch.randn(4, 1, 2)), (nn.LazyConv1d(2, 3, padding=1), torch.randn(1, 3, 4)), (nn.LazyConv2d(4, (1, 2), groups=2, bias=False), torch.randn(2, 3, 4)), (nn.LazyConvTranspose2d(2, 2, stride=2), torch.randn(1, 3, 2, 2)), (nn.LazyBatchNorm1d(), torch.randn(4, 3)), (nn.LazyBatchNorm2d(affine=False, momentum=.3), torch.randn(2, 3, 2, 2)), (nn.LazyInstanceNorm1d(track_running_stats=False), torch.randn(2, 3, 4))):
    print(m, [(n, p) for n, p in m.named_parameters()], list(m.state_dict().items()), m.has_uninitialized_params())
    out = m(x)
    print(type(m).__name__, m, out, [(n, p) for n, p in m.named_parameters()], [(n, b) for n, b in m.named_buffers()], hasattr(m, '_initialize_hook'))
    if out.requires_grad: out.sum().backward()
print([type(p) is nn.Parameter for p in nn.LazyLinear(2).parameters()], isinstance(nn.LazyLinear(2).weight, nn.Parameter))
### a network of them
import torch, torch.nn as nn, warnings
warnings.simplefilter('ignore')
torch.manual_seed(0)
net = nn.Sequential(nn.LazyConv2d(2, 2), nn.LazyBatchNorm2d(), nn.ReLU(), nn.Flatten(), nn.LazyLinear(3))
print(net)
opt = torch.optim.SGD(net.parameters(), lr=.1)
x = torch.randn(4, 2, 3, 3)
net(x)
print(net)
for _ in range(3):
    opt.zero_grad()
    loss = net(x).pow(2).mean()
    loss.backward()
    opt.step()
    print(round(loss.item(), 4))
### loading and copying before the first call
import copy, torch, torch.nn as nn, warnings
warnings.simplefilter('ignore')
lazy = nn.LazyLinear(2)
print(copy.deepcopy(lazy)(torch.zeros(1, 3)).shape, lazy, lazy.double().weight.dtype, lazy.float().weight.dtype)
full = nn.Linear(4, 2)
print(lazy.load_state_dict(full.state_dict()), type(lazy).__name__, torch.equal(lazy.weight, full.weight), lazy(torch.zeros(1, 4)).shape, type(lazy).__name__)
b = nn.LazyBatchNorm1d()
print(b.load_state_dict(nn.BatchNorm1d(3).state_dict()), b.running_mean)
try: full.load_state_dict(nn.LazyLinear(2).state_dict())
except RuntimeError as e: print(e)
### what has no shape
import torch, torch.nn as nn, warnings
warnings.simplefilter('ignore')
p = nn.parameter.UninitializedParameter()
print(p, p.requires_grad, p.dtype, nn.UninitializedBuffer(), nn.parameter.is_lazy(p), nn.parameter.is_lazy(torch.ones(1)))
try: p.shape
except RuntimeError as e: print(e)
for f in (lambda: p.numel(), lambda: p + 1, lambda: 2 * p, lambda: p.sum(), lambda: p[0], lambda: -p, lambda: p.view(1), lambda: sum(q.numel() for q in nn.LazyLinear(1).parameters())):
    try: print(f())
    except ValueError as e: print(str(e).split(' in ')[0], str(e).split('. ', 1)[1])
p.materialize((2, 3))
print(type(p), p.shape)
for f in (lambda: nn.LazyConv1d(2, 2)(torch.ones(2)), lambda: nn.LazyConv2d(4, 1, groups=2)(torch.ones(1, 3, 2, 2)), lambda: nn.LazyBatchNorm2d()(torch.ones(1, 2, 3))):
    try: f()
    except (ValueError, RuntimeError) as e: print(e)
### lazy layers of one's own
import torch, torch.nn as nn, warnings
from torch.nn.modules.lazy import LazyModuleMixin
from torch.nn.parameter import UninitializedParameter
warnings.simplefilter('ignore')
class Scale(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.w = nn.Parameter(torch.ones(n))
    def forward(self, x): return x * self.w
class LazyScale(LazyModuleMixin, Scale):
    cls_to_become = Scale
    def __init__(self):
        super().__init__(0)
        self.w = UninitializedParameter()
    def initialize_parameters(self, x):
        if self.has_uninitialized_params():
            with torch.no_grad():
                self.w.materialize((x.shape[-1],))
                self.w.fill_(3)
m = LazyScale()
print(m, m(torch.ones(2, 3)), m)
class Never(LazyModuleMixin, Scale):
    def __init__(self):
        super().__init__(0)
        self.w = UninitializedParameter()
    def initialize_parameters(self, x): pass
try: Never()(torch.ones(1))
except RuntimeError as e: print(e)
### methods are copied with what they are bound to
import copy
class A:
    def __init__(self): self.n, self.f = 1, self.get
    def get(self): return self.n
a = A()
b = copy.deepcopy(a)
b.n = 5
print(b.f(), a.f(), b.f.__self__ is b, copy.copy(a).f.__self__ is a, copy.deepcopy([a.get, a])[0]())
