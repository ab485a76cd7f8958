### linear init and forward
import torch, torch.nn as nn
torch.manual_seed(0); l = nn.Linear(3, 2); print(l, l.weight, l.bias); print(l(torch.ones(1, 3)), l.in_features, l.bias.shape, nn.Linear(2, 2, bias=False), nn.Linear(2, 2, bias=False).bias)
### embedding
import torch, torch.nn as nn
torch.manual_seed(0); e = nn.Embedding(5, 3, padding_idx=0); print(e, e.weight, e(torch.tensor([[1, 0], [4, 1]]))); e(torch.tensor([1, 1, 0])).sum().backward(); print(e.weight.grad)
print(nn.Embedding.from_pretrained(torch.eye(3))(torch.tensor([2])))
### norms
import torch, torch.nn as nn
x = torch.arange(12.).view(3, 4) ** 1.5; ln = nn.LayerNorm(4); print(ln, ln(x)); bn = nn.BatchNorm1d(4); print(bn, bn(x)); print(bn.running_mean, bn.running_var, bn.num_batches_tracked); bn.eval(); print(bn(x)); gn = nn.GroupNorm(2, 4); print(gn, gn(x)); print(nn.LayerNorm((3, 4), elementwise_affine=False)(x))
### dropout
import torch, torch.nn as nn
torch.manual_seed(0); d = nn.Dropout(0.5); x = torch.ones(2, 5); print(d, d(x)); d.eval(); print(d(x)); d.train(); print(d(torch.ones(20)).count_nonzero() <= 20, nn.Dropout(0.)(x))
### activations
import torch, torch.nn as nn
x = torch.tensor([-2., -0.5, 0.5, 2.])
for m in (nn.ReLU(), nn.GELU(), nn.GELU(approximate='tanh'), nn.SiLU(), nn.Tanh(), nn.Sigmoid(), nn.LeakyReLU(0.1), nn.ELU(), nn.Softplus(), nn.Softmax(dim=-1), nn.LogSoftmax(dim=0), nn.Identity(), nn.LogSigmoid(), nn.Flatten(0), nn.ReLU(inplace=True)):
    print(m, m(x.clone()))
### sequential
import torch, torch.nn as nn
from collections import OrderedDict
torch.manual_seed(1); m = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)); print(m, m(torch.ones(2, 4))); print(len(m), m[0], m[-1], [type(c).__name__ for c in m], m[:2])
m2 = nn.Sequential(OrderedDict([('fc', nn.Linear(2, 2)), ('act', nn.Tanh())])); print(m2, m2.fc.weight.shape); m.add_module('last', nn.Identity()); print(list(m._modules))
### module lists and dicts
import torch, torch.nn as nn
ml = nn.ModuleList([nn.Linear(2, 2) for _ in range(3)]); ml.append(nn.ReLU()); print(ml, len(ml), ml[0], [n for n, _ in ml.named_parameters()]); md = nn.ModuleDict({'a': nn.Linear(1, 1), 'b': nn.Identity()}); print(md, 'a' in md, list(md.keys()), md['b']); pl = nn.ParameterList([nn.Parameter(torch.zeros(2)), nn.Parameter(torch.ones(1))]); print(len(pl), pl[1], [n for n, p in pl.named_parameters()])
### custom module
import torch, torch.nn as nn
class Net(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.fc1 = nn.Linear(d, d); self.scale = nn.Parameter(torch.ones(d)); self.register_buffer('mask', torch.tril(torch.ones(2, 2))); self.act = nn.ReLU(); self.d = d
    def forward(self, x): return self.act(self.fc1(x)) * self.scale
torch.manual_seed(0); n = Net(3); print(n); print(n(torch.ones(1, 3)))
print([k for k, _ in n.named_parameters()], [k for k, _ in n.named_buffers()], [k for k, _ in n.named_children()], [k for k, _ in n.named_modules()], list(n.state_dict().keys()))
print(sum(p.numel() for p in n.parameters()), sum(p.numel() for p in n.parameters() if p.requires_grad), n.training, n.eval().training, n.fc1.training, n.d, hasattr(n, 'mask'), n.mask)
### state dict
import torch, torch.nn as nn
torch.manual_seed(0); a, b = nn.Linear(2, 2), nn.Linear(2, 2); print(a.state_dict()); print(b.load_state_dict(a.state_dict())); print(torch.equal(a.weight, b.weight))
try: b.load_state_dict({'weight': torch.zeros(2, 2), 'extra': torch.zeros(1)})
except RuntimeError as e: print(e)
try: b.load_state_dict({'weight': torch.zeros(3, 2), 'bias': torch.zeros(2)})
except RuntimeError as e: print(e)
print(b.load_state_dict({'weight': torch.ones(2, 2)}, strict=False), b.weight)
### apply and init
import torch, torch.nn as nn
torch.manual_seed(0)
def init(m):
    if isinstance(m, nn.Linear): nn.init.xavier_uniform_(m.weight); nn.init.zeros_(m.bias)
    elif isinstance(m, nn.Embedding): nn.init.normal_(m.weight, mean=0.0, std=0.02)
net = nn.Sequential(nn.Embedding(4, 3), nn.Linear(3, 2)); net.apply(init); print(net[0].weight, net[1].weight, net[1].bias)
w = torch.empty(3, 5)
print(nn.init.kaiming_normal_(w), nn.init.kaiming_uniform_(w, nonlinearity='relu'), nn.init.xavier_normal_(w, gain=2.), nn.init.trunc_normal_(w, std=0.02), nn.init.uniform_(w), nn.init.constant_(w, 3.), nn.init.ones_(w), nn.init.eye_(w), nn.init.calculate_gain('relu'))
### init default of parts
import torch, torch.nn as nn
torch.manual_seed(5)
for m in (nn.Linear(2, 3), nn.Embedding(2, 2), nn.LayerNorm(2), nn.MultiheadAttention(4, 2), nn.RNN(2, 2), nn.GRU(2, 2), nn.LSTM(2, 2), nn.GRUCell(2, 2), nn.TransformerEncoderLayer(4, 2, 4), nn.BatchNorm1d(2)):
    print(type(m).__name__)
    for n, p in m.named_parameters(): print(n, tuple(p.shape), f"{p.sum().item():.4f}")
### freeze, share, tie
import torch, torch.nn as nn
class LM(nn.Module):
    def __init__(self):
        super().__init__(); self.emb = nn.Embedding(5, 4); self.head = nn.Linear(4, 5, bias=False); self.head.weight = self.emb.weight
    def forward(self, i): return self.head(self.emb(i))
m = LM(); print(sum(p.numel() for p in m.parameters()), [n for n, _ in m.named_parameters()], list(m.state_dict()), m.head.weight is m.emb.weight)
for p in m.parameters(): p.requires_grad = False
print(any(p.requires_grad for p in m.parameters())); m.requires_grad_(True); print(all(p.requires_grad for p in m.parameters()))
### deepcopy and clones
import torch, torch.nn as nn, copy
def clones(module, N): return nn.ModuleList([copy.deepcopy(module) for _ in range(N)])
torch.manual_seed(0); l = nn.Linear(2, 2); c = clones(l, 2); print(c, torch.equal(c[0].weight, l.weight), c[0].weight is l.weight); c[0].weight.data.zero_(); print(l.weight.sum() != 0, c[1].weight.abs().sum() > 0)
### errors of modules
import torch, torch.nn as nn
class Bad(nn.Module):
    def __init__(self): self.l = nn.Linear(1, 1)
for f in (lambda: Bad(), lambda: nn.Linear(3, 2)(torch.ones(1, 4)), lambda: nn.Module()(1), lambda: nn.Linear(2, 2).foo, lambda: nn.Dropout(2.), lambda: nn.MultiheadAttention(5, 2), lambda: nn.Embedding(3, 2)(torch.tensor([5])), lambda: nn.Embedding(3, 2)(torch.tensor([0.5])) is None, lambda: setattr(nn.Linear(2, 2), 'weight', torch.ones(2, 2))):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).split('\n')[0][:100])
### hooks
import torch, torch.nn as nn
torch.manual_seed(0); l = nn.Linear(2, 2); seen = []
h = l.register_forward_hook(lambda m, i, o: seen.append((type(m).__name__, i[0].shape, o.shape))); l(torch.ones(3, 2)); h.remove(); l(torch.ones(1, 2)); print(seen); h2 = l.register_forward_pre_hook(lambda m, a: (a[0] * 0,)); print(l(torch.ones(1, 2)), l.bias)
### parameters
import torch, torch.nn as nn
p = nn.Parameter(torch.tensor([1., 2.])); print(p, p.data, isinstance(p, torch.Tensor), isinstance(p, nn.Parameter), p.requires_grad, p.is_leaf, (p * 2)); q = nn.Parameter(torch.ones(1), requires_grad=False); print(q, type(p).__name__, nn.Parameter(torch.randn(2, 2)).shape)
### to and half
import torch, torch.nn as nn
l = nn.Linear(2, 2).double(); print(l.weight.dtype, l(torch.ones(1, 2, dtype=torch.float64)).dtype, l.float().weight.dtype, l.to(torch.float64).bias.dtype, next(l.parameters()).dtype, l.to('cpu').weight.device)
### zero_grad and gradients
import torch, torch.nn as nn
torch.manual_seed(0); l = nn.Linear(2, 1); l(torch.ones(4, 2)).sum().backward(); print(l.weight.grad, l.bias.grad); l.zero_grad(); print(l.weight.grad, l.bias.grad); print(nn.utils.clip_grad_norm_(l.parameters(), 1.0)); l(torch.ones(4, 2)).sum().backward(); print(nn.utils.clip_grad_norm_(l.parameters(), 1.0), l.weight.grad, nn.utils.parameters_to_vector(l.parameters()).shape)
### losses
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0); x = torch.randn(4, 3); t = torch.tensor([0, 2, 1, 2]); print(nn.CrossEntropyLoss()(x, t), F.cross_entropy(x, t, reduction='none'), F.cross_entropy(x, t, label_smoothing=0.1), F.cross_entropy(x, torch.softmax(x, -1)), F.cross_entropy(x, torch.tensor([0, -100, 1, 2]), ignore_index=-100), F.cross_entropy(x, t, weight=torch.tensor([1., 2., 3.])), F.nll_loss(F.log_softmax(x, 1), t), nn.CrossEntropyLoss(ignore_index=2)(x, t), nn.CrossEntropyLoss(reduction='sum')(x, t))
y = torch.randn(4, 3); print(F.mse_loss(x, y), nn.MSELoss(reduction='sum')(x, y), F.l1_loss(x, y), F.smooth_l1_loss(x, y), F.huber_loss(x, y), F.kl_div(F.log_softmax(x, -1), F.softmax(y, -1), reduction='batchmean'), F.binary_cross_entropy_with_logits(x, (y > 0).float()), F.binary_cross_entropy(torch.sigmoid(x), (y > 0).float()), nn.BCEWithLogitsLoss(pos_weight=torch.tensor([2.]))(x, (y > 0).float()), nn.KLDivLoss(reduction='sum')(F.log_softmax(x, -1), F.softmax(y, -1)), nn.CrossEntropyLoss(), nn.MSELoss())
print(F.cross_entropy(torch.randn(2, 5, 3), torch.randint(0, 5, (2, 3))))
### functional odds
import torch, torch.nn.functional as F
x = torch.arange(6.).view(2, 3); print(F.one_hot(torch.tensor([0, 2, 1]), 3), F.pad(x, (1, 2)), F.pad(x, (1, 0, 0, 1), value=9.), F.normalize(x, dim=-1), F.cosine_similarity(x, x.flip(0), dim=1), F.softmax(x, dim=0), F.log_softmax(x, -1), F.linear(x, torch.ones(2, 3), torch.zeros(2)), F.embedding(torch.tensor([1]), x), F.layer_norm(x, (3,)), F.glu(torch.arange(4.)), F.relu(-x), F.gelu(x), F.silu(x), F.softplus(x), F.pairwise_distance(x, x + 1), F.leaky_relu(-x))
torch.manual_seed(0); print(F.dropout(x, 0.5), F.dropout(x, 0.5, training=False), F.gumbel_softmax(x, tau=0.5), F.gumbel_softmax(x, hard=True))
### multihead attention
import torch, torch.nn as nn
torch.set_printoptions(precision=3, sci_mode=False)
torch.manual_seed(0); m = nn.MultiheadAttention(8, 2, batch_first=True); x = torch.randn(2, 4, 8); o, w = m(x, x, x); print(m, o, w, o.shape, w.shape)
mask = torch.triu(torch.ones(4, 4), 1).bool(); o, w = m(x, x, x, attn_mask=mask); print(o[0], w[0]); pad = torch.tensor([[False] * 4, [False, False, True, True]]); o, w = m(x, x, x, key_padding_mask=pad, average_attn_weights=False); print(w.shape, w[1, 0]); print(m(x, x, x, need_weights=False)[1])
m2 = nn.MultiheadAttention(8, 4, kdim=6, vdim=5); q, k, v = torch.randn(3, 2, 8), torch.randn(5, 2, 6), torch.randn(5, 2, 5); o, w = m2(q, k, v); print(o.shape, w.shape, o.sum()); print([n for n, _ in m2.named_parameters()]); print(m(x[0], x[0], x[0])[0].shape)
m.eval(); float_mask = torch.zeros(4, 4).masked_fill(mask, float('-inf')); print(torch.allclose(m(x, x, x, attn_mask=mask)[0], m(x, x, x, attn_mask=float_mask)[0]))
torch.set_printoptions(profile='default', sci_mode=None)
### recurrent layers
import torch, torch.nn as nn
torch.manual_seed(0); x = torch.randn(5, 2, 3)
for m in (nn.RNN(3, 4), nn.RNN(3, 4, nonlinearity='relu'), nn.GRU(3, 4, num_layers=2), nn.LSTM(3, 4, bidirectional=True), nn.LSTM(3, 4, 2, batch_first=True), nn.GRU(3, 4, bias=False), nn.LSTM(3, 4, 2, dropout=0.5).eval()):
    o, h = m(x); print(m, o.shape, o[-1]); print(h[0].shape if isinstance(h, tuple) else h.shape)
o, (h, c) = nn.LSTM(3, 4)(x, (torch.zeros(1, 2, 4), torch.ones(1, 2, 4))); print(h, c); g = nn.GRU(3, 4, batch_first=True); o, h = g(x.transpose(0, 1)); print(o.shape, torch.allclose(o[:, -1], h[0])); print(g(torch.ones(2, 3))[0].shape)
### recurrent cells
import torch, torch.nn as nn
torch.manual_seed(0); x = torch.randn(2, 3)
r, l, g = nn.RNNCell(3, 4), nn.LSTMCell(3, 4), nn.GRUCell(3, 4); print(r, l, g); h = torch.zeros(2, 4); print(r(x, h), g(x, h)); h, c = l(x); print(h, c); h, c = l(x, (h, c)); print(h)
### transformer layers
import torch, torch.nn as nn
torch.manual_seed(0); layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True); enc = nn.TransformerEncoder(layer, 2); x = torch.randn(2, 3, 8); print(enc); print(enc(x)); enc.train(); print(enc(x, mask=nn.Transformer.generate_square_subsequent_mask(3)).shape)
dec = nn.TransformerDecoderLayer(8, 2, 16, dropout=0.0, norm_first=True, activation='gelu'); tgt, mem = torch.randn(3, 2, 8), torch.randn(4, 2, 8); print(dec(tgt, mem)); print(dec)
t = nn.Transformer(8, 2, 1, 1, 16, dropout=0.); print(t(torch.randn(4, 2, 8), torch.randn(3, 2, 8)).shape, sum(p.numel() for p in t.parameters())); print(nn.Transformer.generate_square_subsequent_mask(3))
### isinstance loops over modules
import torch, torch.nn as nn
m = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.ReLU(), nn.Linear(2, 1)))
for name, mod in m.named_modules(): print(repr(name), type(mod).__name__, isinstance(mod, nn.Module))
print([type(x).__name__ for x in m.modules()], m.get_submodule('1.1'), dict(m.named_parameters()).keys()); print(type(m), nn.Linear, isinstance(m[0], nn.Linear))
