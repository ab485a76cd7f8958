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
