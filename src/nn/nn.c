/* Defines torch.nn, torch.nn.functional, torch.nn.init, torch.optim and the rest:
 * which names are rows, and which prelude file stands behind which module.
 */
#include "config.h"

#include "nn/nn.h"

#include "prelude/prelude.h"
#include "tensorobj/tensorobj.h"

static const NativeRow *functional_rows(void) {
    static const NativeRow *const tables[] = {
#define X(table) table,
        NN_TABLES(X)
#undef X
    };
    static NativeRow *rows;
    size_t n = 1;
    if (rows) return rows;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const NativeRow *r = tables[i]; r->sig; r++) n++;
    }
    NativeRow *to = rows = mem_zero(sizeof *rows * n);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const NativeRow *r = tables[i]; r->sig; r++) *to++ = *r;
    }
    return rows;
}

static void put_type(Interp *in, Value module, const char *name, Type *t) {
    Value v = type_value(t);
    module_set(in, module, name, v);
    value_release(v);
}

/* What the layers of the dialect are built on. */
static bool base_init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    put_type(in, module, "ModuleBase", &type_module_base);
    put_type(in, module, "Parameter", &type_parameter);
    return true;
}

/* A deprecation that PyTorch warns of: named by its line, once (interp_warn). */
static bool base_warn(Interp *in, Value *args, Value *out, Err *err) {
    *out = VALUE_NONE;
    return interp_warn(in, err, "%s", str_of(args[0])->s);
}

/* A tensor of one class becomes one of another: both are laid out alike. */
static bool base_become(Interp *in, Value *args, Value *out, Err *err) {
    Type *to = (Type *)args[1].o;
    UNUSED(in), UNUSED(err);
    if (!value_tensor(args[0]) || !value_is(args[1], &type_type) || to->size != sizeof(TensorObj))
        return err_set(err, ERR_TYPE, "_become takes a tensor and a class of tensors");
    Type *old = value_type(args[0]);
    if (to->flags & TYPE_HEAP) value_retain(args[1]);
    args[0].o->type = to;
    if (old->flags & TYPE_HEAP) value_release(value_obj(old));
    *out = VALUE_NONE;
    return true;
}

static const NativeRow base_rows[] = {
    {"_become(tensor, cls) -> None", base_become, NATIVE_MUTATES, "Gives a tensor another class.",
     NULL},
    {"_warn(text: str) -> None", base_warn, NATIVE_PRINTS, "A warning at the user's line, once.",
     NULL},
    {0},
};

/* X(module, file without .py, doc) */
#define NN_PRELUDES(X)                                                                             \
    X("torch.nn", "torch.nn", "Layers: Module, Linear, Embedding, LayerNorm, MultiheadAttention, ...")   \
    X("torch.nn.parameter", "torch.nn.parameter", "Parameter, UninitializedParameter.")                  \
    X("torch.nn.parameter._lazy", "torch.nn.parameter._lazy", "Parameters without a shape yet.")          \
    X("torch.nn.modules._lazy", "torch.nn.modules._lazy", "Layers whose input size the first call says.")         \
    X("torch.nn.modules.lazy", "torch.nn.modules.lazy", "LazyModuleMixin.")                              \
    X("torch.nn.init", "torch.nn.init", "Ways to draw initial weights.")                                 \
    X("torch.nn.utils", "torch.nn.utils", "clip_grad_norm_, parameters_to_vector.")                      \
    X("torch.nn.utils._norm", "torch.nn.utils._norm", "weight_norm, spectral_norm.")                      \
    X("torch.nn.utils.parametrize", "torch.nn.utils.parametrize", "register_parametrization.")                 \
    X("torch.nn.utils.parametrizations", "torch.nn.utils.parametrizations", "orthogonal, weight_norm, ...")    \
    X("torch.nn.utils.rnn", "torch.nn.utils.rnn", "pad_sequence.")                                       \
    X("torch.nn.modules", "torch.nn.modules", "The layers by file, as in PyTorch.")                      \
    X("torch.nn.modules.module", "torch.nn.modules.module", "Module.")                                           \
    X("torch.nn.modules.utils", "torch.nn.modules.utils", "_pair and its kin.")                          \
    X("torch.nn.modules._more_activation", "torch.nn.modules._more_activation", "More activations.")              \
    X("torch.nn.modules._more_loss", "torch.nn.modules._more_loss", "More losses.")                               \
    X("torch.nn.modules._more_image", "torch.nn.modules._more_image", "Padding, resizing, pools, ...")            \
    X("torch.optim.lr_scheduler._cyclic", "torch.optim.lr_scheduler._cyclic", "Rates in cycles.")               \
    X("torch.utils.data.sampler", "torch.utils.data.sampler", "Samplers.")                             \
    X("torch.nn.modules.container", "torch.nn.modules.container", "Sequential, ModuleList, ModuleDict.")         \
    X("torch.nn.modules.linear", "torch.nn.modules.linear", "Linear, Bilinear, Identity.")                       \
    X("torch.nn.modules.sparse", "torch.nn.modules.sparse", "Embedding.")                                        \
    X("torch.nn.modules.normalization", "torch.nn.modules.normalization", "LayerNorm, RMSNorm, GroupNorm.")      \
    X("torch.nn.modules.batchnorm", "torch.nn.modules.batchnorm", "BatchNorm1d, BatchNorm2d.")                   \
    X("torch.nn.modules.dropout", "torch.nn.modules.dropout", "Dropout.")                                        \
    X("torch.nn.modules.flatten", "torch.nn.modules.flatten", "Flatten, Unflatten.")                             \
    X("torch.nn.modules.conv", "torch.nn.modules.conv", "Conv1d, Conv2d, Unfold and pools.")                     \
    X("torch.nn.modules._backward_hooks", "torch.nn.modules._backward_hooks", "Backward hooks.")                  \
    X("torch.nn.modules.distance", "torch.nn.modules.distance", "CosineSimilarity.")                             \
    X("torch.nn.modules.activation", "torch.nn.modules.activation", "ReLU, GELU, ..., MultiheadAttention.")      \
    X("torch.nn.modules._attention", "torch.nn.modules._attention", "MultiheadAttention.")                        \
    X("torch.nn.modules._masks", "torch.nn.modules._masks", "What masks of attention must be.")                   \
    X("torch.nn.modules.rnn", "torch.nn.modules.rnn", "RNN, LSTM, GRU and their cells.")                         \
    X("torch.nn.modules.transformer", "torch.nn.modules.transformer", "Transformer encoder and decoder.")        \
    X("torch.nn.modules.loss", "torch.nn.modules.loss", "CrossEntropyLoss, MSELoss, ...")                        \
    X("torch.optim", "torch.optim", "SGD, Adam, AdamW.")                                                 \
    X("torch.optim.lr_scheduler", "torch.optim.lr_scheduler", "Learning rates over time.")                     \
    X("einops", "einops", "Axes by name: rearrange, reduce, repeat.")                              \
    X("einops.layers", "einops.layers", "Patterns as layers.")                                     \
    X("einops.layers.torch", "einops.layers.torch", "Rearrange and Reduce as modules.")            \
    X("torch.distributions", "torch.distributions", "Normal, Categorical, Bernoulli, ...")               \
    X("torch.distributions.constraints", "torch.distributions.constraints", "What values must be.")      \
    X("torch.distributions.normal", "distributions_part", "Normal.")                               \
    X("torch.distributions.categorical", "distributions_part", "Categorical.")                     \
    X("torch.distributions.bernoulli", "distributions_part", "Bernoulli.")                         \
    X("torch.distributions.uniform", "distributions_part", "Uniform.")                             \
    X("torch.distributions.kl", "distributions_part", "kl_divergence.")                            \
    X("torch.utils", "torch.utils", "torch.utils.data.")                                           \
    X("torch.utils.data", "torch.utils.data", "Dataset, TensorDataset, DataLoader.")

void nn_install(Interp *in) {
    static ModuleDef defs[] = {
#define X(py, file, text) {.name = py, .prelude_name = file, .doc = text},
        NN_PRELUDES(X)
#undef X
    };
    static ModuleDef functional = {
        .name = "torch.nn.functional",
        .doc = "Layers as functions: softmax, linear, layer_norm, cross_entropy, "
               "scaled_dot_product_attention, ...",
    };
    static const ModuleDef base = {.name = "torch.nn._base",
                                   .init = base_init,
                                   .rows = base_rows,
                                   .doc = "The C half of torch.nn."};
    static const ModuleDef special = {.name = "torch.special",
                                      .rows = special_rows,
                                      .doc = "expit, softmax, entr and the like."};
    functional.rows = functional_rows();
    interp_module_define(in, &functional);
    interp_module_define(in, &base);
    interp_module_define(in, &special);
    for (size_t i = 0; i < ARRAY_LEN(defs); i++) {
        defs[i].prelude = prelude_text(defs[i].prelude_name);
        interp_module_define(in, &defs[i]);
    }
}
