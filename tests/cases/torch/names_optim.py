### optimisers
import torch
for name, kw in (('Adadelta', {}), ('Adadelta', dict(rho=.8, weight_decay=.1)), ('Adamax', {}), ('Adamax', dict(weight_decay=.1, lr=.1)), ('NAdam', {}), ('NAdam', dict(lr=.1, weight_decay=.01)), ('RAdam', dict(lr=.1)), ('RAdam', dict(weight_decay=.1)), ('Rprop', {}), ('RMSprop', dict(momentum=.9, centered=True)), ('Adagrad', dict(lr_decay=.1))):
    torch.manual_seed(0)
    w = torch.randn(3, requires_grad=True)
    x = torch.randn(8, 3)
    o = getattr(torch.optim, name)([w], **kw)
    losses = []
    for _ in range(12):
        loss = ((x @ w - 1) ** 2).mean()
        o.zero_grad()
        loss.backward()
        o.step()
        losses.append(round(loss.item(), 4))
    print(name, kw, losses[::3], w.detach())
    print(o)
### schedules
import torch
from torch.optim.lr_scheduler import *
def rates(make, steps=12, cls=torch.optim.SGD, **kw):
    w = torch.zeros(1, requires_grad=True)
    o = cls([w], **kw)
    s = make(o)
    out = []
    for _ in range(steps):
        g = o.param_groups[0]
        out.append((round(g['lr'], 6), round(g['betas'][0] if 'betas' in g else g['momentum'], 5)))
        o.step()
        s.step()
    print(out, s.get_last_lr())
rates(lambda o: OneCycleLR(o, max_lr=1., total_steps=13), lr=.1, momentum=.9)
rates(lambda o: OneCycleLR(o, .5, epochs=4, steps_per_epoch=5, anneal_strategy='linear', three_phase=True), cls=torch.optim.Adam, lr=.1)
rates(lambda o: OneCycleLR(o, .5, total_steps=20, pct_start=.2, cycle_momentum=False, div_factor=10), lr=.1)
rates(lambda o: CyclicLR(o, .1, 1., step_size_up=3), lr=.1, momentum=.9)
rates(lambda o: CyclicLR(o, .1, 1., 3, 2, mode='triangular2', cycle_momentum=False), cls=torch.optim.Adam, lr=.1)
rates(lambda o: CyclicLR(o, .1, 1., 3, mode='exp_range', gamma=.9), lr=.1, momentum=.9)
rates(lambda o: MultiplicativeLR(o, lambda e: .9), lr=1.)
rates(lambda o: PolynomialLR(o, total_iters=6, power=2.), lr=1.)
rates(lambda o: ChainedScheduler([ConstantLR(o, .1, 3), ExponentialLR(o, .9)]), lr=1.)
### on a plateau
import torch
o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.)
s = torch.optim.lr_scheduler.ReduceLROnPlateau(o, patience=1, factor=.5, cooldown=1, verbose=True, min_lr=.2)
for loss in (1., .9, .95, .93, .92, .91, .96, .99, .97, 1.):
    s.step(torch.tensor(loss))
    print(o.param_groups[0]['lr'], s.num_bad_epochs, s.best)
for f in (lambda: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=1.), lambda: torch.optim.lr_scheduler.ReduceLROnPlateau(o, 'x'), lambda: torch.optim.lr_scheduler.OneCycleLR(o, 1.), lambda: torch.optim.lr_scheduler.OneCycleLR(o, 1., total_steps=0), lambda: torch.optim.lr_scheduler.MultiplicativeLR(o, [1, 2]), lambda: torch.optim.Adamax([torch.zeros(1)], lr=-1.)):
    try:
        f()
    except ValueError as e:
        print(e)
