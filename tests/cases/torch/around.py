### amp: nothing without CUDA
import torch, warnings
from torch.cuda.amp import autocast, GradScaler
warnings.simplefilter('ignore')
a = torch.ones(2, 2)
with autocast(): print((a @ a).dtype)
with torch.autocast('cuda', dtype=torch.float16): print((a @ a).dtype)
with torch.autocast(device_type='cpu', enabled=False): print((a @ a).dtype)
@autocast()
def f(x): return x @ x
print(f(a), f.__name__)
try: torch.autocast('tpu')
except RuntimeError as e: print(e)
s = GradScaler()
p = torch.nn.Parameter(torch.ones(2)); opt = torch.optim.SGD([p], lr=.1)
s.scale(p.sum()).backward(); s.unscale_(opt); s.step(opt); s.update()
print(p, s.get_scale(), s.is_enabled(), s.state_dict())
### amp: warnings
import torch, warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    torch.cuda.amp.autocast(); torch.cuda.amp.GradScaler(); torch.autocast('cpu', dtype=torch.float16); torch.cuda.amp.autocast(enabled=False)
print([str(x.message) for x in w])
### jit, fx
import torch, torch.fx
from torch import nn
@torch.jit.script
def f(x: torch.Tensor) -> torch.Tensor:
    return x * 2
print(f(torch.ones(2)))
class M(nn.Module):
    __constants__ = ['n']
    n: torch.jit.Final[int]
    def __init__(self):
        super().__init__(); self.n = 2; self.l = nn.Linear(2, 2)
    @torch.jit.ignore
    def helper(self): return 1
    @torch.jit.export
    def twice(self, x: torch.Tensor) -> torch.Tensor: return self.l(x) * self.n
    def forward(self, x):
        return self.l(x) if not torch.jit.is_scripting() else x
torch.manual_seed(0); m = M(); x = torch.ones(1, 2)
y = m(x)
print(torch.equal(torch.jit.trace(m, x)(x), y), torch.jit.is_tracing())
@torch.fx.wrap
def g(x): return x + 1
print(g(1))
@torch.jit.unused
def h(): return 3
print(h(), torch.jit.annotate(int, 4))
### checkpoint
import torch
from torch.utils.checkpoint import checkpoint, checkpoint_sequential
from torch import nn
torch.manual_seed(0)
l = nn.Sequential(nn.Linear(3, 3), nn.Dropout(.5), nn.Linear(3, 3), nn.ReLU())
x = torch.randn(2, 3, requires_grad=True)
torch.manual_seed(1); y = checkpoint(l, x); y.sum().backward()
print(y.detach(), x.grad, l[0].weight.grad)
x.grad = None; torch.manual_seed(1); y = l(x); y.sum().backward(); print(x.grad)
x.grad = None; torch.manual_seed(1); y = checkpoint_sequential(l, 2, x); y.sum().backward(); print(x.grad)
x.grad = None; y = checkpoint(lambda a, b: a * b, x, 2, use_reentrant=False); y.sum().backward(); print(x.grad)
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    y = checkpoint(l, x.detach())
print(y.requires_grad, w[0].message)
try: checkpoint(l, x, nope=1)
except ValueError as e: print(e)
