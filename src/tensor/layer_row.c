/* See layer_row.h. Every fused multiply-add is written as one, nothing else is fused; which
 * products PyTorch's compiler fused was found by trying each form against its results. */
#include "config.h"

#include "tensor/layer_row.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/isa.h"
#include "tensor/float_sum.h"

enum { LANES = 8, BLOCK = 16, DEPTH = 64 };

/* ---- mean and variance ------------------------------------------------------------- */

/* Of the elements that each lane has seen: how many, their mean, the sum of squared distances. */
typedef struct Moments {
    int64_t count;
    float mean[LANES], sq[LANES];
} Moments;

static inline void merge_lane(float c, float have, float mean_add, float sq_add, float *mean,
                              float *sq) {
    float delta = mean_add - *mean;
    *mean += c * delta;
    *sq += sq_add + delta * delta * c * have;
}

static inline void merge(Moments *into, const Moments *add) {
    int64_t n = into->count + add->count;
    float c = n ? (float)add->count / (float)n : 0, have = (float)into->count;
    for (int l = 0; l < LANES; l++)
        merge_lane(c, have, add->mean[l], add->sq[l], &into->mean[l], &into->sq[l]);
    into->count = n;
}

static inline Moments block_moments(int64_t count, const float *x) {
    Moments m = {.count = count};
    for (int64_t i = 0; i < count; i++, x += LANES) {
        float share = 1.0F / (float)(i + 1);
        for (int l = 0; l < LANES; l++) {
            float delta = x[l] - m.mean[l];
            m.mean[l] += delta * share;
            m.sq[l] += delta * (x[l] - m.mean[l]);
        }
    }
    return m;
}

/* Level k of the tree holds 2^k blocks; the last level takes the rest. */
KERNEL_OF(Moments, tree_moments, (int64_t vectors, const float *x), (vectors, x)) {
    int64_t blocks = (vectors + BLOCK - 1) / BLOCK;
    int depth = blocks <= 2 ? 1 : 64 - __builtin_clzll((unsigned long long)blocks - 1);
    Moments level[DEPTH];
    memset(level, 0, sizeof *level * (size_t)depth);
    for (int64_t i = 0; i < blocks; i++) {
        Moments block = block_moments(MIN(BLOCK, vectors - i * BLOCK), x + i * BLOCK * LANES);
        merge(&level[0], &block);
        int64_t done = i + 1;
        for (int k = 1; k < depth && done % 2 == 0; k++, done /= 2) {
            merge(&level[k], &level[k - 1]);
            memset(&level[k - 1], 0, sizeof *level);
        }
    }
    for (int k = 1; k < depth; k++) merge(&level[0], &level[k]);
    return level[0];
}

/* What does not fill a vector comes first, then the lanes one by one. */
static void row_moments(int64_t n, const float *x, float *mean, float *var) {
    int64_t vectors = n / LANES, have = 0;
    Moments lanes = tree_moments(vectors, x);
    float m = 0, sq = 0;
    for (int64_t i = vectors * LANES; i < n; i++) {
        float delta = x[i] - m;
        m += delta / (float)++have;
        sq += delta * (x[i] - m);
    }
    for (int l = 0; l < LANES; l++) {
        int64_t all = have + vectors;
        float c = all ? (float)vectors / (float)all : 0;
        merge_lane(c, (float)have, lanes.mean[l], lanes.sq[l], &m, &sq);
        have = all;
    }
    *mean = m;
    *var = sq / (float)n;
}

/* ---- forward ----------------------------------------------------------------------- */

KERNEL(scale_row,
       (int64_t n, const float *x, const float *w, const float *b, float scale, float shift,
        float *restrict y),
       (n, x, w, b, scale, shift, y)) {
    if (w && b) {
        for (int64_t i = 0; i < n; i++) y[i] = fmaf(fmaf(x[i], scale, shift), w[i], b[i]);
        return;
    }
    for (int64_t i = 0; i < n; i++) y[i] = fmaf(x[i], scale, shift);
    if (w)
        for (int64_t i = 0; i < n; i++) y[i] *= w[i];
    if (b)
        for (int64_t i = 0; i < n; i++) y[i] += b[i];
}

void layer_row(int64_t n, const float *x, const float *w, const float *b, float eps, float *mean,
               float *rstd, float *y) {
    float m, var;
    row_moments(n, x, &m, &var);
    float r = 1 / sqrtf((var < 0 ? 0 : var) + eps);
    *mean = m;
    *rstd = r;
    scale_row(n, x, w, b, r, -r * m, y);
}

/* ---- backward ---------------------------------------------------------------------- */

/* Sum of p[i] q[i] r[i], r NULL for ones, in eight lanes that are folded by halves; one by one when
 * they do not fill a vector. */
KERNEL_OF(float, sum_products, (int64_t n, const float *p, const float *q, const float *r),
          (n, p, q, r)) {
    float lane[LANES] = {0};
    int64_t first = MIN(LANES, n), i = first;
    for (int64_t l = 0; l < first; l++) lane[l] = r ? p[l] * q[l] * r[l] : p[l] * q[l];
    if (n < LANES) {
        float sum = lane[0];
        for (int64_t l = 1; l < n; l++) sum += lane[l];
        return sum;
    }
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++)
            lane[l] = r ? fmaf(p[i + l] * q[i + l], r[i + l], lane[l])
                        : fmaf(p[i + l], q[i + l], lane[l]);
    for (int l = 0; i < n; i++, l++)
        lane[l] = r ? fmaf(p[i] * q[i], r[i], lane[l]) : fmaf(p[i], q[i], lane[l]);
    for (int w = LANES / 2; w > 0; w /= 2)
        for (int l = 0; l < w; l++) lane[l] += lane[l + w];
    return lane[0];
}

KERNEL(combine_row,
       (int64_t n, const float *g, const float *x, const float *w, float a, float b, float c,
        float *restrict dx),
       (n, g, x, w, a, b, c, dx)) {
    if (w)
        for (int64_t i = 0; i < n; i++) dx[i] = fmaf(b, x[i], a * g[i] * w[i]) + c;
    else
        for (int64_t i = 0; i < n; i++) dx[i] = fmaf(b, x[i], a * g[i]) + c;
}

KERNEL(add_affine,
       (int64_t n, const float *g, const float *x, float a, float b, float *restrict dw,
        float *restrict db),
       (n, g, x, a, b, dw, db)) {
    if (dw)
        for (int64_t i = 0; i < n; i++) dw[i] = fmaf(g[i], fmaf(a, x[i], b), dw[i]);
    if (db)
        for (int64_t i = 0; i < n; i++) db[i] += g[i];
}

void layer_row_backward(int64_t n, const float *g, const float *x, const float *w, float mean,
                        float rstd, float *dx, float *dw, float *db) {
    if (n == 0) return;
    float share = 1 / (float)n, a = rstd;
    float along = sum_products(n, g, x, w);
    float sum = w ? sum_products(n, g, w, NULL) : lanes_sum_f32(n, g);
    float b = fmaf(sum, mean, -along) * a * a * a * share;
    float c = fmaf(-b, mean, -(sum * a * share));
    add_affine(n, g, x, a, -a * mean, dw, db);
    combine_row(n, g, x, w, a, b, c, dx);
}
