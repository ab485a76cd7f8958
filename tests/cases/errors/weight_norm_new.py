### the parametrization (PyTorch 2.0) is the hook's
import torch, torch.nn as nn
from torch.nn.utils.parametrizations import weight_norm
for make, dim in ((lambda: nn.Linear(3, 2), 0), (lambda: nn.Linear(3, 2), None), (lambda: nn.Conv1d(2, 3, 2), 1)):
    torch.manual_seed(0)
    new = weight_norm(make(), dim=dim)
    torch.manual_seed(0)
    old = nn.utils.weight_norm(make(), dim=dim)
    x = torch.randn(1, 2, 3)
    print(new, list(new.state_dict()), torch.equal(new.weight, old.weight), torch.equal(new(x), old(x)))
    assert torch.equal(new.parametrizations.weight.original0, old.weight_g)
### no such tensor
import torch.nn as nn
nn.utils.parametrizations.weight_norm(nn.Linear(1, 1), 'nobody')
