/* Extremes with their places: max and min along a dim, argmax, argmin. */
#include "config.h"

#include "tensor/convert.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"
#include "tensor/reduce.h"
#include "tensor/view.h"

/* First place of the extreme of a row of n elements of class cls; a nan is more extreme than
 * anything. Scans in chunks because rows are converted in chunks. */
#define SCAN(cls, T)                                                                               \
    static int64_t scan_##cls(DType dt, int64_t n, const char *row, bool largest) {                \
        T buf[CONVERT_CHUNK], best = 0;                                                            \
        int64_t place = -1, size = (int64_t)dtype_size(dt);                                        \
        for (int64_t at = 0; at < n; at += CONVERT_CHUNK) {                                        \
            int64_t m = MIN(n - at, CONVERT_CHUNK);                                                \
            convert_load(cls, dt, m, row + at * size, size, buf);                                  \
            for (int64_t i = 0; i < m; i++) {                                                      \
                bool better = largest ? buf[i] > best : buf[i] < best;                             \
                bool first_nan = buf[i] != buf[i] && best == best;                                 \
                if (place >= 0 && !better && !first_nan) continue;                                 \
                best = buf[i];                                                                     \
                place = at + i;                                                                    \
            }                                                                                      \
        }                                                                                          \
        return place;                                                                              \
    }
SCAN(DT_F64, double)
SCAN(DT_I64, int64_t)

/* rows: (count, n) contiguous. index[i]: the extreme's place in row i. */
static bool scan_rows(const Tensor *rows, int64_t count, int64_t n, bool largest, int64_t *index,
                      Err *err) {
    DType dt = (DType)rows->dtype;
    int64_t bytes = n * (int64_t)dtype_size(dt), work = 0;
    const char *p = tensor_data(rows);
    for (int64_t i = 0; i < count; i++) {
        index[i] = dt <= DT_I64 ? scan_DT_I64(dt, n, p + i * bytes, largest)
                                : scan_DT_F64(dt, n, p + i * bytes, largest);
        if (!tensor_poll(&work, n * 2 + 20, err)) return false;
    }
    return true;
}

/* The dim moved last, contiguous: an extra copy only when it is not there already. */
static bool dim_last(const Tensor *t, int dim, Tensor **out, Err *err) {
    Tensor *v = NULL;
    int64_t from = dim, to = -1;
    if (t->ndim == 0) return tensor_contiguous(t, out, err);
    if (!tensor_movedim(t, 1, &from, &to, &v, err)) return false;
    bool ok = tensor_contiguous(v, out, err);
    tensor_release(v);
    return ok;
}

static void take_values(const Tensor *rows, int64_t count, int64_t n, const int64_t *index,
                        Tensor *values) {
    size_t size = dtype_size((DType)rows->dtype);
    const char *src = tensor_data(rows);
    char *dst = tensor_data(values);
    for (int64_t i = 0; i < count; i++)
        memcpy(dst + (size_t)i * size, src + (size_t)(i * n + index[i]) * size, size);
}

/* values may be NULL. */
static bool extreme(const char *name, const Tensor *t, int dim, bool keepdim, bool largest,
                    Tensor **values, Tensor **indices, Err *err) {
    Tensor *rows = NULL, *idx = NULL, *val = NULL;
    int64_t shape[TENSOR_MAX_DIM], n = t->ndim ? t->shape[dim] : 1;
    int ndim = 0;
    bool ok = false;
    if (t->dtype == DT_C64)
        return err_set(err, ERR_RUNTIME, "\"%s_cpu\" not implemented for 'ComplexFloat'", name);
    if (n == 0)
        return err_set(err, ERR_INDEX, "%s(): Expected reduction dim %d to have non-zero size.",
                       name, dim);
    for (int i = 0; i < t->ndim; i++)
        if (i != dim || keepdim) shape[ndim++] = i == dim ? 1 : t->shape[i];
    if (!dim_last(t, dim, &rows, err)) goto out;
    if (!tensor_empty(DT_I64, ndim, shape, &idx, err)) goto out;
    if (values && !tensor_empty((DType)t->dtype, ndim, shape, &val, err)) goto out;
    int64_t count = tensor_numel(idx);
    if (!scan_rows(rows, count, n, largest, tensor_data(idx), err)) goto out;
    if (values) take_values(rows, count, n, tensor_data(idx), val);
    *indices = idx;
    if (values) *values = val;
    idx = val = NULL;
    ok = true;
out:
    tensor_release(rows);
    tensor_release(idx);
    tensor_release(val);
    return ok;
}

bool tensor_max_dim(const Tensor *t, int64_t dim, bool keepdim, Tensor **values, Tensor **indices,
                    Err *err) {
    int d;
    return dim_wrap(dim, t->ndim, &d, err) &&
           extreme("max", t, d, keepdim, true, values, indices, err);
}

bool tensor_min_dim(const Tensor *t, int64_t dim, bool keepdim, Tensor **values, Tensor **indices,
                    Err *err) {
    int d;
    return dim_wrap(dim, t->ndim, &d, err) &&
           extreme("min", t, d, keepdim, false, values, indices, err);
}

static bool arg_extreme(const char *name, const Tensor *t, const int64_t *dim, bool keepdim,
                        bool largest, Tensor **out, Err *err) {
    int d;
    Tensor *flat = NULL, *r = NULL;
    if (t->dtype == DT_BOOL)
        return err_set(err, ERR_RUNTIME, "\"%s_cpu\" not implemented for 'Bool'", name);
    if (dim)
        return dim_wrap(*dim, t->ndim, &d, err) &&
               extreme(name, t, d, keepdim, largest, NULL, out, err);
    if (tensor_numel(t) == 0)
        return err_set(err, ERR_INDEX,
                       "%s(): Expected reduction dim to be specified for input.numel() == 0.",
                       name);
    bool ok = tensor_reshape(t, 1, (int64_t[]){-1}, &flat, err) &&
              extreme(name, flat, 0, false, largest, NULL, &r, err);
    tensor_release(flat);
    if (!ok || !keepdim) {
        if (ok) *out = r;
        return ok;
    }
    int64_t ones[TENSOR_MAX_DIM];
    for (int i = 0; i < t->ndim; i++) ones[i] = 1;
    ok = tensor_view(r, t->ndim, ones, out, err);
    tensor_release(r);
    return ok;
}

bool tensor_argmax(const Tensor *t, const int64_t *dim, bool keepdim, Tensor **out, Err *err) {
    return arg_extreme("argmax", t, dim, keepdim, true, out, err);
}

bool tensor_argmin(const Tensor *t, const int64_t *dim, bool keepdim, Tensor **out, Err *err) {
    return arg_extreme("argmin", t, dim, keepdim, false, out, err);
}
