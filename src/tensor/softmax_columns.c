/* See softmax_columns.h. Columns are taken in stripes, so that maxima and sums stay in the cache.
 */
#include "config.h"

#include "tensor/softmax_columns.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "tensor/ewise.h"
#include "tensor/vmath.h"

enum { LANES = 8, STRIPE = 256 };

/* w columns of a stripe, of which the first `wide` fill vectors; rows lie `ld` apart. */
typedef void StripeFn(int64_t n, int64_t w, int64_t wide, int64_t ld, const float *a,
                      const float *b, float *out);

static void stripes(StripeFn *fn, int64_t n, int64_t inner, const float *a, const float *b,
                    float *out) {
    for (int64_t j = 0; j < inner; j += STRIPE) {
        int64_t w = MIN(STRIPE, inner - j);
        fn(n, w, w - w % LANES, inner, a + j, b ? b + j : NULL, out + j);
    }
}

KERNEL(tops, (int64_t n, int64_t w, int64_t ld, const float *x, float *top), (n, w, ld, x, top)) {
    memcpy(top, x, (size_t)w * sizeof *top);
    for (int64_t d = 1; d < n; d++)
        EACH (j, w) top[j] = x[d * ld + j] > top[j] ? x[d * ld + j] : top[j];
}

/* y = e^(x - top) for one row */
KERNEL(exp_row, (int64_t w, int64_t wide, const float *x, const float *top, float *restrict y),
       (w, wide, x, top, y)) {
    EACH (j, wide) y[j] = vexpf(x[j] - top[j]);
    for (int64_t j = wide; j < w; j++) y[j] = expf(x[j] - top[j]);
}

KERNEL(add_row, (int64_t w, const float *y, float *restrict sum), (w, y, sum)) {
    EACH (j, w) sum[j] += y[j];
}

KERNEL(divide_row, (int64_t w, const float *sum, float *restrict y), (w, sum, y)) {
    EACH (j, w) y[j] /= sum[j];
}

static void softmax_stripe(int64_t n, int64_t w, int64_t wide, int64_t ld, const float *x,
                           const float *unused, float *y) {
    float top[STRIPE], sum[STRIPE] = {0};
    UNUSED(unused);
    tops(n, w, ld, x, top);
    for (int64_t d = 0; d < n; d++) {
        exp_row(w, wide, x + d * ld, top, y + d * ld);
        add_row(w, y + d * ld, sum);
    }
    for (int64_t d = 0; d < n; d++) divide_row(w, sum, y + d * ld);
}

KERNEL(log_rows,
       (int64_t n, int64_t w, int64_t ld, const float *x, const float *top, float *restrict sum,
        float *restrict y),
       (n, w, ld, x, top, sum, y)) {
    EACH (j, w) sum[j] = vlogf(sum[j]);
    for (int64_t d = 0; d < n; d++)
        EACH (j, w) y[d * ld + j] = x[d * ld + j] - top[j] - sum[j];
}

static void log_softmax_stripe(int64_t n, int64_t w, int64_t wide, int64_t ld, const float *x,
                               const float *unused, float *y) {
    float top[STRIPE], sum[STRIPE] = {0}, e[STRIPE];
    UNUSED(unused);
    tops(n, w, ld, x, top);
    for (int64_t d = 0; d < n; d++) {
        exp_row(w, wide, x + d * ld, top, e);
        add_row(w, e, sum);
    }
    log_rows(n, w, ld, x, top, sum, y);
}

KERNEL(softmax_vjp_stripe,
       (int64_t n, int64_t w, int64_t wide, int64_t ld, const float *y, const float *g, float *dx),
       (n, w, wide, ld, y, g, dx)) {
    float sum[STRIPE] = {0};
    UNUSED(wide);
    for (int64_t d = 0; d < n; d++)
        EACH (j, w) sum[j] = fmaf(g[d * ld + j], y[d * ld + j], sum[j]);
    for (int64_t d = 0; d < n; d++)
        EACH (j, w) dx[d * ld + j] = y[d * ld + j] * (g[d * ld + j] - sum[j]);
}

KERNEL(log_softmax_vjp_stripe,
       (int64_t n, int64_t w, int64_t wide, int64_t ld, const float *y, const float *g, float *dx),
       (n, w, wide, ld, y, g, dx)) {
    float sum[STRIPE] = {0};
    for (int64_t d = 0; d < n; d++, g += ld) add_row(w, g, sum);
    g -= n * ld;
    for (int64_t d = 0; d < n; d++, y += ld, g += ld, dx += ld) {
        EACH (j, wide) dx[j] = fmaf(-vexpf(y[j]), sum[j], g[j]);
        for (int64_t j = wide; j < w; j++) dx[j] = fmaf(-expf(y[j]), sum[j], g[j]);
    }
}

void columns_softmax(int64_t n, int64_t inner, const float *x, const float *unused, float *y) {
    stripes(softmax_stripe, n, inner, x, unused, y);
}
void columns_log_softmax(int64_t n, int64_t inner, const float *x, const float *unused, float *y) {
    stripes(log_softmax_stripe, n, inner, x, unused, y);
}
void columns_softmax_vjp(int64_t n, int64_t inner, const float *y, const float *g, float *dx) {
    stripes(softmax_vjp_stripe, n, inner, y, g, dx);
}
void columns_log_softmax_vjp(int64_t n, int64_t inner, const float *y, const float *g, float *dx) {
    stripes(log_softmax_vjp_stripe, n, inner, y, g, dx);
}
