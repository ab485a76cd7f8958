### sgd
import torch
for kw in (dict(lr=0.1), dict(lr=0.1, momentum=0.9), dict(lr=0.1, momentum=0.9, nesterov=True), dict(lr=0.1, weight_decay=0.1), dict(lr=0.1, momentum=0.9, dampening=0.5)):
    w = torch.tensor([1., 2.], requires_grad=True); o = torch.optim.SGD([w], **kw)
    for _ in range(4): o.zero_grad(); (w ** 2).sum().backward(); o.step()
    print(w)
### adam and adamw
import torch
for cls in (torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop, torch.optim.Adagrad):
    w = torch.tensor([1., -2.], requires_grad=True); o = cls([w], lr=0.1, weight_decay=0.01)
    for _ in range(5): o.zero_grad(); (w ** 3).sum().backward(); o.step()
    print(cls.__name__, w)
w = torch.tensor([1., -2.], requires_grad=True); o = torch.optim.Adam([w], lr=0.1, amsgrad=True, betas=(0.8, 0.9))
for _ in range(5): o.zero_grad(); (w ** 3).sum().backward(); o.step()
print(w)
### param groups
import torch, torch.nn as nn
m = nn.Linear(2, 2); o = torch.optim.AdamW([{'params': [m.weight], 'weight_decay': 0.1}, {'params': [m.bias], 'weight_decay': 0.0, 'lr': 0.5}], lr=0.01, betas=(0.9, 0.95)); print(len(o.param_groups), o.param_groups[0]['lr'], o.param_groups[1]['lr'], o.param_groups[1]['weight_decay'], o.param_groups[0]['betas'], sorted(o.param_groups[0].keys()))
for g in o.param_groups: g['lr'] = 0.2
print([g['lr'] for g in o.param_groups])
### printing
import torch
w = torch.ones(1, requires_grad=True); print(torch.optim.SGD([w], lr=0.1)); print(torch.optim.Adam([w]))
### schedulers
import torch
from torch.optim.lr_scheduler import LambdaLR, StepLR, CosineAnnealingLR, LinearLR, ExponentialLR, MultiStepLR, ConstantLR
def run(make, n=6):
    w = torch.ones(1, requires_grad=True); o = torch.optim.SGD([w], lr=0.1); s = make(o); lrs = []
    for _ in range(n): lrs.append(o.param_groups[0]['lr']); o.step(); s.step()
    print(lrs, s.get_last_lr())
run(lambda o: LambdaLR(o, lambda e: 0.5 ** e)); run(lambda o: StepLR(o, 2, 0.1)); run(lambda o: CosineAnnealingLR(o, T_max=5)); run(lambda o: CosineAnnealingLR(o, 4, eta_min=0.01), 10); run(lambda o: LinearLR(o, 0.25, total_iters=3)); run(lambda o: ExponentialLR(o, 0.9)); run(lambda o: MultiStepLR(o, [2, 4], 0.5)); run(lambda o: ConstantLR(o, 0.5, 3))
### noam schedule
import torch
w = torch.ones(1, requires_grad=True); o = torch.optim.Adam([w], lr=1.0, betas=(0.9, 0.98), eps=1e-9); s = torch.optim.lr_scheduler.LambdaLR(o, lr_lambda=lambda step: 512 ** -0.5 * min(max(step, 1) ** -0.5, max(step, 1) * 4 ** -1.5))
for i in range(8): print(f'{s.get_last_lr()[0]:.6f}', end=' '); w.sum().backward(); o.step(); s.step()
print()
### state dict of an optimizer
import torch
w = torch.tensor([1.], requires_grad=True); o = torch.optim.Adam([w], lr=0.1); (w * 2).sum().backward(); o.step(); d = o.state_dict(); print(d['state'], d['param_groups']); o2 = torch.optim.Adam([w], lr=0.5); o2.load_state_dict(d); print(o2.param_groups[0]['lr'])
### closure and errors
import torch
w = torch.tensor([1.], requires_grad=True); o = torch.optim.SGD([w], lr=0.1)
def closure(): o.zero_grad(); l = (w ** 2).sum(); l.backward(); return l
print(o.step(closure), w)
for f in (lambda: torch.optim.SGD([w], lr=-1), lambda: torch.optim.SGD([], lr=0.1), lambda: torch.optim.Adam([w], betas=(1.5, 0.9)), lambda: torch.optim.SGD(w, lr=0.1), lambda: torch.optim.SGD([w * 2], lr=.1), lambda: torch.optim.SGD([w], lr=0.1, nesterov=True)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
### training loop
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(42); X = torch.randn(64, 2); Y = (X[:, 0] * X[:, 1] > 0).long(); net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2)); opt = torch.optim.Adam(net.parameters(), lr=0.05)
for epoch in range(40):
    logits = net(X); loss = F.cross_entropy(logits, Y); opt.zero_grad(); loss.backward(); opt.step()
    if epoch % 10 == 0: print(f'epoch {epoch}: loss {loss.item():.4f} acc {(logits.argmax(1) == Y).float().mean():.3f}')
### data loader
import torch
from torch.utils.data import Dataset, DataLoader, TensorDataset
torch.manual_seed(0); ds = TensorDataset(torch.arange(5.), torch.arange(5)); print(len(ds), ds[2])
for x, y in DataLoader(ds, batch_size=2): print(x, y)
for x, y in DataLoader(ds, batch_size=2, shuffle=True): print(x, y)
class D(Dataset):
    def __len__(self): return 3
    def __getitem__(self, i): return {'x': torch.tensor([i, i]), 'y': i}
for b in DataLoader(D(), batch_size=2, shuffle=True, drop_last=True): print(b)
print(len(DataLoader(D(), batch_size=2)))
