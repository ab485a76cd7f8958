### a loop over a tensor with a gradient is one unbind
import torch
x = torch.arange(6.).reshape(3, 2).requires_grad_()
for row in x:
    print(row)
y = (x * 2)
print(list(y)[1], [r.sum() for r in y][2])
a, b, c = y
(a * b + c).sum().backward()
print(x.grad)
with torch.no_grad():
    print([row for row in x])
it = iter(y)
print(next(it), list(zip(y, range(2))))
try:
    for row in y:
        row += 1
except RuntimeError as e:
    print(type(e).__name__, str(e).split('.')[0])
print(list(torch.zeros(0, 2, requires_grad=True)))
### the fields of RMSprop and Adagrad, and maximising
import torch
p = torch.ones(3, requires_grad=True)
for make in (torch.optim.RMSprop, torch.optim.Adagrad):
    print(make([p]))
    q = torch.ones(3, requires_grad=True)
    opt = make([q], lr=.1, maximize=True)
    for _ in range(3):
        opt.zero_grad()
        (q * torch.tensor([1., 2., -3.])).sum().backward()
        opt.step()
    print(q)
