/* Functions of torch, methods of Tensor and functions of torch.nn.functional that are written in
 * the dialect. A start loads none of it: the file of a name is loaded when the name is first asked
 * for. Here stands which file has which name, and where it is found.
 *
 * To add a name: its function in the file, its word below.
 */
#include "config.h"

#include <string.h>

#include "prelude/prelude.h"
#include "tensorobj/tensorobj.h"
#include "torch/torch.h"
#include "eval/obj.h"

/* Where names are found. */
enum {
    IN_TORCH = 1u << 0,   /* torch.name */
    IN_TENSOR = 1u << 1,  /* x.name: the first parameter is x */
    IN_INPLACE = 1u << 2, /* x.name_: x takes the result */
    IN_NN = 1u << 3,      /* torch.nn.functional.name */
    IN_BOTH = IN_TORCH | IN_TENSOR,
    IN_ALL = IN_BOTH | IN_INPLACE
};

typedef struct Late {
    const char *module; /* and its file, MODULE.py */
    unsigned where;
    const char *names; /* words between single blanks */
} Late;

static const Late lates[] = {
    {"torch._shape", IN_TORCH,
     " block_diag cartesian_prod combinations atleast_1d atleast_2d atleast_3d column_stack "
     "row_stack dstack diagflat vander unsafe_chunk unsafe_split "},
    {"torch._shape", IN_BOTH,
     " tensor_split hsplit vsplit dsplit fliplr flipud rot90 diagflat adjoint unsafe_chunk "
     "unsafe_split msort "},
    {"torch._shape", IN_TENSOR, " H mH "},
    {"torch._scatter", IN_BOTH,
     " scatter_reduce index_reduce slice_scatter select_scatter diagonal_scatter put "},
    {"torch._scatter", IN_INPLACE, " scatter_reduce index_reduce put "},
    {"torch._calculus", IN_TORCH,
     " gradient trapezoid trapz cumulative_trapezoid pdist hamming_window hann_window "
     "blackman_window bartlett_window "},
    {"torch._calculus", IN_BOTH, " diff logcumsumexp cov corrcoef dist renorm nanmean nanmedian "},
    {"torch._calculus", IN_INPLACE, " renorm "},
    {"torch._calculus", IN_BOTH, " addmv addr addbmm cross inner "},
    {"torch._calculus", IN_INPLACE, " addmv addr addbmm "},
    {"torch._extra", IN_BOTH,
     " isneginf isposinf isreal signbit positive resolve_conj resolve_neg conj_physical is_nonzero "
     "is_signed is_conj is_neg is_inference is_same_size frexp "},
    {"torch._extra", IN_ALL,
     " heaviside float_power copysign sinc ldexp gcd lcm logaddexp2 nextafter "},
    {"torch._extra", IN_TORCH,
     " isin can_cast scalar_tensor get_device typename is_storage asarray range fill "
     "chain_matmul set_default_tensor_type empty_strided "},
    {"torch._extra", IN_TENSOR,
     " is_cpu is_meta is_quantized is_sparse is_mps is_xpu is_shared is_pinned pin_memory "
     "share_memory_ new apply_ map_ names geometric_ log_normal_ cauchy_ sum_to_size "},
    {"torch", IN_INPLACE,
     " absolute arccos arccosh arcsin arcsinh arctan arctan2 arctanh fix greater greater_equal "
     "less "
     "less_equal not_equal multiply divide true_divide subtract negative nan_to_num sgn swapaxes "
     "swapdims addmm baddbmm "},
    {"torch._nn", IN_TORCH,
     " layer_norm group_norm batch_norm instance_norm embedding conv1d conv2d conv_transpose1d "
     "conv_transpose2d max_pool1d max_pool2d avg_pool1d adaptive_avg_pool1d adaptive_max_pool1d "
     "dropout dropout_ alpha_dropout feature_dropout feature_alpha_dropout selu selu_ celu celu_ "
     "rrelu threshold threshold_ hardshrink bilinear pixel_shuffle pixel_unshuffle "
     "channel_shuffle cosine_similarity pairwise_distance kl_div binary_cross_entropy_with_logits "
     "cosine_embedding_loss hinge_embedding_loss margin_ranking_loss poisson_nll_loss "
     "triplet_margin_loss constant_pad_nd clamp_ clamp_min_ clamp_max_ detach_ round_ zero_ "
     "fill_ "},
    {"torch._nn", IN_BOTH, " prelu hardshrink "},
    {"torch.nn.functional._activation", IN_NN,
     " hardshrink softshrink tanhshrink softsign rrelu rrelu_ relu_ elu_ selu_ celu_ leaky_relu_ "
     "hardtanh_ threshold_ dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout "},
    {"torch.nn.functional._loss", IN_NN,
     " triplet_margin_loss triplet_margin_with_distance_loss margin_ranking_loss "
     "cosine_embedding_loss hinge_embedding_loss poisson_nll_loss gaussian_nll_loss "
     "soft_margin_loss multilabel_soft_margin_loss multi_margin_loss multilabel_margin_loss "
     "pdist bilinear instance_norm local_response_norm embedding_bag ctc_loss "},
    {"torch.nn.functional._pool", IN_NN,
     " adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool1d adaptive_max_pool2d lp_pool1d "
     "lp_pool2d fold conv_transpose1d conv_transpose2d pixel_shuffle pixel_unshuffle "
     "channel_shuffle "},
    {"torch.nn.functional._mha", IN_NN, " multi_head_attention_forward "},
    {"torch.nn.functional._resize", IN_NN,
     " interpolate upsample upsample_nearest upsample_bilinear affine_grid grid_sample "},
};

static bool has_word(const char *words, const char *name, size_t n) {
    for (const char *p = words; (p = strstr(p, name)) != NULL; p++)
        if (p[-1] == ' ' && p[n] == ' ') return true;
    return false;
}

/* Which IN_ bits mean owner; 0 for one that has no late names. */
static unsigned where_of(Value owner) {
    if (value_is(owner, &type_type))
        return type_is_sub((Type *)owner.o, &type_tensor) ? IN_TENSOR : 0;
    if (!value_is(owner, &type_module)) return 0;
    const char *name = module_title(owner);
    return !strcmp(name, "torch") ? IN_TORCH : !strcmp(name, "torch.nn.functional") ? IN_NN : 0;
}

static bool take(Interp *in, const char *module, const char *name, Value *out, Err *err) {
    Value m;
    if (!interp_import(in, module, &m, err)) return false;
    bool ok = value_getattr_cstr(in, m, name, out, err);
    value_release(m);
    return ok;
}

/* x.name_ from name: a function that writes the result into x. */
static bool take_inplace(Interp *in, const Late *l, const char *name, Value *out, Err *err) {
    Value f, make;
    char *plain = mem_strndup(name, strlen(name) - 1);
    bool ok = take(in, l->module, plain, &f, err);
    mem_free(plain);
    if (!ok) return false;
    ok = take(in, "torch._extra", "_inplace", &make, err);
    if (ok) {
        Value pos[2] = {f, str_value_cstr(name)};
        ok = value_call_pos(in, make, pos, 2, out, err);
        value_release(pos[1]);
        value_release(make);
    }
    value_release(f);
    return ok;
}

static bool late_make(Interp *in, Value owner, StrObj *name, Value *out, Err *err) {
    unsigned where = where_of(owner);
    size_t n = name->len;
    if (!where || n == 0 || strchr(name->s, ' ')) return true;
    for (size_t i = 0; i < ARRAY_LEN(lates); i++)
        if ((lates[i].where & where) && has_word(lates[i].names, name->s, n))
            return take(in, lates[i].module, name->s, out, err);
    if (where != IN_TENSOR || name->s[n - 1] != '_' || n == 1) return true;
    for (size_t i = 0; i < ARRAY_LEN(lates); i++) {
        char *plain = mem_strndup(name->s, n - 1);
        bool has = (lates[i].where & IN_INPLACE) && has_word(lates[i].names, plain, n - 1);
        mem_free(plain);
        if (has) return take_inplace(in, &lates[i], name->s, out, err);
    }
    return true;
}

static void late_list(Value owner, void (*offer)(void *, const char *), void *ctx) {
    unsigned where = where_of(owner);
    for (size_t i = 0; where && i < ARRAY_LEN(lates); i++) {
        if (!(lates[i].where & where)) continue;
        for (const char *p = lates[i].names + 1; *p;) {
            char word[64];
            size_t n = strcspn(p, " ");
            snprintf(word, sizeof word, "%.*s", (int)n, p);
            offer(ctx, word);
            if (where == IN_TENSOR && (lates[i].where & IN_INPLACE)) {
                snprintf(word, sizeof word, "%.*s_", (int)n, p);
                offer(ctx, word);
            }
            p += n + 1;
        }
    }
}

const LateNames torch_late_names = {late_make, late_list};

void torch_late_install(Interp *in) {
    static ModuleDef defs[ARRAY_LEN(lates)];
    for (size_t i = 0; i < ARRAY_LEN(lates); i++) {
        const char *text = prelude_text(lates[i].module);
        if (!text || (i && !strcmp(lates[i].module, lates[i - 1].module))) continue;
        defs[i] = (ModuleDef){.name = lates[i].module,
                              .prelude_name = lates[i].module,
                              .prelude = text,
                              .doc = "A part of torch that is written in the dialect."};
        interp_module_define(in, &defs[i]);
    }
}
