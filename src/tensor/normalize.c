/* See normalize.h. Sums run in sixteen lanes, which the compiler turns into vectors, and whose
 * order is fixed. Centred float rows go through layer_row.h instead, whose bits are PyTorch's. */
#include "config.h"

#include "tensor/normalize.h"

#include <math.h>

#include "tensor/ewise.h"
#include "tensor/interrupt.h"
#include "tensor/layer_row.h"

enum { LANES = 16 };

/* Sums over a row in LANES partial sums: `term` reads index i; n is in scope. */
#define ROW_SUM(result, term)                                                                      \
    do {                                                                                           \
        REAL acc[LANES] = {0};                                                                     \
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

#define REAL float
#define NAME(x) x##_f32
#define CENTRED_ROW layer_row
#define CENTRED_ROW_BACKWARD layer_row_backward
#include "tensor/normalize_kernel.h"

#define REAL double
#define NAME(x) x##_f64
#define CENTRED_ROW forward_row_f64
#define CENTRED_ROW_BACKWARD(n, g, x, w, m, r, dx, dw, db)                                         \
    backward_row_f64(n, g, x, w, m, r, true, dx, dw, db)
#include "tensor/normalize_kernel.h"

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
    if (ok) {
        const void *xs = data_of(x), *ws = data_of(w), *bs = data_of(b);
        void *ys = tensor_data(ty), *means = tm ? tensor_data(tm) : NULL, *rstds = tensor_data(tr);
        ok = dt == DT_F32 ? forward_f32(rows, n, xs, ws, bs, eps, ys, means, rstds, err)
                          : forward_f64(rows, n, xs, ws, bs, eps, ys, means, rstds, err);
    }
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
    if (ok) {
        const void *gs = data_of(g), *xs = data_of(x), *ws = data_of(w);
        const void *means = data_of(mean), *rstds = data_of(rstd);
        void *dxs = tensor_data(tx), *dws = tw ? tensor_data(tw) : NULL;
        void *dbs = tb ? tensor_data(tb) : NULL;
        ok = dt == DT_F32 ? backward_f32(rows, n, gs, xs, ws, means, rstds, dxs, dws, dbs, err)
                          : backward_f64(rows, n, gs, xs, ws, means, rstds, dxs, dws, dbs, err);
    }
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
