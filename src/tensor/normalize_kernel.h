/* Rows brought to mean 0 and variance 1, and the gradient, for one type. Included by normalize.c
 * with its macros defined:
 *
 *     #define REAL float
 *     #define NAME(x) x##_f32
 *     #define CENTRED_ROW layer_row                       (as forward_row with a mean)
 *     #define CENTRED_ROW_BACKWARD layer_row_backward     (as backward_row, centred)
 *     #include "tensor/normalize_kernel.h"
 *
 * so this header has no guard. Letters as in normalize.h.
 */

/* y (n,) of x (n,); w, b (n,) or NULL. mean NULL: not centred. */
KERNEL(NAME(forward_row),
       (int64_t n, const REAL *x, const REAL *w, const REAL *b, REAL eps, REAL *mean, REAL *rstd,
        REAL *restrict y),
       (n, x, w, b, eps, mean, rstd, y)) {
    REAL m = 0, square;
    if (mean) {
        ROW_SUM(m, x[i]);
        *mean = m /= (REAL)n;
    }
    ROW_SUM(square, (x[i] - m) * (x[i] - m));
    REAL r = *rstd = (REAL)(1 / sqrt((double)(square / (REAL)n + eps)));
    for (int64_t i = 0; i < n; i++) y[i] = (x[i] - m) * r;
    if (w)
        for (int64_t i = 0; i < n; i++) y[i] *= w[i];
    if (b)
        for (int64_t i = 0; i < n; i++) y[i] += b[i];
}
/* dx (n,) of g (n,); dw, db: added to, or NULL. d = g w stands in dx until the means are known. */
KERNEL(NAME(backward_row),
       (int64_t n, const REAL *g, const REAL *x, const REAL *w, REAL m, REAL r, bool centred,
        REAL *restrict dx, REAL *restrict dw, REAL *restrict db),
       (n, g, x, w, m, r, centred, dx, dw, db)) {
    REAL mean_d = 0, mean_dx;
    if (w)
        for (int64_t i = 0; i < n; i++) dx[i] = g[i] * w[i];
    else
        for (int64_t i = 0; i < n; i++) dx[i] = g[i];
    if (centred) ROW_SUM(mean_d, dx[i]);
    ROW_SUM(mean_dx, dx[i] * (x[i] - m));
    mean_d /= (REAL)n;
    mean_dx *= r / (REAL)n;
    for (int64_t i = 0; i < n; i++) dx[i] = r * (dx[i] - mean_d - (x[i] - m) * r * mean_dx);
    if (dw)
        for (int64_t i = 0; i < n; i++) dw[i] += g[i] * (x[i] - m) * r;
    if (db)
        for (int64_t i = 0; i < n; i++) db[i] += g[i];
}
static bool NAME(forward)(int64_t rows, int64_t n, const REAL *x, const REAL *w, const REAL *b,
                          double eps, REAL *y, REAL *mean, REAL *rstd, Err *err) {
    int64_t work = 0;
    for (int64_t row = 0; row < rows; row++, x += n, y += n) {
        if (mean)
            CENTRED_ROW(n, x, w, b, (REAL)eps, mean + row, rstd + row, y);
        else
            NAME(forward_row)(n, x, w, b, (REAL)eps, NULL, rstd + row, y);
        if (!tensor_poll(&work, n, err)) return false;
    }
    return true;
}
static bool NAME(backward)(int64_t rows, int64_t n, const REAL *g, const REAL *x, const REAL *w,
                           const REAL *mean, const REAL *rstd, REAL *dx, REAL *dw, REAL *db,
                           Err *err) {
    int64_t work = 0;
    for (int64_t row = 0; row < rows; row++, x += n, g += n, dx += n) {
        if (mean)
            CENTRED_ROW_BACKWARD(n, g, x, w, mean[row], rstd[row], dx, dw, db);
        else
            NAME(backward_row)(n, g, x, w, 0, rstd[row], false, dx, dw, db);
        if (!tensor_poll(&work, 2 * n, err)) return false;
    }
    return true;
}

#undef REAL
#undef NAME
#undef CENTRED_ROW
#undef CENTRED_ROW_BACKWARD
