### backward pre-hooks (PyTorch 2.0)
import torch, torch.nn as nn
m = nn.Linear(2, 1)
with torch.no_grad(): m.weight.fill_(.5)
h = m.register_full_backward_pre_hook(lambda module, go: (go[0] * 4,))
m.register_full_backward_hook(lambda module, gi, go: print(gi, go))
x = torch.ones(1, 2, requires_grad=True)
m(x).sum().backward()
print(x.grad, m.weight.grad)
h.remove()
m.register_full_backward_pre_hook(lambda module, go: (go[0], go[0]))
m(x).sum().backward()
### what old hooks cannot say
import torch, torch.nn as nn
m = nn.Linear(2, 1)
h = m.register_backward_hook(lambda module, gi, go: print(gi[0]))
m(torch.ones(1, 2)).sum().backward()
### nor replace
import torch, torch.nn as nn
m = nn.Linear(2, 1)
h = m.register_backward_hook(lambda module, gi, go: (go[0],))
m(torch.ones(1, 2)).sum().backward()
### public load hooks (PyTorch 2.0)
import torch, torch.nn as nn
m = nn.Linear(2, 1)
m.register_load_state_dict_pre_hook(lambda module, state, prefix, *rest: print(type(module).__name__, list(state), repr(prefix), len(rest)))
print(m.load_state_dict(m.state_dict()))
