### random writes are refused on leaves and cut the gradient elsewhere
import torch
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).split('.')[0])
for name, args in (('random_',(5,)),('exponential_',()),('bernoulli_',(.5,)),('normal_',()),('uniform_',())):
    x=torch.ones(3,requires_grad=True)
    t(lambda: getattr(x,name)(*args)); print(x)
    y=x*2; z=(getattr(y,name)(*args)*3).sum(); z.backward(); print(x.grad, x.requires_grad)
    y=x*2; y[1:].__getattribute__(name)(*args); x.grad=None; y.sum().backward(); print(x.grad)
    with torch.no_grad(): getattr(x,name)(*args); print(x.requires_grad)
    u=torch.zeros(3); getattr(u,name)(*args); print(u.requires_grad)
t(lambda: torch.zeros(1,3).index_copy_(0,torch.tensor([0]),torch.zeros(1)))
t(lambda: torch.zeros(1,3).index_copy_(0,torch.tensor([0]),torch.zeros(1,1)))
t(lambda: torch.zeros(2,3).index_copy_(0,torch.tensor([1]),torch.ones(1,3)))
