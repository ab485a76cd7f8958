### activations
import torch, torch.nn as nn
x = torch.tensor([[-4., -1., 0., .5, 7., 1.]])
for m in (nn.ReLU6(), nn.Hardtanh(), nn.Hardtanh(-2., .5, inplace=True), nn.Hardswish(), nn.Hardsigmoid(), nn.Mish(), nn.SELU(), nn.CELU(), nn.CELU(2., True), nn.GLU(), nn.GLU(dim=1), nn.PReLU(), nn.RReLU().eval(), nn.Threshold(.1, 20.), nn.Hardshrink(), nn.Softshrink(.2), nn.Tanhshrink(), nn.Softsign(), nn.Softmin(dim=1), nn.ReLU6(True)):
    print(m, m(x.clone()))
print(nn.PReLU(3, init=.1).weight, nn.Softmax2d()(torch.ones(1, 2, 1, 1)), nn.Softmax2d(), torch.nn.modules.activation.Mish())
### losses
import torch, torch.nn as nn
torch.manual_seed(0)
a, p, n = torch.randn(3, 4, 5)
t = torch.tensor([1., -1., 1., -1.])
print(nn.MarginRankingLoss(.5)(a[:, 0], p[:, 0], t), nn.CosineEmbeddingLoss(margin=.1)(a, p, t), nn.HingeEmbeddingLoss()(a[:, 0], t), nn.TripletMarginLoss(margin=2., p=1)(a, p, n), nn.TripletMarginWithDistanceLoss(distance_function=nn.PairwiseDistance())(a, p, n))
print(nn.PoissonNLLLoss()(a, p.abs()), nn.GaussianNLLLoss(full=True)(a, p, n.abs()), nn.SoftMarginLoss()(a, p.sign()), nn.MultiLabelSoftMarginLoss()(a, (p > 0).float()), nn.MultiMarginLoss()(a, torch.tensor([0, 1, 2, 3])), nn.MultiLabelMarginLoss(reduction='none')(a, torch.tensor([[1, -1, 0, 0, 0]] * 4)), nn.CTCLoss()(torch.randn(5, 2, 4).log_softmax(2), torch.tensor([[1, 2], [3, 1]]), torch.tensor([5, 4]), torch.tensor([2, 2])))
print(nn.TripletMarginLoss(), nn.CTCLoss(), nn.PairwiseDistance()(a, p))
### padding and resizing
import torch, torch.nn as nn
x = torch.arange(6.).view(1, 1, 2, 3)
for m in (nn.ZeroPad2d(1), nn.ConstantPad1d((1, 2), 3.5), nn.ConstantPad2d(1, 7), nn.ReflectionPad2d((1, 1, 1, 0)), nn.ReplicationPad2d(1), nn.Upsample(scale_factor=2), nn.Upsample(size=(3, 3), mode='bilinear', align_corners=True), nn.UpsamplingNearest2d(scale_factor=2), nn.UpsamplingBilinear2d(size=(2, 2)), nn.AdaptiveAvgPool2d(1), nn.AdaptiveAvgPool2d((2, 2)), nn.AdaptiveMaxPool2d(2), nn.LPPool2d(2, 2)):
    print(m, m(x))
print(nn.ReflectionPad1d(1)(x[0]), nn.ReplicationPad1d((0, 2))(x[0]), nn.AdaptiveAvgPool1d(2)(x[0]), nn.AdaptiveMaxPool1d(2, return_indices=True)(x[0]))
print(nn.PixelShuffle(2), nn.PixelShuffle(2)(torch.arange(8.).view(1, 4, 1, 2)), nn.PixelUnshuffle(2)(torch.arange(4.).view(1, 1, 2, 2)).shape, nn.ChannelShuffle(2), nn.Fold((3, 3), 2)(torch.ones(1, 4, 4)), nn.Fold((3, 3), 2))
### dropout of channels and other layers
import torch, torch.nn as nn
torch.manual_seed(0)
x = torch.ones(2, 3, 2, 2)
print(nn.Dropout2d(), nn.Dropout2d()(x), nn.Dropout2d(.3).eval()(x).equal(x), nn.Dropout1d(.2)(x[0]), nn.AlphaDropout(.5)(torch.ones(4)), nn.FeatureAlphaDropout(), nn.LocalResponseNorm(2), nn.LocalResponseNorm(2)(x)[0, 0])
b = nn.EmbeddingBag(5, 3, mode='sum', padding_idx=0)
print(b, b.weight, b(torch.tensor([1, 2, 0, 4]), torch.tensor([0, 2])))
c = nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1)
print(c, c(torch.ones(1, 2, 2, 2)), c(torch.ones(1, 2, 2, 2), output_size=(3, 3)).shape, nn.ConvTranspose1d(2, 4, 2, groups=2, bias=False), nn.ConvTranspose1d(2, 4, 2, groups=2)(torch.ones(1, 2, 3)))
from torch.nn.modules.utils import _pair, _single, _triple, _quadruple, _ntuple
print(_pair(3), _pair((1, 2)), _single(1), _triple([1, 2, 3]), _quadruple(0), _ntuple(5)(1))
### attention with keys of its own
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
m = nn.MultiheadAttention(8, 2, add_bias_kv=True, add_zero_attn=True)
x, mem = torch.randn(3, 2, 8), torch.randn(4, 2, 8)
out, w = m(x, mem, mem)
print(out, w, w.shape, [n for n, _ in m.named_parameters()], m.bias_k)
pad = torch.tensor([[False, False, True, True], [False, False, False, True]])
print(m(x, mem, mem, key_padding_mask=pad, attn_mask=torch.ones(3, 4, dtype=torch.bool).triu(2))[1], m(x, mem, mem, need_weights=False)[1], m(x[:, 0], mem[:, 0], mem[:, 0])[1].shape)
out.sum().backward()
print(m.bias_k.grad, m.bias_v.grad)
m = nn.MultiheadAttention(8, 2, add_zero_attn=True, batch_first=True, kdim=4, vdim=6)
print(m(torch.randn(2, 3, 8), torch.randn(2, 5, 4), torch.randn(2, 5, 6), average_attn_weights=False)[1].sum(-1))
### the function of attention
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
m = nn.MultiheadAttention(8, 2)
x = torch.randn(3, 2, 8)
args = (m.in_proj_weight, m.in_proj_bias, None, None, False, 0., m.out_proj.weight, m.out_proj.bias)
out, w = F.multi_head_attention_forward(x, x, x, 8, 2, *args)
print(out, w, torch.equal(out, m(x, x, x)[0]))
print(F.multi_head_attention_forward(x, x, x, 8, 2, *args, need_weights=False, attn_mask=torch.zeros(3, 3))[1], F.multi_head_attention_forward(x[:, 0], x[:, 0], x[:, 0], 8, 2, *args, average_attn_weights=False)[1].shape)
q, k, v = m.in_proj_weight.chunk(3)
out, w = F.multi_head_attention_forward(x, x, x, 8, 2, None, m.in_proj_bias, *args[2:], use_separate_proj_weight=True, q_proj_weight=q, k_proj_weight=k, v_proj_weight=v, static_k=torch.ones(4, 5, 4), static_v=torch.ones(4, 5, 4), key_padding_mask=torch.zeros(2, 5, dtype=torch.bool))
print(out, w)
torch.manual_seed(1)
print(F.multi_head_attention_forward(x, x, x, 8, 2, *args[:5], .5, *args[6:])[1])
for f in (lambda: F.multi_head_attention_forward(x, x, x, 9, 2, *args), lambda: F.multi_head_attention_forward(x, x, x, 8, 3, *args), lambda: F.multi_head_attention_forward(x, x[:2], x, 8, 2, *args)):
    try:
        f()
    except AssertionError as e:
        print(e)
