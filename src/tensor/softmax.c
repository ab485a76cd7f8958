/* Softmax, log-softmax and their gradients along one dim.
 *
 *     softmax:      y_i = e^(x_i - m) / sum_j e^(x_j - m),  m = max_j x_j
 *     log_softmax:  y_i = x_i - m - log sum_j e^(x_j - m)
 *
 * Without m, e^x overflows float32 at 88.7. A row of -inf has m = -inf and gives
 * nan (-inf - -inf), as PyTorch does; the mask that made it is the bug.
 */
#include "config.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/ewise.h"
#include "tensor/float_sum.h"
#include "tensor/interrupt.h"
#include "tensor/reduce.h"
#include "tensor/softmax_columns.h"
#include "tensor/view.h"
#include "tensor/vmath.h"

/* ---- one row --------------------------------------------------------------- */

static double lanes_total(const double lane[8]) {
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
           ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

/* Eight partial maxima; nan is ignored here and comes back through the exponentials. */
#define ROW_MAX(cls, T)                                                                            \
    KERNEL_OF(T, row_max_##cls, (int64_t n, const T *x), (n, x)) {                                 \
        T lane[8];                                                                                 \
        int64_t i = 0;                                                                             \
        for (int k = 0; k < 8; k++) lane[k] = (T)-INFINITY;                                        \
        for (; i + 8 <= n; i += 8)                                                                 \
            for (int k = 0; k < 8; k++) lane[k] = x[i + k] > lane[k] ? x[i + k] : lane[k];         \
        for (; i < n; i++) lane[0] = x[i] > lane[0] ? x[i] : lane[0];                              \
        for (int k = 1; k < 8; k++) lane[0] = lane[k] > lane[0] ? lane[k] : lane[0];               \
        return lane[0];                                                                            \
    }
ROW_MAX(f32, float)
ROW_MAX(f64, double)

/* float32 in PyTorch's order of operations, to the bit: see vexpf and float_sum.h. */
KERNEL(exp_minus_f32, (int64_t n, const float *x, float m, float *y), (n, x, m, y)) {
    EACH (i, n) y[i] = vexpf(x[i] - m);
}
KERNEL(scale_f32, (int64_t n, float by, float *y), (n, by, y)) {
    EACH (i, n) y[i] *= by;
}
static void softmax_f32(int64_t n, const void *x, const void *unused, void *y) {
    UNUSED(unused);
    exp_minus_f32(n, x, row_max_f32(n, x), y);
    scale_f32(n, 1 / lanes_sum_f32(n, y), y);
}
static void log_softmax_f32(int64_t n, const void *x_, const void *unused, void *y_) {
    const float *x = x_;
    float *y = y_, m = row_max_f32(n, x);
    UNUSED(unused);
    exp_minus_f32(n, x, m, y);
    float log_sum = vlogf(lanes_sum_f32(n, y));
    EACH (i, n) y[i] = x[i] - m - log_sum;
}

/* float64 by libm, summed in eight partial sums. */
static double exp_sum_f64(int64_t n, const double *x, double m, double *y) {
    double lane[8] = {0};
    for (int64_t i = 0; i < n; i++) {
        double e = exp(x[i] - m);
        lane[i & 7] += e;
        if (y) y[i] = e;
    }
    return lanes_total(lane);
}
static void softmax_f64(int64_t n, const void *x, const void *unused, void *y_) {
    double *y = y_, by = 1 / exp_sum_f64(n, x, row_max_f64(n, x), y);
    UNUSED(unused);
    EACH (i, n) y[i] *= by;
}
static void log_softmax_f64(int64_t n, const void *x_, const void *unused, void *y_) {
    const double *x = x_;
    double *y = y_, m = row_max_f64(n, x), log_sum = m + log(exp_sum_f64(n, x, m, NULL));
    UNUSED(unused);
    EACH (i, n) y[i] = x[i] - log_sum;
}

/* dx = y (g - sum(g y)), summed like lanes_sum_f32 with the products fused in */
KERNEL_OF(float, lanes_dot_f32, (int64_t n, const float *g, const float *y), (n, g, y)) {
    float lane[8], sum = 0;
    if (n < 8) {
        for (int64_t i = 0; i < n; i++) sum += g[i] * y[i];
        return sum;
    }
    for (int k = 0; k < 8; k++) lane[k] = g[k] * y[k];
    int64_t i = 8;
    for (; i + 8 <= n; i += 8)
        for (int k = 0; k < 8; k++) lane[k] = fmaf(g[i + k], y[i + k], lane[k]);
    for (int k = 0; i < n; i++, k++) lane[k] = fmaf(g[i], y[i], lane[k]);
    for (int w = 4; w > 0; w /= 2)
        for (int k = 0; k < w; k++) lane[k] += lane[k + w];
    return lane[0];
}
KERNEL(softmax_vjp_f32, (int64_t n, const void *y_, const void *g_, void *dx_), (n, y_, g_, dx_)) {
    const float *y = y_, *g = g_;
    float *dx = dx_, dot = lanes_dot_f32(n, g, y);
    EACH (j, n) dx[j] = (g[j] - dot) * y[j];
}
static void softmax_vjp_f64(int64_t n, const void *y_, const void *g_, void *dx_) {
    const double *y = y_, *g = g_;
    double *dx = dx_, lane[8] = {0};
    for (int64_t i = 0; i < n; i++) lane[i & 7] += g[i] * y[i];
    double dot = lanes_total(lane);
    EACH (j, n) dx[j] = y[j] * (g[j] - dot);
}

/* dx = g - e^y sum(g) */
KERNEL(log_softmax_vjp_f32, (int64_t n, const void *y_, const void *g_, void *dx_),
       (n, y_, g_, dx_)) {
    const float *y = y_, *g = g_;
    float *dx = dx_, sum = n ? lanes_sum_f32(n, g) : 0;
    EACH (j, n) dx[j] = fmaf(-vexpf(y[j]), sum, g[j]);
}
static void log_softmax_vjp_f64(int64_t n, const void *y_, const void *g_, void *dx_) {
    const double *y = y_, *g = g_;
    double *dx = dx_, sum = 0;
    for (int64_t i = 0; i < n; i++) sum += g[i];
    EACH (j, n) dx[j] = g[j] - exp(y[j]) * sum;
}

/* ---- all rows -------------------------------------------------------------- */

typedef void RowFn(int64_t n, const void *a, const void *b, void *out);

/* The dim last, contiguous, in dtype dt. */
static bool rows_of(const Tensor *t, int dim, DType dt, Tensor **out, Err *err) {
    Tensor *v = NULL, *c = NULL;
    if (!tensor_transpose(t, dim, -1, &v, err)) return false;
    bool ok = tensor_cast(v, dt, &c, err) && tensor_contiguous(c, out, err);
    tensor_release(v);
    tensor_release(c);
    return ok;
}

/* Back from rows to t's order of dims, contiguous, in dtype dt. Takes `rows`. */
static bool from_rows_take(Tensor *rows, int dim, DType dt, Tensor **out, Err *err) {
    Tensor *v = NULL, *c = NULL;
    bool ok = tensor_transpose(rows, dim, -1, &v, err) && tensor_cast(v, dt, &c, err) &&
              tensor_contiguous(c, out, err);
    tensor_release(rows);
    tensor_release(v);
    tensor_release(c);
    return ok;
}

/* fn over every row of a (and b, when there is one) along dim; computed in float32 or, for
 * float64, double; the result is of dtype dt. */
static bool by_rows(RowFn *f32, RowFn *f64, const Tensor *a, const Tensor *b, int d, DType dt,
                    Tensor **out, Err *err) {
    Tensor *x = NULL, *g = NULL, *y = NULL;
    bool ok = false;
    DType compute = dt == DT_F64 ? DT_F64 : DT_F32;
    if (!rows_of(a, d, compute, &x, err)) goto out;
    if (b && !rows_of(b, d, compute, &g, err)) goto out;
    if (!tensor_empty(compute, x->ndim, x->shape, &y, err)) goto out;
    int64_t n = x->ndim ? x->shape[x->ndim - 1] : 1, numel = tensor_numel(x), work = 0;
    size_t size = dtype_size(compute);
    const char *px = tensor_data(x), *pg = g ? tensor_data(g) : NULL;
    char *py = tensor_data(y);
    for (int64_t at = 0; at < numel; at += n) {
        size_t skip = (size_t)at * size;
        (compute == DT_F64 ? f64 : f32)(n, px + skip, pg ? pg + skip : NULL, py + skip);
        if (!tensor_poll(&work, n * 3, err)) goto out;
    }
    ok = from_rows_take(y, d, dt, out, err);
    y = NULL;
out:
    tensor_release(x);
    tensor_release(g);
    tensor_release(y);
    return ok;
}

typedef void ColumnsFn(int64_t n, int64_t inner, const float *a, const float *b, float *out);

/* fn over every block behind a dim that is not the last. */
static bool by_columns(ColumnsFn *fn, const Tensor *a, const Tensor *b, int d, DType dt,
                       Tensor **out, Err *err) {
    Tensor *x = NULL, *g = NULL, *y = NULL;
    int64_t n = a->shape[d], inner = 1, work = 0;
    for (int i = d + 1; i < a->ndim; i++) inner *= a->shape[i];
    bool ok = tensor_clone_contiguous(a, DT_F32, &x, err) &&
              (!b || tensor_clone_contiguous(b, DT_F32, &g, err)) &&
              tensor_empty(DT_F32, a->ndim, a->shape, &y, err);
    int64_t block = n * inner, numel = ok ? tensor_numel(y) : 0;
    for (int64_t at = 0; at < numel && ok; at += block) {
        const float *px = tensor_data(x), *pg = g ? tensor_data(g) : NULL;
        fn(n, inner, px + at, pg ? pg + at : NULL, (float *)tensor_data(y) + at);
        ok = tensor_poll(&work, block * 3, err);
    }
    ok = ok && tensor_cast(y, dt, out, err);
    tensor_release(x);
    tensor_release(g);
    tensor_release(y);
    return ok;
}

/* Rows or columns by what the dim is; doubles are always rows. */
static bool along(RowFn *f32, RowFn *f64, ColumnsFn *columns, const Tensor *a, const Tensor *b,
                  int d, DType dt, Tensor **out, Err *err) {
    bool last = d >= a->ndim - 1;
    return last || dt == DT_F64 ? by_rows(f32, f64, a, b, d, dt, out, err)
                                : by_columns(columns, a, b, d, dt, out, err);
}

static bool forward(const char *name, RowFn *f32, RowFn *f64, ColumnsFn *columns, const Tensor *t,
                    int64_t dim, DType dt, Tensor **out, Err *err) {
    int d;
    if (dt == DT_COUNT) dt = (DType)t->dtype;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    if (dtype_is_float(dt)) return along(f32, f64, columns, t, NULL, d, dt, out, err);
    err_set(err, ERR_RUNTIME, "\"%s_%skernel_impl\" not implemented for '%s'", name,
            d >= t->ndim - 1 ? "lastdim_" : "", dtype_class_name(dt));
    return err_hint(err, "convert with .float() first, or pass dtype=torch.float32");
}

static bool backward(RowFn *f32, RowFn *f64, ColumnsFn *columns, const Tensor *y, const Tensor *g,
                     int64_t dim, Tensor **out, Err *err) {
    int d;
    return dim_wrap(dim, y->ndim, &d, err) &&
           along(f32, f64, columns, y, g, d, (DType)y->dtype, out, err);
}

bool tensor_softmax(const Tensor *t, int64_t dim, DType dt, Tensor **out, Err *err) {
    return forward("softmax", softmax_f32, softmax_f64, columns_softmax, t, dim, dt, out, err);
}

bool tensor_log_softmax(const Tensor *t, int64_t dim, DType dt, Tensor **out, Err *err) {
    return forward("log_softmax", log_softmax_f32, log_softmax_f64, columns_log_softmax, t, dim, dt,
                   out, err);
}

bool tensor_softmax_vjp(const Tensor *y, const Tensor *g, int64_t dim, Tensor **out, Err *err) {
    return backward(softmax_vjp_f32, softmax_vjp_f64, columns_softmax_vjp, y, g, dim, out, err);
}

bool tensor_log_softmax_vjp(const Tensor *y, const Tensor *g, int64_t dim, Tensor **out, Err *err) {
    return backward(log_softmax_vjp_f32, log_softmax_vjp_f64, columns_log_softmax_vjp, y, g, dim,
                    out, err);
}
