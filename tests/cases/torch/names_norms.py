### instance norm and batch norm of volumes
import torch, torch.nn as nn
torch.manual_seed(0)
for m, shapes in ((nn.InstanceNorm1d(3), [(2, 3, 4), (3, 4)]), (nn.InstanceNorm2d(3, affine=True), [(2, 3, 2, 4), (3, 2, 4)]), (nn.InstanceNorm3d(3, track_running_stats=True), [(2, 3, 2, 2, 2), (3, 1, 2, 4)]), (nn.BatchNorm3d(3), [(2, 3, 2, 2, 2)]), (nn.InstanceNorm2d(3, eps=.1, momentum=.3, affine=True, track_running_stats=True), [(1, 3, 2, 4)])):
    for shape in shapes:
        print(m, m(torch.randn(shape)))
    print(dict(m.state_dict()), m.eval()(torch.randn(shapes[0])).shape)
for m, shape in ((nn.InstanceNorm1d(3), (2, 3, 2, 2)), (nn.InstanceNorm2d(3), (2, 3)), (nn.BatchNorm3d(3), (2, 3, 2))):
    try: m(torch.randn(shape))
    except ValueError as e: print(e)
m = nn.BatchNorm1d(2)
m(torch.randn(4, 2))
m.reset_parameters()
print(m.state_dict())
### convolutions padded otherwise
import torch, torch.nn as nn
torch.manual_seed(0)
x = torch.randn(1, 2, 5)
for mode in ('zeros', 'reflect', 'replicate', 'circular'):
    for pad in (1, 2, 'same', 'valid'):
        m = nn.Conv1d(2, 1, 4 if pad == 'same' else 3, padding=pad, padding_mode=mode, dilation=1)
        print(m, m(x))
m = nn.Conv2d(1, 1, (3, 2), padding=(2, 1), padding_mode='circular', stride=2, bias=False)
print(m, m(torch.randn(1, 1, 4, 5)), nn.Conv2d(1, 1, (3, 4), padding='same', padding_mode='replicate')(torch.randn(1, 4, 5)))
x = torch.randn(1, 2, 5, requires_grad=True)
nn.Conv1d(2, 1, 3, padding=1, padding_mode='reflect')(x).sum().backward()
print(x.grad)
### maxima and where they were
import torch, torch.nn as nn
torch.manual_seed(0)
print(nn.MaxPool1d(2, return_indices=True), nn.MaxPool1d(2, return_indices=True)(torch.randn(1, 2, 5)), nn.MaxPool2d(2, 1, return_indices=True)(torch.randn(1, 1, 3, 3)))
### initial values
import torch, torch.nn as nn
torch.manual_seed(0)
print(nn.init.dirac_(torch.empty(2, 2, 3)), nn.init.dirac_(torch.empty(4, 2, 2, 3), 2), nn.init.dirac_(torch.empty(3, 1, 1, 1, 2)).sum(), nn.init.sparse_(torch.empty(4, 3), .3), nn.init.sparse_(torch.empty(3, 2), .5, std=2.))
for f in (lambda: nn.init.dirac_(torch.empty(2, 2)), lambda: nn.init.dirac_(torch.empty(3, 2, 2), 2), lambda: nn.init.sparse_(torch.empty(2), .1)):
    try: f()
    except ValueError as e: print(e)
