### activations
import torch, torch.nn.functional as F
x = torch.tensor([-4., -1., -.3, 0., .5, 1., 7.], requires_grad=True)
for f in (F.hardshrink, F.softshrink, F.tanhshrink, F.softsign, F.rrelu, F.relu6, F.hardtanh, F.hardswish, F.hardsigmoid, F.mish, F.selu, F.celu, F.elu):
    y = f(x)
    x.grad = None
    y.sum().backward()
    print(f.__name__, y, x.grad)
print(F.softshrink(x, lambd=1.), F.hardshrink(x.detach(), .2), F.threshold(x, .4, 9.), F.celu(x, 2.), F.glu(torch.arange(8.).view(2, 4), 0), torch.hardshrink(x.detach()), x.detach().hardshrink(.6))
print(F.relu_(x.detach().clone()), F.leaky_relu_(x.detach().clone(), .1), F.hardtanh_(x.detach().clone()), F.threshold_(x.detach().clone(), 0, 5), torch.selu_(x.detach().clone()), F.rrelu(x.detach(), .1, .3))
torch.manual_seed(0)
print(F.rrelu(x, training=True))
try:
    F.softshrink(x, -1)
except RuntimeError as e:
    print(e)
### dropout of channels
import torch, torch.nn.functional as F
torch.manual_seed(0)
x = torch.ones(2, 3, 2, 2)
print(F.dropout2d(x), F.dropout2d(x, training=False) is x, F.dropout1d(torch.ones(2, 4, 3), .3), F.dropout3d(torch.ones(1, 2, 1, 1, 2)), F.dropout1d(torch.ones(4, 2)))
print(F.alpha_dropout(torch.ones(6), .5, True), F.alpha_dropout(torch.ones(2)), F.feature_alpha_dropout(torch.ones(2, 3, 2), training=True))
for f in (lambda: F.dropout2d(x, 1.5), lambda: F.dropout1d(torch.ones(3)), lambda: F.alpha_dropout(x, -.1)):
    try:
        print(f())
    except (ValueError, RuntimeError) as e:
        print(e)
### losses of pairs and triplets
import torch, torch.nn.functional as F
torch.manual_seed(0)
a, p, n = [torch.randn(4, 3, requires_grad=True) for _ in range(3)]
t = torch.tensor([1., -1., 1., -1.])
print(F.triplet_margin_loss(a, p, n), F.triplet_margin_loss(a, p, n, margin=.5, p=1, swap=True, reduction='sum'), F.triplet_margin_loss(a, p, n, reduction='none'))
print(F.triplet_margin_with_distance_loss(a, p, n, distance_function=lambda x, y: (x - y).abs().sum(-1), swap=True))
print(F.margin_ranking_loss(a[:, 0], p[:, 0], t, margin=.1), F.margin_ranking_loss(a[:, 0], p[:, 0], t, reduction='none'))
print(F.cosine_embedding_loss(a, p, t, margin=.2), F.cosine_embedding_loss(a[0], p[0], torch.tensor(-1)), F.cosine_embedding_loss(a, p, t, reduction='none'))
print(F.hinge_embedding_loss(a[:, 0], t), F.hinge_embedding_loss(a[:, 0], t, margin=2., reduction='none'))
(F.triplet_margin_loss(a, p, n) + F.cosine_embedding_loss(a, p, t) + F.hinge_embedding_loss(a[:, 0], t) + F.margin_ranking_loss(a[:, 1], p[:, 1], t)).backward()
print(a.grad, p.grad, n.grad)
for f in (lambda: F.triplet_margin_loss(a, p, n[0]), lambda: F.margin_ranking_loss(a, p, t), lambda: F.cosine_embedding_loss(a[0], p[0], t), lambda: F.hinge_embedding_loss(a[:, 0], t, reduction='x')):
    try:
        print(f())
    except (ValueError, RuntimeError) as e:
        print(e)
### losses of distributions and labels
import torch, torch.nn.functional as F
torch.manual_seed(1)
x = torch.randn(3, 4, requires_grad=True)
y = torch.rand(3, 4) * 3
print(F.poisson_nll_loss(x, y), F.poisson_nll_loss(x.exp(), y, log_input=False, full=True), F.poisson_nll_loss(x, y, reduction='none', full=True))
v = torch.rand(3, 4)
print(F.gaussian_nll_loss(x, y, v), F.gaussian_nll_loss(x, y, v[:, 0], full=True), F.gaussian_nll_loss(x, y, v[:, :1], reduction='none'))
s = torch.tensor([[1., -1., 1., 1.]] * 3)
print(F.soft_margin_loss(x, s), F.soft_margin_loss(x, s, reduction='none'))
m = (y > 1.5).float()
print(F.multilabel_soft_margin_loss(x, m), F.multilabel_soft_margin_loss(x, m, weight=torch.arange(4.), reduction='none'))
c = torch.tensor([0, 3, 1])
print(F.multi_margin_loss(x, c), F.multi_margin_loss(x, c, p=2, margin=.5, weight=torch.arange(4.), reduction='none'), F.multi_margin_loss(x[0], torch.tensor(2)))
l = torch.tensor([[1, 0, -1, 2], [3, -1, 0, 0], [-1, 1, 2, 3]])
print(F.multilabel_margin_loss(x, l), F.multilabel_margin_loss(x, l, reduction='none'))
(F.poisson_nll_loss(x, y) + F.gaussian_nll_loss(x, y, v) + F.soft_margin_loss(x, s) + F.multi_margin_loss(x, c) + F.multilabel_margin_loss(x, l)).backward()
print(x.grad)
for f in (lambda: F.gaussian_nll_loss(x, y, -v), lambda: F.gaussian_nll_loss(x, y, v[:2]), lambda: F.poisson_nll_loss(x, y, reduction='z'), lambda: F.multi_margin_loss(x, c, p=3)):
    try:
        print(f())
    except (ValueError, RuntimeError) as e:
        print(e)
### ctc
import torch, torch.nn.functional as F
torch.manual_seed(2)
lp = torch.randn(6, 2, 4, requires_grad=True)
t = torch.tensor([[1, 2, 2], [3, 1, 0]])
for red in ('none', 'mean', 'sum'):
    print(F.ctc_loss(lp.log_softmax(2), t, torch.tensor([6, 5]), torch.tensor([3, 2]), reduction=red))
print(F.ctc_loss(lp.log_softmax(2), torch.tensor([1, 2, 2, 3, 1]), (6, 5), (3, 2)))
print(F.ctc_loss(lp.log_softmax(2), t, torch.tensor([3, 5]), torch.tensor([3, 2]), reduction='none'), F.ctc_loss(lp.log_softmax(2), t, torch.tensor([3, 5]), torch.tensor([3, 2]), reduction='none', zero_infinity=True))
F.ctc_loss(lp.log_softmax(2), t, torch.tensor([6, 5]), torch.tensor([3, 2])).backward()
print((lp.grad.view(6, 8) * 100).round())
### adaptive pools
import torch, torch.nn.functional as F
x = torch.arange(70.).view(1, 2, 5, 7).requires_grad_()
print(F.adaptive_avg_pool2d(x, (2, 3)), F.adaptive_avg_pool2d(x, 1), F.adaptive_avg_pool2d(x, (None, 2)).shape, F.adaptive_avg_pool1d(x[0], 3))
print(F.adaptive_max_pool2d(x, (2, 3)), F.adaptive_max_pool1d(x[0].detach(), 2, return_indices=True), F.adaptive_max_pool2d(x, 2, return_indices=True)[1], torch.adaptive_max_pool1d(x[0].detach(), 1))
(F.adaptive_avg_pool2d(x, (2, 3)).pow(2).sum() + F.adaptive_max_pool2d(x, 3).sum()).backward()
print(x.grad)
print(F.lp_pool2d(x.detach(), 2, 2), F.lp_pool1d(x[0].detach(), 1, 3, stride=2))
try:
    F.adaptive_avg_pool1d(torch.ones(2), 1)
except RuntimeError as e:
    print(e)
### pools with ceil_mode
import torch, torch.nn.functional as F
x = torch.arange(30.).view(1, 1, 5, 6)
print(F.max_pool2d(x, 2, ceil_mode=True), F.avg_pool2d(x, 2, ceil_mode=True), F.avg_pool2d(x, 3, 2, 1, ceil_mode=True), F.avg_pool2d(x, 3, 2, 1, True, False), F.max_pool1d(x[0], 4, 3, ceil_mode=True), F.avg_pool1d(x[0], 4, ceil_mode=True))
print(F.max_pool2d(x, 3, 2, 1, return_indices=True), F.max_pool2d(x, 2, ceil_mode=True, return_indices=True)[1], F.max_pool1d(x[0], 2, return_indices=True), F.avg_pool2d(x, 2, divisor_override=3))
### fold and transposed convolution
import torch, torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(2, 3, 5, 4, requires_grad=True)
u = F.unfold(x, (2, 3), dilation=1, padding=1, stride=2)
y = F.fold(u, (5, 4), (2, 3), dilation=1, padding=1, stride=2)
print(u.shape, y, F.fold(torch.ones(12, 4), (3, 3), 2))
y.pow(2).sum().backward()
print(x.grad[0, 0])
w, b = torch.randn(3, 2, 3, 2, requires_grad=True), torch.randn(2)
z = F.conv_transpose2d(x, w, b, stride=2, padding=1, output_padding=1)
print(z.shape, z[0, 0], F.conv_transpose2d(x.detach(), w, stride=(1, 2), padding=(2, 0), dilation=(2, 1)).shape)
z.sum().backward()
print(w.grad, F.conv_transpose1d(x[0].detach(), torch.ones(5, 1, 3), stride=2, groups=5, output_padding=1))
for f in (lambda: F.fold(torch.ones(1, 12, 5), 3, 2), lambda: F.fold(torch.ones(1, 5, 4), 3, 2), lambda: F.conv_transpose2d(x, torch.ones(2, 2, 2, 2)), lambda: F.conv_transpose2d(x, w, output_padding=1)):
    try:
        print(f())
    except (ValueError, RuntimeError) as e:
        print(e)
### pixels and channels
import torch, torch.nn.functional as F
x = torch.arange(32.).view(1, 8, 2, 2).requires_grad_()
print(F.pixel_shuffle(x, 2), F.pixel_unshuffle(F.pixel_shuffle(x, 2), 2).equal(x), F.channel_shuffle(x.detach(), 4)[0, :, 0, 0], torch.pixel_unshuffle(torch.arange(16.).view(1, 4, 4), 2))
try:
    F.pixel_shuffle(x, 3)
except RuntimeError as e:
    print(e)
### interpolate
import torch, torch.nn.functional as F
x = torch.arange(12.).view(1, 1, 3, 4).requires_grad_()
print(F.interpolate(x, scale_factor=2), F.interpolate(x, size=(2, 5)), F.interpolate(x, 2, mode='bilinear'), F.interpolate(x, scale_factor=1.5, mode='bilinear', align_corners=True))
print(F.interpolate(x, scale_factor=2, mode='bilinear', align_corners=False), F.interpolate(x, size=(4, 5), mode='bicubic'), F.interpolate(x, size=(4, 5), mode='bicubic', align_corners=True), F.interpolate(x, 2, mode='area'))
s = torch.arange(4.).view(1, 1, 4)
print(F.interpolate(s, scale_factor=2, mode='linear'), F.interpolate(s, 7, mode='linear', align_corners=True), F.interpolate(s, 6), F.interpolate(s, 6, mode='nearest-exact'), F.interpolate(s, scale_factor=.6, mode='linear', recompute_scale_factor=True), F.interpolate(s, scale_factor=1.7, mode='linear'))
(F.interpolate(x, (4, 5), mode='bilinear') * torch.arange(20.).view(4, 5)).sum().backward()
print(x.grad, F.interpolate(torch.arange(8.).view(1, 1, 2, 2, 2), scale_factor=1.5, mode='trilinear').shape)
for f in (lambda: F.interpolate(x), lambda: F.interpolate(x, 2, 2.), lambda: F.interpolate(x, 2, align_corners=True), lambda: F.interpolate(x, (1, 2, 3)), lambda: F.interpolate(x, scale_factor=(1, 2, 3))):
    try:
        print(f())
    except ValueError as e:
        print(e)
### padding
import torch, torch.nn.functional as F
x = torch.arange(12.).view(1, 1, 3, 4).requires_grad_()
print(F.pad(x, (1, 2, 1, 1), mode='reflect'), F.pad(x, (1, 1, 2, 0), mode='replicate'), F.pad(x, (1, 2), mode='circular') if False else F.pad(x[0], (1, 2), mode='circular'), F.pad(x, (2, 1, 1, 0), 'circular'), F.pad(x, (1, -1), value=5))
(F.pad(x, (2, 1, 1, 2), mode='reflect').sum() + F.pad(x, (2, 1, 1, 2), mode='replicate').pow(2).sum() + F.pad(x, (2, 1, 1, 2), mode='circular').sum()).backward()
print(x.grad)
for f in (lambda: F.pad(x, (4, 0), mode='reflect'), lambda: F.pad(torch.ones(2), (1, 1), mode='reflect'), lambda: F.pad(x, (1, 1, 1), mode='constant'), lambda: F.pad(x, (1, 1), mode='mirror')):
    try:
        print(f().shape)
    except (ValueError, RuntimeError, NotImplementedError) as e:
        print(type(e).__name__, e)
### grids
import torch, torch.nn.functional as F
x = torch.arange(12.).view(1, 1, 3, 4).requires_grad_()
th = torch.tensor([[[1., .2, 0.], [-.1, .8, .1]]])
g = F.affine_grid(th, (1, 1, 2, 3), align_corners=False)
print(g, F.affine_grid(th, (1, 1, 2, 3), align_corners=True)[0, 0])
print(F.grid_sample(x, g, align_corners=False), F.grid_sample(x, g * 1.5, padding_mode='border', align_corners=True), F.grid_sample(x, g, mode='nearest', align_corners=False))
### normalisation
import torch, torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(2, 3, 4, requires_grad=True)
rm, rv = torch.zeros(3), torch.ones(3)
print(F.instance_norm(x), F.instance_norm(x, rm, rv, torch.ones(3) * 2, torch.ones(3)), rm, rv, F.instance_norm(x, rm, rv, use_input_stats=False).shape)
print(F.local_response_norm(x, 2), F.local_response_norm(x.detach(), 3, alpha=.1, beta=.5, k=2.))
try:
    F.instance_norm(torch.ones(2, 3, 1))
except ValueError as e:
    print(e)
### bags of embeddings, bilinear
import torch, torch.nn.functional as F
torch.manual_seed(0)
w = torch.randn(6, 3, requires_grad=True)
i = torch.tensor([1, 2, 4, 5, 4, 3])
print(F.embedding_bag(i, w, torch.tensor([0, 2])), F.embedding_bag(i.view(2, 3), w, mode='sum'), F.embedding_bag(i, w, torch.tensor([0, 2, 2, 6]), mode='max', include_last_offset=True))
print(F.embedding_bag(i, w, torch.tensor([0, 4]), mode='sum', per_sample_weights=torch.arange(6.)), F.embedding_bag(i.view(2, 3), w, padding_idx=4))
F.embedding_bag(i, w, torch.tensor([0, 4]), mode='sum').pow(2).sum().backward()
print(w.grad)
print(F.bilinear(torch.ones(2, 3), torch.ones(2, 4), torch.arange(24.).view(2, 3, 4), torch.ones(2)), F.pdist(torch.arange(6.).view(3, 2), 1))
for f in (lambda: F.embedding_bag(i, w), lambda: F.embedding_bag(i.view(2, 3), w, torch.tensor([0])), lambda: F.embedding_bag(i, w, torch.tensor([0]), mode='avg')):
    try:
        f()
    except ValueError as e:
        print(e)
