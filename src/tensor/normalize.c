/* See norm.h. One template for float and double; sums run in sixteen lanes, which
 * the compiler turns into vectors, and whose order is fixed. Centred float rows go
 * through moments.h instead, whose bits are PyTorch's. */
#include "config.h"

#include "tensor/normalize.h"

#include <math.h>

#include "tensor/layer_row.h"
#include "tensor/ewise.h"
#include "tensor/interrupt.h"

enum { LANES = 16 };

/* Sums over a row in LANES partial sums: `term` reads index i; n and T are in scope. */
#define ROW_SUM(result, term)                                                                      \
    do {                                                                                           \
        T acc[LANES] = {0};                                                                        \
        int64_t i_ = 0;                                                                            \
        for (; i_ + LANES <= n; i_ += LANES)                                                       \
            for (int l = 0; l < LANES; l++) {                                                      \
                int64_t i = i_ + l;                                                                \
                acc[l] += term;                                                                    \
            }                                                                                      \
        for (int64_t i = i_; i < n; i++) acc[i - i_] += term;                                      \
        for (int half = LANES / 2; half > 0; half /= 2)                                            \
            for (int l = 0; l < half; l++) acc[l] += acc[l + half];                                \
        result = acc[0];                                                                           \
    } while (0)

#define KERNELS(T_, SUFFIX)                                                                        \
    KERNEL static void forward_row_##SUFFIX(const T_ *x, const T_ *w, const T_ *b, int64_t n,      \
                                            T_ eps, T_ *mean, T_ *rstd, T_ *restrict y) {          \
        typedef T_ T;                                                                              \
        T m = 0, square;                                                                           \
        if (mean) {                                                                                \
            ROW_SUM(m, x[i]);                                                                      \
            *mean = m /= (T)n;                                                                     \
        }                                                                                          \
        ROW_SUM(square, (x[i] - m) * (x[i] - m));                                                  \
        T r = *rstd = (T)(1 / sqrt((double)(square / (T)n + eps)));                                \
        for (int64_t i = 0; i < n; i++) y[i] = (x[i] - m) * r;                                     \
        if (w)                                                                                     \
            for (int64_t i = 0; i < n; i++) y[i] *= w[i];                                          \
        if (b)                                                                                     \
            for (int64_t i = 0; i < n; i++) y[i] += b[i];                                          \
    }                                                                                              \
    /* d = g w stands in dx until the means are known */                                           \
    KERNEL static void backward_row_##SUFFIX(const T_ *g, const T_ *x, const T_ *w, int64_t n,     \
                                             T_ m, T_ r, bool centred, T_ *restrict dx,            \
                                             T_ *restrict dw, T_ *restrict db) {                   \
        typedef T_ T;                                                                              \
        T mean_d = 0, mean_dx;                                                                     \
        if (w)                                                                                     \
            for (int64_t i = 0; i < n; i++) dx[i] = g[i] * w[i];                                   \
        else                                                                                       \
            for (int64_t i = 0; i < n; i++) dx[i] = g[i];                                          \
        if (centred) ROW_SUM(mean_d, dx[i]);                                                       \
        ROW_SUM(mean_dx, dx[i] * (x[i] - m));                                                      \
        mean_d /= (T)n;                                                                            \
        mean_dx *= r / (T)n;                                                                       \
        for (int64_t i = 0; i < n; i++) dx[i] = r * (dx[i] - mean_d - (x[i] - m) * r * mean_dx);   \
        if (dw)                                                                                    \
            for (int64_t i = 0; i < n; i++) dw[i] += g[i] * (x[i] - m) * r;                        \
        if (db)                                                                                    \
            for (int64_t i = 0; i < n; i++) db[i] += g[i];                                         \
    }                                                                                              \
    static bool forward_##SUFFIX(int64_t rows, int64_t n, const T_ *x, const T_ *w, const T_ *b,   \
                                 double eps, T_ *y, T_ *mean, T_ *rstd, Err *err) {                \
        int64_t work = 0;                                                                          \
        for (int64_t row = 0; row < rows; row++, x += n, y += n) {                                 \
            forward_row_##SUFFIX(x, w, b, n, (T_)eps, mean ? mean + row : NULL, rstd + row, y);    \
            if (!tensor_poll(&work, n, err)) return false;                                         \
        }                                                                                          \
        return true;                                                                               \
    }                                                                                              \
    static bool backward_##SUFFIX(int64_t rows, int64_t n, const T_ *g, const T_ *x, const T_ *w,  \
                                  const T_ *mean, const T_ *rstd, T_ *dx, T_ *dw, T_ *db,          \
                                  Err *err) {                                                      \
        int64_t work = 0;                                                                          \
        for (int64_t row = 0; row < rows; row++, x += n, g += n, dx += n) {                        \
            backward_row_##SUFFIX(g, x, w, n, mean ? mean[row] : 0, rstd[row], mean != NULL, dx,   \
                                  dw, db);                                                         \
            if (!tensor_poll(&work, 2 * n, err)) return false;                                     \
        }                                                                                          \
        return true;                                                                               \
    }
KERNELS(float, f32)
KERNELS(double, f64)

/* Centred float rows. */
static bool layer_forward(int64_t rows, int64_t n, const float *x, const float *w, const float *b,
                          double eps, float *y, float *mean, float *rstd, Err *err) {
    int64_t work = 0;
    for (int64_t row = 0; row < rows; row++, x += n, y += n) {
        layer_row(n, x, w, b, (float)eps, &mean[row], &rstd[row], y);
        if (!tensor_poll(&work, n, err)) return false;
    }
    return true;
}
static bool layer_backward(int64_t rows, int64_t n, const float *g, const float *x, const float *w,
                           const float *mean, const float *rstd, float *dx, float *dw, float *db,
                           Err *err) {
    int64_t work = 0;
    for (int64_t row = 0; row < rows; row++, x += n, g += n, dx += n) {
        layer_row_backward(n, g, x, w, mean[row], rstd[row], dx, dw, db);
        if (!tensor_poll(&work, 2 * n, err)) return false;
    }
    return true;
}

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
    if (ok && dt == DT_F32 && mean)
        ok = layer_forward(rows, n, data_of(x), data_of(w), data_of(b), eps, tensor_data(ty),
                           tensor_data(tm), tensor_data(tr), err);
    else if (ok && dt == DT_F32)
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
    if (ok && dt == DT_F32 && mean)
        ok = layer_backward(rows, n, data_of(g), data_of(x), data_of(w), data_of(mean),
                            data_of(rstd), tensor_data(tx), tw ? tensor_data(tw) : NULL,
                            tb ? tensor_data(tb) : NULL, err);
    else if (ok && dt == DT_F32)
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
