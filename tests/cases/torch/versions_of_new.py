### what is filled as it is made was not written to
import torch
for t in (torch.rand(3), torch.randn(3), torch.randint(0, 5, (3,)), torch.randperm(4), torch.normal(0., 1., (3,)),
          torch.bernoulli(torch.full((2,), .5)), torch.rand_like(torch.ones(2)), torch.randn_like(torch.ones(2)),
          torch.zeros(2), torch.arange(3), torch.tensor([1.])):
    print(t._version, end=' ')
x = torch.randn(2, 8)
y = x.view(2, 2, 4)
y[:, 0, :] = 1
y[:, 1, :] = 2
print(x._version, y._version)
