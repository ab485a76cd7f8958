### masks of integers are 0 and 1
import torch
z = torch.zeros(2)
print(z.masked_fill(torch.tensor([1, 0]), -1), z.masked_fill(torch.tensor([True, False]), -1))
for m in (torch.tensor([2, 0]), torch.tensor([-1, 0])):
    try: z.masked_fill(m, -1)
    except RuntimeError as e: print(e)
### probabilities are between 0 and 1
import torch, torch.nn as nn, torch.nn.functional as F
for x in (1.5, -.1, float('nan')):
    try: print(F.binary_cross_entropy(torch.tensor([x, .5]), torch.tensor([1., 0.])))
    except RuntimeError as e: print(e)
try: nn.BCELoss()(torch.tensor([[2.]], dtype=torch.float64), torch.tensor([[1.]], dtype=torch.float64))
except RuntimeError as e: print(e)
print(F.binary_cross_entropy(torch.tensor([0., 1., .25]), torch.tensor([0., 1., 1.])))
### the logits' loss to the last digit
import torch, torch.nn.functional as F
x = torch.tensor([-15.9424, 15.9424, -3., 5., -20., 20., 0.3])
print(F.binary_cross_entropy_with_logits(x, torch.zeros(7), reduction='none').tolist())
print(F.binary_cross_entropy_with_logits(x, torch.ones(7), reduction='none').tolist())
print(torch.distributions.Bernoulli(torch.tensor([0., 1.])).log_prob(torch.tensor([0., 1.])))
print(torch.distributions.Bernoulli(torch.tensor([0.])).entropy())
### a nan poisons what is solved by its matrix
import torch
a = torch.tensor([[float('nan'), 1.], [1., 2.]])
print(torch.linalg.inv(a), torch.linalg.solve(a, torch.ones(2)), torch.linalg.inv(torch.stack([torch.eye(2), a])))
### a ParameterDict says what is in it
import torch, torch.nn as nn
print(nn.ParameterDict({'a': nn.Parameter(torch.ones(1)), 'bb': nn.Parameter(torch.ones(1, 2))}))
### dropout of recurrent layers is a probability
import torch.nn as nn
for p in (-1., 2., True):
    for cls in (nn.GRU, nn.LSTM, nn.RNN):
        try: cls(2, 2, 2, dropout=p)
        except ValueError as e: print(e)
### types print the module that has them
import torch.nn as nn, torch.optim as optim, torch.optim.lr_scheduler as sched, torch.utils.data as data
for cls in (nn.AdaptiveAvgPool2d, nn.MaxPool1d, nn.PReLU, nn.TripletMarginLoss, nn.InstanceNorm1d, nn.LazyLinear, nn.Upsample,
            nn.EmbeddingBag, nn.ConvTranspose1d, nn.Unfold, optim.Adam, optim.Optimizer, sched.OneCycleLR, data.DataLoader, data.Dataset):
    print(cls, cls.__module__)
