### the version compares as one
import torch
v = torch.__version__
print(v >= '1.4', v > '1.10', v < '2.0', '1.4' <= v, v >= (1, 4), v < (2,), v.split('.')[0], v.startswith('1.'), f'{v}'[:4], str(v)[:2], '%s' % v[:3], v != '2.0.0', v == '2.0', '13' in v, int(v.split('.')[1]) >= 8, tuple(int(x) for x in v.split('.')[:2]) >= (1, 7), isinstance(v, str), '1.12.1+cu113' < v, v >= '1.13.0.dev0')
### dims of a number, and what is not 0 in it
import torch
print(torch.nonzero(torch.tensor(3),as_tuple=True), torch.nonzero(torch.tensor(0),as_tuple=True), torch.nonzero(torch.tensor(3)), torch.where(torch.tensor(True)), torch.tensor(3).nonzero().shape,torch.tensor(0).nonzero())
t=torch.tensor(3)
for f in (lambda:t.size(0),lambda:t.size(-1),lambda:t.stride(0),lambda:t.stride(-1),lambda:t.size(1),lambda:t.stride(1),lambda:torch.ones(2).size(3),lambda:torch.ones(2).stride(3),lambda:t.size(),lambda:t.stride(),lambda:torch.ones(2,3).stride(-3)):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
### entropies of what is no probability
import torch
print(torch.special.entr(torch.tensor([-.5,0,.5,float('nan'),1,-float('inf'),float('inf')])))
### Tensor of a Size
import torch
print(torch.Tensor(torch.Size([2,3])).shape, torch.FloatTensor(torch.Size([2])).shape, torch.Tensor(torch.ones(2,2).size()).shape, torch.Tensor([2,3]).shape)
### schedules after one another, and jumps
import torch
from torch.optim.lr_scheduler import *
def opt(): return torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
def run(s, o, n, jump=None):
    out=[]
    for i in range(n):
        out.append(round(o.param_groups[0]['lr'], 10)); o.step(); s.step()
    if jump is not None:
        s.step(jump); out.append(o.param_groups[0]['lr']); s.step(); out.append(o.param_groups[0]['lr'])
    print(type(s).__name__, out)
o=opt(); run(SequentialLR(o,[LinearLR(o,.1,1.,5),CosineAnnealingLR(o,10)],[5]),o,16)
o=opt(); run(SequentialLR(o,[ConstantLR(o,.1,2),ExponentialLR(o,.9),StepLR(o,2,.5)],[2,5]),o,12)
o=opt(); run(SequentialLR(o,[LinearLR(o,.1,1.,5),LambdaLR(o,lambda e:1/(1+e))],[5]),o,10)
o=opt(); run(SequentialLR(o,[LinearLR(o,.1,1.,3),CosineAnnealingWarmRestarts(o,4)],[3]),o,12)
for f in (lambda o: StepLR(o,3), lambda o: MultiStepLR(o,[2,4]), lambda o: ExponentialLR(o,.5), lambda o: ConstantLR(o), lambda o: LinearLR(o), lambda o: CosineAnnealingLR(o,7,.1), lambda o: LambdaLR(o,lambda e:.5**e), lambda o: CosineAnnealingWarmRestarts(o,3,2), lambda o: CosineAnnealingWarmRestarts(o,3)):
    for jump in (0,3,9):
        o=opt(); run(f(o),o,8,jump)
o=opt(); s=StepLR(o,1,.5,verbose=True); o.step(); s.step(); s.step(4)
o=opt(); s=CosineAnnealingWarmRestarts(o,3,verbose=True); o.step(); s.step(1.5)
for a in ([2],[1,2,3]):
    try: SequentialLR(o,[StepLR(o,1),StepLR(o,1),StepLR(o,1)],a)
    except ValueError as e: print(e)
### loaders: seeds, samplers, what excludes what
import torch
from torch.utils.data import DataLoader, TensorDataset, Dataset
torch.manual_seed(0)
ds=TensorDataset(torch.arange(10),torch.arange(10)*2.)
it=iter(DataLoader(ds,4,shuffle=True)); print(torch.rand(1)); print(next(it)); print(torch.rand(1)); print(list(it))
for b in DataLoader(ds,3,shuffle=True,drop_last=True): print(b[0])
print(torch.rand(1))
l=DataLoader(ds,4,sampler=[3,1,2,9,0]); print(len(l),list(l))
l=DataLoader(ds,batch_sampler=[[1,2],[5],[7,8,9]]); print(len(l),list(l))
l=DataLoader(ds,batch_size=None); print(len(l),list(l)[:2])
l=DataLoader(ds,batch_size=None,shuffle=True,generator=torch.Generator().manual_seed(3)); print(len(l),list(l)[:3])
for kw in (dict(sampler=[1],shuffle=True),dict(batch_sampler=[[1]],batch_size=2),dict(batch_sampler=[[1]],shuffle=True),dict(batch_size=None,drop_last=True),dict(num_workers=-1),dict(batch_size=0),dict(batch_sampler=[[1]],drop_last=True)):
    try: DataLoader(ds,**kw); print('ok')
    except ValueError as e: print(e)
### linspace to the last bit
import torch
for n in list(range(1, 40))+[100,1000,4097]:
    for a,b in ((0,1),(-1,1),(.1,7.3),(0,2*3.14159265)):
        for dt in (torch.float32,torch.float64):
            t=torch.linspace(a,b,n,dtype=dt)
            print(n,a,b,dt,(t.double()*torch.arange(1,n+1)).sum().item(), t[n//2].item(), t[-1].item(), t[n//3].item())
