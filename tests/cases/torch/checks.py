### assertions on shapes, in the style of a test file
import torch
import torch.nn as nn
import torch.nn.functional as F

def scaled_dot_product(q, k, v, mask=None):
    d_k = q.size()[-1]
    attn_logits = torch.matmul(q, k.transpose(-2, -1)) / d_k ** 0.5
    if mask is not None:
        attn_logits = attn_logits.masked_fill(mask == 0, -9e15)
    attention = F.softmax(attn_logits, dim=-1)
    return torch.matmul(attention, v), attention

def expand_mask(mask):
    assert mask.ndim >= 2, "Mask must be at least 2-dimensional with seq_length x seq_length"
    if mask.ndim == 3:
        mask = mask.unsqueeze(1)
    while mask.ndim < 4:
        mask = mask.unsqueeze(0)
    return mask

def test_shapes():
    values, attention = scaled_dot_product(torch.randn(3, 2), torch.randn(3, 2), torch.randn(3, 2))
    assert values.shape == (3, 2)
    assert attention.shape == torch.Size([3, 3])
    assert torch.allclose(attention.sum(dim=-1), torch.ones(3))

def test_mask():
    m = torch.tril(torch.ones(4, 4))
    _, a = scaled_dot_product(torch.randn(2, 1, 4, 3), torch.randn(2, 1, 4, 3), torch.randn(2, 1, 4, 3), expand_mask(m))
    assert (a.triu(1) == 0).all()
    assert a[0, 0, 0].tolist() == [1.0, 0.0, 0.0, 0.0]

def test_permutation_equivariance():
    x = torch.randn(5, 4)
    perm = torch.randperm(5)
    y, _ = scaled_dot_product(x, x, x)
    z, _ = scaled_dot_product(x[perm], x[perm], x[perm])
    assert torch.allclose(y[perm], z, atol=1e-6)

def test_expected_failure():
    try:
        expand_mask(torch.ones(3))
    except AssertionError as e:
        return str(e)
    raise RuntimeError("no error")

torch.manual_seed(42)
for fn in (test_shapes, test_mask, test_permutation_equivariance, test_expected_failure):
    print(fn.__name__, "PASSED", fn() or "")
q, k, v = torch.randn(3, 2), torch.randn(3, 2), torch.randn(3, 2)
values, attention = scaled_dot_product(q, k, v)
print("Q\n", q)
print("K\n", k)
print("V\n", v)
print("Values\n", values)
print("Attention\n", attention)
### errors of shapes and types that a reader catches
import torch, torch.nn as nn, torch.nn.functional as F
def attempt(label, fn):
    try:
        print(label, fn())
    except Exception as e:
        print(f"{label}: {type(e).__name__}: {str(e).splitlines()[0]}")
a, b = torch.ones(2, 3), torch.ones(4, 5)
attempt('matmul', lambda: torch.mm(a, torch.ones(4)))
attempt('add', lambda: a + b)
attempt('view', lambda: a.view(4, 2))
attempt('view of a transpose', lambda: a.t().view(6))
attempt('cat', lambda: torch.cat([a, torch.ones(2, 4)]))
attempt('stack', lambda: torch.stack([a, torch.ones(3, 2)]))
attempt('index', lambda: a[5])
attempt('dim', lambda: a.sum(3))
attempt('item', lambda: a.item())
attempt('long matmul float', lambda: a @ torch.ones(3, 2, dtype=torch.long))
attempt('embedding', lambda: nn.Embedding(3, 2)(torch.tensor([3])))
attempt('cross entropy', lambda: F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 3])))
attempt('heads', lambda: nn.MultiheadAttention(5, 2))
attempt('squeeze', lambda: torch.ones(1, 2).expand(3, 3))
attempt('backward', lambda: torch.ones(2).sum().backward())
attempt('inplace', lambda: torch.ones(2, requires_grad=True).add_(1))
attempt('layer norm', lambda: nn.LayerNorm(4)(a))
attempt('softmax of ints', lambda: torch.softmax(torch.tensor([1, 2]), 0))
attempt('bool', lambda: bool(a > 0))
attempt('attribute', lambda: nn.Linear(2, 2).wieght)
attempt('keys', lambda: nn.ModuleDict({'a': nn.Identity()})['b'])
attempt('einsum', lambda: torch.einsum('ij,jk->ik', a, b))
attempt('reshape', lambda: a.reshape(-1, 4))
attempt('int(None)', lambda: int(None))
### views share memory, copies do not
import torch
x = torch.arange(12.).view(3, 4)
row, col, block = x[1], x[:, 2], x[1:, ::2]
row += 100
col.mul_(-1)
block[0, 0] = 7
print(x)
print(x.t().is_contiguous(), x.t().stride(), x[:, 1].storage_offset(), x.view(-1).data_ptr() == x.data_ptr())
y = x[[0, 2]]; y.zero_(); print(x[0, 0].item(), y.shape)
e = torch.tensor([[1], [2]]).expand(2, 3); print(e, e.stride(), e.contiguous().stride())
c = x.clone(); c[x > 50] = 0; x[x < 0] = 0.5; print(c, x, sep='\n')
n = x.narrow(1, 1, 2); n.fill_(9); print(x)
a, b = x.chunk(2, dim=1); a.copy_(b); print(x[0])
p = x.permute(1, 0); p[0] = -1; print(x[:, 0], p.shape)
s = torch.as_strided(torch.arange(6), (4, 3), (1, 1)); print(s)
d = torch.zeros(3, 3); d.diagonal().copy_(torch.tensor([1., 2., 3.])); d[0] += d[2]; print(d, d.diagonal().sum())
z = torch.zeros(2, 3); z[:, 1] = torch.tensor([4., 5.]); z[1] = 8; z[..., -1:] -= 1; print(z)
u = x.unsqueeze(0); u.squeeze(0)[2, 3] = 42; print(x[2, 3], x.unbind(0)[2][3], x.select(0, 2)[3])
### integer, bool and byte tensors in masks and counts
import torch
ids = torch.tensor([[5, 3, 9, 0, 0], [7, 1, 0, 0, 0]])
pad = ids.ne(0)
lengths = pad.sum(-1)
print(pad, lengths, lengths.dtype, pad.long().cumsum(1), pad.flip(1).int().argmax(1))
print((~pad).any(), pad.all(dim=0), pad & torch.tensor([True, False, True, True, True]), pad ^ pad.roll(1, 1))
am = pad[:, None, :] & pad[:, :, None] & torch.ones(5, 5, dtype=torch.bool).tril()
print(am.shape, am[1].int(), am.sum((1, 2)))
print(ids // 2, ids % 2, ids / 2, -ids.float() ** 2, ids.pow(2)[0], 7 // torch.tensor([2, -2]), -7 % torch.tensor([2, 3]))
print(torch.tensor([1, 2]) + 0.5, torch.tensor([True, False]) + 1, torch.tensor(3) * 2.5, torch.tensor([1], dtype=torch.uint8) - 2)
print(ids.unique(), ids.bincount(minlength=3) if ids.dim() == 1 else torch.bincount(ids.flatten()), ids.max(), ids.float().mean())
bias = torch.zeros(2, 5).masked_fill(~pad, float('-inf'))
print(bias, bias.exp(), torch.where(pad, ids, -1), ids.masked_select(pad), ids[pad].tolist())
print(torch.iinfo(torch.int32).max, torch.tensor(2 ** 31 - 1, dtype=torch.int32) + 1, torch.tensor(300).to(torch.uint8), torch.tensor([1.9, -1.9]).long())
print(torch.eye(3, dtype=torch.int64)[torch.tensor([2, 0])], torch.nn.functional.one_hot(torch.tensor([1, 0, 2])), torch.tril_indices(3, 3))
print(ids.type(), ids.dtype, pad.type(), ids.is_floating_point(), torch.result_type(ids, 1.0), torch.can_cast(torch.float, torch.int) if False else '')
### print options, wide and long tensors
import torch
torch.manual_seed(0)
x = torch.randn(3, 4)
torch.set_printoptions(precision=2); print(x, x.mean())
torch.set_printoptions(sci_mode=True); print(x[0])
torch.set_printoptions(sci_mode=False, precision=6, linewidth=50); print(x, x * 1e6)
torch.set_printoptions(profile='default'); print(torch.arange(2000), torch.arange(1200.).view(30, 40))
torch.set_printoptions(threshold=20, edgeitems=2); print(torch.zeros(10, 10), torch.randn(40))
torch.set_printoptions(profile='short'); print(x)
torch.set_printoptions(profile='default')
print(torch.tensor([1e-5, 1.0]), torch.tensor([1e10, 1.0]), torch.tensor([1e-8, 1e8]), torch.tensor([float('nan'), float('inf'), -1.0]), torch.tensor([100000., 0.5]))
print(torch.zeros(0), torch.zeros(2, 0, 3), torch.tensor([]), torch.tensor(3), torch.tensor(2.5, dtype=torch.float64), torch.tensor([[]]))
print(torch.tensor([[[1, -20], [300, 4]]]), torch.tensor([True, False]), torch.complex(torch.tensor([1., 0.]), torch.tensor([2., -0.5])), sep='\n')
print([torch.tensor(1.5), torch.tensor([2])], {'w': torch.ones(2)}, (torch.Size([1, 2]), torch.float16, torch.device('cpu')))
print(torch.nn.Parameter(torch.ones(2, 2)), torch.ones(1, requires_grad=True) * 2, torch.randn(2, 2, 2, dtype=torch.float64))
print(f"{torch.tensor(3.14159):.2f} {torch.tensor(42)} {torch.tensor([1.0, 2.0])}", str(torch.tensor([0.1, 0.25])), repr(torch.tensor([1e-3])))
### modules: walking, hooks, buffers, apply
import torch, torch.nn as nn
class Inner(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.lin = nn.Linear(n, n)
        self.register_buffer('steps', torch.zeros(1, dtype=torch.long))
    def forward(self, x):
        self.steps += 1
        return torch.relu(self.lin(x))
    def extra_repr(self):
        return f'n={self.lin.in_features}'
class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(Inner(3) for _ in range(2))
        self.heads = nn.ModuleDict({'cls': nn.Linear(3, 2), 'reg': nn.Linear(3, 1, bias=False)})
        self.scale = nn.Parameter(torch.tensor(1.0))
        self.extra = nn.ParameterList([nn.Parameter(torch.zeros(2)), nn.Parameter(torch.ones(1))])
        self.act = nn.GELU(approximate='tanh')
    def forward(self, x, head='cls'):
        for layer in self.layers:
            x = layer(x) + x
        return self.heads[head](self.act(x)) * self.scale
torch.manual_seed(0)
m = Outer()
print(m)
print([n for n, _ in m.named_parameters()])
print([(n, tuple(b.shape)) for n, b in m.named_buffers()], len(m.state_dict()))
print([type(c).__name__ for c in m.children()], [n for n, _ in m.named_modules()][:6])
m.apply(lambda mod: nn.init.constant_(mod.bias, 0.1) if isinstance(mod, nn.Linear) and mod.bias is not None else None)
seen = []
handle = m.layers[1].register_forward_hook(lambda mod, inp, out: seen.append((type(mod).__name__, inp[0].shape, out.mean().item())))
y = m(torch.ones(2, 3)); handle.remove(); m(torch.ones(1, 3), head='reg')
print(y, seen, m.layers[0].steps)
print(m.training, m.eval().training, m.layers[0].training, next(m.parameters()).dtype, m.double().scale.dtype)
m.requires_grad_(False); print(any(p.requires_grad for p in m.parameters()), 'cls' in m.heads, len(m.layers), m.heads.keys())
print(m.get_submodule('layers.0.lin').weight.shape, m.get_parameter('scale'), hasattr(m, 'nothing'))
### initialisers one after the other
import torch, torch.nn as nn
torch.manual_seed(0)
w = torch.empty(4, 3)
for name, fn in [('uniform', lambda t: nn.init.uniform_(t, -1, 1)), ('normal', nn.init.normal_), ('xavier_uniform', lambda t: nn.init.xavier_uniform_(t, gain=nn.init.calculate_gain('relu'))),
                 ('xavier_normal', nn.init.xavier_normal_), ('kaiming_uniform', lambda t: nn.init.kaiming_uniform_(t, mode='fan_in', nonlinearity='relu')),
                 ('kaiming_normal', lambda t: nn.init.kaiming_normal_(t, mode='fan_out')), ('trunc_normal', lambda t: nn.init.trunc_normal_(t, std=0.02)),
                 ('eye', nn.init.eye_), ('constant', lambda t: nn.init.constant_(t, 0.3)), ('orthogonal', nn.init.orthogonal_), ('sparse', lambda t: t.zero_())]:
    fn(w)
    print(f"{name:16s}", w[0].tolist() if name in ('eye', 'constant') else w[0])
print([round(nn.init.calculate_gain(n), 6) for n in ('linear', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'selu')])
lin, emb, ln, conv = nn.Linear(3, 2), nn.Embedding(4, 2, padding_idx=0), nn.LayerNorm(2), None
print(lin.weight, lin.bias, emb.weight, ln.weight, sep='\n')
torch.manual_seed(1); a = torch.rand(2); torch.manual_seed(1); print(torch.equal(a, torch.rand(2)), torch.initial_seed())
g = torch.Generator().manual_seed(5); print(torch.randn(2, generator=g), torch.randint(10, (3,), generator=g), torch.randperm(4, generator=g))
state = torch.get_rng_state(); b = torch.randn(3); torch.set_rng_state(state); print(torch.equal(b, torch.randn(3)))
### what newer code asks for politely
import torch, torch.nn.functional as F
torch.manual_seed(0)
q, k, v = torch.randn(1, 2, 4, 8), torch.randn(1, 2, 4, 8), torch.randn(1, 2, 4, 8)
device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
use_amp = device.type == "cuda"
print(device, device.type, use_amp, torch.float32, isinstance(q, torch.Tensor), torch.is_tensor(q))
flash = hasattr(F, 'no_such_attention')
print(flash, getattr(torch, 'no_such_name', 'fallback'))
w = (q @ k.transpose(-2, -1)) * (1.0 / 8 ** 0.5)
w = w + torch.triu(torch.full((4, 4), float("-inf")), diagonal=1)
y = w.softmax(-1) @ v
print(y.transpose(1, 2).contiguous().view(1, 4, 16)[0, 3])
with torch.autograd.set_grad_enabled(False):
    z = torch.nn.Linear(16, 2)(y.transpose(1, 2).flatten(2))
print(z, z.requires_grad, z.numel() * z.element_size(), 'bytes')
@torch.no_grad()
def entropy(p: torch.Tensor, *, base: float = 2.0) -> torch.Tensor:
    """Row entropies; 0 log 0 = 0."""
    return -(p * (p.clamp_min(1e-12).log() / torch.log(torch.tensor(base)))).sum(-1)
print(entropy(w.softmax(-1))[0], entropy.__doc__)
for h, row in enumerate(w.softmax(-1)[0, :, -1]):
    bar = ''.join('#' * int(p * 20) + '|' for p in row)
    print(f'head {h}: {bar}', row.argmax().item())
