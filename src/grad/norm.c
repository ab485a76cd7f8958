/* See norm.h. One template for float and double; sums run in eight lanes, which the
 * compiler turns into vectors, and whose order is fixed. */
#include "config.h"

#include "grad/norm.h"

#include <math.h>

#include "tensor/poll.h"

enum { LANES = 8 };

#define KERNELS(T, SUFFIX)                                                                         \
    static T sum_##SUFFIX(const T *acc) {                                                          \
        return ((acc[0] + acc[4]) + (acc[2] + acc[6])) + ((acc[1] + acc[5]) + (acc[3] + acc[7]));  \
    }                                                                                              \
    static T mean_##SUFFIX(const T *x, int64_t n) {                                                \
        T acc[LANES] = {0};                                                                        \
        int64_t i = 0;                                                                             \
        for (; i + LANES <= n; i += LANES)                                                         \
            for (int l = 0; l < LANES; l++) acc[l] += x[i + l];                                    \
        for (; i < n; i++) acc[i % LANES] += x[i];                                                 \
        return sum_##SUFFIX(acc) / (T)n;                                                           \
    }                                                                                              \
    static T mean_square_##SUFFIX(const T *x, int64_t n, T m) {                                    \
        T acc[LANES] = {0};                                                                        \
        int64_t i = 0;                                                                             \
        for (; i + LANES <= n; i += LANES)                                                         \
            for (int l = 0; l < LANES; l++) acc[l] += (x[i + l] - m) * (x[i + l] - m);             \
        for (; i < n; i++) acc[i % LANES] += (x[i] - m) * (x[i] - m);                              \
        return sum_##SUFFIX(acc) / (T)n;                                                           \
    }                                                                                              \
    static void forward_row_##SUFFIX(const T *x, const T *w, const T *b, int64_t n, T m, T r,      \
                                     T *restrict y) {                                              \
        for (int64_t i = 0; i < n; i++) y[i] = (x[i] - m) * r;                                     \
        if (w)                                                                                     \
            for (int64_t i = 0; i < n; i++) y[i] *= w[i];                                          \
        if (b)                                                                                     \
            for (int64_t i = 0; i < n; i++) y[i] += b[i];                                          \
    }                                                                                              \
    /* d = g w goes into dx first, then dx is finished in place */                                 \
    static void backward_row_##SUFFIX(const T *g, const T *x, const T *w, int64_t n, T m, T r,     \
                                      bool centred, T *restrict dx) {                              \
        T acc_d[LANES] = {0}, acc_dx[LANES] = {0};                                                 \
        for (int64_t i = 0; i < n; i++) dx[i] = w ? g[i] * w[i] : g[i];                            \
        for (int64_t i = 0; i < n; i++) {                                                          \
            acc_d[i % LANES] += dx[i];                                                             \
            acc_dx[i % LANES] += dx[i] * (x[i] - m) * r;                                           \
        }                                                                                          \
        T mean_d = centred ? sum_##SUFFIX(acc_d) / (T)n : 0;                                       \
        T mean_dx = sum_##SUFFIX(acc_dx) / (T)n;                                                   \
        for (int64_t i = 0; i < n; i++) dx[i] = r * (dx[i] - mean_d - (x[i] - m) * r * mean_dx);   \
    }                                                                                              \
    static bool forward_##SUFFIX(int64_t rows, int64_t n, const T *x, const T *w, const T *b,      \
                                 double eps, T *y, T *mean, T *rstd, Err *err) {                   \
        int64_t work = 0;                                                                          \
        for (int64_t row = 0; row < rows; row++, x += n, y += n) {                                 \
            T m = mean ? mean_##SUFFIX(x, n) : 0;                                                  \
            T r = (T)1 / (T)sqrt((double)(mean_square_##SUFFIX(x, n, m) + (T)eps));                \
            if (mean) mean[row] = m;                                                               \
            rstd[row] = r;                                                                         \
            forward_row_##SUFFIX(x, w, b, n, m, r, y);                                             \
            if (!tensor_poll(&work, n, err)) return false;                                         \
        }                                                                                          \
        return true;                                                                               \
    }                                                                                              \
    static bool backward_##SUFFIX(int64_t rows, int64_t n, const T *g, const T *x, const T *w,     \
                                  const T *mean, const T *rstd, T *dx, T *dw, T *db, Err *err) {   \
        int64_t work = 0;                                                                          \
        for (int64_t row = 0; row < rows; row++, x += n, g += n, dx += n) {                        \
            T m = mean ? mean[row] : 0, r = rstd[row];                                             \
            backward_row_##SUFFIX(g, x, w, n, m, r, mean != NULL, dx);                             \
            if (dw)                                                                                \
                for (int64_t i = 0; i < n; i++) dw[i] += g[i] * (x[i] - m) * r;                    \
            if (db)                                                                                \
                for (int64_t i = 0; i < n; i++) db[i] += g[i];                                     \
            if (!tensor_poll(&work, 2 * n, err)) return false;                                     \
        }                                                                                          \
        return true;                                                                               \
    }
KERNELS(float, f32)
KERNELS(double, f64)

static const void *data_of(const Tensor *t) {
    return t ? tensor_data(t) : NULL;
}

bool norm_forward(const Tensor *x, const Tensor *w, const Tensor *b, double eps, Tensor **y,
                  Tensor **mean, Tensor **rstd, Err *err) {
    int64_t rows = x->shape[0], n = x->shape[1];
    DType dt = (DType)x->dtype;
    Tensor *ty = NULL, *tm = NULL, *tr = NULL;
    bool ok = tensor_empty(dt, 2, x->shape, &ty, err) && tensor_empty(dt, 1, &rows, &tr, err) &&
              (!mean || tensor_empty(dt, 1, &rows, &tm, err));
    if (ok && dt == DT_F32)
        ok = forward_f32(rows, n, data_of(x), data_of(w), data_of(b), eps, (float *)tensor_data(ty),
                         tm ? tensor_data(tm) : NULL, tensor_data(tr), err);
    else if (ok)
        ok =
            forward_f64(rows, n, data_of(x), data_of(w), data_of(b), eps, (double *)tensor_data(ty),
                        tm ? tensor_data(tm) : NULL, tensor_data(tr), err);
    if (ok) {
        *y = ty;
        *rstd = tr;
        if (mean) *mean = tm;
        return true;
    }
    tensor_release(ty);
    tensor_release(tm);
    tensor_release(tr);
    return false;
}

bool norm_backward(const Tensor *g, const Tensor *x, const Tensor *w, const Tensor *mean,
                   const Tensor *rstd, Tensor **dx, Tensor **dw, Tensor **db, Err *err) {
    int64_t rows = x->shape[0], n = x->shape[1];
    DType dt = (DType)x->dtype;
    Tensor *tx = NULL, *tw = NULL, *tb = NULL;
    bool ok = tensor_empty(dt, 2, x->shape, &tx, err) &&
              (!dw || tensor_zeros(dt, 1, &n, &tw, err)) &&
              (!db || tensor_zeros(dt, 1, &n, &tb, err));
    if (ok && dt == DT_F32)
        ok = backward_f32(rows, n, data_of(g), data_of(x), data_of(w), data_of(mean), data_of(rstd),
                          tensor_data(tx), tw ? tensor_data(tw) : NULL, tb ? tensor_data(tb) : NULL,
                          err);
    else if (ok)
        ok = backward_f64(rows, n, data_of(g), data_of(x), data_of(w), data_of(mean), data_of(rstd),
                          tensor_data(tx), tw ? tensor_data(tw) : NULL, tb ? tensor_data(tb) : NULL,
                          err);
    if (ok) {
        *dx = tx;
        if (dw) *dw = tw;
        if (db) *db = tb;
        return true;
    }
    tensor_release(tx);
    tensor_release(tw);
    tensor_release(tb);
    return false;
}
