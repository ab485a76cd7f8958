/* Drawing categories by weight. With replacement: as PyTorch, a uniform searched in
 * the running sums. Without: the categories with the largest
 * weight / exponential, which is the same distribution in one pass.
 */
#include "config.h"

#include <math.h>

#include "rng/rng.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"
#include "tensor/sort.h"

static bool weights_ok(const double *w, int64_t n, Err *err) {
    double sum = 0;
    for (int64_t j = 0; j < n; j++) {
        if (!(w[j] >= 0) || isinf(w[j]))
            return err_set(err, ERR_RUNTIME,
                           "probability tensor contains either `inf`, `nan` or element < 0");
        sum += w[j];
    }
    if (sum > 0) return true;
    return err_set(err, ERR_RUNTIME,
                   "invalid multinomial distribution (sum of probabilities <= 0)");
}

/* Running sums in the weights' own precision, as the reference has them; the last is 1. */
static void running_sums(double *cum, const double *w, int64_t n, bool single) {
    double sum = 0;
    for (int64_t j = 0; j < n; j++) {
        sum += w[j];
        if (single) sum = (float)sum;
        cum[j] = sum;
    }
    for (int64_t j = 0; j < n; j++) cum[j] = single ? (float)(cum[j] / sum) : cum[j] / sum;
    cum[n - 1] = 1;
}

static int64_t first_not_below(const double *cum, int64_t n, double u) {
    int64_t left = 0, right = n;
    while (left < right) {
        int64_t mid = left + (right - left) / 2;
        if (cum[mid] < u)
            left = mid + 1;
        else
            right = mid;
    }
    return left;
}

typedef struct Weights {
    int64_t rows, n;
    bool single; /* float32: sums and quotients are rounded to it */
    double *w;   /* (rows, n) owned */
} Weights;

static bool weights_read(const Tensor *p, Weights *out, Err *err) {
    Tensor *wide = NULL;
    if (!tensor_clone_contiguous(p, DT_F64, &wide, err)) return false;
    Weights w = {.n = p->shape[p->ndim - 1], .single = p->dtype != DT_F64};
    w.rows = p->ndim == 2 ? p->shape[0] : 1;
    size_t bytes = sizeof(double) * (size_t)(w.rows * w.n);
    w.w = mem_alloc(bytes ? bytes : 1);
    memcpy(w.w, tensor_data(wide), bytes);
    tensor_release(wide);
    bool ok = true;
    for (int64_t i = 0; ok && i < w.rows; i++) ok = weights_ok(w.w + i * w.n, w.n, err);
    if (!ok) {
        mem_free(w.w);
        return false;
    }
    *out = w;
    return true;
}

static bool with_replacement(Weights *w, int64_t n, Rng *r, int64_t *picked, Err *err) {
    double *cum = mem_alloc(sizeof *cum * (size_t)w->n);
    int64_t work = 0;
    bool ok = true;
    for (int64_t i = 0; ok && i < w->rows; i++) {
        running_sums(cum, w->w + i * w->n, w->n, w->single);
        for (int64_t j = 0; j < n; j++)
            picked[i * n + j] = first_not_below(cum, w->n, rng_uniform_f64(r));
        ok = tensor_poll(&work, w->n * 5 + n * 50, err);
    }
    mem_free(cum);
    return ok;
}

static bool without_replacement(Weights *w, int64_t n, Rng *r, int64_t *picked, Err *err) {
    Tensor *keys = NULL, *order = NULL;
    int64_t shape[2] = {w->rows, w->n};
    bool ok = tensor_empty(w->single ? DT_F32 : DT_F64, 2, shape, &keys, err) &&
              tensor_exponential_(keys, 1, r, err);
    float *k32 = ok ? tensor_data(keys) : NULL;
    double *k64 = ok ? tensor_data(keys) : NULL;
    for (int64_t i = 0; ok && i < w->rows * w->n; i++) {
        if (w->single)
            k32[i] = (float)w->w[i] / k32[i];
        else
            k64[i] = w->w[i] / k64[i];
    }
    ok = ok && tensor_topk(keys, n, 1, true, NULL, &order, err);
    if (ok) memcpy(picked, tensor_data(order), sizeof *picked * (size_t)(w->rows * n));
    tensor_release(keys);
    tensor_release(order);
    return ok;
}

static bool multinomial_args(const Tensor *p, int64_t n, bool replacement, Err *err) {
    if (p->ndim < 1 || p->ndim > 2)
        return err_set(err, ERR_RUNTIME, "prob_dist must be 1 or 2 dim");
    if (p->dtype != DT_F32 && p->dtype != DT_F64)
        return err_set(err, ERR_RUNTIME,
                       "multinomial only supports floating-point dtypes for input, got: %s",
                       dtype_class_name((DType)p->dtype));
    if (n <= 0) return err_set(err, ERR_RUNTIME, "cannot sample n_sample <= 0 samples");
    if (!replacement && n > p->shape[p->ndim - 1])
        return err_set(err, ERR_RUNTIME,
                       "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
    return true;
}

bool tensor_multinomial(const Tensor *p, int64_t n, bool replacement, Rng *r, Tensor **out,
                        Err *err) {
    Weights w = {0};
    if (!multinomial_args(p, n, replacement, err) || !weights_read(p, &w, err)) return false;
    int64_t shape[2] = {w.rows, n};
    Tensor *t = NULL;
    bool ok = tensor_empty(DT_I64, p->ndim, p->ndim == 2 ? shape : shape + 1, &t, err) &&
              (replacement ? with_replacement(&w, n, r, tensor_data(t), err)
                           : without_replacement(&w, n, r, tensor_data(t), err));
    mem_free(w.w);
    if (ok)
        *out = t;
    else
        tensor_release(t);
    return ok;
}
