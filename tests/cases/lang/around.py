### warnings: filters
import warnings
def shown(*rules):
    with warnings.catch_warnings(record=True) as caught:
        warnings.resetwarnings()
        for rule in rules:
            warnings.filterwarnings(*rule)
        for i in range(2):
            warnings.warn('mask is float')
            warnings.warn('old name', DeprecationWarning)
            warnings.warn(RuntimeWarning('overflow in exp'))
    return [(str(w.message), w.category.__name__) for w in caught]
print(shown())
print(shown(('always',)))
print(shown(('ignore', 'mask')))
print(shown(('ignore', 'MASK IS', UserWarning)))
print(shown(('ignore', '', DeprecationWarning), ('once', 'over')))
### warnings: as errors
import warnings
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try: warnings.warn('bad', FutureWarning)
    except FutureWarning as e: print(type(e).__name__, e)
try: warnings.simplefilter('loud')
except AssertionError as e: print(e)
try: warnings.warn('x', int)
except TypeError as e: print(e)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    def old(): warnings.warn('deep', stacklevel=2)
    old()
print(w[0].category, w[-1].message.args, len(w))
print(issubclass(PendingDeprecationWarning, Warning), issubclass(ResourceWarning, UserWarning))
### logging: levels and formats
import logging
class Out:
    def write(self, text): print('>', text, end='')
log = logging.getLogger('model.attn')
h = logging.StreamHandler(Out())
h.setFormatter(logging.Formatter('%(levelname)-8s %(name)s %(funcName)s: %(message)s'))
log.addHandler(h)
log.propagate = False
log.setLevel(logging.INFO)
log.debug('no')
log.info('heads=%d of %s', 4, 'x')
log.warning('%(a)s and %(b)s', {'a': 1, 'b': 2})
def f(): log.error('from f')
f()
log.log(25, 'between')
print(log, logging.getLogger('model.attn') is log, log.parent, log.getEffectiveLevel())
child = log.getChild('head')
child.critical('up the tree')
print(child.parent is log, child.isEnabledFor(logging.DEBUG), logging.getLevelName('ERROR'), logging.getLevelName(10))
logging.disable(logging.WARNING)
log.warning('off'); log.error('on')
logging.disable(logging.NOTSET)
### logging: exceptions, filters, adapters, styles
import logging
class Out:
    def write(self, text): print(text.split('\n')[0], '|', text.strip().split('\n')[-1])
logging.basicConfig(stream=Out(), format='{levelname}/{message}', style='{', level='DEBUG')
try: {}['k']
except KeyError: logging.exception('lost %s', 'k')
log = logging.getLogger('a')
log.addFilter(lambda r: 'no' not in r.getMessage())
log.info('no way'); log.info('way')
class F(logging.Filter):
    def filter(self, record):
        record.step = 7
        return True
logging.getLogger().handlers[0].addFilter(F())
logging.basicConfig(level=logging.ERROR)
log.debug('still shown')
class Count(logging.Handler):
    n = 0
    def emit(self, record): Count.n += 1
log.addHandler(Count()); log.warning('counted'); print(Count.n, log.hasHandlers(), log.handlers)
try: log.setLevel('LOUD')
except ValueError as e: print(e)
try: log.warning('extra', extra={'message': 1})
except KeyError as e: print(e)
logging.basicConfig(force=True, stream=Out(), format='$levelname-${message}', style='$')
logging.warning('dollar')
### argparse: kinds of arguments
import argparse
p = argparse.ArgumentParser(prog='train')
p.add_argument('--heads', '-n', type=int, default=8, help='number of heads')
p.add_argument('--lr', type=float, default='3e-4')
p.add_argument('--causal', action='store_true')
p.add_argument('--no-bias', dest='bias', action='store_false')
p.add_argument('--kind', choices=['local', 'full'], default='full')
p.add_argument('--sizes', nargs='+', type=int, default=[1, 2])
p.add_argument('-v', action='count', default=0)
p.add_argument('--tag', action='append')
p.add_argument('--opt', nargs='?', const='on', default='off')
print(p.parse_args([]))
a = p.parse_args('--heads 4 --lr=1 --causal --no-bias --kind local --sizes 3 4 5 -vv --tag a --tag b --opt'.split())
print(a)
print(a.heads, a.lr, vars(a)['sizes'], 'kind' in a)
print(p.parse_args(['-n3', '--cau']))
print(p.parse_known_args(['--what', '1', '--heads', '2']))
p.set_defaults(heads=99, new='x'); print(p.parse_args([]).heads, p.parse_args([]).new, p.get_default('heads'))
print(argparse.Namespace(a=1, b='c') == argparse.Namespace(b='c', a=1))
### argparse: positionals and help
import argparse
p = argparse.ArgumentParser(prog='qkv', description='Attend.', formatter_class=argparse.ArgumentDefaultsHelpFormatter)
p.add_argument('data')
p.add_argument('rest', nargs='*')
p.add_argument('--d-model', type=int, default=512, help='width')
g = p.add_argument_group('model')
print(p.parse_args(['x', 'y', 'z', '--d-model', '8']))
print(p.parse_args(['--', '-x']))
q = argparse.ArgumentParser(prog='qkv', description='Attend.')
q.add_argument('--d-model', type=int, default=512, help='width (%(default)s)')
q.add_argument('--causal', action='store_true', help='hide the future')
q.print_help()
### inspect: signatures
import inspect, functools
def f(a, b=2, /, c: int = 3, *args, d, e='x', **kw) -> float: pass
sig = inspect.signature(f)
print(sig)
for p in sig.parameters.values(): print(p.name, p.kind, p.default is inspect.Parameter.empty, p)
print(sig.parameters['c'].annotation, sig.return_annotation, inspect.Parameter.KEYWORD_ONLY)
class A:
    def __init__(self, x, y=1): pass
    def m(self, z): pass
    @staticmethod
    def s(q): pass
    @classmethod
    def c(cls, r): pass
    def __call__(self, w): pass
print(inspect.signature(A), inspect.signature(A(1).m), inspect.signature(A.m), inspect.signature(A.s), inspect.signature(A.c), inspect.signature(A(1)))
print(inspect.signature(lambda *, k=1: 0), inspect.signature(functools.partial(f, 1, d=5)))
@functools.wraps(f)
def g(*args, **kwargs): pass
print(inspect.signature(g) == sig, inspect.unwrap(g) is f)
b = sig.bind(1, 2, 3, 4, d=5, z=6); print(b.arguments, b.args, b.kwargs)
b = sig.bind(1, d=5); b.apply_defaults(); print(b.arguments)
for call in (lambda: sig.bind(), lambda: sig.bind(1, 2, 3), lambda: inspect.signature(A.m).bind(1, 2, q=3)):
    try: call()
    except TypeError as e: print(e)
print(inspect.getfullargspec(A.__init__))
def only(p, /): pass
print(inspect.signature(only))
### inspect: kinds and members
import inspect
class A:
    k = 1
    def m(self): return 2
    @property
    def p(self): return 3
def gen(): yield 1
print(inspect.isfunction(A.m), inspect.ismethod(A().m), inspect.isfunction(A().m), inspect.isclass(A), inspect.isclass(A()))
print(inspect.isbuiltin(len), inspect.isroutine(len), inspect.isroutine(A), inspect.ismodule(inspect), inspect.isgeneratorfunction(gen), inspect.isgenerator(gen()))
print([n for n, v in inspect.getmembers(A()) if not n.startswith('_')], inspect.getmembers(A, inspect.isfunction)[-1][0])
def doc():
    """One.

        Two.
      Three.
    """
print(inspect.getdoc(doc)); print(inspect.getmro(bool))
### inspect: frames
import inspect
class Hyper:
    def save(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items() if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items(): setattr(self, k, v)
class Model(Hyper):
    def __init__(self, heads, size=64, *rest, drop=.1, **more):
        inner = lambda: heads
        self.save(ignore=['inner', 'size'])
print(Model(4, 8, 9, drop=0, x=1).hparams)
def f(a, b=2, *c, d=3, **e):
    z = 1
    i = inspect.getargvalues(inspect.currentframe())
    return i.args, i.varargs, i.keywords, list(i.locals)
print(f(1))
def name(): return inspect.currentframe().f_code.co_name, inspect.currentframe().f_back.f_code.co_name
print(name())
print(inspect.currentframe().f_back is None)
### distutils: LooseVersion
from distutils.version import LooseVersion as V
print(V('1.10') > V('1.9'), V('1.5.1').version, V('1.13.0a0+git').version, V('2.0') == '2.0', repr(V('1.2b')), str(V('3')))
print(sorted([V('0.4.1'), V('0.4'), V('0.10'), V('0.4.1rc2')]))
### string.Template, types
from string import Template
import types
print(Template('$a-${b}c $$ $a').substitute(a=1, b=2), Template('$x ${y}').safe_substitute(x=3))
for t in ('$', 'a\n$1', '${a'):
    try: print(Template(t).substitute(a=1))
    except ValueError as e: print(e)
try: Template('$missing').substitute()
except KeyError as e: print(e)
def f(self, n): return self, n
m = types.MethodType(f, 7); print(m(2), m.__self__, isinstance(m, types.MethodType), isinstance(types, types.ModuleType))
### time: dates
import time
t = time.gmtime(86400 * 365.25 * 30)
print(t.tm_year, t.tm_mon, tuple(t), time.strftime('%Y-%m-%d %H:%M:%S %a %j', t), time.asctime(t))
print(time.gmtime(0))
print(len(time.strftime('%H:%M')), time.localtime().tm_year > 2000)
### traceback
import traceback
try:
    try: [][3]
    except IndexError as e: raise ValueError('outer') from e
except ValueError as e:
    lines = traceback.format_exc().splitlines()
    print(lines[0], lines[-1], 'direct cause' in '\n'.join(lines))
    print(traceback.format_exception_only(e))
print(repr(traceback.format_exc()))
### exit
for code in (None, 0, 3, 'text'):
    try: exit(code)
    except SystemExit as e: print(repr(e))
try: quit()
except SystemExit as e: print(e)
### a lambda in brackets before if
f = (lambda x: x + 1) if True else None
print(f(1), (lambda: 3)() if f else 4, [(lambda y: y) if i else (lambda y: -y) for i in range(2)][0](5))
g = lambda x: x if x else -1
print(g(0), g(2))
