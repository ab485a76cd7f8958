/* Tensors from nothing; see create.h. */
#include "config.h"

#include "tensor/create.h"

#include <math.h>

#include "tensor/convert.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"
#include "tensor/iter.h"

/* ---- numbers and constants ------------------------------------------------- */

bool tensor_scalar_f64(DType dt, double v, Tensor **out, Err *err) {
    if (!tensor_empty(dt, 0, NULL, out, err)) return false;
    tensor_set_f64(*out, NULL, v);
    return true;
}

bool tensor_scalar_i64(DType dt, int64_t v, Tensor **out, Err *err) {
    if (!tensor_empty(dt, 0, NULL, out, err)) return false;
    tensor_set_i64(*out, NULL, v);
    return true;
}

bool tensor_number_f64(double v, Tensor **out, Err *err) {
    if (!tensor_empty(DT_F64, 0, NULL, out, err)) return false;
    (*out)->wrapped = true;
    *(double *)(*out)->st->data = v;
    return true;
}

bool tensor_number_i64(int64_t v, Tensor **out, Err *err) {
    if (!tensor_empty(DT_I64, 0, NULL, out, err)) return false;
    (*out)->wrapped = true;
    *(int64_t *)(*out)->st->data = v;
    return true;
}

/* Hands t over when the step that fills it went well. */
static bool finish(Tensor *t, bool ok, Tensor **out) {
    if (ok)
        *out = t;
    else
        tensor_release(t);
    return ok;
}

bool tensor_full_f64(DType dt, int ndim, const int64_t *shape, double value, Tensor **out,
                     Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(dt, ndim, shape, &t, err)) return false;
    return finish(t, tensor_fill_f64_(t, value, err), out);
}

bool tensor_full_i64(DType dt, int ndim, const int64_t *shape, int64_t value, Tensor **out,
                     Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(dt, ndim, shape, &t, err)) return false;
    return finish(t, tensor_fill_i64_(t, value, err), out);
}

bool tensor_full(DType dt, int ndim, const int64_t *shape, const Tensor *value, Tensor **out,
                 Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(dt, ndim, shape, &t, err)) return false;
    return finish(t, tensor_fill_(t, value, err), out);
}

bool tensor_from(DType dt, int ndim, const int64_t *shape, const void *data, Tensor **out,
                 Err *err) {
    if (!tensor_empty(dt, ndim, shape, out, err)) return false;
    if ((*out)->st->bytes) memcpy((*out)->st->data, data, (*out)->st->bytes);
    return true;
}

bool tensor_empty_like(const Tensor *t, DType dt, Tensor **out, Err *err) {
    Iter it;
    return iter_output(&it, dt, 1, &t, out, err);
}

bool tensor_zeros_like(const Tensor *t, DType dt, Tensor **out, Err *err) {
    Tensor *c = NULL;
    if (!tensor_empty_like(t, dt, &c, err)) return false;
    return finish(c, tensor_zero_(c, err), out);
}

bool tensor_full_like(const Tensor *t, DType dt, double value, Tensor **out, Err *err) {
    Tensor *c = NULL;
    if (!tensor_empty_like(t, dt, &c, err)) return false;
    return finish(c, tensor_fill_f64_(c, value, err), out);
}

/* ---- ranges ---------------------------------------------------------------- */

/* value(i) for i in [0, n), a chunk at a time, converted to dt. */
typedef double RangeFn(int64_t i, const double *p);

static bool fill_range(DType dt, int64_t n, RangeFn *value, const double *p, Tensor **out,
                       Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(dt, 1, &n, &t, err)) return false;
    char *dst = tensor_data(t);
    size_t size = dtype_size(dt);
    int64_t work = 0;
    bool ok = true;
    for (int64_t at = 0; ok && at < n; at += CONVERT_CHUNK) {
        double buf[CONVERT_CHUNK];
        int64_t m = MIN(n - at, CONVERT_CHUNK);
        for (int64_t i = 0; i < m; i++) buf[i] = value(at + i, p);
        convert_store(dt, DT_F64, m, buf, dst + (size_t)at * size, (int64_t)size);
        ok = tensor_poll(&work, m * 4, err);
    }
    return finish(t, ok, out);
}

static double arange_at(int64_t i, const double *p) {
    return p[0] + (double)i * p[1];
}

/* p: start, end, step, steps. */
static double linspace_at(int64_t i, const double *p) {
    int64_t steps = (int64_t)p[3];
    return i < steps / 2 ? p[0] + p[2] * (double)i : p[1] - p[2] * (double)(steps - 1 - i);
}

static double logspace_at(int64_t i, const double *p) {
    return pow(p[4], linspace_at(i, p));
}

static bool check_range(double step, bool runs_away, Err *err) {
    if (step == 0) return err_set(err, ERR_RUNTIME, "step must be nonzero");
    if (runs_away)
        return err_set(err, ERR_RUNTIME,
                       "upper bound and larger bound inconsistent with step sign");
    return true;
}

bool tensor_arange_f64(DType dt, double start, double end, double step, Tensor **out, Err *err) {
    if (!isfinite(start) || !isfinite(end))
        return err_set(err, ERR_RUNTIME, "unsupported range: %g -> %g", start, end);
    if (!check_range(step, step > 0 ? end < start : end > start, err)) return false;
    double count = ceil((end - start) / step);
    if (!(count >= 0 && count < 0x1p62))
        return err_set(err, ERR_RUNTIME, "invalid size, possible overflow?");
    return fill_range(dt, (int64_t)count, arange_at, (double[]){start, step}, out, err);
}

bool tensor_arange_i64(DType dt, int64_t start, int64_t end, int64_t step, Tensor **out, Err *err) {
    if (!check_range((double)step, step > 0 ? end < start : end > start, err)) return false;
    if (dt != DT_I64)
        return tensor_arange_f64(dt, (double)start, (double)end, (double)step, out, err);
    uint64_t span = step > 0 ? (uint64_t)end - (uint64_t)start : (uint64_t)start - (uint64_t)end;
    uint64_t stride = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    int64_t n = span ? (int64_t)((span - 1) / stride + 1) : 0, work = 0;
    Tensor *t = NULL;
    bool ok = true;
    if (!tensor_empty(dt, 1, &n, &t, err)) return false;
    int64_t *p = tensor_data(t);
    for (int64_t i = 0; ok && i < n; i++) {
        p[i] = start + i * step;
        if (i % 65536 == 65535) ok = tensor_poll(&work, 65536, err);
    }
    return finish(t, ok, out);
}

static bool spaced(DType dt, double start, double end, int64_t steps, double base, RangeFn *fn,
                   Tensor **out, Err *err) {
    if (steps < 0) return err_set(err, ERR_RUNTIME, "number of steps must be non-negative");
    double step = steps > 1 ? (end - start) / (double)(steps - 1) : 0;
    double p[] = {start, steps == 1 ? start : end, step, (double)steps, base};
    return fill_range(dt, steps, fn, p, out, err);
}

/* PyTorch's steps and roundings: pairs of vectors of V that begin at a fused start + step i (from
 * the middle on counted from the end) and go on unfused, then single numbers, fused. */
#define SPACED(id, T_, V, fma_)                                                                    \
    static void spaced_##id(T_ *y, T_ start, T_ end, int64_t n) {                                  \
        T_ step = (end - start) / (T_)(n - 1);                                                     \
        int64_t i = 0, half = n / 2;                                                               \
        while (i <= n - 2 * (V)) {                                                                 \
            for (int two = 0; two < 2; two++, i += (V)) {                                          \
                T_ first =                                                                         \
                    i < half ? fma_(step, (T_)i, start) : fma_(-step, (T_)(n - i - 1), end);       \
                for (int k = 0; k < (V); k++) {                                                    \
                    volatile T_ more = (T_)k * step; /* rounded by itself */                       \
                    y[i + k] = first + more;                                                       \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
        for (; i < n; i++)                                                                         \
            y[i] = i < half ? fma_(step, (T_)i, start) : fma_(-step, (T_)(n - i - 1), end);        \
    }
SPACED(f32, float, 8, fmaf)
SPACED(f64, double, 4, fma)

bool tensor_linspace(DType dt, double start, double end, int64_t steps, Tensor **out, Err *err) {
    if (steps > 1 && (dt == DT_F32 || dt == DT_F64)) {
        if (!tensor_empty(dt, 1, &steps, out, err)) return false;
        if (dt == DT_F32)
            spaced_f32(tensor_data(*out), (float)start, (float)end, steps);
        else
            spaced_f64(tensor_data(*out), start, end, steps);
        return true;
    }
    return spaced(dt, start, end, steps, 0, linspace_at, out, err);
}

bool tensor_logspace(DType dt, double start, double end, int64_t steps, double base, Tensor **out,
                     Err *err) {
    return spaced(dt, start, end, steps, base, logspace_at, out, err);
}

/* ---- grids ----------------------------------------------------------------- */

bool tensor_eye(DType dt, int64_t n, int64_t m, Tensor **out, Err *err) {
    if (n < 0 || m < 0)
        return err_set(err, ERR_RUNTIME, "%c must be greater or equal to 0, got %lld",
                       n < 0 ? 'n' : 'm', (long long)(n < 0 ? n : m));
    if (!tensor_zeros(dt, 2, (int64_t[]){n, m}, out, err)) return false;
    for (int64_t i = 0; i < MIN(n, m); i++) tensor_set_i64(*out, (int64_t[]){i, i}, 1);
    return true;
}

/* Columns of row r that belong: [0, r + diagonal] for the lower triangle, the rest for the
 * upper one whose diagonal is one higher. */
static int64_t lower_count(int64_t r, int64_t cols, int64_t diagonal) {
    if (diagonal >= cols) return cols;
    return MAX(MIN(r + diagonal + 1, cols), 0);
}

/* The sum of lower_count over all rows, whose product with cols fits into 60 bits. */
static int64_t lower_total(int64_t rows, int64_t cols, int64_t diagonal) {
    if (diagonal >= cols) return rows * cols;
    int64_t first = MIN(MAX(-diagonal, 0), rows); /* the first row with some */
    int64_t full = MIN(MAX(cols - diagonal - 1, first), rows), n = full - first;
    return n * (first + diagonal + 1) + n * (n - 1) / 2 + (rows - full) * cols;
}

static bool tri_indices(int64_t rows, int64_t cols, int64_t diagonal, bool upper, Tensor **out,
                        Err *err) {
    if (rows < 0 || cols < 0)
        return err_set(err, ERR_RUNTIME, "%s must be non-negative, got%lld",
                       rows < 0 ? "row" : "col", (long long)(rows < 0 ? rows : cols));
    if (cols == 0) rows = 0;
    int64_t at = 0, cut = MAX(diagonal, -rows) - (upper ? 1 : 0);
    if (!memory_admit(rows > 0 && cols > INT64_MAX / 16 / rows ? SIZE_MAX : 0,
                      "a grid of triangle indices", err))
        return false;
    int64_t count = lower_total(rows, cols, cut);
    if (upper) count = rows * cols - count;
    Tensor *t = NULL;
    bool ok = true;
    int64_t work = 0;
    if (!tensor_empty(DT_I64, 2, (int64_t[]){2, count}, &t, err)) return false;
    int64_t *row = tensor_data(t), *col = row + count;
    for (int64_t r = upper ? 0 : MIN(MAX(-cut, 0), rows); ok && r < rows && at < count; r++) {
        int64_t lower = lower_count(r, cols, cut);
        for (int64_t c = upper ? lower : 0; c < (upper ? cols : lower); c++, at++) {
            row[at] = r;
            col[at] = c;
        }
        ok = tensor_poll(&work, cols + 1, err);
    }
    return finish(t, ok, out);
}

bool tensor_tril_indices(int64_t rows, int64_t cols, int64_t diagonal, Tensor **out, Err *err) {
    return tri_indices(rows, cols, diagonal, false, out, err);
}

bool tensor_triu_indices(int64_t rows, int64_t cols, int64_t diagonal, Tensor **out, Err *err) {
    return tri_indices(rows, cols, diagonal, true, out, err);
}
