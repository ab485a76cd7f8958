### autocast to bfloat16 on the CPU is not silently float32
import torch
with torch.autocast('cpu', dtype=torch.bfloat16):
    print(torch.ones(2, 2) @ torch.ones(2, 2))
### autocast to float16 on the CPU is an error of 1.13's, float32 changes nothing
import torch
with torch.autocast('cpu', dtype=torch.float32):
    print((torch.ones(2, 2) @ torch.ones(2, 2)).dtype)
with torch.autocast('cpu', dtype=torch.float16): pass
### torch.amp and torch.compile, newer than 1.13
import torch
scaler = torch.amp.GradScaler('cuda', enabled=False)
print(scaler.scale(torch.ones(1)), scaler.is_enabled())
@torch.compile
def f(x): return x + 1
@torch.compile(mode='max-autotune', fullgraph=True)
def g(x): return x + 2
print(f(1), g(1), torch.compile(torch.nn.Linear(2, 3)), torch.compiler.is_compiling())
torch.compile(3)
### tqdm
from tqdm import tqdm, trange
from tqdm.auto import tqdm as auto
from tqdm.notebook import tqdm as notebook
print([i for i in tqdm(range(3), desc='epoch', leave=False)], [i for i in trange(2, 4)], len(auto([1, 2])), bool(tqdm([])))
bar = notebook(total=10, unit='tok')
bar.set_description('step'); bar.set_postfix(loss=0.123456, lr=1e-5, n=1000, kind='x'); bar.update(3)
print(bar, bar.n, bar.total, bar.desc, bar.postfix)
bar.close(); tqdm.write('said'); tqdm.write('more', end='!\n')
with tqdm(iter('abc')) as b:
    for c in b: print(c, b.n, end=' ')
print(b.n, b.format_dict['total'])
tqdm(range(3), nonsense=1)
### packaging
from packaging import version
from packaging.version import Version, parse
import torch
print(version.parse(torch.__version__) >= version.parse('1.8'), Version('1.10') > Version('1.9'), repr(parse('1.0.0')))
order = ['1.0.dev1', '1.0a1.dev1', '1.0a1', '1.0a2', '1.0b1', '1.0rc1', '1.0', '1.0+cu1', '1.0+cu10', '1.0+10', '1.0.post1', '1.1.dev0', '1!0.1']
print([str(v) for v in sorted(map(Version, reversed(order)))] == order)
v = Version('v1!2.3-alpha.4.post5.dev6+Local_7')
print(v, v.epoch, v.release, v.pre, v.post, v.dev, v.local, v.major, v.minor, v.micro, v.public, v.base_version, v.is_prerelease)
print(Version('1.0') == Version('1.0.0'), hash(Version('1.0')) == hash(Version('1')), Version('1.0-1').post, Version('1.0c1'))
Version('1.0 beta x')
### argparse: what is required
import argparse
p = argparse.ArgumentParser(prog='train')
p.add_argument('--data', required=True)
p.add_argument('file')
p.parse_args()
### argparse: what is wrong
import argparse
p = argparse.ArgumentParser(prog='qkv')
p.add_argument('data')
p.add_argument('--d-model', type=int, default=512, help='width')
p.add_argument('--kind', choices=['a', 'b'])
for words in (['x', '--d-model'], ['x', '--d-model', 'wide'], [], ['x', '--nope'], ['x', '--kind', 'c'], ['x', 'y']):
    try: p.parse_args(words)
    except SystemExit as e: print('exit', e)
### argparse: what is not there
import argparse
p = argparse.ArgumentParser(prog='train')
p.add_subparsers()
### logging goes to standard error
import logging
logging.debug('no')
logging.warning('shown %s', 1)
logging.basicConfig(level=logging.INFO)
logging.info('not shown: the root has a handler already')
logging.FileHandler('x.log')
### a logger without a handler says what is a warning or worse
import logging
log = logging.getLogger(__name__)
log.info('no'); log.error('yes')
### warnings go to standard error, once a place
import warnings
for i in range(2): warnings.warn('look out')
warnings.warn('deprecated', DeprecationWarning)
warnings.warn('pending', PendingDeprecationWarning)
### exit ends a script with its status
print('before')
exit(3)
### exit with a text
raise SystemExit('cannot go on')
### exit from argparse's help
import argparse
argparse.ArgumentParser(prog='x').parse_args(['-h'])
### a frame that has returned
import inspect
def f(): return inspect.currentframe()
print(f().f_locals)
