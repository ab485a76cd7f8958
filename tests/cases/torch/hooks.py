### full backward hooks
import torch, torch.nn as nn
torch.manual_seed(0)
m = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 2))
def show(name):
    return lambda module, gi, go: print(name, type(module).__name__, gi, go)
handles = [c.register_full_backward_hook(show(str(i))) for i, c in enumerate(m)]
x = torch.randn(2, 3, requires_grad=True)
y = m(x)
print(y)
y.sum().backward()
print(x.grad)
m(torch.randn(2, 3)).sum().backward()
for h in handles: h.remove()
print(m(x).grad_fn.name())
### a hook replaces the gradient
import torch, torch.nn as nn
m = nn.Linear(2, 2)
with torch.no_grad(): m.weight.fill_(.5)
h = m.register_full_backward_hook(lambda module, gi, go: (gi[0] * 10,))
x = torch.ones(1, 2, requires_grad=True)
m(x).sum().backward()
print(x.grad, m.weight.grad)
h.remove()
for result in (lambda *a: (None, None), lambda *a: (torch.ones(1),)):
    m = nn.Linear(2, 2)
    m.register_full_backward_hook(result)
    for v in (x, x.detach()):
        try: m(v).sum().backward()
        except RuntimeError as e: print(e)
### several inputs and outputs
import torch, torch.nn as nn
class Two(nn.Module):
    def forward(self, a, n, b):
        return a * n, b + 1, n
m = Two()
m.register_full_backward_hook(lambda module, gi, go: print(gi, go))
a, b = torch.ones(2, requires_grad=True), torch.ones(2)
p, q, n = m(a, 3, b)
print(p, q.requires_grad, n)
(p * 2).sum().backward()
print(a.grad)
p, q, n = m(a, 3, torch.ones(2, requires_grad=True))
q.sum().backward()
with torch.no_grad(): print(m(a, 2, b))
### old hooks see the gradient of the output
import torch, torch.nn as nn
seen = []
m = nn.Linear(2, 1)
h = m.register_backward_hook(lambda module, gi, go: seen.append(go[0]))
m(torch.ones(3, 2)).sum().backward()
print(seen)
try: m.register_full_backward_hook(print)
except RuntimeError as e: print(e)
m = nn.Linear(2, 1)
m.register_full_backward_hook(print)
try: m.register_backward_hook(print)
except RuntimeError as e: print(e)
### hooks of the state
import torch, torch.nn as nn
def renamed(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs):
    for key in list(state_dict):
        if key.startswith(prefix + 'w_'):
            state_dict[prefix + 'weight'] = state_dict.pop(key)
class Old(nn.Linear):
    def __init__(self, *args):
        super().__init__(*args)
        self._register_load_state_dict_pre_hook(renamed)
net = nn.Sequential(Old(2, 1), nn.Linear(1, 1))
with torch.no_grad():
    for p in net.parameters(): p.fill_(.25)
state = net.state_dict()
state['0.w_'] = state.pop('0.weight') * 2
print(net.load_state_dict(state), net[0].weight)
m = nn.Linear(2, 1)
m._register_load_state_dict_pre_hook(lambda module, state, prefix, *rest: print(type(module).__name__, list(state), repr(prefix), len(rest)), with_module=True)
h = m.register_load_state_dict_post_hook(lambda module, keys: keys.missing_keys.clear())
print(m.load_state_dict({'weight': torch.ones(1, 2)}), m.weight)
h.remove()
try: m.load_state_dict({'weight': torch.ones(1, 2)})
except RuntimeError as e: print(e)
m._register_state_dict_hook(lambda module, state, prefix, meta: state.update({prefix + 'more': torch.zeros(1)}))
print(list(m.state_dict()), list(nn.Sequential(m).state_dict()))
### part of the state of one's own
import torch, torch.nn as nn
class Mine(nn.Linear):
    def _save_to_state_dict(self, destination, prefix, keep_vars):
        super()._save_to_state_dict(destination, prefix, keep_vars)
        destination[prefix + 'extra'] = torch.tensor(7)
    def _load_from_state_dict(self, state_dict, prefix, *rest):
        self.extra = state_dict.pop(prefix + 'extra', None)
        super()._load_from_state_dict(state_dict, prefix, *rest)
net = nn.ModuleList([Mine(1, 1)])
state = net.state_dict()
print(list(state), net.load_state_dict(state), net[0].extra)
for bad in ({'0.weight': 3, '0.bias': torch.ones(1)}, {'0.weight': torch.ones(2, 2), '0.nobody': torch.ones(1), 'x.y': torch.ones(1)}):
    try: net.load_state_dict(bad)
    except RuntimeError as e: print(e)
try: net.load_state_dict(3)
except TypeError as e: print(e)
b = nn.BatchNorm1d(2)
print(b.load_state_dict({**b.state_dict(), 'num_batches_tracked': torch.tensor([4])}), b.num_batches_tracked)
### buffers and types
import torch, torch.nn as nn
net = nn.Sequential(nn.BatchNorm1d(2))
print(net.get_buffer('0.running_var'))
for name in ('0.weight', '0.nobody', '1.x'):
    try: net.get_buffer(name)
    except AttributeError as e: print(e)
print(nn.Linear(2, 2).type(torch.float64).weight.dtype, nn.Linear(2, 2).to_empty(device='cpu').weight.shape, [b.dtype for b in nn.Sequential(nn.Linear(1, 1)).type(torch.float16).parameters()])
### hooks are copied
import copy, torch, torch.nn as nn
m = nn.Linear(1, 1)
m.register_forward_hook(lambda module, args, out: print('forward'))
m.register_full_backward_hook(lambda module, gi, go: print('backward'))
c = copy.deepcopy(m)
c(torch.ones(1, requires_grad=True)).sum().backward()
