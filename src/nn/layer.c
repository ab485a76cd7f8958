/* torch.nn.functional: linear, embedding, norms, one_hot, pad, similarities; and
 * torch.special.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "nn/nn.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "tensor/convert.h"
#include "tensor/create.h"
#include "tensor/index.h"

#define OPTIONAL(i, p) arg_tensor_or_none(__func__, i, args[i], p, err)

/* ---- linear and embedding --------------------------------------------------------- */

static bool do_linear(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *w, *b, *y = NULL;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !ARG_TENSOR(1, &w) || !OPTIONAL(2, &b)) return false;
    if (w->ndim == 2 && x->ndim > 0 && x->shape[x->ndim - 1] != w->shape[1]) {
        int64_t rows = x->shape[x->ndim - 1] ? tensor_numel(x) / x->shape[x->ndim - 1] : 0;
        err_set(err, ERR_RUNTIME,
                "mat1 and mat2 shapes cannot be multiplied (%lldx%lld and %lldx%lld)",
                (long long)rows, (long long)x->shape[x->ndim - 1], (long long)w->shape[1],
                (long long)w->shape[0]);
        return err_hint(err, "this Linear takes %lld features, the input's last size is %lld",
                        (long long)w->shape[1], (long long)x->shape[x->ndim - 1]);
    }
    return tensor_return(op_linear(x, w, b, &y, err), &y, out);
}

/* Row `id` of w, times most / (norm + 1e-7) where its norm is more than that. */
static bool renorm_row(Tensor *w, int64_t id, double most, double p, Err *err) {
    static const int64_t zeros[TENSOR_MAX_DIM];
    Tensor *row = NULL, *norm = NULL, *scale = NULL;
    bool ok = op_select(w, 0, id, &row, err) && op_norm(row, p, 0, NULL, false, &norm, err);
    double length = ok ? tensor_get_f64(norm, zeros) : 0;
    if (ok && length > most)
        ok = tensor_number_f64(most / (length + 1e-7), &scale, err) && op_mul_(row, scale, err);
    tensor_release(row);
    tensor_release(norm);
    tensor_release(scale);
    return ok;
}

/* max_norm: the rows that are looked up become at most as long, in place, behind the tape's back.
 */
static bool renorm_rows(Tensor *w, Tensor *ids, double most, double p, Err *err) {
    Tensor *flat = NULL;
    int64_t n = tensor_numel(ids);
    bool was = grad_mode_set(false), ok = op_reshape(ids, 1, &n, &flat, err);
    for (int64_t i = 0; ok && i < n; i++) {
        int64_t id = tensor_get_i64(flat, &i);
        ok = (id < 0 || id >= w->shape[0]) || renorm_row(w, id, most, p, err);
    }
    tensor_release(flat);
    grad_mode_set(was);
    return ok;
}

/* Both change the gradient only; its dense, unscaled form would be another one. */
static bool embedding_plain(Interp *in, Value *args, Err *err) {
    bool by_freq, sparse;
    if (!arg_bool(in, "do_embedding", 5, args[5], &by_freq, err) ||
        !arg_bool(in, "do_embedding", 6, args[6], &sparse, err)) {
        return false;
    }
    if (!by_freq && !sparse) return true;
    err_set(err, ERR_NOTIMPL, "embedding(%s=True) is not in qkv",
            by_freq ? "scale_grad_by_freq" : "sparse");
    return err_hint(err, by_freq ? "divide the gradient by the counts in a hook of the weight"
                                 : "leave it out: a dense gradient has the same numbers");
}

static bool do_embedding(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *ids, *w, *y = NULL;
    int64_t pad = -1;
    double most, p;
    if (!ARG_TENSOR(0, &ids) || !ARG_TENSOR(1, &w) || !embedding_plain(in, args, err)) return false;
    if (args[2].tag != VT_NONE) {
        if (!ARG_INT(2, &pad)) return false;
        if (pad < 0) pad += w->shape[0];
    }
    if (!dtype_is_int((DType)ids->dtype)) {
        return err_set(err, ERR_RUNTIME,
                       "Expected tensor for argument #1 'indices' to have one of the following "
                       "scalar types: Long, Int; but got a tensor of %s instead",
                       dtype_name((DType)ids->dtype));
    }
    if (w->ndim == 2 && args[3].tag != VT_NONE &&
        (!ARG_FLOAT(3, &most) || !ARG_FLOAT(4, &p) || !renorm_rows(w, ids, most, p, err))) {
        return false;
    }
    return tensor_return(op_embedding(w, ids, pad, &y, err), &y, out);
}

static bool do_one_hot(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t classes;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &classes) &&
           tensor_return(tensor_one_hot(x, classes, &y, err), &y, out);
}

/* ---- norms --------------------------------------------------------------------------- */

static bool do_layer_norm(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *w, *b, *y = NULL;
    Dims d;
    double eps;
    return ARG_TENSOR(0, &x) && ARG_DIMS(1, &d) && OPTIONAL(2, &w) && OPTIONAL(3, &b) &&
           ARG_FLOAT(4, &eps) &&
           tensor_return(op_layer_norm(x, d.n, d.d, w, b, eps, &y, err), &y, out);
}

static bool do_rms_norm(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, NORMALIZED_SHAPE, WEIGHT, EPS };
    Tensor *x, *w, *y = NULL;
    Dims d;
    double eps;
    if (!ARG_TENSOR(INPUT, &x) || !ARG_DIMS(NORMALIZED_SHAPE, &d) || !OPTIONAL(WEIGHT, &w))
        return false;
    eps = x->dtype == DT_F64 ? 0x1p-52 : x->dtype == DT_F16 ? 0x1p-10 : 0x1p-23;
    if (args[EPS].tag != VT_NONE && !ARG_FLOAT(EPS, &eps)) return false;
    return tensor_return(op_rms_norm(x, d.n, d.d, w, eps, &y, err), &y, out);
}

static bool do_group_norm(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *w, *b, *y = NULL;
    int64_t groups;
    double eps;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &groups) && OPTIONAL(2, &w) && OPTIONAL(3, &b) &&
           ARG_FLOAT(4, &eps) &&
           tensor_return(op_group_norm(x, groups, w, b, eps, &y, err), &y, out);
}

static bool do_batch_norm(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, RUNNING_MEAN, RUNNING_VAR, WEIGHT, BIAS, TRAINING, MOMENTUM, EPS };
    Tensor *x, *mean, *var, *w, *b, *y = NULL;
    bool training;
    double momentum, eps;
    if (!ARG_TENSOR(INPUT, &x) || !OPTIONAL(RUNNING_MEAN, &mean) || !OPTIONAL(RUNNING_VAR, &var) ||
        !OPTIONAL(WEIGHT, &w) || !OPTIONAL(BIAS, &b) || !ARG_BOOL(TRAINING, &training) ||
        !ARG_FLOAT(MOMENTUM, &momentum) || !ARG_FLOAT(EPS, &eps)) {
        return false;
    }
    if (training && x->ndim >= 2 && tensor_numel(x) == x->shape[1]) {
        Str got = STR_INIT;
        shape_str(&got, x->ndim, x->shape);
        err_set(err, ERR_VALUE,
                "Expected more than 1 value per channel when training, got input "
                "size %s",
                str_cstr(&got));
        str_clear(&got);
        return false;
    }
    return tensor_return(op_batch_norm(x, w, b, mean, var, training, momentum, eps, &y, err), &y,
                         out);
}

/* x / max(|x|_p, eps) over dim. */
static bool normalize(Tensor *x, double p, int64_t dim, double eps, Tensor **out, Err *err) {
    Tensor *n = NULL, *floor = NULL, *lo = NULL, *e = NULL;
    bool ok = op_norm(x, p, 1, &dim, true, &n, err) && value_operand(value_float(eps), &lo, err) &&
              op_clamp_min(n, lo, &floor, err) && op_expand(floor, x->ndim, x->shape, &e, err) &&
              op_div(x, e, out, err);
    tensor_release(n);
    tensor_release(floor);
    tensor_release(lo);
    tensor_release(e);
    return ok;
}

static bool do_normalize(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, P, DIM, EPS };
    Tensor *x, *y = NULL;
    double p, eps;
    int64_t dim;
    return ARG_TENSOR(INPUT, &x) && ARG_FLOAT(P, &p) && ARG_INT(DIM, &dim) &&
           ARG_FLOAT(EPS, &eps) && tensor_return(normalize(x, p, dim, eps, &y, err), &y, out);
}

/* ---- similarities ------------------------------------------------------------------------- */

/* x / max(|x|, eps) over dim, where only |x| without the bound gets a gradient. */
static bool to_unit(Tensor *x, int64_t dim, double eps, Tensor **out, Err *err) {
    Tensor *norm = NULL, *n = NULL, *lo = NULL;
    bool ok = op_vector_norm(x, 2, 1, &dim, true, &norm, err) && op_clone(norm, &n, err) &&
              value_operand(value_float(eps), &lo, err);
    tensor_release(norm);
    bool was = grad_mode_set(false);
    ok = ok && op_clamp_min_(n, lo, err);
    grad_mode_set(was);
    ok = ok && op_div(x, n, out, err);
    tensor_release(n);
    tensor_release(lo);
    return ok;
}

/* sum of the products of both, broadcast to one shape and brought to length 1. */
static bool cosine(Tensor *a, Tensor *b, int64_t dim, double eps, Tensor **out, Err *err) {
    Tensor *wa = NULL, *wb = NULL, *ua = NULL, *ub = NULL, *prod = NULL;
    int n;
    int64_t shape[TENSOR_MAX_DIM];
    if (!shape_broadcast(a->ndim, a->shape, b->ndim, b->shape, &n, shape, err)) return false;
    bool ok = op_expand(a, n, shape, &wa, err) && op_expand(b, n, shape, &wb, err) &&
              to_unit(wa, dim, eps, &ua, err) && to_unit(wb, dim, eps, &ub, err) &&
              op_mul(ua, ub, &prod, err) && op_sum(prod, 1, &dim, false, out, err);
    Tensor *const all[] = {wa, wb, ua, ub, prod};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) tensor_release(all[i]);
    return ok;
}

static bool do_cosine_similarity(Interp *in, Value *args, Value *out, Err *err) {
    enum { X1, X2, DIM, EPS };
    Tensor *a, *b, *y = NULL;
    int64_t dim;
    double eps;
    return ARG_TENSOR(X1, &a) && ARG_TENSOR(X2, &b) && ARG_INT(DIM, &dim) && ARG_FLOAT(EPS, &eps) &&
           tensor_return(cosine(a, b, dim, eps, &y, err), &y, out);
}

static bool do_pairwise_distance(Interp *in, Value *args, Value *out, Err *err) {
    enum { X1, X2, P, EPS, KEEPDIM };
    Tensor *a, *b, *d = NULL, *e = NULL, *small = NULL, *y = NULL;
    double p, eps;
    bool keepdim, ok;
    int64_t last = -1;
    if (!ARG_TENSOR(X1, &a) || !ARG_TENSOR(X2, &b) || !ARG_FLOAT(P, &p) || !ARG_FLOAT(EPS, &eps) ||
        !ARG_BOOL(KEEPDIM, &keepdim)) {
        return false;
    }
    ok = op_sub(a, b, 1, &d, err) && value_operand(value_float(eps), &small, err) &&
         op_add(d, small, 1, &e, err) && op_norm(e, p, 1, &last, keepdim, &y, err);
    tensor_release(d);
    tensor_release(small);
    tensor_release(e);
    return tensor_return(ok, &y, out);
}

/* ---- pad ------------------------------------------------------------------------------------ */

static bool do_pad(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    const char *mode;
    double value = 0;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d) || !ARG_STR(2, &mode)) return false;
    if (args[3].tag != VT_NONE && !ARG_FLOAT(3, &value)) return false;
    if (strcmp(mode, "constant"))
        return import_call(in, "torch.nn.functional._resize", "pad_by_mode", args, 4, out, err);
    if (d.n % 2 || d.n > 2 * x->ndim) {
        return err_set(err, ERR_RUNTIME,
                       d.n % 2 ? "Padding length must be divisible by 2"
                               : "Padding length too large");
    }
    if (!number_fits_f64((DType)x->dtype, value, err)) return false;
    return tensor_return(op_pad(x, d.n, d.d, value, &y, err), &y, out);
}

/* ---- torch.special --------------------------------------------------------------------------- */

static bool do_expit(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && tensor_return(op_sigmoid(x, &y, err), &y, out);
}

/* entr: -x log x, 0 at 0, -inf below. */
static bool do_entr(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *l = NULL, *minus = NULL, *zero = NULL, *below = NULL, *least = NULL, *y = NULL;
    Tensor *at = NULL, *plain = NULL;
    bool ok;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x)) return false;
    ok = op_xlogy(x, x, &l, err) && op_neg(l, &minus, err) && tensor_number_f64(0, &zero, err) &&
         op_eq(x, zero, &at, err) && op_masked_fill(minus, at, zero, &plain, err) &&
         op_lt(x, zero, &below, err) && tensor_number_f64(-INFINITY, &least, err) &&
         op_masked_fill(plain, below, least, &y, err);
    tensor_release(at);
    tensor_release(plain);
    tensor_release(l);
    tensor_release(minus);
    tensor_release(zero);
    tensor_release(below);
    tensor_release(least);
    return tensor_return(ok, &y, out);
}

const NativeRow special_rows[] = {
    {"expit(input: Tensor) -> Tensor", do_expit, 0, "The sigmoid.",
     ">>> torch.special.expit(torch.zeros(1))\n"
     "tensor([0.5000])"},
    {"entr(input: Tensor) -> Tensor", do_entr, 0, "-x log x, elementwise: summed, the entropy.",
     ">>> torch.special.entr(torch.tensor([0.5, 0.5])).sum()\n"
     "tensor(0.6931)"},
    {0},
};

#define NORM "weight: Tensor = None, bias: Tensor = None, eps: float = 1e-05) -> Tensor"

const NativeRow nn_layer_rows[] = {
    {"linear(input: Tensor, weight: Tensor, bias: Tensor = None) -> Tensor", do_linear, 0,
     "input @ weight.T + bias; weight (out, in).",
     ">>> F.linear(torch.ones(1, 2), torch.tensor([[1., 2.]]), torch.tensor([10.]))\n"
     "tensor([[13.]])"},
    {"embedding(input: Tensor, weight: Tensor, padding_idx: int = None, max_norm=None, norm_type: "
     "float = 2.0, scale_grad_by_freq: bool = False, sparse: bool = False) -> Tensor",
     do_embedding, 0, "Rows of weight (V, D) by number: shape of input + (D,).",
     ">>> F.embedding(torch.tensor([2, 0]), torch.eye(3))\n"
     "tensor([[0., 0., 1.],\n"
     "        [1., 0., 0.]])"},
    {"one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor", do_one_hot, 0,
     "1 at the place of each number, else 0; a new last dim.",
     ">>> F.one_hot(torch.tensor([0, 2]))\n"
     "tensor([[1, 0, 0],\n"
     "        [0, 0, 1]])"},
    {"layer_norm(input: Tensor, normalized_shape, " NORM, do_layer_norm, 0,
     "(x - mean) / sqrt(var + eps) over the last dims of each position. Ba et al. 2016.",
     ">>> F.layer_norm(torch.tensor([[1., 2., 3.]]), (3,))\n"
     "tensor([[-1.2247,  0.0000,  1.2247]])"},
    {"rms_norm(input: Tensor, normalized_shape, weight: Tensor = None, eps: float = None) -> "
     "Tensor",
     do_rms_norm, 0, "x / sqrt(mean(x²) + eps) over the last dims. Zhang and Sennrich 2019.",
     ">>> F.rms_norm(torch.tensor([[3., 4.]]), (2,))\ntensor([[0.8485, 1.1314]])"},
    {"group_norm(input: Tensor, num_groups: int, " NORM, do_group_norm, 0,
     "Normalised over each group of channels; input (N, C, ...). Wu and He 2018.",
     ">>> F.group_norm(torch.tensor([[1., 3., 2., 6.]]), 2)\n"
     "tensor([[-1.0000,  1.0000, -1.0000,  1.0000]])"},
    {"batch_norm(input: Tensor, running_mean: Tensor = None, running_var: Tensor = None, weight: "
     "Tensor = None, "
     "bias: Tensor = None, training: bool = False, momentum: float = 0.1, eps: float = 1e-05) -> "
     "Tensor",
     do_batch_norm, NATIVE_MUTATES,
     "Normalised per feature over the batch while training, by running statistics else. Ioffe and "
     "Szegedy 2015.",
     ">>> F.batch_norm(torch.tensor([[1.], [3.]]), None, None, training=True)\n"
     "tensor([[-1.0000],\n"
     "        [ 1.0000]])"},
    {"normalize(input: Tensor, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Tensor",
     do_normalize, 0, "Scaled to length 1 over dim.",
     ">>> F.normalize(torch.tensor([[3., 4.]]), dim=-1)\n"
     "tensor([[0.6000, 0.8000]])"},
    {"cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-08) -> Tensor",
     do_cosine_similarity, 0, "x1·x2 / (|x1| |x2|) over dim.",
     ">>> F.cosine_similarity(torch.tensor([[1., 0.]]), torch.tensor([[1., 1.]]))\n"
     "tensor([0.7071])"},
    {"pairwise_distance(x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-06, keepdim: bool "
     "= False) -> Tensor",
     do_pairwise_distance, 0, "|x1 - x2| over the last dim.",
     ">>> F.pairwise_distance(torch.zeros(1, 2), torch.tensor([[3., 4.]]))\n"
     "tensor([5.0000])"},
    {"pad(input: Tensor, pad, mode: str = 'constant', value: float = None) -> Tensor", do_pad, 0,
     "Padded by (before, after) pairs, the last dim first; negative numbers cut. mode: constant, "
     "reflect, replicate or circular.",
     ">>> F.pad(torch.tensor([[1, 2]]), (1, 1))\n"
     "tensor([[0, 1, 2, 0]])"},
    {0},
};
