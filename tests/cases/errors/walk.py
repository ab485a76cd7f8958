### batch norm: running statistics of another length
import torch
import torch.nn as nn
try:
    nn.BatchNorm1d(64)(torch.randn(8, 128, 64))
except Exception as e:
    print(type(e).__name__, e)
### batch norm without weights
import torch, torch.nn as nn
try:
    nn.BatchNorm1d(2, affine=False)(torch.randn(4, 6))
except Exception as e:
    print(type(e).__name__, e)
### batch norm in evaluation mode
import torch, torch.nn.functional as F
F.batch_norm(torch.ones(1).expand(4, 4), torch.randn(4, 4), None)
### batch norm: one running statistic missing
import torch, torch.nn.functional as F
F.batch_norm(torch.ones(1).expand(4, 4), torch.randn(4), None)
### batch norm: a running statistic of rank 2
import torch, torch.nn.functional as F
F.batch_norm(torch.ones(4, 6), torch.ones(2, 3), torch.ones(2, 3), training=True)
### batch norm: a running statistic with a history
import torch, torch.nn.functional as F
F.batch_norm(torch.randn(4, 6), torch.ones(6, requires_grad=True), torch.ones(6), training=True)
### batch norm: weight
import torch, torch.nn.functional as F
F.batch_norm(torch.ones(4, 6), torch.ones(6), torch.ones(6), torch.ones(5))
### batch norm of integers
import torch, torch.nn.functional as F
F.batch_norm(torch.ones(4, 6).long(), torch.ones(6), torch.ones(6))
### batch norm: statistics of integers
import torch, torch.nn.functional as F
F.batch_norm(torch.ones(4, 6), torch.ones(6).long(), torch.ones(6))
### class weights that are too few
import torch, torch.nn.functional as F
F.cross_entropy(torch.randn(4, 6), torch.tensor([0, 1, 2, 3]), weight=torch.ones(3))
### class weights that are too many
import torch, torch.nn.functional as F
F.nll_loss(torch.randn(4, 6), torch.tensor([0, 1, 2, 3]), weight=torch.ones(7), reduction='none')
### class weights of rank 2
import torch, torch.nn.functional as F
F.nll_loss(torch.randn(4, 6), torch.tensor([0, 1, 2, 3]), weight=torch.ones(2, 3))
### class weights of another dtype
import torch, torch.nn.functional as F
F.nll_loss(torch.randn(4, 6), torch.tensor([0, 1, 2, 3]), weight=torch.ones(6).double())
### class weights with a history
import torch, torch.nn.functional as F
F.nll_loss(torch.randn(4, 6), torch.tensor([0, 1, 2, 3]), weight=torch.ones(6, requires_grad=True))
### class weights of probabilities
import torch, torch.nn.functional as F
F.cross_entropy(torch.randn(4, 6), torch.softmax(torch.randn(4, 6), -1), weight=torch.ones(3))
### class weights with label smoothing
import torch, torch.nn.functional as F
F.cross_entropy(torch.randn(4, 6), torch.tensor([0, 1, 2, 3]), weight=torch.ones(3), label_smoothing=.1)
### layer norm: weight of another shape
import torch, torch.nn.functional as F
F.layer_norm(torch.randn(4, 6), (6,), torch.ones(5))
### layer norm: sizes whose product overflows
import torch, torch.nn.functional as F
F.layer_norm(torch.randn(4, 6), (2**62, 4))
### conv: bias of another length
import torch, torch.nn.functional as F
F.conv2d(torch.randn(1, 3, 5, 5), torch.randn(2, 3, 2, 2), torch.randn(3))
### conv: a dilation that overflows
import torch, torch.nn.functional as F
F.conv1d(torch.randn(1, 3, 5), torch.randn(2, 3, 2), dilation=2**62)
### pool: padding that overflows
import torch, torch.nn.functional as F
F.max_pool2d(torch.randn(1, 3, 5, 5), 2**40, padding=2**39)
### torch.Size of nothing
import torch
torch.Size(None)
### torch.Size of text
import torch
torch.Size(['a'])
### torch.Size of many
import torch
print(torch.Size(range(40)).numel(), torch.Size([1] * 40), torch.Size({2: 3}))
torch.Size([2**40] * 2).numel()
### copies of results with names
import copy, torch
t = torch.tensor([[1., 3.], [2., 0.]])
for r in (t.max(0), t.mode(), t.sort(), torch.topk(t, 1)):
    c = copy.deepcopy(r)
    print(type(c) is type(r), c.values is r.values, c.values.equal(r.values), c)
### result_type of nothing
import numpy as np
try:
    np.result_type()
except Exception as e:
    print(type(e).__name__, e)
### einsum of nothing
import numpy as np
try:
    np.einsum('')
except Exception as e:
    print(type(e).__name__, e)
### division by what wraps to zero
import torch
for dt, d in ((torch.uint8, 256), (torch.uint8, 2**31), (torch.int8, 2**32), (torch.int16, 2**16), (torch.int32, 2**32)):
    t = torch.tensor([5, 7, 0], dtype=dt)
    for f in (lambda: t % d, lambda: t // d, lambda: t.clone().floor_divide_(d), lambda: torch.fmod(t, d),
              lambda: torch.div(t, d, rounding_mode='trunc'), lambda: t.clone().remainder_(d),
              lambda: t % torch.tensor(d), lambda: d // (t - t)):
        try:
            print(f())
        except RuntimeError as e:
            print(e)
### the smallest integer divided by -1
import torch
for dt in (torch.int8, torch.int16, torch.int32, torch.int64):
    t = torch.tensor([torch.iinfo(dt).min], dtype=dt)
    print(t // -1, t % -1, torch.div(t, -1, rounding_mode='trunc'), torch.fmod(t, -1))
### offsets of diagonals
import numpy as np, torch
print(np.arange(6).reshape(2, 3).trace(-2**62), torch.diagonal(torch.ones(3, 3), -9223372036854775807 - 1), torch.ones(3, 3).diagonal(9223372036854775807))
torch.diag(torch.ones(3), -9223372036854775807 - 1)
### shifts of a roll
import torch
x = torch.arange(3., requires_grad=True)
x.roll(-9223372036854775807 - 1).sum().backward()
print(x.roll(-9223372036854775807 - 1), x.grad)
### padding that overflows
import torch, torch.nn.functional as F
F.pad(torch.ones(3), (9223372036854775807, 2))
### split into sizes whose sum overflows
import torch
torch.ones(5, 2).split([9223372036854775807, 9223372036854775807, 7])
### scatter by an empty index of another rank
import torch
print(torch.zeros(4, 3).scatter(0, torch.zeros(2, 0, 3).long(), torch.ones(4, 3)).sum())
### where with two arguments
import torch
x = torch.tensor([1., -1.])
torch.where(x > 0, x)
### sizes of scores that overflow
import qkv
print(qkv.score_kinds(6, 8)[0][3])
qkv.score_kinds(2**62, 10**9)
### sizes of scores below 0
import qkv
qkv.score_kinds(-1, 4)
### tables without columns
import qkv
try:
    qkv.table("")
except ValueError as e:
    print(e)
qkv.table(())
### a layer that is none
import torch.nn as nn
try:
    nn.TransformerDecoder(print, 2**31)
except Exception as e:
    print(type(e).__name__, e)
### a frozen layer's input that is not contiguous
import torch, torch.nn as nn, torch.nn.functional as F
x = torch.arange(24.).reshape(2, 3, 4).requires_grad_()
layer = nn.Linear(3, 2).requires_grad_(False)
layer(x.transpose(1, 2)).sum().backward()
print(x.grad.shape)
F.conv1d(x.transpose(1, 2), torch.ones(2, 4, 2)).sum().backward()
print(x.grad.shape)
### gradients that are none, too few or too many
import torch
x = torch.ones(2, requires_grad=True)
for seeds in (3, [3], [], [torch.ones(2)] * 2, [torch.ones(3)]):
    try:
        torch.autograd.grad(x * 2, x, seeds)
    except (TypeError, RuntimeError) as e:
        print(type(e).__name__, e)
try:
    torch.autograd.grad([x * 2, x * 3], x, torch.ones(2))
except RuntimeError as e:
    print(e)
### more pieces than fit
import torch
print(len(torch.empty(0).chunk(5)), len(torch.ones(3).chunk(2**40)))
x = torch.zeros(1).expand(2**40)
for f in (lambda: x.unbind(0), lambda: x.split(1), lambda: x.chunk(2**40), lambda: torch.empty(0).chunk(2**40)):
    try:
        f()
    except MemoryError as e:
        print('here')
    finally:
        print('after')
### sums in NumPy's order: dtypes and masks
import torch, numpy._core
for t, mask in ((torch.ones(4, 4).half(), 1), (torch.ones(4, 4), 2**32), (torch.ones(4, 4), -1), (torch.ones(4, 4), 3)):
    try:
        print(numpy._core.sum(t, mask))
    except (TypeError, ValueError) as e:
        print(e)
### counts and places in strings that are far off
m, n = -9223372036854775807 - 1, 9223372036854775807
for k in (m, m + 1, n):
    print(['a-b-c'.replace('-', '+', k), 'ab'.replace('', '+', k), 'a-b-c'.split('-', k), 'a-b-c'.rsplit('-', k)])
    print(['a b'.split(None, k), 'a b'.rsplit(None, k), 'ab'.find('b', k), 'ab'.rfind('b', 0, k), 'ab'.count('a', k, k)])
    print(['abc'[k:], 'abc'[:k], 'abc'[::k], 'abc'.startswith('a', k), 'abc'.endswith('c', 0, k)])
print(['ab'.center(m), 'ab'.ljust(m), 'ab'.rjust(m), 'ab'.zfill(m), 'a\tb'.expandtabs(m), 'ab' * m])
### sizes of pieces whose sum overflows
import torch
x = torch.ones(5, 2)
n = 9223372036854775807
print([t.shape for t in x.split(n)], [t.shape for t in x.chunk(n)], [t.shape for t in x.split([5, 0])])
for sizes in ([n, n, 7], [2**62] * 4 + [5], [n, 2, n, 2, 5], [6], [4], [6, -1]):
    try:
        print(x.split(sizes))
    except RuntimeError as e:
        print(e)
### sizes of what is joined that overflow
import torch
torch.cat([torch.zeros(1).expand(2**55)] * 256)
### products with one key or none, whose strides do not fold
import torch
k = torch.arange(6.).reshape(2, 1, 3).transpose(1, 2)
print((torch.ones(2, 2, 4, 3) @ k).flatten())
print((torch.ones(2, 1, 4, 3) @ torch.empty(2, 0, 3).transpose(1, 2)).shape)
### numbers of complex arrays and tensors
import torch
z = torch.tensor([1j]).numpy()
print(torch.ones(2) * z[0], hash(z[0]) == hash(1j), torch.tensor([torch.tensor(1j), 2]), torch.tensor(1j).item())
for f in (float, int):
    try:
        f(z)
    except TypeError as e:
        print(e)
### deep copies whose memo is what is walked
import copy
d = {'a': [1, (2, [3])], 'b': [1]}
copy.deepcopy(d, d)
### deep copies that change what is walked
import copy
class A:
    def __deepcopy__(self, memo):
        held.clear()
        return 1
class B:
    pass
b = B()
b.x, b.y = A(), [1, 2]
for held, of in (([A(), A()], None), ({A(), A()}, None), ({A(): A(), 1: A()}, None), ({1: A(), 2: 3}, None), (b.__dict__, b)):
    try:
        print(copy.deepcopy(of or held))
    except RuntimeError as e:
        print(e)
### tensors that hold themselves
import torch, torch.nn as nn
x = torch.ones(3)
x.me = x
p = nn.Parameter(torch.ones(2))
p.parts = [p]
y = torch.ones(3, requires_grad=True)
y.register_hook(lambda g: g * y.detach())
z = y * 2
z.register_hook(lambda g: g + z.detach())
z.sum().backward()
print(y.grad)
layer = nn.Linear(2, 2)
layer.weight.register_hook(lambda g: g * layer.bias.detach().sum() * 0 + 1)
layer(torch.ones(2)).sum().backward()
print(layer.weight.grad)
del x, p, layer
for i in range(25000):
    t = torch.ones(1, requires_grad=True)
    t.me = t
    t.register_hook(lambda g, t=t: g)
print(t.me is t, y.grad)
### magnitudes of the smallest integer
import math
m = -9223372036854775807 - 1
print(math.gcd(m, -6), math.gcd(m, -1), math.gcd(-1, m), math.lcm(m, 0), math.lcm(0, m), math.lcm(-4, 6), math.gcd(), math.lcm())
for f in (lambda: math.gcd(m), lambda: math.gcd(m, m), lambda: math.lcm(m), lambda: math.lcm(m, 3), lambda: math.lcm(2**62, 3), lambda: abs(m), lambda: -m):
    try:
        print(f())
    except OverflowError as e:
        print(e)
### products that wrap
import torch
x = torch.tensor([-2**62, 3])
print(torch.addcmul(x, x, x, value=2), torch.addcmul(x, x, x, value=2**62), x.clone().addcmul_(x, x))
### numbers drawn with a spread below 0
import torch
torch.normal(0., -1., (2,))
### chances that are none
import torch
for f in (lambda: torch.bernoulli(torch.ones(2) * 2), lambda: torch.bernoulli(torch.ones(2), 3.), lambda: torch.bernoulli(torch.ones(2), 'a')):
    try:
        print(f())
    except (RuntimeError, TypeError) as e:
        print(e)
### a sequence by another of its kind
import collections, torch
class T(tuple): pass
class L(list): pass
P = collections.namedtuple('P', 'a')
seqs = (torch.Size([2]), (3,), T((4,)), P(5), [1], L([6]), 'a')
for a in seqs:
    for b in seqs:
        try:
            print(a * b)
        except TypeError as e:
            print(type(a).__name__, type(b).__name__, e)
