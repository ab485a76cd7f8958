### what to use instead
import torch
torch.resize_as_(1, 2)
### a name that PyTorch does not have either
import torch
torch.softmx(torch.ones(2), 0)
### a method that is not here
import torch
torch.ones(2).resize_(3)
### a keyword that is not there
import torch
torch.ones(2).sum(keepdimm=True)
### shapes of a product
import torch
q, k = torch.zeros(2, 6, 8), torch.zeros(2, 6, 8)
q @ k
### shapes that do not broadcast
import torch
scores, mask = torch.zeros(2, 4, 4), torch.zeros(3, 4)
scores + mask
### a device that is not there
import torch
torch.zeros(2, device='cuda')
### ambiguous truth
import torch
if torch.tensor([1, 2]) > 0:
    print('never')
### a layer fed with the wrong size
import torch, torch.nn as nn
nn.Linear(8, 4)(torch.zeros(2, 6))
### logits and targets in batches
import torch, torch.nn.functional as F
F.cross_entropy(torch.zeros(2, 3, 5).view(-1, 5), torch.zeros(2, dtype=torch.long))
### second derivatives
import torch
x = torch.ones(1, requires_grad=True)
(x * x).backward(create_graph=True)
### more memory than the limit
import torch
torch.zeros(10 ** 6, 10 ** 6)
