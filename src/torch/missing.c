/* Names that PyTorch has and qkv has not, by topic, so that pasted code that meets one is told
 * that it is missing here, and not that it does not exist, and what to use.
 * tests/check_rows walks the table.
 */
#include "config.h"

#include <string.h>

#include "torch/torch.h"

#define FACTORS "use torch.linalg.qr, svd, eigh, cholesky or solve"
#define NO_CONV                                                                                    \
    "conv, pooling and padding are there in one and two dims; see also x.unfold(dim, size, step)"
#define NO_LOSS "write it out in a line of torch operations; help F lists the losses that are there"
#define NO_SPECIAL "help math and help torch.special list the functions that are there"
#define NO_FILES "the dialect has no files; type `save` or `load` at the prompt"
#define NO_SPARSE "tensors are dense here; a bool mask does what a sparse one is for"
#define NO_GRAPH "leave it out: nothing is compiled, traced or exported here"
#define NO_DEVICES "leave it out: there is one CPU process and no GPU"
#define NO_NAMES "name dimensions in einops.rearrange or torch.einsum"
#define NO_FFT "a product with a matrix of cosines and sines does what a small transform does"
#define NO_HALF "leave it out: half precision computes in float32 here"
#define NO_SAMPLER "draw with torch.rand, torch.randn, torch.bernoulli or torch.multinomial"
#define MORE_OPTIM "use torch.optim.Adam, AdamW, SGD, RMSprop or Adagrad"
#define OTHER_NORM "use nn.LayerNorm, nn.RMSNorm, nn.GroupNorm or nn.BatchNorm1d"

const MissingTopic torch_missing_topics[] = {
    {"torch", " save load from_file ", NO_FILES},
    {"torch", " frombuffer from_dlpack to_dlpack ", "use torch.as_tensor or torch.tensor"},
    {"torch", " resize resize_ resize_as_ set_ ", "use x.reshape(...)"},
    {"torch", " cdouble chalf ", "use torch.complex64"},
    {"torch", " segment_reduce ", "use index_add_, scatter_add_ or an assignment through an index"},
    {"torch", " nuclear_norm ", "use torch.norm, torch.linalg.norm or torch.cdist"},
    {"torch", " histogram histogramdd ", "use torch.median, torch.nansum or torch.histc"},
    {"torch", " embedding_bag ", "use F.embedding(...).sum(1)"},
    {"torch", " gru gru_cell lstm lstm_cell rnn_relu rnn_tanh ", "use nn.GRU, nn.LSTM or nn.RNN"},
    {"torch", " geqrf lobpcg lu lu_solve lu_unpack ormqr orgqr pca_lowrank svd_lowrank ", FACTORS},
    {"torch", " conv3d conv_transpose3d grid_sampler max_pool3d ", NO_CONV},
    {"torch", " ctc_loss ", NO_LOSS},
    {"torch", " digamma i0 igamma igammac mvlgamma polygamma ", NO_SPECIAL},
    {"torch", " binomial poisson ", NO_SAMPLER},
    {"torch", " stft istft fft ", NO_FFT},
    {"torch", " sparse sparse_coo_tensor sparse_csr_tensor to_sparse to_dense coalesce ",
     NO_SPARSE},
    {"torch", " hub onnx package profiler _dynamo vmap func record_stream reinforce fork ",
     NO_GRAPH},
    {"torch", " distributed multiprocessing ipu xpu mps mkldnn Storage FloatStorage ", NO_DEVICES},
    {"torch", " quantization ao quantize_per_tensor fake_quantize_per_tensor_affine ", NO_HALF},
    {"torch", " refine_names rename align_to ", NO_NAMES},
    {"torch", " testing ", "use torch.allclose or torch.equal in an assert"},
    {"torch.nn",
     " AdaptiveAvgPool3d AvgPool3d Conv3d ConvTranspose3d FractionalMaxPool2d MaxPool3d "
     " MaxUnpool1d MaxUnpool2d ",
     NO_CONV},
    {"torch.nn", " CrossMapLRN2d SyncBatchNorm ", OTHER_NORM},
    {"torch.nn", " AdaptiveLogSoftmaxWithLoss ", NO_LOSS},
    {"torch.nn", " DataParallel parallel ", "use the module itself: there is one process"},
    {"torch.nn", " quantized qat intrinsic ", NO_HALF},
    {"torch.nn.functional", " avg_pool3d conv3d conv_transpose3d max_pool3d max_unpool1d ",
     NO_CONV},
    {"torch.nn.utils", " prune stateless ",
     "compute the changed weight in forward() and pass it to F.linear"},
    {"torch.optim", " ASGD LBFGS SparseAdam swa_utils ", MORE_OPTIM},
    {"torch.linalg", " matmul ", "use a @ b"},
    {"torch.linalg", " cross ", "use products of the components, as in a[1] * b[2] - a[2] * b[1]"},
    {"torch.linalg",
     " householder_product lu lu_factor lu_factor_ex lu_solve ldl_factor ldl_solve ", FACTORS},
    {"torch.autograd", " gradgradcheck ", "gradcheck is here: qkv has no second derivatives"},
    {"torch.autograd", " profiler ", "type `ledger` at the prompt"},
    {"torch.autograd", " detect_anomaly set_detect_anomaly ",
     "ask torch.isnan(x).any() of the gradients: nothing here looks for nan by itself"},
    {"torch.jit", " load save fork wait Future ScriptFunction ", NO_GRAPH},
    {"torch.fx", " symbolic_trace Tracer Graph GraphModule Node Proxy ", NO_GRAPH},
    {"torch.cuda",
     " Stream Event memory_allocated max_memory_allocated get_device_name current_device "
     "set_device memory_summary ",
     NO_DEVICES},
    {"torch.utils", " tensorboard cpp_extension bottleneck model_zoo dlpack ", NO_GRAPH},
    {"torch.special", " bessel_j0 bessel_j1 i0 i0e i1 zeta polygamma multigammaln ndtri ",
     NO_SPECIAL},
    {0},
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
    for (const MissingTopic *t = torch_missing_topics; t->where; t++)
        if (!strcmp(t->where, where) && has_word(t->names, name)) return t->use;
    return NULL;
}
