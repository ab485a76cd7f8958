"""The programs of differ.py: lists of statements, made from a random.Random."""
# No half precision: PyTorch 1.13 has few kernels for it on a CPU, qkv has all.
DTYPES = ['torch.float32', 'torch.float32', 'torch.float64', 'torch.int64', 'torch.int32', 'torch.bool',
          'torch.uint8', 'torch.int8', 'torch.int16']
UNARY = '''abs neg sign square exp sqrt rsqrt sin cos tanh sigmoid relu floor ceil round trunc log1p
    expm1 reciprocal isnan logical_not contiguous clone detach t numel cumsum(0) cumsum(-1) sum mean
    max min std var argmax argmin all any prod norm flatten squeeze float double long int bool'''.split()
ALONG = '''sum mean softmax log_softmax cumsum cumprod logsumexp argmax argmin amax amin all any var std
    prod sort argsort unbind median norm flip cummax nansum'''.split()
BINARY = ['{a} + {b}', '{a} - {b}', '{a} * {b}', '{a} / {b}', '{a} @ {b}', '{a} // {b}', '{a} % {b}',
          '{a} == {b}', '{a} < {b}', '{a} >= {b}', 'torch.maximum({a}, {b})', 'torch.minimum({a}, {b})',
          'torch.where({a} > 0, {a}, {b})', 'torch.matmul({a}, {b}.transpose(-2, -1))',
          'torch.cat([{a}, {b}], dim={d})', 'torch.stack([{a}, {b}], dim={d})', '{a} & {b}', '{a} | {b}',
          '{a} ** 2 + {b}', 'torch.einsum("ij,jk->ik", {a}, {b})', 'torch.outer({a}.flatten(), {b}.flatten())',
          'torch.allclose({a}, {b})', 'torch.equal({a}, {b})', '{a}.expand_as({b})', '{a}.view_as({b})',
          'torch.dot({a}.flatten(), {b}.flatten())', 'F.cosine_similarity({a}, {b}, dim={d})',
          'F.linear({a}, {b})', 'F.mse_loss({a}, {b})', 'torch.addcmul({a}, {b}, {b}, value=0.5)',
          '{a}.masked_fill({b} > 0, -1)', 'torch.bmm({a}, {b})', 'torch.lerp({a}, {b}, 0.3)']
VIEWS = ['{a}.t()', '{a}.transpose({d}, {e})', '{a}.permute({p})', '{a}.reshape({s})', '{a}.view({s})',
         '{a}.unsqueeze({d})', '{a}.squeeze({d})', '{a}[{i}]', '{a}[{i}, {j}]', '{a}[..., {i}]', '{a}[:, {i}]',
         '{a}[{l}:{h}]', '{a}[{l}:{h}:2]', '{a}[:, {l}:{h}]', '{a}[None]', '{a}[[0, {i}]]', '{a}[{a} > 0]',
         '{a}.flatten({d})', '{a}.narrow({d}, {l}, 1)', '{a}.chunk(2, dim={d})', '{a}.split(1, dim={d})',
         '{a}.expand(2, *{a}.shape)', '{a}.repeat(2, 1)', '{a}.roll(1, {d})', '{a}.flip({d})', '{a}.tril()',
         '{a}.triu(1)', '{a}.diagonal()', '{a}.select({d}, {i})', '{a}.unfold({d}, 2, 1)', '{a}.mT', '{a}.T',
         '{a}.gather({d}, torch.zeros(1, 1, dtype=torch.long))', '{a}.index_select({d}, torch.tensor([{i}, 0]))',
         '{a}.repeat_interleave(2, dim={d})', '{a}.movedim(0, -1)', '{a}.topk(2, dim={d})', '{a}.unique()',
         '{a}.nonzero()', '{a}.to(torch.{t})', '{a}.tolist()', '{a}.stride()', '{a}.is_contiguous()',
         'F.pad({a}, (1, 0))', 'F.layer_norm({a}, {a}.shape[-1:])', 'F.gelu({a})', 'F.silu({a})',
         'F.one_hot({a}.long().clamp(0, 3), 5)', 'F.normalize({a}, dim={d})', 'F.softplus({a})',
         '{a}.clamp(-0.5, 0.5)', '{a}.unsqueeze(0).broadcast_to(2, *{a}.shape)', '{a}.bernoulli()' ]
INPLACE = ['{a}.add_({b})', '{a}.mul_(2)', '{a}.zero_()', '{a}[{i}] = 0', '{a}[:, {i}] = {b}', '{a} += 1',
           '{a}[{a} > 0] = -1', '{a}.fill_({i})', '{a}.copy_({b})', '{a}.clamp_(min=0)', '{a}.t_()',
           '{a}.masked_fill_({b} > 0, 2)', '{a}.transpose_(0, 1)', '{a}.squeeze_()', '{a}.exp_()',
           '{a}.index_fill_(0, torch.tensor([{i}]), 3)', '{a}[{i}] += {b}[{i}]', '{a}.uniform_()',
           '{a}.normal_()', '{a}.sub_({b}).div_(2)', '{a}.scatter_({d}, torch.zeros(1, 1, dtype=torch.long), 7)']


MORE = ['{a}.sum(({d}, {e}))', '{a}.mean({d}, keepdim=True)', '{a}.var({d}, unbiased=False)', '{a}.std(({d}, {e}))',
        '{a}.cumsum({d})', '{a}.logcumsumexp({d})', '{a}.argsort({d}, descending=True)', '{a}.kthvalue(1, {d})', '{a}.mode({d})',
        '{a}.max({d})', '{a}.min({d}, keepdim=True)', '{a}.amax(({d}, {e}))', '{a}.prod({d})', '{a}.any()', '{a}.all({d})',
        '{a}.norm(p={p1}, dim={d})', '{a}.clamp(max={i})', '{a}.clamp(min={b})', '{a}.fmod(2)', '{a}.remainder(-2)', '{a}.sign()',
        '{a}.floor_divide(2)', '{a}.true_divide(2)', '{a}.pow({i})', '{a}.pow({b})', '2 ** {a}', '{a}.sub({b}, alpha=2)',
        '{a}.add({b}, alpha=2)', '{a}.addcdiv({b}, {b} + 9)', '{a}.outer({b})', '{a}.dot({b})', '{a}.mv({b})', '{a}.mm({b})',
        'torch.addmm({a}, {b}, {b})', 'torch.baddbmm({a}, {b}, {b}.mT)', 'torch.tensordot({a}, {b}, dims=1)', 'torch.kron({a}, {b})',
        'torch.cross({a}, {b}, dim={d})', 'torch.cdist({a}, {b})', 'torch.einsum("...i,...i->...", {a}, {b})',
        'torch.einsum("...ij->...ji", {a})', 'torch.einsum("i...->...", {a})', 'torch.cat([{a}, {a}], {d})', 'torch.hstack([{a}, {b}])',
        'torch.vstack([{a}, {b}])', 'torch.meshgrid({a}.flatten(), {b}.flatten(), indexing="ij")', 'torch.broadcast_tensors({a}, {b})',
        '{a}.tensor_split(2, {d})', '{a}.unflatten({d}, (1, -1))', '{a}.swapaxes({d}, {e})', '{a}.diag()', '{a}.diag_embed()',
        '{a}.trace()', '{a}.rot90()', '{a}.masked_select({b} > 0)', '{a}.take(torch.tensor([0, {i}]))', '{a}.index_add({d}, torch.tensor([0]), {b})',
        '{a}.scatter_add({d}, torch.zeros(1, 1, dtype=torch.long), {b})', '{a}.take_along_dim({a}.argsort({d}), {d})', '{a}[..., None, {i}]',
        '{a}[torch.tensor([{i}]), {j}]', '{a}[:, [{i}, 0]]', '{a}[{a}.bool()]', '{a}[()]', '{a}[{l}:, ..., :{h}]', '{a}.new_zeros(2)', '{a}.new_tensor([1, 2])',
        'torch.zeros_like({a})', 'torch.full_like({a}, {i})', '{a}.item()', '{a}.numpy()', '{a}.detach().numpy().sum()', '{a}.element_size()',
        '{a}.dtype', '{a}.is_leaf', '{a}.requires_grad', '{a}.size({d})', '{a}.shape', '{a}.dim()', 'len({a})', 'bool({a})', 'int({a})', 'float({a})',
        'list({a})', '{a}.bincount()', '{a}.histc(3)', '{a}.count_nonzero({d})', '{a}.nan_to_num()', '{a}.cummin({d})', '{a}.diff(dim={d})',
        'torch.isclose({a}, {b})', 'torch.result_type({a}, {b})', 'torch.logical_xor({a}, {b})', '{a} ^ {b}', '~{a}', '-{a}', '{a} << 1', '{a} >> 1',
        'torch.bucketize({a}, torch.tensor([0., 1.]))', 'torch.searchsorted(torch.tensor([0., 1.]), {a})', 'F.softmax({a}, {d})',
        'F.log_softmax({a}, {d})', 'F.relu({a})', 'F.elu({a})', 'F.leaky_relu({a})', 'F.hardswish({a})', 'F.glu({a}, {d})', 'F.dropout({a}, 0.5)',
        'F.cross_entropy({a}, {b}.argmax(-1))', 'F.nll_loss({a}.log_softmax(-1), {b}.argmax(-1))', 'F.binary_cross_entropy_with_logits({a}, {b})',
        'F.kl_div({a}, {b})', 'F.smooth_l1_loss({a}, {b})', 'F.embedding({a}.long().clamp(0, 1), torch.ones(2, 3))', 'F.pad({a}, (1, 1), value=2)',
        'F.interpolate({a}[None, None].float(), scale_factor=2)', 'F.unfold({a}[None, None], 2)', 'F.avg_pool1d({a}[None], 2)', 'F.max_pool1d({a}, 2)',
        'F.conv1d({a}, {b})', 'F.bilinear({a}, {a}, {b})', 'F.cosine_similarity({a}, {b})', 'F.pairwise_distance({a}, {b})', 'F.layer_norm({a}, ({j},))',
        'torch.triu_indices(3, 3)', 'torch.cumulative_trapezoid({a})', 'torch.quantile({a}.float(), 0.3)', 'torch.nanmean({a})', 'torch.std_mean({a}, {d})',
        'torch.autograd.grad({a}.sum(), {b}, allow_unused=True)', 'torch.autograd.grad({a}.pow(2).sum(), {a})', '{a}.T @ {b}', '{a}.addmv({b}, {a})']
INPLACE += ['{a}.div_(2)', '{a}.pow_(2)', '{a}.sqrt_()', '{a}.neg_()', '{a}.floor_()', '{a}.tril_()', '{a}.unsqueeze_({d})', '{a}[..., {i}] = {b}',
            '{a}[{l}:{h}] *= 2', '{a}.T[0] = 1', '{a}.view(-1)[0] = 5', '{a}.index_add_({d}, torch.tensor([0]), {b})', '{a}.addcmul_({b}, {b})',
            '{a}.lerp_({b}, 0.5)', '{a}.requires_grad_()', '{a}.detach_()', '{a}.clamp_({j})', '{a}.index_copy_(0, torch.tensor([0]), {b}[:1])',
            '{a}.masked_scatter_({b} > 0, {a})', '{a}.fill_diagonal_(1)', '{a}.bernoulli_(0.5)', '{a} /= 2', '{a} //= 2', '{a} **= 2', '{a} &= {b}',
            '{a}[{a}.argmax()] = 0', '{a}.cumsum_({d})', '{a}.logical_not_()', '{a}.round_()', '{a}.data.mul_(2)', '{a}.swapdims_({d}, {e})',
            'torch.nn.init.xavier_uniform_({a})', '{a}.random_(5)', '{a}.exponential_()', '{a}.grad = None', '{a}.retain_grad()']


def words_for(rng, names):
    return dict(a=rng.choice(names), b=rng.choice(names), d=rng.randint(-2, 2), e=rng.randint(-2, 2), i=rng.randint(-2, 2),
                j=rng.randint(0, 2), l=rng.randint(-2, 1), h=rng.randint(0, 4), p1=rng.choice([1, 2, 3, 'float("inf")']),
                t=rng.choice(['float32', 'float64', 'int64', 'bool', 'int32', 'uint8', 'int8', 'int16']),
                p=', '.join(map(str, rng.sample(range(3), rng.choice([2, 3])))),
                s=', '.join(str(rng.choice([-1, 1, 2, 3, 4, 6])) for _ in range(rng.randint(1, 3))))


def shape_for(rng):
    if rng.random() < 0.06:
        return []
    size = [0, 1, 2, 3] if rng.random() < 0.08 else [1, 2, 3, 4]
    return [rng.choice(size) for _ in range(rng.choice([1, 2, 2, 2, 3, 4]))]


def torch_program(rng):
    """Tensors."""
    lines, names = [], []

    def fresh(expr):
        names.append('x%d' % len(names))
        lines.append(f'{names[-1]} = {expr}')

    for _ in range(rng.randint(1, 3)):
        shape, kind = shape_for(rng), rng.random()
        turned = '.transpose(0, -1)' if shape and rng.random() < 0.15 else '.expand(2, *%s)' % shape if rng.random() < 0.06 else ''
        if kind < 0.5:
            grad = '.requires_grad_()' if rng.random() < 0.5 else ''
            fresh(f'torch.randn({shape}){turned}{grad}')
        elif kind < 0.8:
            fresh(f'torch.randint(-3, 6, {shape}).to({rng.choice(DTYPES)}){turned}')
        else:
            fresh(f'torch.arange({rng.randint(1, 12)}.)' if rng.random() < .5 else f'torch.rand({shape}){turned}')
    for _ in range(rng.randint(3, 8)):
        words, kind = words_for(rng, names), rng.random()
        a = words['a']
        if kind < 0.13:
            op = rng.choice(UNARY)
            fresh(f'{a}.{op}' if op.endswith(')') else f'{a}.{op}()')
        elif kind < 0.23:
            fresh(f'{a}.{rng.choice(ALONG)}({words["d"]})')
        elif kind < 0.4:
            fresh(rng.choice(BINARY).format(**words))
        elif kind < 0.57:
            fresh(rng.choice(VIEWS).format(**words))
        elif kind < 0.8:
            fresh(rng.choice(MORE).format(**words))
        elif kind < 0.92:
            lines.append(rng.choice(INPLACE).format(**words))
        else:
            lines.append(rng.choice(['{a}.sum().backward()', '({a} * {b}).sum().backward()', '{a}.pow(2).mean().backward()',
                                     '{a}.backward(torch.ones_like({a}))']).format(**words))
    return lines


LAYERS = ['nn.Linear({n}, {n})', 'nn.Linear({n}, {n}, bias=False)', 'nn.LayerNorm({n})', 'nn.ReLU()', 'nn.GELU()', 'nn.Tanh()', 'nn.SiLU()',
          'nn.Dropout(0.1)', 'nn.Softmax(-1)', 'nn.LogSoftmax(1)', 'nn.Identity()', 'nn.ELU()', 'nn.LeakyReLU(0.2)', 'nn.Sigmoid()',
          'nn.Sequential(nn.Linear({n}, 2 * {n}), nn.ReLU(inplace=True), nn.Linear(2 * {n}, {n}))',
          'nn.TransformerEncoderLayer({n}, 2, 2 * {n}, batch_first=True)', 'nn.TransformerEncoderLayer({n}, 2, 2 * {n}, 0.0, activation="gelu", norm_first=True)',
          'Pick(nn.MultiheadAttention({n}, 2, batch_first=True))', 'First(nn.GRU({n}, {n}, batch_first=True))', 'First(nn.LSTM({n}, {n}))',
          'First(nn.RNN({n}, {n}))', 'First(nn.GRU({n}, {n} // 2, bidirectional=True))', 'Turned(nn.Conv1d({n}, {n}, 3, padding=1))',
          'Turned(nn.Conv1d({n}, {n}, 1, groups=2))', 'Turned(nn.BatchNorm1d({n}))', 'Turned(nn.GroupNorm(2, {n}))', 'Residual(nn.Linear({n}, {n}))',
          'Residual(nn.Sequential(nn.LayerNorm({n}), nn.Linear({n}, {n}), nn.GELU()))', 'Turned(nn.AvgPool1d(3, 1, 1))', 'Turned(nn.MaxPool1d(3, 1, 1))',
          'nn.Bilinear({n}, {n}, {n})', 'nn.PReLU()', 'nn.Softplus()', 'nn.Hardswish()', 'nn.utils.weight_norm(nn.Linear({n}, {n}))']
OPTIMISERS = ['Adam(ps, lr=1e-2)', 'AdamW(ps, lr=1e-2, weight_decay=.1)', 'SGD(ps, lr=.1, momentum=.9)', 'SGD(ps, lr=.1, momentum=.9, nesterov=True, weight_decay=.01)',
              'RMSprop(ps, lr=1e-3)', 'Adagrad(ps, lr=1e-2)', 'Adam(ps, lr=1e-2, betas=(.9, .98), eps=1e-9, amsgrad=True)', 'NAdam(ps)', 'RAdam(ps)', 'Adamax(ps)', 'Adadelta(ps)']
LOSSES = ['y.pow(2).mean()', 'F.mse_loss(y, target)', 'F.cross_entropy(y.flatten(0, 1), labels)', 'F.cross_entropy(y.transpose(1, 2), labels.view(3, 5), label_smoothing=.1)',
          'F.nll_loss(y.log_softmax(-1).flatten(0, 1), labels, ignore_index=1)', 'F.l1_loss(y, target)', 'F.smooth_l1_loss(y, target)', 'y.logsumexp(-1).sum()',
          'F.binary_cross_entropy_with_logits(y, target.sigmoid())', 'F.kl_div(y.log_softmax(-1), target.softmax(-1), reduction="batchmean")',
          '(1 - F.cosine_similarity(y, target, dim=-1)).mean()', 'y.var(-1).sum() + y.std(1).mean()', 'y.norm()']
SCHEDULES = ['StepLR(opt, 1, .5)', 'CosineAnnealingLR(opt, 4)', 'LambdaLR(opt, lambda s: 1 / (s + 1))', 'ExponentialLR(opt, .9)', 'LinearLR(opt, .1, 1., 3)', 'OneCycleLR(opt, .1, 8)', 'ReduceLROnPlateau(opt)']
TRAIN_HEAD = '''
class Wrap(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
class Pick(Wrap):
    def forward(self, x): return self.inner(x, x, x)[0]
class First(Wrap):
    def forward(self, x): return self.inner(x)[0]
class Turned(Wrap):
    def forward(self, x): return self.inner(x.transpose(1, 2)).transpose(1, 2)
class Residual(Wrap):
    def forward(self, x): return x + self.inner(x)
'''


def train_program(rng):
    """A stack of layers, a loss, an optimiser, some steps; the last lines look at what has become of it."""
    n = rng.choice([4, 6, 8])
    layers = ', '.join(l.format(n=n) for l in rng.choices(LAYERS, k=rng.randint(1, 4)))
    lines = [f'model = nn.Sequential(nn.Linear({n}, {n}), {layers})', f'data, target = torch.randn(3, 5, {n}), torch.randn(3, 5, {n})',
             f'labels = torch.randint(0, {n}, (15,))', 'ps = list(model.parameters())', f'opt = torch.optim.{rng.choice(OPTIMISERS)}']
    schedule = rng.random() < 0.5
    if schedule:
        lines.append(f'sched = torch.optim.lr_scheduler.{rng.choice(SCHEDULES)}')
    loss = rng.choice(LOSSES)
    step = f'opt.zero_grad(); y = model(data); loss = {loss}; loss.backward(); '
    if rng.random() < 0.4:
        step += rng.choice(['nn.utils.clip_grad_norm_(ps, 1.); ', 'nn.utils.clip_grad_value_(ps, .1); '])
    step += 'opt.step()' + ('; sched.step(loss.item())' if schedule and 'Plateau' in lines[-1] else '; sched.step()' if schedule else '')
    for _ in range(rng.randint(1, 3)):
        lines += [step, 'loss = loss.detach(); print(f"{loss:.4f}", [g["lr"] for g in opt.param_groups])']
    lines += ['y = model.eval()(data)', 'print(model)', 'total = sum(p.numel() for p in ps)', 'norms = [round(p.detach().norm().item(), 3) for p in ps]',
              'keys = list(model.state_dict())', 'grads = [None if p.grad is None else round(p.grad.norm().item(), 3) for p in ps]']
    return lines


NP_MAKE = ['np.arange({k})', 'np.arange({k}.).reshape(-1, 1)', 'rng.standard_normal({s})', 'rng.integers(-3, 6, {s})', 'np.ones({s})', 'np.zeros({s}, dtype=int)',
           'np.linspace(0, 1, {k})', 'np.array([[1, 2], [3, 4]])', 'np.array([1.5, -2, 0])', 'np.random.rand(*{s})', 'np.random.randn(*{s})', 'np.eye({j})',
           'np.array({k})', 'rng.standard_normal({s}).astype(np.float32)', 'np.full({s}, 7, dtype=np.int32)', 'rng.random({s}) > .5', 'np.array([1, 2, 3], dtype=np.uint8)',
           'rng.standard_normal({s}).T', 'np.random.randint(0, 5, {s})', 'np.tri(3)', 'np.identity(2)', 'np.empty((0, 3))']
NP_OPS = ['{a} + {b}', '{a} - {b}', '{a} * {b}', '{a} / {b}', '{a} @ {b}', '{a} // {b}', '{a} % {b}', '{a} ** 2', '{a} > {b}', '{a} == {b}', '-{a}', '~{a}', '{a} & {b}', '1 / {a}',
          '2 ** {a}', 'np.exp({a})', 'np.log(np.abs({a}) + 1)', 'np.sqrt(np.abs({a}))', 'np.tanh({a})', 'np.maximum({a}, {b})', 'np.minimum({a}, 0)', 'np.where({a} > 0, {a}, {b})',
          'np.clip({a}, -1, 1)', '{a}.sum()', '{a}.sum(axis={d})', '{a}.mean({d}, keepdims=True)', '{a}.std(axis={d})', '{a}.var(ddof=1)', '{a}.max({d})', '{a}.min()', '{a}.argmax({d})',
          '{a}.prod()', '{a}.cumsum()', '{a}.cumsum({d})', '{a}.any({d})', '{a}.all()', 'np.median({a}, axis={d})', 'np.percentile({a}, 30)', 'np.linalg.norm({a})', 'np.linalg.norm({a}, axis={d})',
          '{a}.T', '{a}.reshape(-1)', '{a}.reshape({i}, -1)', '{a}.ravel()', '{a}.flatten()', '{a}.squeeze()', '{a}[None]', '{a}[..., None]', '{a}[:, {j}]', '{a}[{i}]', '{a}[{i}:]', '{a}[::-1]',
          '{a}[{a} > 0]', '{a}[[0, {i}]]', '{a}[..., {i}]', '{a}.transpose()', 'np.transpose({a})', 'np.swapaxes({a}, 0, -1)', 'np.moveaxis({a}, 0, -1)', 'np.expand_dims({a}, {d})',
          'np.concatenate([{a}, {b}], axis={d})', 'np.stack([{a}, {b}])', 'np.vstack([{a}, {b}])', 'np.hstack([{a}, {b}])', 'np.split({a}, 2)', 'np.array_split({a}, 2)', 'np.tile({a}, 2)', 'np.repeat({a}, 2, axis={d})',
          'np.dot({a}, {b})', 'np.outer({a}, {b})', 'np.matmul({a}, {b}.T)', 'np.einsum("ij,kj->ik", {a}, {b})', 'np.einsum("ij->j", {a})', 'np.tensordot({a}, {b}, axes=1)', 'np.inner({a}, {b})', 'np.kron({a}, {b})',
          'np.triu({a})', 'np.tril({a}, -1)', 'np.diag({a})', 'np.trace({a})', 'np.sort({a})', 'np.sort({a}, axis={d})', 'np.argsort({a})', 'np.unique({a})', 'np.unique({a}, return_counts=True)', 'np.nonzero({a})', 'np.argwhere({a})',
          'np.broadcast_to({a}, (2,) + {a}.shape)', '{a}.astype(np.float32)', '{a}.astype(int)', '{a}.astype(bool)', '{a}.dtype', '{a}.shape', '{a}.ndim', '{a}.size', '{a}.strides', '{a}.nbytes', '{a}.itemsize', '{a}.tolist()', '{a}.item()', 'len({a})',
          'np.isnan({a})', 'np.isclose({a}, {b})', 'np.allclose({a}, {b})', 'np.array_equal({a}, {b})', 'np.round({a}, 2)', 'np.floor({a})', 'np.sign({a})', 'np.abs({a})', 'np.pad({a}, 1)', 'np.roll({a}, 1)', 'np.roll({a}, 1, axis={d})', 'np.flip({a})', 'np.flip({a}, {d})',
          'np.zeros_like({a})', 'np.ones_like({a}, dtype=float)', 'np.full_like({a}, {i})', 'np.cov({a})', 'np.corrcoef({a})', 'np.histogram({a}, bins=3)', 'np.bincount({a})', 'np.digitize({a}, [0, 1])', 'np.searchsorted([0, 1, 2], {a})', 'np.take({a}, [0, {j}])', 'np.take_along_axis({a}, np.argsort({a}, {d}), {d})',
          'np.cumprod({a})', 'np.diff({a})', 'np.gradient({a})', 'np.logaddexp({a}, {b})', 'np.add.reduce({a})', 'np.add.outer({a}, {b})', 'np.maximum.accumulate({a})', 'np.power({a}, 2)', 'np.float32({i}) * {a}', '{a}.copy()', 'np.atleast_2d({a})', 'np.meshgrid({a}, {b})',
          'np.argmax({a}, axis={d})', 'np.ptp({a})', 'np.average({a}, axis={d})', 'np.nanmean({a})', 'np.sum({a}, axis=({d}, 0))', 'np.linalg.inv({a} + 9 * np.eye(2))', 'np.linalg.det({a})', 'np.linalg.matrix_rank({a})', 'np.c_[{a}, {b}]', 'np.r_[{a}, {b}]', 'np.ix_([0, 1], [0])', '{a}[np.ix_([0], [0])]',
          'np.array2string({a}, precision=2)', 'repr({a})', 'str({a})', '"%s" % {a}', 'f"{{{a}}}"', '{a}.sum() / {a}.size', 'list({a})', 'sum({a})', 'max({a})', 'sorted({a})', 'abs({a})', 'round({a}.sum(), 2)', 'np.choose([0, 1, 0], [{a}, {b}])', 'np.select([{a} > 0], [{a}], 9)', 'np.apply_along_axis(np.sum, 0, {a})', 'np.vectorize(lambda v: v + 1)({a})',
          'rng.permutation({a})', 'rng.choice({a}, 2)', 'np.random.permutation({k})', 'np.random.choice(5, 3)', 'rng.normal(size=3)', 'rng.uniform(0, 1, 2)', 'np.random.normal(0, 1, 2)', 'np.random.uniform(size=2)']
NP_INPLACE = ['{a}[0] = {i}', '{a}[:, 0] = {b}', '{a} += 1', '{a} *= 2', '{a} /= 2', '{a}[{a} > 0] = -1', '{a}[...] = {i}', '{a}.fill({i})', '{a}.sort()', '{a}[::2] += 1', '{a}.T[0] = 1', '{a} -= {b}', '{a}.resize(2, 2)', '{a}.shape = (-1,)', 'np.fill_diagonal({a}, 0)', 'np.random.shuffle({a})', 'rng.shuffle({a})', 'np.add.at({a}, [0, 0], 1)', 'np.copyto({a}, 0)', 'np.put({a}, [0], 9)']


def numpy_program(rng):
    lines, names = [], []

    def fresh(expr):
        names.append('x%d' % len(names))
        lines.append(f'{names[-1]} = {expr}')

    def words():
        return dict(a=rng.choice(names or ['x0']), b=rng.choice(names or ['x0']), d=rng.randint(-2, 2), i=rng.randint(-2, 2), j=rng.randint(0, 2),
                    k=rng.randint(1, 9), s=tuple(rng.choice([1, 2, 3, 4]) for _ in range(rng.choice([1, 2, 2, 2, 3]))))

    for _ in range(rng.randint(1, 3)):
        fresh(rng.choice(NP_MAKE).format(**words()))
    for _ in range(rng.randint(3, 8)):
        if rng.random() < 0.85:
            fresh(rng.choice(NP_OPS).format(**words()))
        else:
            lines.append(rng.choice(NP_INPLACE).format(**words()))
    return lines


def side(rng, axes):
    """A side of a pattern: its text, and the groups as lists of axes."""
    groups, at = [], 0
    while at < len(axes):
        size = rng.choice([1, 1, 1, 2, 3])
        groups.append(axes[at:at + size])
        at += size
    if rng.random() < 0.2:
        groups.insert(rng.randint(0, len(groups)), [])
    text = ' '.join(g[0] if len(g) == 1 and rng.random() < .9 else '1' if not g and rng.random() < .5 else '(' + ' '.join(g) + ')' for g in groups)
    return text, groups


def einops_program(rng):
    """Pairs of statements: what einops is to give, and the same by reshape and transpose."""
    axes = rng.sample(['b', 'c', 'h', 'w', 't', 'h1', 'a_b'], rng.randint(1, 5))
    size = {a: rng.choice([1, 2, 3]) for a in axes}

    def product(g):
        n = 1
        for a in g:
            n *= size[a]
        return n

    lines = []
    for _ in range(3):
        left, lgroups = side(rng, axes)
        kind, out = rng.choice(['rearrange', 'rearrange', 'reduce', 'repeat']), list(axes)
        rng.shuffle(out)
        given = [g[rng.randrange(len(g))] for g in lgroups if len(g) > 1]
        known = sorted({a for g in lgroups if len(g) > 1 for a in g} - (set(given) if rng.random() < .6 else set()))
        x = f'np.arange({product(axes)}.).reshape({[product(g) for g in lgroups]})'
        base = f'{x}.reshape({[size[a] for a in axes]})'
        how = ''
        if kind == 'reduce':
            kept = out[:rng.randint(0, len(out))]
            op = rng.choice(['sum', 'mean', 'max', 'min', 'prod'])
            gone = tuple(i for i, a in enumerate(axes) if a not in kept)
            base, how, out, rest = f'{base}.{op}(axis={gone})', f', "{op}"', kept, [a for a in axes if a in kept]
        elif kind == 'repeat':
            size['r'] = 2
            base, rest = f'np.stack([{base}] * 2, -1)', axes + ['r']
            out.insert(rng.randint(0, len(out)), 'r')
            known = known + ['r']
        else:
            rest = list(axes)
        right, rgroups = side(rng, out)
        base = f'{base}.transpose({[rest.index(a) for a in out]}).reshape({[product(g) for g in rgroups]})'
        sizes = ''.join(f', {a}={size[a]}' for a in known)
        lines.append(f'einops.{kind}({x}, "{left} -> {right}"{how}{sizes}) ## {base}')
    return lines
