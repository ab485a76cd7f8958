/* Reductions; see reduce.h. What is folded and what becomes of it; reduce_fold.c walks. */
#include "config.h"

#include "tensor/reduce.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/float_sum.h"
#include "tensor/pointwise.h"
#include "tensor/reduce_fold.h"
#include "tensor/vector_norm.h"
#include "tensor/view.h"

static const char *const names[] = {
    [RED_SUM] = "sum",
    [RED_PROD] = "prod",
    [RED_MEAN] = "mean",
    [RED_AMAX] = "amax",
    [RED_AMIN] = "amin",
    [RED_ALL] = "all",
    [RED_ANY] = "any",
    [RED_COUNT_NONZERO] = "count_nonzero",
    [RED_LOGSUMEXP] = "logsumexp",
};

/* ---- dims and outputs ------------------------------------------------------ */

/* A bit per reduced dim; all of them when none is named. */
static bool reduced_dims(const Tensor *t, int ndims, const int64_t *dims, unsigned *mask,
                         Err *err) {
    unsigned m = 0;
    for (int i = 0; i < ndims; i++) {
        int d;
        if (!dim_wrap(dims[i], t->ndim, &d, err)) return false;
        if (m & 1u << d)
            return err_set(err, ERR_RUNTIME, "dim %d appears multiple times in the list of dims",
                           d);
        m |= 1u << d;
    }
    *mask = ndims ? m : ~0u;
    return true;
}

static bool new_output(const Tensor *t, unsigned mask, bool keepdim, DType dt, Tensor **out,
                       Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    int n = 0;
    for (int i = 0; i < t->ndim; i++) {
        bool gone = mask & 1u << i;
        if (!gone || keepdim) shape[n++] = gone ? 1 : t->shape[i];
    }
    return tensor_empty(dt, n, shape, out, err);
}

static int64_t reduced_count(const Tensor *t, unsigned mask) {
    int64_t n = 1;
    for (int i = 0; i < t->ndim; i++)
        if (mask & 1u << i) n *= t->shape[i];
    return n;
}

static bool run(const FoldJob *job, const Tensor *t, unsigned mask, bool keepdim, DType dt,
                Tensor **out, Err *err) {
    Tensor *r = NULL;
    if (!new_output(t, mask, keepdim, dt, &r, err)) return false;
    if (!fold_tensor(job, t, mask, r, err)) {
        tensor_release(r);
        return false;
    }
    *out = r;
    return true;
}

/* ---- the plain ones -------------------------------------------------------- */

static double divide(double acc, double n) {
    return acc / n;
}

/* Complex sums and means are those of the parts: reduce the (..., 2) view of floats. */
static bool reduce_complex(const FoldJob *job, const Tensor *t, unsigned mask, bool keepdim,
                           Tensor **out, Err *err) {
    Tensor *parts = NULL, *r = NULL;
    if (!tensor_view_as_real(t, &parts, err)) return false;
    bool ok = run(job, parts, mask & ~(1u << t->ndim), keepdim, DT_F32, &r, err) &&
              tensor_view_as_complex(r, out, err);
    tensor_release(parts);
    tensor_release(r);
    return ok;
}

/* Why an extreme of nothing has no value. */
static bool check_nonempty(const char *name, const Tensor *t, int ndims, unsigned mask, Err *err) {
    if (tensor_numel(t) > 0) return true;
    if (ndims == 0)
        return err_set(err, ERR_RUNTIME,
                       "%s(): Expected reduction dim to be specified for input.numel() == 0. "
                       "Specify the reduction dim with the 'dim' argument.",
                       name);
    for (int i = 0; i < t->ndim; i++)
        if (mask & 1u << i && t->shape[i] == 0)
            return err_set(err, ERR_INDEX, "%s(): Expected reduction dim %d to have non-zero size.",
                           name, i);
    return true;
}

static bool check_mean(const Tensor *t, DType dt, bool given, Err *err) {
    if (dtype_is_float(dt) || dtype_is_complex(dt)) return true;
    return err_set(err, ERR_RUNTIME,
                   "mean(): could not infer output dtype. %s dtype must be either a floating point "
                   "or complex dtype. Got: %s",
                   given ? "Optional" : "Input", dtype_class_name(given ? dt : (DType)t->dtype));
}

/* float32 and float64 sums and means, in PyTorch's order of additions. */
static bool sum_floats(const Tensor *t, unsigned mask, bool keepdim, bool mean, Tensor **out,
                       Err *err) {
    Tensor *r = NULL;
    if (!new_output(t, mask, keepdim, (DType)t->dtype, &r, err)) return false;
    double n = (double)reduced_count(t, mask);
    if (!cascade_sum(t, mask, r, err) || (mean && !tensor_binary_f64_(BIN_DIV, r, n, err))) {
        tensor_release(r);
        return false;
    }
    *out = r;
    return true;
}

/* Sum, product or mean with result dtype dt; t is of dt already or of a narrower integer. */
static bool accumulate(ReduceOp op, DType dt, const Tensor *t, unsigned mask, bool keepdim,
                       Tensor **out, Err *err) {
    FoldJob job = {.op = op == RED_PROD ? FOLD_PROD : FOLD_SUM};
    if (op != RED_PROD && (t->dtype == DT_F32 || t->dtype == DT_F64))
        return sum_floats(t, mask, keepdim, op == RED_MEAN, out, err);
    if (op == RED_MEAN) {
        job.finish = divide;
        job.finish_p = (double)reduced_count(t, mask);
    }
    if (t->dtype != DT_C64) return run(&job, t, mask, keepdim, dt, out, err);
    if (op == RED_PROD)
        return err_set(err, ERR_RUNTIME, "\"prod_cpu\" not implemented for 'ComplexFloat'");
    return reduce_complex(&job, t, mask, keepdim, out, err);
}

static bool logsumexp(const Tensor *t, int ndims, const int64_t *dims, bool keepdim, Tensor **out,
                      Err *err);

bool tensor_reduce(ReduceOp op, const Tensor *t, int ndims, const int64_t *dims, bool keepdim,
                   Tensor **out, Err *err) {
    unsigned mask;
    DType dt = (DType)t->dtype;
    FoldJob job = {.op = FOLD_SUM};
    if (!reduced_dims(t, ndims, dims, &mask, err)) return false;
    switch (op) {
    case RED_SUM:
    case RED_PROD:
        return accumulate(op, dt <= DT_I64 ? DT_I64 : dt, t, mask, keepdim, out, err);
    case RED_MEAN:
        return check_mean(t, dt, false, err) && accumulate(op, dt, t, mask, keepdim, out, err);
    case RED_LOGSUMEXP:
        return logsumexp(t, ndims, dims, keepdim, out, err);
    case RED_AMAX:
    case RED_AMIN:
        if (!check_nonempty(names[op], t, ndims, mask, err)) return false;
        job.op = op == RED_AMAX ? FOLD_MAX : FOLD_MIN;
        break;
    case RED_ALL:
    case RED_ANY:
        job.op = op == RED_ALL ? FOLD_ALL : FOLD_ANY;
        dt = dt == DT_U8 ? DT_U8 : DT_BOOL;
        break;
    case RED_COUNT_NONZERO:
        job.op = FOLD_COUNT;
        dt = DT_I64;
        break;
    }
    if (t->dtype == DT_C64)
        return err_set(err, ERR_RUNTIME, "\"%s_cpu\" not implemented for 'ComplexFloat'",
                       names[op]);
    return run(&job, t, mask, keepdim, dt, out, err);
}

/* m + log(sum(e^(x - m))) with m the maximum; an infinite m is taken as 0, so that -inf - -inf
 * does not make a nan of what is -inf (or +inf). */
static bool logsumexp(const Tensor *t, int ndims, const int64_t *dims, bool keepdim, Tensor **out,
                      Err *err) {
    Tensor *x = NULL, *m = NULL, *d = NULL, *s = NULL, *r = NULL;
    unsigned mask;
    bool ok = false;
    DType dt = t->dtype <= DT_I64 ? dtype_default() : (DType)t->dtype;
    double zero = 0;
    if (!reduced_dims(t, ndims, dims, &mask, err) || !tensor_cast(t, dt, &x, err)) return false;
    if (tensor_numel(x) == 0) {
        if (!new_output(x, mask, keepdim, dt, &r, err) || !tensor_fill_f64_(r, -INFINITY, err))
            goto out;
    } else {
        if (!tensor_reduce(RED_AMAX, x, ndims, dims, true, &d, err)) goto out;
        if (!tensor_nan_to_num(d, NAN, &zero, &zero, &m, err)) goto out;
        tensor_release(d);
        d = NULL;
        if (!tensor_binary(BIN_SUB, x, m, &d, err) || !tensor_unary_(UN_EXP, d, err)) goto out;
        if (!tensor_reduce(RED_SUM, d, ndims, dims, true, &s, err)) goto out;
        if (!tensor_unary_(UN_LOG, s, err) || !tensor_binary_(BIN_ADD, s, m, err)) goto out;
        if (!new_output(x, mask, keepdim, dt, &r, err)) goto out;
        memcpy(tensor_data(r), tensor_data(s), r->st->bytes); /* same elements, dims dropped */
    }
    *out = r;
    r = NULL;
    ok = true;
out:
    tensor_release(x);
    tensor_release(m);
    tensor_release(d);
    tensor_release(s);
    tensor_release(r);
    return ok;
}

/* ---- spread and length ----------------------------------------------------- */

static double divide_or_nan(double acc, double n) {
    return acc / fmax(n, 0);
}
static double root_of_share(double acc, double n) {
    return sqrt(acc / fmax(n, 0));
}

/* Two passes, because one pass over x and x^2 cancels when the mean is large. */
static bool spread(const Tensor *t, int ndims, const int64_t *dims, double correction, bool keepdim,
                   bool root, Tensor **out, Tensor **mean, Err *err) {
    unsigned mask;
    Tensor *center = NULL, *m = NULL;
    DType dt = (DType)t->dtype;
    if (!dtype_is_float(dt))
        return err_set(err, ERR_RUNTIME,
                       "std and var only support floating point and complex dtypes");
    if (!reduced_dims(t, ndims, dims, &mask, err)) return false;
    double n = (double)reduced_count(t, mask);
    FoldJob job = {.op = FOLD_SUM, .finish = divide, .finish_p = n};
    if (!run(&job, t, mask, keepdim, DT_F64, &center, err)) return false;
    job = (FoldJob){.op = FOLD_SQDEV,
                    .center = tensor_data(center),
                    .finish_p = n - correction,
                    .finish = root ? root_of_share : divide_or_nan};
    bool ok =
        (!mean || tensor_cast(center, dt, &m, err)) && run(&job, t, mask, keepdim, dt, out, err);
    if (ok && mean)
        *mean = m;
    else
        tensor_release(m);
    tensor_release(center);
    return ok;
}

bool tensor_var(const Tensor *t, int ndims, const int64_t *dims, double correction, bool keepdim,
                Tensor **out, Tensor **mean, Err *err) {
    return spread(t, ndims, dims, correction, keepdim, false, out, mean, err);
}

bool tensor_std(const Tensor *t, int ndims, const int64_t *dims, double correction, bool keepdim,
                Tensor **out, Err *err) {
    return spread(t, ndims, dims, correction, keepdim, true, out, NULL, err);
}

static double root2(double acc, double p) {
    return p == 2 ? sqrt(acc) : pow(acc, 1 / p);
}

bool tensor_norm(const Tensor *t, double p, int ndims, const int64_t *dims, bool keepdim,
                 Tensor **out, Err *err) {
    unsigned mask;
    DType dt = (DType)t->dtype;
    if (!dtype_is_float(dt))
        return err_set(err, ERR_RUNTIME,
                       "norm(): input dtype should be either floating point or complex. Got %s "
                       "instead.",
                       dtype_class_name(dt));
    if (!reduced_dims(t, ndims, dims, &mask, err)) return false;
    FoldJob job = {.op = FOLD_POW, .p = p, .finish = root2, .finish_p = p};
    if (p == 2) job.op = FOLD_SQUARE;
    if (p == 1) job.op = FOLD_ABS;
    if (p == 0) job.op = FOLD_COUNT;
    if (isinf(p)) job.op = p > 0 ? FOLD_MAXABS : FOLD_MINABS;
    if (p == 1 || p == 0 || isinf(p)) job.finish = NULL;
    if (!run(&job, t, mask, keepdim, dt, out, err)) return false;
    mask &= (1u << t->ndim) - 1;
    bool all = mask == (1u << t->ndim) - 1;
    if (p != 2 || (all && length_along(t, -1, tensor_data(*out)))) return true;
    if (__builtin_popcount(mask) == 1) length_along(t, __builtin_ctz(mask), tensor_data(*out));
    return true;
}

/* ---- gradients of broadcasting --------------------------------------------- */

bool tensor_sum_to(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    int lead = t->ndim - ndim;
    unsigned mask = 0;
    if (lead < 0) return err_set(err, ERR_RUNTIME, "cannot sum a tensor to one of more dims");
    for (int i = 0; i < t->ndim; i++)
        if (i < lead || (shape[i - lead] == 1 && t->shape[i] != 1)) mask |= 1u << i;
    if (mask == 0) {
        *out = tensor_retain((Tensor *)t);
        return true;
    }
    Tensor *r = NULL, *flat = NULL;
    bool ok = accumulate(RED_SUM, (DType)t->dtype, t, mask, true, &r, err) &&
              tensor_view(r, ndim, shape, &flat, err);
    tensor_release(r);
    if (ok) *out = flat;
    return ok;
}
