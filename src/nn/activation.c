/* torch.nn.functional: activations, softmax, dropout. */
#include "config.h"

#include <string.h>

#include "nn/nn.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "rng/rng.h"
#include "tensor/convert.h"

/* inplace=True writes into x and answers it; else a new tensor. */
static bool either(bool inplace, OpCall c, Value *args, Value *out, Err *err) {
    Tensor *y = NULL;
    if (!inplace) return tensor_return(op_apply(&c, &y, err), &y, out);
    if (!op_inplace(c, err)) return false;
    *out = value_retain(args[0]);
    return true;
}

#define SIMPLE(name)                                                                               \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x;                                                                                 \
        bool inplace;                                                                              \
        return ARG_TENSOR(0, &x) && ARG_BOOL(1, &inplace) &&                                       \
               either(inplace, CALL1(name, x, .nint = 0), args, out, err);                         \
    }
SIMPLE(relu)
SIMPLE(relu6)
SIMPLE(silu)
SIMPLE(mish)
SIMPLE(selu)
SIMPLE(hardswish)
SIMPLE(hardsigmoid)
SIMPLE(sigmoid)
SIMPLE(tanh)
SIMPLE(logsigmoid)

static bool do_gelu(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    const char *how;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !ARG_STR(1, &how)) return false;
    if (strcmp(how, "none") && strcmp(how, "tanh")) {
        return err_set(err, ERR_RUNTIME, "approximate argument must be either none or tanh.");
    }
    return tensor_return(op_gelu(x, !strcmp(how, "tanh"), &y, err), &y, out);
}

static bool do_leaky_relu(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    double slope;
    bool inplace;
    return ARG_TENSOR(0, &x) && ARG_FLOAT(1, &slope) && ARG_BOOL(2, &inplace) &&
           either(inplace, CALL1(leaky_relu, x, .reals = {slope}), args, out, err);
}

static bool do_elu(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    double alpha;
    bool inplace;
    return ARG_TENSOR(0, &x) && ARG_FLOAT(1, &alpha) && ARG_BOOL(2, &inplace) &&
           either(inplace, CALL1(elu, x, .reals = {alpha}), args, out, err);
}

static bool do_celu(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    double alpha;
    bool inplace;
    return ARG_TENSOR(0, &x) && ARG_FLOAT(1, &alpha) && ARG_BOOL(2, &inplace) &&
           either(inplace, CALL1(celu, x, .reals = {alpha}), args, out, err);
}

static bool do_threshold(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    double at, value;
    bool inplace;
    return ARG_TENSOR(0, &x) && ARG_FLOAT(1, &at) && ARG_FLOAT(2, &value) &&
           ARG_BOOL(3, &inplace) && number_fits_f64((DType)x->dtype, at, err) &&
           number_fits_f64((DType)x->dtype, value, err) &&
           either(inplace, CALL1(threshold, x, .reals = {at, value}), args, out, err);
}

static bool do_hardtanh(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    double lo, hi;
    bool inplace;
    return ARG_TENSOR(0, &x) && ARG_FLOAT(1, &lo) && ARG_FLOAT(2, &hi) && ARG_BOOL(3, &inplace) &&
           number_fits_f64((DType)x->dtype, lo, err) && number_fits_f64((DType)x->dtype, hi, err) &&
           either(inplace, CALL1(hardtanh, x, .reals = {lo, hi}), args, out, err);
}

static bool do_softplus(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    double beta, threshold;
    return ARG_TENSOR(0, &x) && ARG_FLOAT(1, &beta) && ARG_FLOAT(2, &threshold) &&
           tensor_return(op_softplus(x, beta, threshold, &y, err), &y, out);
}

static bool do_glu(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t dim;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) && tensor_return(op_glu(x, dim, &y, err), &y, out);
}

static bool do_prelu(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *w, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &w) &&
           tensor_return(op_prelu(x, w, &y, err), &y, out);
}

/* ---- softmax --------------------------------------------------------------------------- */

typedef bool (*AlongFn)(Tensor *x, int64_t dim, Tensor **out, Err *err);

/* Without dim PyTorch guesses (with a warning): 0 for 0, 1 and 3 dims, else 1. */
static bool along(Interp *in, const char *fn, AlongFn op, Value *args, bool negate, Value *out,
                  Err *err) {
    Tensor *x, *cast = NULL, *minus = NULL, *y = NULL;
    int64_t dim;
    DType dt;
    bool ok = true;
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_dtype(fn, 3, args[3], &dt, err)) return false;
    dim = x->ndim == 0 || x->ndim == 1 || x->ndim == 3 ? 0 : 1;
    if (args[1].tag == VT_NONE
            ? !interp_warn(in, err,
                           "%s without dim: PyTorch guesses dim=%d for %d dimensions. Say which "
                           "one, dim=-1 for weights over the keys",
                           fn + strlen("do_"), (int)dim, x->ndim)
            : !arg_int(in, fn, 1, args[1], &dim, err))
        return false;
    if (dt != DT_NONE) ok = op_to(x, dt, &cast, err), x = cast;
    if (ok && negate) ok = op_neg(x, &minus, err), x = minus;
    ok = ok && op(x, dim, &y, err);
    tensor_release(cast);
    tensor_release(minus);
    return tensor_return(ok, &y, out);
}

static bool do_softmax(Interp *in, Value *args, Value *out, Err *err) {
    return along(in, __func__, op_softmax, args, false, out, err);
}

static bool do_log_softmax(Interp *in, Value *args, Value *out, Err *err) {
    return along(in, __func__, op_log_softmax, args, false, out, err);
}

static bool do_softmin(Interp *in, Value *args, Value *out, Err *err) {
    return along(in, __func__, op_softmax, args, true, out, err);
}

/* softmax((logits + Gumbel noise) / tau); hard: one-hot forward, soft backward. */
static bool do_gumbel_softmax(Interp *in, Value *args, Value *out, Err *err) {
    enum { LOGITS, TAU, HARD, EPS, DIM };
    Tensor *x, *e = NULL, *g = NULL, *noise = NULL, *sum = NULL, *scaled = NULL, *y = NULL,
               *tau_t = NULL, *top = NULL, *ones = NULL, *hard_t = NULL, *plain = NULL,
               *diff = NULL;
    double tau;
    int64_t dim;
    bool hard, ok;
    if (!ARG_TENSOR(LOGITS, &x) || !ARG_FLOAT(TAU, &tau) || !ARG_BOOL(HARD, &hard) ||
        !ARG_INT(DIM, &dim)) {
        return false;
    }
    ok = tensor_empty((DType)x->dtype, x->ndim, x->shape, &e, err) &&
         tensor_exponential_(e, 1, rng_default(), err) && op_log(e, &g, err) &&
         op_neg(g, &noise, err) && op_add(x, noise, 1, &sum, err) &&
         value_operand(value_float(tau), &tau_t, err) && op_div(sum, tau_t, &scaled, err) &&
         op_softmax(scaled, dim, &y, err);
    if (ok && hard) {
        Tensor *one = NULL, *base = NULL;
        ok = op_argmax(y, 1, &dim, true, &top, err) && value_operand(value_float(1), &one, err) &&
             tensor_zeros((DType)x->dtype, x->ndim, x->shape, &base, err) &&
             op_scatter_value(base, dim, top, one, &hard_t, err) &&
             op_sub(hard_t, y, 1, &diff, err);
        tensor_release(one);
        tensor_release(base);
        /* y_hard - y.detach() + y, as PyTorch writes it */
        ok = ok && op_alias(diff, &plain, err);
        if (ok) {
            Tensor *fixed = NULL;
            tensor_release(plain);
            plain = tensor_view_raw(diff, diff->ndim, diff->shape, diff->stride, diff->offset);
            ok = op_add(plain, y, 1, &fixed, err);
            if (ok) tensor_release(y), y = fixed;
        }
    }
    Tensor *const all[] = {e, g, noise, sum, scaled, tau_t, top, ones, hard_t, plain, diff};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) tensor_release(all[i]);
    if (!ok) tensor_release(y);
    return tensor_return(ok, &y, out);
}

/* ---- dropout ------------------------------------------------------------------------------ */

static bool do_dropout(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    double p;
    bool training, inplace;
    if (!ARG_TENSOR(0, &x) || !ARG_FLOAT(1, &p) || !ARG_BOOL(2, &training) ||
        !ARG_BOOL(3, &inplace)) {
        return false;
    }
    if (!(p >= 0 && p <= 1)) {
        return err_set(err, ERR_VALUE, "dropout probability has to be between 0 and 1, but got %g",
                       p);
    }
    if (!training || p == 0) {
        *out = value_retain(args[0]);
        return true;
    }
    return either(inplace, CALL1(dropout, x, .reals = {p}), args, out, err);
}

#define X3 ">>> x = torch.tensor([-1., 0., 2.])\n"
#define SM "(input: Tensor, dim: int = None, _stacklevel=3, dtype: dtype = None) -> Tensor"

const NativeRow nn_activation_rows[] = {
    {"relu(input: Tensor, inplace: bool = False) -> Tensor", do_relu, 0, "max(x, 0)",
     X3 ">>> F.relu(x)\n"
        "tensor([0., 0., 2.])"},
    {"relu6(input: Tensor, inplace: bool = False) -> Tensor", do_relu6, 0, "min(max(x, 0), 6)",
     X3 ">>> F.relu6(x * 5)\n"
        "tensor([0., 0., 6.])"},
    {"silu(input: Tensor, inplace: bool = False) -> Tensor", do_silu, 0,
     "x sigmoid(x), also called swish.",
     X3 ">>> F.silu(x)\n"
        "tensor([-0.2689,  0.0000,  1.7616])"},
    {"mish(input: Tensor, inplace: bool = False) -> Tensor", do_mish, 0, "x tanh(softplus(x))",
     X3 ">>> F.mish(x)\n"
        "tensor([-0.3034,  0.0000,  1.9440])"},
    {"selu(input: Tensor, inplace: bool = False) -> Tensor", do_selu, 0, "Scaled elu.",
     X3 ">>> F.selu(x)\n"
        "tensor([-1.1113,  0.0000,  2.1014])"},
    {"hardswish(input: Tensor, inplace: bool = False) -> Tensor", do_hardswish, 0,
     "x relu6(x + 3) / 6",
     X3 ">>> F.hardswish(x)\n"
        "tensor([-0.3333,  0.0000,  1.6667])"},
    {"hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor", do_hardsigmoid, 0,
     "relu6(x + 3) / 6",
     X3 ">>> F.hardsigmoid(x)\n"
        "tensor([0.3333, 0.5000, 0.8333])"},
    {"sigmoid(input: Tensor, inplace: bool = False) -> Tensor", do_sigmoid, 0, "1 / (1 + exp(-x))",
     X3 ">>> F.sigmoid(x)\n"
        "tensor([0.2689, 0.5000, 0.8808])"},
    {"tanh(input: Tensor, inplace: bool = False) -> Tensor", do_tanh, 0, "Hyperbolic tangent.",
     X3 ">>> F.tanh(x)\n"
        "tensor([-0.7616,  0.0000,  0.9640])"},
    {"logsigmoid(input: Tensor, inplace: bool = False) -> Tensor", do_logsigmoid, 0,
     "log(sigmoid(x))",
     X3 ">>> F.logsigmoid(x)\n"
        "tensor([-1.3133, -0.6931, -0.1269])"},
    {"gelu(input: Tensor, approximate: str = 'none') -> Tensor", do_gelu, 0,
     "x Φ(x) by erf; approximate='tanh': 0.5 x (1 + tanh(√(2/π)(x + 0.044715 x³))). Hendrycks and "
     "Gimpel 2016.",
     X3 ">>> F.gelu(x)\n"
        "tensor([-0.1587,  0.0000,  1.9545])\n"
        ">>> F.gelu(x, approximate='tanh')\n"
        "tensor([-0.1588,  0.0000,  1.9546])"},
    {"leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor",
     do_leaky_relu, 0, "x for x > 0, else negative_slope x.",
     X3 ">>> F.leaky_relu(x, 0.1)\n"
        "tensor([-0.1000,  0.0000,  2.0000])"},
    {"elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor", do_elu, 0,
     "x for x > 0, else alpha (exp(x) - 1).",
     X3 ">>> F.elu(x)\n"
        "tensor([-0.6321,  0.0000,  2.0000])"},
    {"celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor", do_celu, 0,
     "x for x > 0, else alpha (exp(x / alpha) - 1).",
     X3 ">>> F.celu(x, 2.)\n"
        "tensor([-0.7869,  0.0000,  2.0000])"},
    {"threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor",
     do_threshold, 0, "x where x > threshold, else value.",
     X3 ">>> F.threshold(x, 0.5, 9.)\n"
        "tensor([9., 9., 2.])"},
    {"hardtanh(input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) "
     "-> Tensor",
     do_hardtanh, 0, "Between min_val and max_val.",
     X3 ">>> F.hardtanh(x)\n"
        "tensor([-1.,  0.,  1.])"},
    {"softplus(input: Tensor, beta: float = 1, threshold: float = 20) -> Tensor", do_softplus, 0,
     "log(1 + exp(beta x)) / beta, x above threshold / beta.",
     X3 ">>> F.softplus(x)\n"
        "tensor([0.3133, 0.6931, 2.1269])"},
    {"glu(input: Tensor, dim: int = -1) -> Tensor", do_glu, 0,
     "The first half of dim times the sigmoid of the second.",
     ">>> F.glu(torch.ones(1, 4))\n"
     "tensor([[0.7311, 0.7311]])"},
    {"prelu(input: Tensor, weight: Tensor) -> Tensor", do_prelu, 0, "x for x > 0, else weight x.",
     X3 ">>> F.prelu(x, torch.tensor([0.5]))\n"
        "tensor([-0.5000,  0.0000,  2.0000])"},
    {"softmax" SM, do_softmax, 0, "exp(x - max) / sum over dim: positive, sums to 1.",
     ">>> F.softmax(torch.tensor([[1., 2., 3.]]), dim=-1)\n"
     "tensor([[0.0900, 0.2447, 0.6652]])"},
    {"log_softmax" SM, do_log_softmax, 0, "log(softmax(x)), exactly.",
     ">>> F.log_softmax(torch.tensor([[1., 2.]]), dim=-1)\n"
     "tensor([[-1.3133, -0.3133]])"},
    {"softmin" SM, do_softmin, 0, "softmax(-x)",
     ">>> F.softmin(torch.tensor([[1., 2.]]), dim=-1)\n"
     "tensor([[0.7311, 0.2689]])"},
    {"gumbel_softmax(logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: "
     "int = -1) -> Tensor",
     do_gumbel_softmax, NATIVE_RANDOM,
     "A sample from softmax that gradients flow through; hard: one-hot forward. Jang et al. 2017.",
     ">>> _ = torch.manual_seed(0)\n"
     ">>> F.gumbel_softmax(torch.zeros(1, 3), hard=True)\n"
     "tensor([[0., 0., 1.]])"},
    {"dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> "
     "Tensor",
     do_dropout, NATIVE_RANDOM, "While training: 0 with probability p, the rest times 1 / (1 - p).",
     ">>> _ = torch.manual_seed(0)\n"
     ">>> F.dropout(torch.ones(6), p=0.5)\n"
     "tensor([0., 0., 2., 0., 0., 0.])"},
    {0},
};
