### pin_memory wants CUDA
import torch
for f in (torch.zeros, torch.rand, torch.arange, torch.eye, torch.tensor, torch.randperm):
    print(f(2, pin_memory=False).shape)
    try: f(2, pin_memory=True)
    except RuntimeError as e: print(e)
torch.ones(2).new_zeros(2, pin_memory=True)
### layout is strided
import torch
print(torch.zeros(1, layout=torch.strided), torch.randn_like(torch.ones(1), layout=None).shape)
for f in (torch.zeros, torch.rand, torch.arange, torch.eye):
    try: f(2, layout='sparse')
    except TypeError as e: print(e)
### iterators are not copied
import copy
for v in (iter([1]), zip([1]), map(str, [1]), enumerate([1]), reversed([1]), iter(range(2))):
    try: copy.copy(v)
    except TypeError as e: print(e)
copy.deepcopy([iter((1, 2))])
### print to what is no file
print('a', file=3)
### the engine's own warnings pass the filters
import torch, warnings
x = torch.ones(2, 2)
torch.softmax(x, None) if False else torch.nn.functional.softmax(x)
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    torch.nn.functional.softmax(x)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    torch.nn.functional.softmax(x); torch.nn.functional.log_softmax(x)
print([(m.category.__name__, str(m.message)[:20], m.lineno) for m in w])
warnings.filterwarnings('error', 'softmax')
try: torch.nn.functional.softmax(x)
except UserWarning as e: print(e)
torch.nn.functional.log_softmax(x)
torch.nn.functional.softmax(x)
