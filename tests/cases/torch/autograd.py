### scalar chain
import torch
x = torch.tensor(2., requires_grad=True); y = x ** 3 + 2 * x; y.backward(); print(x.grad, y, y.grad_fn is not None, x.is_leaf, y.is_leaf)
### matmul and softmax
import torch
torch.manual_seed(0)
w = torch.randn(3, 4, requires_grad=True); x = torch.randn(2, 3); p = torch.softmax(x @ w, dim=-1); loss = -(p[:, 0].log()).mean(); loss.backward(); print(p, loss, w.grad)
### accumulation and zeroing
import torch
w = torch.ones(2, requires_grad=True)
for i in range(3): (w * (i + 1)).sum().backward(); print(w.grad)
w.grad.zero_(); print(w.grad); w.grad = None; print(w.grad); (w * 2).sum().backward(); print(w.grad)
### no_grad detach
import torch
x = torch.ones(2, requires_grad=True)
with torch.no_grad():
    y = x * 2; print(y.requires_grad, torch.is_grad_enabled())
    with torch.enable_grad(): print((x * 2).requires_grad)
print(torch.is_grad_enabled(), x.detach().requires_grad, (x * 2).detach(), (x * 2).requires_grad)
@torch.no_grad()
def f(a): return a * 2
print(f(x).requires_grad, f.__name__)
class G:
    @torch.no_grad()
    def run(self, a): return a * 3
print(G().run(x))
torch.set_grad_enabled(False); print((x * 2).requires_grad); torch.set_grad_enabled(True)
with torch.set_grad_enabled(False): print((x * 2).requires_grad)
with torch.inference_mode(): print((x * 2).requires_grad)
### retain graph and errors
import torch
x = torch.ones(2, requires_grad=True); y = (x * x).sum(); y.backward(retain_graph=True); y.backward(); print(x.grad)
for f in (lambda: y.backward(), lambda: (x * 2).backward(), lambda: torch.ones(2).sum().backward(), lambda: torch.tensor([1, 2], requires_grad=True)):
    try: f()
    except RuntimeError as e: print(e)
### backward with gradient
import torch
x = torch.arange(3., requires_grad=True); y = x ** 2; y.backward(torch.tensor([1., 0.5, 0.])); print(x.grad)
### autograd grad
import torch
x = torch.tensor([1., 2.], requires_grad=True); w = torch.tensor(3., requires_grad=True); y = (w * x ** 2).sum(); print(torch.autograd.grad(y, [x, w])); print(x.grad)
### leaf in place errors
import torch
x = torch.ones(2, requires_grad=True)
try: x += 1
except RuntimeError as e: print(e)
try: x[0] = 5
except RuntimeError as e: print(e)
with torch.no_grad(): x += 1
print(x); x.data[0] = 9; print(x)
### version check
import torch
x = torch.ones(2, requires_grad=True); y = x.exp(); y += 1
try: y.sum().backward()
except RuntimeError as e: print('modified by an inplace operation' in str(e))
### grad fn names
import torch
x = torch.rand(2, 3, requires_grad=True); w = torch.rand(3, 2, requires_grad=True)
for t in (x + 1, x - x, x * 2, x / 2, x ** 2, x @ w, x.t(), x.sum(), x.mean(), x.view(-1), x.reshape(3, 2), x[0], x[:, 1], x[0, 1], x.exp(), x.log(), torch.softmax(x, -1), torch.log_softmax(x, -1), torch.cat([x, x]), torch.stack([x, x]), x.unsqueeze(0), x.squeeze(), x.permute(1, 0), x.transpose(0, 1), x.masked_fill(x > 0.5, 0.), torch.where(x > 0.5, x, x), x.relu(), x.tanh(), x.sigmoid(), x.clone(), x.expand(4, 2, 3), x.repeat(2, 1), x.max(), x.max(1)[0], x.norm(), -x, x.abs(), x.sqrt(), torch.tril(x), x.cumsum(0), x.std(), x.var(), x.split(1, dim=1)[0], x.chunk(3, 1)[1], x[torch.tensor([0, 1])], x[x > -1], x.flatten(), x.contiguous(), x.gather(1, torch.zeros(2, 1).long()), x.double(), x.sum(0), x.mean(1), x.prod(), x.clamp(0, 1), x.flip(0), x.unbind(0)[0], x.t() @ x, 1 - x, 2 / x, x.T, x.pow(3), x.topk(2)[0], x.sort()[0], x.logsumexp(1), x.min(0).values):
    print(t.grad_fn.name() if t.grad_fn else None, end=" ")
print()
### hooks and retain_grad
import torch
x = torch.ones(2, requires_grad=True); y = x * 2; y.retain_grad(); h = x.register_hook(lambda g: g * 10); y.sum().backward(); print(x.grad, y.grad); h.remove(); x.grad = None; (x * 3).sum().backward(); print(x.grad)
### gradient descent by hand
import torch
torch.manual_seed(1); X = torch.randn(20, 3); true = torch.tensor([1., -2., 0.5]); Y = X @ true; w = torch.zeros(3, requires_grad=True)
for step in range(50):
    loss = ((X @ w - Y) ** 2).mean(); loss.backward()
    with torch.no_grad(): w -= 0.1 * w.grad; w.grad.zero_()
print(f'{loss.item():.5f}', w)
### through indexing and cat
import torch
x = torch.arange(6., requires_grad=True); y = torch.cat([x[:2] * 2, x[4:] * 3, x[torch.tensor([0, 0])]]); y.sum().backward(); print(x.grad); z = torch.zeros(3, 2); x.grad = None; z[1] = x[:2]; z[2] += x[2:4] * 5; z.sum().backward(); print(z, x.grad)
### the graph can be walked to its leaves
import torch
a = torch.ones(2, requires_grad=True)
leaf = (a * 2).grad_fn.next_functions[0][0]
print(leaf.name(), leaf.next_functions, leaf.variable.shape, str(leaf).split()[0])
### gradients at the edges: nan, zeros, ties, and tensors that changed
import torch, torch.nn.functional as F
inf, nan = float('inf'), float('nan')
def t(name, f):
    try: print(name, f())
    except Exception as e: print(name, type(e).__name__, str(e)[:150])
def g(f, *xs):
    xs = [torch.tensor(x, requires_grad=True) for x in xs]
    y = f(*xs); y = y[0] if isinstance(y, tuple) else y
    y.sum().backward(); return [x.grad for x in xs]
V = [0., nan, -1., 2., inf, -inf, -0.]
for n in 'abs sqrt sign relu exp log tanh sigmoid rsqrt reciprocal square'.split(): t(n, lambda: g(getattr(torch, n), V))
T = [1., 3., 3., nan]; U = [3., 3., 1., 0.]
for n in 'max min amax amin median mean std var norm sum prod logsumexp'.split():
    if n in ('logsumexp',): t(n, lambda: (g(lambda x: torch.logsumexp(x, 0), T), g(lambda x: torch.logsumexp(x, 0), [-inf, -inf])))
    else: t(n, lambda: (g(getattr(torch, n), T), g(getattr(torch, n), U)))
    if n in 'max min amax amin median': t(n + ' dim', lambda: (g(lambda x: getattr(torch, n)(x, 0), T), g(lambda x: getattr(torch, n)(x, 0), U)))
t('clamp', lambda: (g(lambda x: x.clamp(0, 2), V), g(lambda x: x.clamp(min=2.), V), g(lambda x: torch.clamp(x, torch.zeros(7), torch.full((7,), 2.)), V)))
t('clamp t', lambda: g(lambda x, lo, hi: torch.clamp(x, lo, hi), [0., nan, 2., 5., -1.], [0., 0., nan, 1., 0.], [2., 2., 2., 2., nan]))
t('maximum', lambda: g(torch.maximum, [1., 2., nan, 3.], [1., 3., 0., nan])); t('minimum', lambda: g(torch.minimum, [1., 2., nan, 3.], [1., 3., 0., nan]))
t('fmax', lambda: g(torch.fmax, [1., 2., nan, 3., nan], [1., 3., 0., nan, nan]))
for p in (1., 2., 3., inf, -1.): t(f'norm {p}', lambda: (g(lambda x: torch.norm(x, p), [0., 0., 0.]), g(lambda x: torch.norm(x, p), [1., -2., 2.]), g(lambda x: torch.norm(x, p, dim=1), [[0., 0.], [0., 3.], [nan, 1.]]), g(lambda x: torch.linalg.vector_norm(x, p), [0., 0.])))
for p in (0, 1, 2, 0.5, -1, 3, 0., -0.5, 1.5): t(f'pow {p}', lambda: g(lambda x: x ** p, [0., -0., 1., -2., inf, nan, 4.]))
t('pow tt', lambda: g(torch.pow, [0., 0., 0., 2., -2., inf, 1., nan], [0., 2., -1., 0., 2., 0., nan, 0.])); t('rpow', lambda: (g(lambda x: 2 ** x, [0., 1., inf, -inf, nan]), g(lambda x: 0. ** x, [0., 1., -1., nan]), g(lambda x: torch.pow(torch.tensor(-2.), x), [2., 3.])))
t('where', lambda: (g(lambda x: torch.where(x > 0, 1 / x, torch.zeros_like(x)), [0., 2., nan]), g(lambda x: torch.where(x > 0, x.sqrt(), x * 0), [0., 4., -1.]), g(lambda x: torch.where(x == inf, x * 0, x), [inf, 1.])))
t('div', lambda: g(lambda a, b: a / b, [1., 0., inf], [0., 0., inf])); t('xlogy', lambda: g(torch.xlogy, [0., 1., 0.], [0., 0., nan]))
t('atan2', lambda: g(torch.atan2, [0., 1.], [0., 0.])); t('hypot', lambda: g(torch.hypot, [0., 3.], [0., 4.])); t('softmax', lambda: g(lambda x: torch.softmax(x, 0)[0], [-inf, 1., 2.])); t('softmax all', lambda: g(lambda x: torch.softmax(x, 0)[0], [-inf, -inf]))
t('cummax', lambda: g(lambda x: torch.cummax(x, 0), [1., 3., 3., nan, 2.])); t('sort', lambda: g(lambda x: torch.sort(x)[0][:1], [3., nan, 3., 1.])); t('topk', lambda: g(lambda x: torch.topk(x, 2)[0], [3., nan, 3., 1.])); t('prod0', lambda: g(torch.prod, [0., 2., 3.])); t('prod00', lambda: g(torch.prod, [0., 0., 3.])); t('cumprod', lambda: g(lambda x: torch.cumprod(x, 0), [2., 0., 3., 0.]))
t('bt', lambda: [x.grad_fn.name() if x.grad_fn else None for x in torch.broadcast_tensors(torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True))])
t('einsum', lambda: [torch.einsum(s, *[torch.ones(2, 2, requires_grad=True)] * k).grad_fn.name() for s, k in (('ij,jk->ik', 2), ('ij->ji', 1), ('ij->', 1), ('ii->i', 1), ('ij,ij->', 2), ('ij,ij->ij', 2), ('ij,kl->ijkl', 2), ('ij->i', 1), ('ij,jk', 2), ('ii', 1), ('ij,jk,kl->il', 3), ('ij', 1))])
t('gn', lambda: F.group_norm(torch.ones(2, 5), 2)); t('gn2', lambda: F.group_norm(torch.ones(2, 1), 1)); t('gn3', lambda: F.group_norm(torch.ones(2, 4, 3), 2, torch.ones(3))); t('gn4', lambda: F.group_norm(torch.ones(4), 2)); t('gn5', lambda: torch.nn.GroupNorm(3, 4))
def ver(name, f, *args):
    x = torch.rand(4, 3, requires_grad=True); y = x * 1; idx = torch.tensor([[0, 1, 2]])
    try:
        z = f(y, idx); z = z[0] if isinstance(z, tuple) else z
        (y if args and args[0] == 'y' else z if args and args[0] == 'z' else idx).add_(0); z.sum().backward(); print(name, 'ok')
    except RuntimeError as e: print(name, str(e)[:90])
ver('gather', lambda y, i: y.gather(0, i)); ver('take', lambda y, i: torch.take(y, i)); ver('index', lambda y, i: y[i]); ver('index_select', lambda y, i: y.index_select(0, i[0])); ver('sort', lambda y, i: torch.sort(y), 'y'); ver('sort z', lambda y, i: torch.sort(y), 'z'); ver('cummax z', lambda y, i: torch.cummax(y, 0), 'z'); ver('nll', lambda y, i: F.nll_loss(y[:3], i[0])); ver('scatter', lambda y, i: y.scatter(0, i, 1.)); ver('embedding', lambda y, i: F.embedding(i, y)); ver('max', lambda y, i: y.max(), 'y'); ver('maxdim', lambda y, i: y.max(0), 'y'); ver('maxdim z', lambda y, i: y.max(0), 'z'); ver('gather y', lambda y, i: y.gather(0, i), 'y'); ver('softmax z', lambda y, i: y.softmax(0), 'z'); ver('amax y', lambda y, i: y.amax(0), 'y'); ver('median', lambda y, i: y.median(), 'y'); ver('norm', lambda y, i: y.norm(), 'y'); ver('norm z', lambda y, i: y.norm(), 'z'); ver('clamp', lambda y, i: y.clamp(0), 'y'); ver('relu z', lambda y, i: y.relu(), 'z'); ver('abs', lambda y, i: y.abs(), 'y'); ver('prod', lambda y, i: y.prod(), 'y'); ver('prod z', lambda y, i: y.prod(), 'z'); ver('cumprod', lambda y, i: y.cumprod(0), 'y'); ver('std', lambda y, i: y.std(), 'y'); ver('ce', lambda y, i: F.cross_entropy(y[:3], i[0])); ver('logsumexp', lambda y, i: y.logsumexp(0), 'y'); ver('scatter_add', lambda y, i: torch.zeros(4, 3).scatter_add(0, i, y)); ver('topk', lambda y, i: y.topk(2), 'z'); ver('take_along', lambda y, i: torch.take_along_dim(y, i, 0)); ver('repeat_interleave', lambda y, i: y.repeat_interleave(i[0] + 1, 1), 'y'); ver('where', lambda y, i: torch.where(y > .5, y, y * 2), 'y'); ver('masked_fill', lambda y, i: y.masked_fill(y > .5, 0.), 'y')
def ms(f):
    y = torch.rand(3, requires_grad=True) * 1; m = torch.tensor([True, False, True])
    try: z = f(y, m); m.logical_not_(); z.sum().backward(); print('mask ok')
    except RuntimeError as e: print(str(e)[:90])
ms(lambda y, m: y.masked_select(m)); ms(lambda y, m: y[m]); ms(lambda y, m: y.masked_fill(m, 0.)); ms(lambda y, m: torch.where(m, y, y * 2))
