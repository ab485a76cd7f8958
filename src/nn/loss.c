/* torch.nn.functional: losses. */
#include "config.h"

#include <string.h>

#include "nn/nn.h"
#include "tensorobj/args.h"
#include "grad/ops.h"

#define OPTIONAL(i, p) arg_tensor_or_none(__func__, i, args[i], p, err)
#define REDUCTION(i, p) reduction(args[i], p, err)

static bool reduction(Value v, LossReduction *out, Err *err) {
    if (str_eq_cstr(v, "mean"))
        *out = LOSS_MEAN;
    else if (str_eq_cstr(v, "sum"))
        *out = LOSS_SUM;
    else if (str_eq_cstr(v, "none"))
        *out = LOSS_NONE;
    else {
        return err_set(err, ERR_VALUE, "%s is not a valid value for reduction",
                       value_is(v, &type_str) ? str_of(v)->s : value_type(v)->name);
    }
    return true;
}

/* Ends a loss written as elementwise terms (owned, taken): mean, sum or as they are. */
static bool reduce(bool ok, Tensor *terms, LossReduction r, Value *out, Err *err) {
    Tensor *y = NULL;
    if (!ok) {
        tensor_release(terms);
        return false;
    }
    if (r == LOSS_NONE) return tensor_return(true, &terms, out);
    ok = r == LOSS_MEAN ? op_mean(terms, 0, NULL, false, &y, err)
                        : op_sum(terms, 0, NULL, false, &y, err);
    tensor_release(terms);
    return tensor_return(ok, &y, out);
}

/* ---- classes ------------------------------------------------------------------------ */

static bool batch_sizes_match(Tensor *x, Tensor *t, Err *err) {
    if (x->ndim < 2 || t->ndim < 1 || dtype_is_float((DType)t->dtype)) return true;
    if (x->shape[0] == t->shape[0]) return true;
    err_set(err, ERR_VALUE, "Expected input batch_size (%lld) to match target batch_size (%lld).",
            (long long)x->shape[0], (long long)t->shape[0]);
    return err_hint(err, "logits (B, T, V) go with targets (B, T) as logits.view(-1, V), "
                         "targets.view(-1)");
}

static bool do_cross_entropy(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *w, *y = NULL;
    int64_t ignore;
    LossReduction r;
    double smooth;
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &t) && OPTIONAL(2, &w) && ARG_INT(4, &ignore) &&
           REDUCTION(6, &r) && ARG_FLOAT(7, &smooth) && batch_sizes_match(x, t, err) &&
           tensor_return(op_cross_entropy(x, t, w, ignore, r, smooth, &y, err), &y, out);
}

static bool do_nll_loss(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *w, *y = NULL;
    int64_t ignore;
    LossReduction r;
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &t) && OPTIONAL(2, &w) && ARG_INT(4, &ignore) &&
           REDUCTION(6, &r) && batch_sizes_match(x, t, err) &&
           tensor_return(op_nll_loss(x, t, w, ignore, r, &y, err), &y, out);
}

/* target (log target - input), or exp(target) (target - input) when target is in logs. */
static bool kl_terms(Tensor *x, Tensor *t, bool log_target, Tensor **out, Err *err) {
    Tensor *a = NULL, *b = NULL;
    bool ok;
    if (log_target) {
        ok = op_exp(t, &a, err) && op_sub(t, x, 1, &b, err) && op_mul(a, b, out, err);
    } else {
        ok = op_xlogy(t, t, &a, err) && op_mul(t, x, &b, err) && op_sub(a, b, 1, out, err);
    }
    tensor_release(a);
    tensor_release(b);
    return ok;
}

static bool do_kl_div(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *terms = NULL, *sum = NULL, *n = NULL, *y = NULL;
    bool log_target, ok;
    LossReduction r = LOSS_SUM;
    bool batch = str_eq_cstr(args[4], "batchmean");
    if (!ARG_TENSOR(0, &x) || !ARG_TENSOR(1, &t) || !ARG_BOOL(5, &log_target)) return false;
    if (!batch && !REDUCTION(4, &r)) return false;
    ok = kl_terms(x, t, log_target, &terms, err);
    if (!batch) return reduce(ok, terms, r, out, err);
    ok = ok && op_sum(terms, 0, NULL, false, &sum, err) &&
         value_operand(value_int(x->ndim ? x->shape[0] : 1), &n, err) && op_div(sum, n, &y, err);
    tensor_release(terms);
    tensor_release(sum);
    tensor_release(n);
    return tensor_return(ok, &y, out);
}

static bool do_binary_cross_entropy(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *w, *y = NULL;
    LossReduction r;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &t) && OPTIONAL(2, &w) && REDUCTION(5, &r) &&
           tensor_return(op_bce(x, t, w, r, &y, err), &y, out);
}

static bool do_binary_cross_entropy_with_logits(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *w, *pos, *y = NULL;
    LossReduction r;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &t) && OPTIONAL(2, &w) && REDUCTION(5, &r) &&
           OPTIONAL(6, &pos) &&
           tensor_return(op_bce_with_logits(x, t, w, pos, r, &y, err), &y, out);
}

/* ---- distances ------------------------------------------------------------------------ */

/* F.mse_loss and its kin broadcast first, as PyTorch does with a warning. */
static bool common(Tensor *x, Tensor *t, Tensor **a, Tensor **b, Err *err) {
    int n;
    int64_t shape[TENSOR_MAX_DIM];
    *a = *b = NULL;
    if (tensor_same_shape(x, t)) {
        *a = tensor_retain(x);
        *b = tensor_retain(t);
        return true;
    }
    return shape_broadcast(x->ndim, x->shape, t->ndim, t->shape, &n, shape, err) &&
           op_expand(x, n, shape, a, err) && op_expand(t, n, shape, b, err);
}

static bool do_mse_loss(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *a, *b, *y = NULL;
    LossReduction r;
    bool ok;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !ARG_TENSOR(1, &t) || !REDUCTION(4, &r)) return false;
    ok = common(x, t, &a, &b, err) && op_mse_loss(a, b, r, &y, err);
    tensor_release(a);
    tensor_release(b);
    return tensor_return(ok, &y, out);
}

static bool do_l1_loss(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *d = NULL, *terms = NULL;
    LossReduction r;
    bool ok;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !ARG_TENSOR(1, &t) || !REDUCTION(4, &r)) return false;
    ok = op_sub(x, t, 1, &d, err) && op_abs(d, &terms, err);
    tensor_release(d);
    return reduce(ok, terms, r, out, err);
}

static bool do_smooth_l1_loss(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *y = NULL;
    LossReduction r;
    double beta;
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &t) && REDUCTION(4, &r) && ARG_FLOAT(5, &beta) &&
           tensor_return(op_smooth_l1_loss(x, t, beta, r, &y, err), &y, out);
}

static bool do_huber_loss(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *t, *y = NULL;
    LossReduction r;
    double delta;
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &t) && REDUCTION(2, &r) && ARG_FLOAT(3, &delta) &&
           tensor_return(op_huber_loss(x, t, delta, r, &y, err), &y, out);
}

#define OLD "size_average=None, reduce=None, "
#define RED "reduction: str = 'mean'"

const NativeRow nn_loss_rows[] = {
    {"cross_entropy(input: Tensor, target: Tensor, weight: Tensor = None, size_average=None, "
     "ignore_index: int = -100, reduce=None, " RED ", label_smoothing: float = 0.0) -> Tensor",
     do_cross_entropy, 0,
     "-log softmax(input)[target], in nats: input (N, C) or (N, C, ...) logits, target class "
     "numbers (N, ...) or probabilities of input's shape.",
     ">>> F.cross_entropy(torch.tensor([[2., 0.]]), torch.tensor([0]))\n"
     "tensor(0.1269)"},
    {"nll_loss(input: Tensor, target: Tensor, weight: Tensor = None, size_average=None, "
     "ignore_index: int = -100, reduce=None, " RED ") -> Tensor",
     do_nll_loss, 0, "-input[target]: input holds log-probabilities.",
     ">>> F.nll_loss(torch.log_softmax(torch.zeros(1, 2), 1), torch.tensor([0]))\n"
     "tensor(0.6931)"},
    {"kl_div(input: Tensor, target: Tensor, " OLD RED ", log_target: bool = False) -> Tensor",
     do_kl_div, 0, "target (log target - input); input holds log-probabilities.",
     ">>> F.kl_div(torch.tensor([[0.5, 0.5]]).log(), torch.tensor([[0.9, 0.1]]), "
     "reduction='batchmean')\n"
     "tensor(0.3681)"},
    {"binary_cross_entropy(input: Tensor, target: Tensor, weight: Tensor = None, " OLD RED
     ") -> Tensor",
     do_binary_cross_entropy, 0, "-(t log x + (1 - t) log(1 - x)); x are probabilities.",
     ">>> F.binary_cross_entropy(torch.tensor([0.5]), torch.tensor([1.]))\n"
     "tensor(0.6931)"},
    {"binary_cross_entropy_with_logits(input: Tensor, target: Tensor, weight: Tensor = None, " OLD
         RED ", pos_weight: Tensor = None) -> Tensor",
     do_binary_cross_entropy_with_logits, 0, "binary_cross_entropy of sigmoid(x), exactly.",
     ">>> F.binary_cross_entropy_with_logits(torch.zeros(1), torch.ones(1))\n"
     "tensor(0.6931)"},
    {"mse_loss(input: Tensor, target: Tensor, " OLD RED ") -> Tensor", do_mse_loss, 0, "(x - t)²",
     ">>> F.mse_loss(torch.tensor([1., 3.]), torch.zeros(2))\n"
     "tensor(5.)"},
    {"l1_loss(input: Tensor, target: Tensor, " OLD RED ") -> Tensor", do_l1_loss, 0, "|x - t|",
     ">>> F.l1_loss(torch.tensor([1., 3.]), torch.zeros(2))\n"
     "tensor(2.)"},
    {"smooth_l1_loss(input: Tensor, target: Tensor, " OLD RED ", beta: float = 1.0) -> Tensor",
     do_smooth_l1_loss, 0, "Quadratic below beta, linear above.",
     ">>> F.smooth_l1_loss(torch.tensor([0.5, 3.]), torch.zeros(2))\n"
     "tensor(1.3125)"},
    {"huber_loss(input: Tensor, target: Tensor, " RED ", delta: float = 1.0) -> Tensor",
     do_huber_loss, 0, "Quadratic below delta, linear above.",
     ">>> F.huber_loss(torch.tensor([0.5, 3.]), torch.zeros(2))\n"
     "tensor(1.3125)"},
    {0},
};
