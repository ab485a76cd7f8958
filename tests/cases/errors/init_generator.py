### nn.init draws from a generator of its own: newer than PyTorch 1.13
import torch
from torch.nn import init
for f in (init.uniform_, init.normal_, init.trunc_normal_, init.xavier_uniform_, init.xavier_normal_, init.kaiming_uniform_, init.kaiming_normal_, init.orthogonal_):
    torch.manual_seed(5)
    own = f(torch.empty(4, 6), generator=torch.Generator().manual_seed(7))
    untouched = torch.rand(1)
    torch.manual_seed(7)
    same = bool((own == f(torch.empty(4, 6))).all())
    torch.manual_seed(5)
    print(f.__name__, same, bool(untouched == torch.rand(1)))
