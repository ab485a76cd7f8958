### one parametrization
import torch, torch.nn as nn, torch.nn.functional as F
from torch.nn.utils import parametrize
torch.manual_seed(0)
class L2Norm(nn.Module):
    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim
    def forward(self, t):
        return F.normalize(t, dim=self.dim)
m = nn.Linear(3, 2, bias=False)
print(parametrize.is_parametrized(m), parametrize.register_parametrization(m, 'weight', L2Norm()) is m)
print(m, type(m).__name__, isinstance(m, nn.Linear), parametrize.type_before_parametrizations(m) is nn.Linear, m.weight, m.parametrizations.weight.original)
print(parametrize.is_parametrized(m), parametrize.is_parametrized(m, 'weight'), parametrize.is_parametrized(m, 'bias'), [n for n, _ in m.named_parameters()], list(m.state_dict()), [n for n, _ in m.named_modules()])
x = torch.randn(4, 3)
m(x).pow(2).sum().backward()
print(m.parametrizations.weight.original.grad)
opt = torch.optim.SGD(m.parameters(), lr=.1)
opt.step()
print(m.weight.norm(dim=-1))
other = parametrize.register_parametrization(nn.Linear(3, 2, bias=False), 'weight', L2Norm())
print(other.load_state_dict(m.state_dict()), torch.equal(other(x), m(x)))
with parametrize.cached():
    print(m.weight is m.weight)
print(m.weight is m.weight)
try: m.weight = torch.ones(2, 3)
except RuntimeError as e: print(e)
print(parametrize.remove_parametrizations(m, 'weight'), m.weight, type(m).__name__)
print(parametrize.remove_parametrizations(other, 'weight', leave_parametrized=False), [n for n, _ in other.named_parameters()])
### chains, inverses and several originals
import copy, torch, torch.nn as nn
import torch.nn.utils.parametrize as P
torch.manual_seed(0)
class Symmetric(nn.Module):
    def forward(self, x): return x.triu() + x.triu(1).T
    def right_inverse(self, a): return a.triu()
class Exp(nn.Module):
    def forward(self, x): return x.exp()
    def right_inverse(self, a): return a.log()
class Sum(nn.Module):
    def forward(self, a, b): return a + b
    def right_inverse(self, w): return w / 4, w * 3 / 4
m = nn.Linear(2, 2)
P.register_parametrization(m, 'weight', Symmetric())
P.register_parametrization(m, 'bias', Sum())
print(m, m.weight, m.bias, list(m.state_dict()), m.parametrizations.bias.original0, m.parametrizations.bias.is_tensor, m.parametrizations['bias'].ntensors)
m.weight = torch.tensor([[1., 2.], [2., 3.]])
m.bias = torch.tensor([4., 8.])
print(m.weight, m.parametrizations.weight.original, m.bias, m.parametrizations.bias.original1)
c = copy.deepcopy(m)
with torch.no_grad(): c.parametrizations.weight.original.mul_(2)
print(c.weight, m.weight, c(torch.ones(1, 2)))
e = nn.Linear(2, 2, bias=False)
with torch.no_grad(): e.weight.fill_(1)
P.register_parametrization(e, 'weight', Symmetric())
P.register_parametrization(e, 'weight', Exp())
print(e.weight, e)
e.weight = torch.full((2, 2), 5.)
print(e.weight, e.parametrizations.weight.original)
for f in (lambda: P.remove_parametrizations(m, 'bias', leave_parametrized=False), lambda: P.remove_parametrizations(m, 'nobody'), lambda: P.register_parametrization(m, 'nobody', Exp())):
    try: f()
    except ValueError as err: print(err)
print(P.remove_parametrizations(m, 'bias'), m.bias, P.remove_parametrizations(m, 'weight'))
b = P.register_parametrization(nn.BatchNorm1d(2), 'running_var', Exp(), unsafe=True)
print(b.running_var, [n for n, _ in b.named_buffers()])
### what may not be
import torch, torch.nn as nn
import torch.nn.utils.parametrize as P
def made(forward, inverse=None):
    members = {'forward': lambda self, x: forward(x)}
    if inverse: members['right_inverse'] = lambda self, x: inverse(x)
    return type('Made', (nn.Module,), members)()
for p in (made(lambda x: x[0]), made(lambda x: x.double()), made(lambda x: 3), made(lambda x: x, lambda x: x.double()), made(lambda x: x, lambda x: 3), made(lambda x: x, lambda x: (x, 3))):
    for m in (nn.Linear(2, 2), P.register_parametrization(nn.Linear(2, 2), 'weight', nn.Identity())):
        try: P.register_parametrization(m, 'weight', p)
        except ValueError as e: print(e)
print(P.register_parametrization(nn.Linear(2, 2), 'weight', made(lambda x: x[:1]), unsafe=True).weight.shape)
### spectral norm and orthogonal matrices
import torch, torch.nn as nn
from torch.nn.utils import parametrizations
torch.manual_seed(0)
m = parametrizations.spectral_norm(nn.Linear(3, 2))
print(m, m.weight, list(m.state_dict()), round(torch.linalg.matrix_norm(m.weight, 2).item(), 5))
print(m.eval().weight, parametrizations.spectral_norm(nn.Conv1d(2, 2, 2), n_power_iterations=3).weight, parametrizations.spectral_norm(nn.Linear(2, 2), 'bias').bias)
for shape in ((3, 3), (4, 2), (2, 4)):
    for kind in (None, 'cayley', 'matrix_exp', 'householder'):
        m = parametrizations.orthogonal(nn.Linear(*shape, bias=False), orthogonal_map=kind)
        w = m.weight
        w = w if w.shape[0] <= w.shape[1] else w.T
        print(m, [tuple(b.shape) for b in m.buffers()], m.parametrizations.weight.original, torch.allclose(w @ w.T, torch.eye(len(w)), atol=1e-5))
        opt = torch.optim.SGD(m.parameters(), lr=.1)
        (m(torch.ones(1, shape[0])) - torch.ones(1, shape[1])).pow(2).sum().backward()
        opt.step()
        w = m.weight
        w = w if w.shape[0] <= w.shape[1] else w.T
        print(torch.allclose(w @ w.T, torch.eye(len(w)), atol=1e-5))
for f in (lambda: parametrizations.orthogonal(nn.Linear(2, 2), 'bias'), lambda: parametrizations.orthogonal(nn.Linear(2, 2), 'nobody'), lambda: parametrizations.orthogonal(nn.Linear(2, 2), orthogonal_map='x'), lambda: parametrizations.spectral_norm(nn.Linear(2, 2), dim=3), lambda: parametrizations.spectral_norm(nn.Linear(2, 2), n_power_iterations=0)):
    try: f()
    except (ValueError, IndexError) as e: print(e)
