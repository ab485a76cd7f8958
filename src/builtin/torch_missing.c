/* Names that PyTorch has and qkv has not, so that pasted code that meets one is told
 * that it is missing here, and not that it does not exist. A few say what to use.
 */
#include "config.h"

#include <string.h>

#include "builtin/torch.h"

typedef struct Missing {
    const char *where; /* "torch" stands for Tensor's methods too */
    const char *names; /* words between single blanks */
} Missing;

static const Missing lists[] = {
    {"torch",
     " adaptive_avg_pool1d addbmm addmv addr adjoint alpha_dropout asarray avg_pool1d bilinear "
     "binomial block_diag can_cast cartesian_prod chain_matmul channel_shuffle cholesky "
     "cholesky_inverse cholesky_solve combinations conv1d conv2d conv3d conv_transpose1d "
     "conv_transpose2d conv_transpose3d copysign corrcoef cosine_embedding_loss cov cross ctc_loss "
     "det diff digamma dsplit eig embedding_bag empty_strided fake_quantize_per_tensor_affine "
     "fill fork frexp from_dlpack from_file frombuffer gcd geqrf gradient grid_sampler gru "
     "gru_cell "
     "hamming_window hann_window hardshrink histogram histogramdd hsplit i0 igamma igammac "
     "index_reduce instance_norm inverse is_inference is_nonzero istft jit lcm ldexp load lobpcg "
     "logaddexp2 logcumsumexp logdet lstm lstm_cell lstsq lu lu_solve lu_unpack matrix_exp "
     "matrix_power matrix_rank max_pool1d max_pool2d max_pool3d mvlgamma nanmedian "
     "nextafter nuclear_norm ormqr orgqr pca_lowrank pdist pinverse pixel_shuffle pixel_unshuffle "
     "poisson polygamma put qr quantize_per_tensor range renorm rnn_relu rnn_tanh rot90 save "
     "scatter_reduce segment_reduce select_scatter sinc slice_scatter slogdet solve sparse "
     "sparse_coo_tensor sparse_csr_tensor stft svd svd_lowrank symeig to_dlpack "
     "trapezoid trapz triangular_solve tensor_split vander vmap vsplit distributed distributions "
     "fx hub onnx profiler quantization fft func autocast FloatStorage "
     "Storage resize resize_ resize_as_ share_memory_ pin_memory to_sparse "
     "to_dense coalesce map_ apply_ put_ cauchy_ geometric_ log_normal_ set_ record_stream "
     "reinforce refine_names rename names align_to ipu xpu byte char cdouble chalf mkldnn "},
    {"torch.nn",
     " AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveLogSoftmaxWithLoss "
     "AdaptiveMaxPool1d AdaptiveMaxPool2d AlphaDropout AvgPool3d BatchNorm3d "
     "CELU CTCLoss ChannelShuffle ConstantPad1d ConstantPad2d Conv3d "
     "ConvTranspose1d ConvTranspose2d ConvTranspose3d CosineEmbeddingLoss CrossMapLRN2d "
     "DataParallel Dropout2d Dropout3d EmbeddingBag FeatureAlphaDropout Fold FractionalMaxPool2d "
     "GaussianNLLLoss Hardshrink HingeEmbeddingLoss InstanceNorm1d InstanceNorm2d InstanceNorm3d "
     "LPPool1d LPPool2d LazyBatchNorm1d LazyConv1d LazyConv2d LazyLinear LocalResponseNorm "
     "MarginRankingLoss MaxPool3d MaxUnpool1d MaxUnpool2d MultiLabelMarginLoss "
     "MultiLabelSoftMarginLoss MultiMarginLoss PairwiseDistance PixelShuffle PixelUnshuffle "
     "PoissonNLLLoss RReLU ReflectionPad1d ReflectionPad2d ReplicationPad1d ReplicationPad2d "
     "SoftMarginLoss Softmax2d Softshrink SyncBatchNorm Threshold TripletMarginLoss "
     "TripletMarginWithDistanceLoss Upsample UpsamplingBilinear2d UpsamplingNearest2d "
     "ZeroPad2d parallel quantized qat intrinsic "},
    {"torch.nn.functional",
     " adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool1d adaptive_max_pool2d affine_grid "
     "alpha_dropout avg_pool3d bilinear channel_shuffle conv3d "
     "conv_transpose1d conv_transpose2d conv_transpose3d cosine_embedding_loss ctc_loss dropout1d "
     "dropout2d dropout3d embedding_bag fold gaussian_nll_loss grid_sample hardshrink "
     "hinge_embedding_loss instance_norm interpolate local_response_norm lp_pool1d lp_pool2d "
     "margin_ranking_loss max_pool3d max_unpool1d "
     "multi_head_attention_forward multi_margin_loss multilabel_margin_loss pdist pixel_shuffle "
     "pixel_unshuffle poisson_nll_loss rrelu soft_margin_loss softshrink triplet_margin_loss upsample "},
    {"torch.optim", " ASGD Adadelta Adamax LBFGS NAdam RAdam Rprop SparseAdam swa_utils "},
    {"torch.optim.lr_scheduler",
     " OneCycleLR CyclicLR MultiplicativeLR PolynomialLR ChainedScheduler "
     "ReduceLROnPlateau "},
    {"torch.linalg",
     " cholesky cond cross det eig eigh eigvals eigvalsh householder_product inv lstsq lu matmul "
     "matrix_exp matrix_power matrix_rank multi_dot pinv qr slogdet solve solve_triangular svd "
     "svdvals tensorinv tensorsolve vander vecdot "},
    {"torch.autograd", " Function backward functional gradcheck profiler detect_anomaly "},
    {"torch.cuda", " amp Stream Event memory_allocated max_memory_allocated get_device_name "
                   "current_device set_device memory_summary "},
    {"torch.utils.data", " IterableDataset Sampler RandomSampler SequentialSampler BatchSampler "
                         "WeightedRandomSampler "},
};

typedef struct Advice {
    const char *where, *name, *use;
} Advice;

static const Advice advice[] = {
    {"torch", "load", "the dialect has no files; type `load` at the prompt"},
    {"torch", "save", "the dialect has no files; type `save` at the prompt"},
    {"torch", "range", "use torch.arange, which leaves the end out"},
    {"torch", "conv1d", "use torch.nn.functional.conv1d"},
    {"torch", "conv2d", "use torch.nn.functional.conv2d"},
    {"torch", "asarray", "use torch.as_tensor"},
    {"torch", "svd", "qkv has no matrix decompositions"},
    {"torch", "det", "qkv has no matrix decompositions"},
    {"torch", "inverse", "qkv has no matrix decompositions"},
    {"torch", "chain_matmul", "use a @ b @ c"},
    {"torch", "addbmm", "use torch.baddbmm(...).sum(0)"},
    {"torch", "addmv", "use b + A @ x"},
    {"torch", "resize_", "use x.reshape(...)"},
    {"torch", "cov", "center x, then x @ x.T / (n - 1)"},
    {"torch", "jit", "leave it out: nothing is compiled here"},
    {"torch", "autocast", "leave it out: the CPU computes in float32"},
    {"torch.nn", "DataParallel", "use the module itself"},
    {"torch.nn", "EmbeddingBag", "use nn.Embedding and .sum(1)"},
    {"torch.nn.functional", "multi_head_attention_forward", "use nn.MultiheadAttention"},
    {"torch.optim", "LBFGS", "use torch.optim.Adam or SGD"},
    {"torch.autograd", "Function", "write the formula with torch's operations: they differentiate"},
    {"torch.linalg", "matmul", "use a @ b"},
};

static bool has_word(const char *words, const char *name) {
    size_t n = strlen(name);
    for (const char *p = words; (p = strstr(p, name)) != NULL; p++) {
        if (p[-1] == ' ' && p[n] == ' ') return true;
    }
    return false;
}

const char *torch_missing(const char *where, const char *name) {
    if (!strcmp(where, "Tensor") || !strcmp(where, "Parameter")) where = "torch";
    if (!*name || strchr(name, ' ')) return NULL;
    for (size_t i = 0; i < ARRAY_LEN(advice); i++) {
        if (!strcmp(advice[i].where, where) && !strcmp(advice[i].name, name)) return advice[i].use;
    }
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        if (!strcmp(lists[i].where, where) && has_word(lists[i].names, name)) return "";
    }
    return NULL;
}
