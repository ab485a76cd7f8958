/* Cross entropy as PyTorch composes it, so that its grad_fn prints the same: log_softmax,
 * then nll_loss for class numbers, products for probabilities, a blend when labels are
 * smoothed (Szegedy et al. 2016). In nats. */
#include "config.h"

#include "grad/ops.h"

#include "tensor/create.h"
#include "tensor/shapetext.h"

/* *t = f(*t): replaces an owned tensor by a computed one. */
static bool step(Tensor **t, Tensor *next, bool ok) {
    if (!ok) return false;
    tensor_release(*t);
    *t = next;
    return true;
}

static bool times_number(Tensor **t, double k, Err *err) {
    Tensor *number = NULL, *next = NULL;
    bool ok = tensor_number_f64(k, &number, err) && op_mul(*t, number, &next, err);
    tensor_release(number);
    return step(t, next, ok);
}
static bool over_number(Tensor **t, double k, Err *err) {
    Tensor *number = NULL, *next = NULL;
    bool ok = tensor_number_f64(k, &number, err);
    ok = ok && op_apply(&CALL2(div, *t, number, .flags = {true}), &next, err);
    tensor_release(number);
    return step(t, next, ok);
}
static bool negated(Tensor **t, Err *err) {
    Tensor *next = NULL;
    bool ok = op_neg(*t, &next, err);
    return step(t, next, ok);
}
static bool summed(Tensor **t, int n, const int64_t *dims, Err *err) {
    Tensor *next = NULL;
    bool ok = op_sum(*t, n, dims, false, &next, err);
    return step(t, next, ok);
}

/* *t * weight per class; nothing for NULL. */
static bool weigh(Tensor **t, int64_t dim, Tensor *weight, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    Tensor *w = NULL, *next = NULL;
    if (!weight) return true;
    for (int d = 0; d < (*t)->ndim; d++) shape[d] = d == dim ? -1 : 1;
    bool ok = op_reshape(weight, (*t)->ndim, shape, &w, err) && op_mul(*t, w, &next, err);
    tensor_release(w);
    return step(t, next, ok);
}

/* Sum of the weights (1 each for NULL) of the targets that count. */
static bool target_weight(Tensor *target, Tensor *weight, int64_t ignore, double *sum, Err *err) {
    Tensor *flat = NULL;
    *sum = 0;
    if (!op_reshape(target, 1, (int64_t[]){-1}, &flat, err)) return false;
    for (int64_t i = 0; i < flat->shape[0]; i++) {
        int64_t k = tensor_get_i64(flat, &i);
        if (k != ignore) *sum += weight ? tensor_get_f64(weight, &k) : 1;
    }
    tensor_release(flat);
    return true;
}

/* -sum over classes of w logp, 0 for ignored positions, reduced like the loss beside it. */
static bool smooth_part(Tensor *logp, int64_t dim, Tensor *target, Tensor *weight, int64_t ignore,
                        LossReduction r, Tensor **out, Err *err) {
    Tensor *t = tensor_retain(logp), *number = NULL, *ignored = NULL, *next = NULL;
    double total = 0;
    bool ok = weigh(&t, dim, weight, err) && summed(&t, 1, &dim, err) && negated(&t, err) &&
              tensor_number_i64(ignore, &number, err) && op_eq(target, number, &ignored, err);
    tensor_release(number);
    number = NULL;
    ok = ok && tensor_number_f64(0, &number, err);
    ok = ok && op_masked_fill(t, ignored, number, &next, err);
    ok = step(&t, next, ok);
    if (ok && r != LOSS_NONE) ok = summed(&t, 0, NULL, err);
    if (ok && r == LOSS_MEAN)
        ok = target_weight(target, weight, ignore, &total, err) && over_number(&t, total, err);
    tensor_release(number);
    tensor_release(ignored);
    if (ok)
        *out = t;
    else
        tensor_release(t);
    return ok;
}

/* (1 - e) nll + e / C smooth */
static bool class_loss(Tensor *logp, int64_t dim, Tensor *target, Tensor *weight, int64_t ignore,
                       LossReduction r, double e, Tensor **out, Err *err) {
    Tensor *nll = NULL, *smooth = NULL;
    if (!op_nll_loss(logp, target, weight, ignore, r, &nll, err)) return false;
    if (e == 0) {
        *out = nll;
        return true;
    }
    double classes = (double)logp->shape[dim];
    bool ok = smooth_part(logp, dim, target, weight, ignore, r, &smooth, err) &&
              times_number(&nll, 1 - e, err) && times_number(&smooth, e / classes, err) &&
              op_add(nll, smooth, 1, out, err);
    tensor_release(nll);
    tensor_release(smooth);
    return ok;
}

/* -sum of logp target w; a mean divides by the number of positions */
static bool probability_loss(Tensor *logp, int64_t dim, Tensor *target, Tensor *weight,
                             LossReduction r, double e, Tensor **out, Err *err) {
    double classes = (double)logp->shape[dim];
    Tensor *soft = tensor_retain(target), *t = NULL, *number = NULL, *next = NULL;
    bool ok = !weight || (weight->ndim == 1 && weight->shape[0] == logp->shape[dim]);
    if (!ok)
        err_set(err, ERR_RUNTIME,
                "cross_entropy: weight tensor should be defined either for all %lld classes or no "
                "classes but got weight tensor of shape: %s",
                (long long)logp->shape[dim], list_text(weight->ndim, weight->shape).text);
    if (ok && e > 0) {
        ok = times_number(&soft, 1 - e, err) && tensor_number_f64(e / classes, &number, err) &&
             op_add(soft, number, 1, &next, err);
        ok = step(&soft, next, ok);
    }
    ok = ok && op_mul(logp, soft, &t, err) && weigh(&t, dim, weight, err) &&
         summed(&t, r == LOSS_NONE, &dim, err) && negated(&t, err) &&
         (r != LOSS_MEAN || over_number(&t, (double)tensor_numel(logp) / classes, err));
    tensor_release(soft);
    tensor_release(number);
    if (ok)
        *out = t;
    else
        tensor_release(t);
    return ok;
}

bool op_cross_entropy(Tensor *x, Tensor *target, Tensor *weight, int64_t ignore_index,
                      LossReduction r, double label_smoothing, Tensor **out, Err *err) {
    int64_t dim = x->ndim == 1 ? 0 : 1;
    Tensor *logp = NULL;
    if (x->ndim == 0) return err_set(err, ERR_RUNTIME, "cross_entropy: the input has no class dim");
    if (label_smoothing < 0 || label_smoothing > 1)
        return err_set(err, ERR_RUNTIME, "label_smoothing must be between 0.0 and 1.0. Got: %g",
                       label_smoothing);
    if (!op_log_softmax(x, dim, &logp, err)) return false;
    bool probabilities = tensor_same_shape(x, target) && dtype_is_float((DType)target->dtype);
    bool ok =
        probabilities
            ? probability_loss(logp, dim, target, weight, r, label_smoothing, out, err)
            : class_loss(logp, dim, target, weight, ignore_index, r, label_smoothing, out, err);
    tensor_release(logp);
    return ok;
}
