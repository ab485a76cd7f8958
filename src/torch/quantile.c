/* torch.quantile and nanquantile: along a dim or over all, between the neighbours in sorted order.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"

typedef struct Quantile {
    int64_t dim;
    bool all, keepdim, ignore_nan;
    const char *between; /* linear, lower, higher, nearest, midpoint */
} Quantile;

static bool check(const char *fn, const Tensor *x, const Tensor *q, const Quantile *o, Err *err) {
    static const char known[] = " linear lower higher nearest midpoint ";
    char word[32];
    snprintf(word, sizeof word, " %s ", o->between);
    if (x->dtype != DT_F32 && x->dtype != DT_F64)
        return err_set(err, ERR_RUNTIME, "%s() input tensor must be either float or double dtype",
                       fn);
    if (tensor_numel(x) == 0)
        return err_set(err, ERR_RUNTIME, "%s() input tensor must be non-empty", fn);
    if (q->ndim > 1) return err_set(err, ERR_RUNTIME, "%s() q must be a scalar or 1D tensor", fn);
    if (q->dtype != x->dtype)
        return err_set(err, ERR_RUNTIME, "%s() q tensor must be same dtype as the input tensor",
                       fn);
    if (!strstr(known, word))
        return err_set(err, ERR_RUNTIME,
                       "%s() interpolation must be one of linear, lower, higher, midpoint or "
                       "nearest, but got %s",
                       fn, o->between);
    for (int64_t i = 0; i < tensor_numel(q); i++) {
        double v = tensor_get_f64(q, &i);
        if (v >= 0 && v <= 1) continue;
        if (q->ndim == 0)
            return err_set(err, ERR_RUNTIME, "%s() q must be in the range [0, 1] but got %g", fn,
                           v);
        return err_set(err, ERR_RUNTIME, "%s() q values must be in the range [0, 1]", fn);
    }
    return true;
}

/* x with the reduced dim last, sorted; *n (.., 1): the index of the last number of each row. */
static bool sorted_rows(Tensor *x, const Quantile *o, Tensor **sorted, Tensor **n, Err *err) {
    Tensor *rows = NULL, *order = NULL, *numbers = NULL, *nans = NULL, *count = NULL, *one = NULL;
    int64_t last = -1, all = -1;
    bool ok = o->all ? op_reshape(x, 1, &all, &rows, err) : op_transpose(x, o->dim, -1, &rows, err);
    ok = ok && op_sort(rows, -1, false, sorted, &order, err) && op_isnan(*sorted, &nans, err) &&
         op_logical_not(nans, &numbers, err) && op_sum(numbers, 1, &last, true, &count, err) &&
         value_operand(value_int(1), &one, err) && op_sub(count, one, 1, n, err);
    Tensor *const gone[] = {rows, order, numbers, nans, count, one};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++) tensor_release(gone[i]);
    return ok;
}

/* Where the quantiles lie in the rows: q (m,) times the last index (.., 1), as (.., m). A row with
 * a nan has it last, and every quantile points there. */
static bool ranks(Tensor *sorted, Tensor *n, Tensor *q, const Quantile *o, Tensor **out, Err *err) {
    Tensor *most = NULL, *whole = NULL, *part = NULL, *has_nan = NULL, *zero = NULL, *at = NULL;
    double full = (double)sorted->shape[sorted->ndim - 1] - 1;
    bool ok = value_operand(value_float(full), &most, err) &&
              value_operand(value_int(0), &zero, err) && op_clamp_min(n, zero, &part, err) &&
              op_to(part, (DType)q->dtype, &whole, err) && op_mul(whole, q, &at, err) &&
              op_lt(n, most, &has_nan, err);
    if (ok && o->ignore_nan)
        *out = tensor_retain(at);
    else
        ok = ok && op_masked_fill(at, has_nan, most, out, err);
    Tensor *const gone[] = {most, whole, part, has_nan, zero, at};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++) tensor_release(gone[i]);
    return ok;
}

static bool pick(Tensor *sorted, Tensor *at, Tensor **out, Err *err) {
    Tensor *index = NULL;
    bool ok = op_to(at, DT_I64, &index, err) && op_gather(sorted, -1, index, out, err);
    tensor_release(index);
    return ok;
}

/* The values at ranks `at`. */
static bool between(Tensor *sorted, Tensor *at, const Quantile *o, Tensor **out, Err *err) {
    Tensor *lo = NULL, *hi = NULL, *a = NULL, *b = NULL, *w = NULL;
    bool ok;
    if (!strcmp(o->between, "nearest")) {
        ok = op_round(at, 0, &lo, err) && pick(sorted, lo, out, err);
    } else if (!strcmp(o->between, "lower")) {
        ok = op_floor(at, &lo, err) && pick(sorted, lo, out, err);
    } else if (!strcmp(o->between, "higher")) {
        ok = op_ceil(at, &hi, err) && pick(sorted, hi, out, err);
    } else {
        ok = op_floor(at, &lo, err) && op_ceil(at, &hi, err) && pick(sorted, lo, &a, err) &&
             pick(sorted, hi, &b, err);
        if (ok && !strcmp(o->between, "midpoint"))
            ok = value_operand(value_float(0.5), &w, err);
        else
            ok = ok && op_sub(at, lo, 1, &w, err);
        ok = ok && op_lerp(a, b, w, out, err);
    }
    Tensor *const gone[] = {lo, hi, a, b, w};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++) tensor_release(gone[i]);
    return ok;
}

/* y (.., m), the reduced dim of x last -> (m, ..) with it 1 or gone; no m for a scalar q. */
static bool shape_result(Tensor *y, const Tensor *x, bool scalar, const Quantile *o, Tensor **out,
                         Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    int n = 0;
    Tensor *front = NULL;
    for (int d = 0; d < x->ndim; d++) {
        bool reduced = o->all || d == o->dim;
        if (!reduced || o->keepdim) shape[n++] = reduced ? 1 : x->shape[d];
    }
    if (scalar) { /* the last dim, of size 1, back to where the reduced one was */
        bool ok = o->all ? op_alias(y, &front, err) : op_transpose(y, o->dim, -1, &front, err);
        ok = ok && op_reshape(front, n, shape, out, err);
        tensor_release(front);
        return ok;
    }
    int64_t from = -1, to = 0, m = y->shape[y->ndim - 1];
    Tensor *whole = NULL, *restored = NULL;
    bool ok = true;
    if (!o->all) { /* a dim of 1 at the reduced one's place, then the quantiles to the front */
        ok = op_unsqueeze(y, o->dim, &whole, err);
        int64_t last = x->ndim - 1;
        if (ok && o->dim != last) { /* what stood last was moved into dim's place by the sort */
            ok = op_transpose(whole, o->dim, last, &restored, err);
            tensor_release(whole);
            whole = restored;
        }
    } else {
        whole = tensor_retain(y);
    }
    for (int d = n; d > 0; d--) shape[d] = shape[d - 1];
    shape[0] = m;
    ok = ok && op_movedim(whole, 1, &from, &to, &front, err) &&
         op_reshape(front, n + 1, shape, out, err);
    tensor_release(whole);
    tensor_release(front);
    return ok;
}

static bool quantile(const char *fn, Tensor *x, Tensor *q, const Quantile *o, Tensor **out,
                     Err *err) {
    Tensor *sorted = NULL, *n = NULL, *at = NULL, *y = NULL, *q1 = NULL;
    int64_t all = -1;
    if (!check(fn, x, q, o, err)) return false;
    bool ok = op_reshape(q, 1, &all, &q1, err) && sorted_rows(x, o, &sorted, &n, err) &&
              ranks(sorted, n, q1, o, &at, err) && between(sorted, at, o, &y, err) &&
              shape_result(y, x, q->ndim == 0, o, out, err);
    Tensor *const gone[] = {sorted, n, at, y, q1};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++) tensor_release(gone[i]);
    return ok;
}

static bool run(Interp *in, const char *fn, Value *args, bool ignore_nan, Value *out, Err *err) {
    Tensor *x, *q, *y = NULL;
    Quantile o = {.all = args[2].tag == VT_NONE, .ignore_nan = ignore_nan};
    double number;
    int d = 0;
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_bool(in, fn, 3, args[3], &o.keepdim, err) ||
        !arg_str(fn, 4, args[4], &o.between, err) ||
        (!o.all &&
         (!arg_int(in, fn, 2, args[2], &o.dim, err) || !dim_wrap(o.dim, x->ndim, &d, err))))
        return false;
    o.dim = d;
    if (x->ndim == 0) o.all = true;
    q = value_tensor(args[1]);
    if (q) {
        tensor_retain(q);
    } else if (!arg_float(in, fn, 1, args[1], &number, err) ||
               !tensor_scalar_f64((DType)x->dtype, number, &q, err)) {
        return false;
    }
    bool ok = quantile(arg_fn_name(fn), x, q, &o, &y, err);
    tensor_release(q);
    return tensor_return(ok, &y, out);
}

static bool do_quantile(Interp *in, Value *args, Value *out, Err *err) {
    return run(in, __func__, args, false, out, err);
}

static bool do_nanquantile(Interp *in, Value *args, Value *out, Err *err) {
    return run(in, __func__, args, true, out, err);
}

#define PARAMS                                                                                     \
    "(input: Tensor, q, dim=None, keepdim: bool = False, *, interpolation='linear') -> Tensor"

const NativeRow torch_quantile_rows[] = {
    {"quantile" PARAMS, do_quantile, TORCH_BOTH,
     "The values below which a share q of the elements lie, along dim or over all.",
     ">>> torch.tensor([3., 1., 2.]).quantile(0.5)\ntensor(2.)"},
    {"nanquantile" PARAMS, do_nanquantile, TORCH_BOTH, "quantile of what is no nan.",
     ">>> torch.tensor([3., float('nan'), 1.]).nanquantile(0.5)\ntensor(2.)"},
    {0},
};
