### nn.init.orthogonal_: the numbers that PyTorch draws
import torch
import torch.nn as nn
torch.manual_seed(3)
for shape in ((3,3),(4,2),(2,5),(2,2,3)):
    w=torch.empty(*shape); r=nn.init.orthogonal_(w, gain=2 if shape==(4,2) else 1); print(w, r is w)
l=nn.Linear(17,17); nn.init.orthogonal_(l.weight); print((l.weight@l.weight.T-torch.eye(17)).abs().max()<1e-5, l.weight[0,:5])
try: nn.init.orthogonal_(torch.zeros(3))
except ValueError as e: print(e)
