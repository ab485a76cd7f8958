### lists of parameters in lists
import copy, torch, torch.nn as nn
m = nn.ParameterList([])
for i in range(2):
    m.append(nn.ParameterList([nn.Parameter(torch.ones(2) * i), torch.zeros(1, 3)]))
print(len(m), [n for n, _ in m.named_parameters()], m[1][0], m)
for a, b in m: print(a, b)
m[0][1] = torch.ones(2)
print(m[0], list(m.state_dict()), len(copy.deepcopy(m)), nn.ParameterList([nn.Parameter(torch.ones(1)), 3, 'x']), [type(p).__name__ for p in nn.ParameterList([nn.Parameter(torch.ones(1)), 3])])
opt = torch.optim.SGD(m.parameters(), lr=.1)
sum(p.sum() for p in m.parameters()).backward()
opt.step()
print(m[-1][0])
