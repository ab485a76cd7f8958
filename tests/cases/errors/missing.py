### two hundred names of PyTorch that are not here say so
import torch, torch.nn as nn, torch.nn.functional as F
names = {
    torch: '''addbmm addmv addr adjoint alpha_dropout avg_pool1d bilinear binomial block_diag cartesian_prod
        chain_matmul cholesky cholesky_inverse cholesky_solve combinations conv1d conv2d conv3d copysign
        corrcoef cov cross ctc_loss det diff digamma dsplit eig embedding_bag empty_strided frexp from_dlpack
        frombuffer gcd geqrf gradient hamming_window hann_window hardshrink histogram hsplit i0 igamma
        index_reduce instance_norm inverse istft jit lcm ldexp load lobpcg logaddexp2 logcumsumexp logdet
        lstsq lu lu_solve matrix_exp matrix_power matrix_rank max_pool1d max_pool2d mvlgamma nanmedian
        nextafter nuclear_norm ormqr pca_lowrank pdist pinverse pixel_shuffle poisson polygamma put qr
        renorm rot90 save scatter_reduce segment_reduce select_scatter sinc slice_scatter slogdet solve
        sparse_coo_tensor stft svd svd_lowrank trapezoid trapz triangular_solve vander vmap vsplit
        distributions fft func fx hub onnx quantization''',
    nn: '''AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveMaxPool1d AlphaDropout CELU
        CTCLoss ConstantPad1d Conv3d ConvTranspose1d ConvTranspose2d CosineEmbeddingLoss
        DataParallel Dropout2d EmbeddingBag Fold GaussianNLLLoss Hardshrink HingeEmbeddingLoss
        InstanceNorm1d InstanceNorm2d LPPool1d LazyLinear LocalResponseNorm MarginRankingLoss
        MaxPool3d MultiMarginLoss PairwiseDistance PixelShuffle PoissonNLLLoss RReLU
        ReflectionPad1d ReplicationPad1d SoftMarginLoss Softshrink SyncBatchNorm Threshold
        TripletMarginLoss Upsample ZeroPad2d''',
    F: '''adaptive_avg_pool1d adaptive_avg_pool2d affine_grid alpha_dropout bilinear
        conv3d conv_transpose1d cosine_embedding_loss ctc_loss dropout2d embedding_bag fold
        gaussian_nll_loss grid_sample hardshrink hinge_embedding_loss instance_norm interpolate lp_pool1d
        margin_ranking_loss multi_head_attention_forward multi_margin_loss pdist
        pixel_shuffle poisson_nll_loss rrelu soft_margin_loss softshrink triplet_margin_loss''',
    torch.optim: 'ASGD Adadelta Adamax LBFGS NAdam RAdam Rprop SparseAdam',
    torch.linalg: 'cholesky cond cross det eig eigh eigvals inv lstsq lu matrix_exp pinv qr slogdet solve svd',
    torch.zeros(1): 'resize_ to_sparse share_memory_ set_ cauchy_ geometric_ map_ apply_ put_ svd qr det',
}
total = 0
for where, words in names.items():
    for name in words.split():
        total += 1
        try:
            getattr(where, name)
            print('there after all:', name)
        except AttributeError as e:
            if not str(e).endswith('.' + name + ' is not in qkv'):
                print('another message:', e)
print(total >= 200)
### what to use instead
import torch
torch.range(0, 3)
### a name that PyTorch does not have either
import torch
torch.softmx(torch.ones(2), 0)
### a method that is not here
import torch
torch.ones(2).resize_(3)
### a keyword that is not there
import torch
torch.ones(2).sum(keepdimm=True)
### shapes of a product
import torch
q, k = torch.zeros(2, 6, 8), torch.zeros(2, 6, 8)
q @ k
### shapes that do not broadcast
import torch
scores, mask = torch.zeros(2, 4, 4), torch.zeros(3, 4)
scores + mask
### a device that is not there
import torch
torch.zeros(2, device='cuda')
### ambiguous truth
import torch
if torch.tensor([1, 2]) > 0:
    print('never')
### a layer fed with the wrong size
import torch, torch.nn as nn
nn.Linear(8, 4)(torch.zeros(2, 6))
### logits and targets in batches
import torch, torch.nn.functional as F
F.cross_entropy(torch.zeros(2, 3, 5).view(-1, 5), torch.zeros(2, dtype=torch.long))
### second derivatives
import torch
x = torch.ones(1, requires_grad=True)
(x * x).backward(create_graph=True)
### more memory than the limit
import torch
torch.zeros(10 ** 6, 10 ** 6)
