/* The folding kernels; see reduce_fold.h.
 *
 * A run kernel keeps eight independent accumulators, so that the adder's latency
 * hides and the compiler can use vectors without reordering anything: element i
 * goes to accumulator i mod 8 on every machine.
 */
#include "config.h"

#include "base/isa.h"
#include "tensor/reduce_kernels.h"

#include <math.h>

#define RUN(id, cls, T, start, step, join)                                                         \
    KERNEL(run_##id##_##cls, (int64_t n, const void *x_, double c, double p, void *acc),           \
           (n, x_, c, p, acc)) {                                                                   \
        const T *xs = x_;                                                                          \
        T lane[8];                                                                                 \
        UNUSED(c);                                                                                 \
        UNUSED(p);                                                                                 \
        for (int k = 0; k < 8; k++) lane[k] = start;                                               \
        int64_t i = 0;                                                                             \
        for (; i + 8 <= n; i += 8)                                                                 \
            for (int k = 0; k < 8; k++) {                                                          \
                T x = xs[i + k], a = lane[k];                                                      \
                lane[k] = step;                                                                    \
            }                                                                                      \
        for (; i < n; i++) {                                                                       \
            T x = xs[i], a = lane[i & 7];                                                          \
            lane[i & 7] = step;                                                                    \
        }                                                                                          \
        for (int w = 4; w > 0; w /= 2)                                                             \
            for (int k = 0; k < w; k++) {                                                          \
                T x = lane[k + w], a = lane[k];                                                    \
                lane[k] = join;                                                                    \
            }                                                                                      \
        *(T *)acc = lane[0];                                                                       \
    }

#define LANES(id, cls, T, step, join)                                                              \
    KERNEL(lanes_##id##_##cls,                                                                     \
           (int64_t m, const void *x_, const double *c_, double p, void *acc_),                    \
           (m, x_, c_, p, acc_)) {                                                                 \
        const T *xs = x_;                                                                          \
        T *acc = acc_;                                                                             \
        UNUSED(c_);                                                                                \
        UNUSED(p);                                                                                 \
        for (int64_t i = 0; i < m; i++) {                                                          \
            T x = xs[i], a = acc[i];                                                               \
            acc[i] = step;                                                                         \
        }                                                                                          \
    }                                                                                              \
    static void join_##id##_##cls(int64_t m, const void *other, void *acc_) {                      \
        const T *xs = other;                                                                       \
        T *acc = acc_;                                                                             \
        for (int64_t i = 0; i < m; i++) {                                                          \
            T x = xs[i], a = acc[i];                                                               \
            acc[i] = join;                                                                         \
        }                                                                                          \
    }

#define FOLD(id, cls, T, start, step, join)                                                        \
    RUN(id, cls, T, start, step, join) LANES(id, cls, T, step, join)
#define BOTH(id, start_f, start_i, step, join)                                                     \
    FOLD(id, f64, double, start_f, step, join) FOLD(id, i64, int64_t, start_i, step, join)

/* Integers wrap like PyTorch's. */
#define WRAP(a, op, x) (int64_t)((uint64_t)(a)op(uint64_t)(x))
#define HIGHER (x > a || x != x ? x : a) /* nan wins and stays */
#define LOWER (x < a || x != x ? x : a)

/* clang-format off */
FOLD(SUM, f64, double, 0, a + x, a + x)
FOLD(SUM, i64, int64_t, 0, WRAP(a, +, x), WRAP(a, +, x))
FOLD(PROD, f64, double, 1, a * x, a * x)
FOLD(PROD, i64, int64_t, 1, WRAP(a, *, x), WRAP(a, *, x))
BOTH(MAX, -INFINITY, INT64_MIN, HIGHER, HIGHER)
BOTH(MIN, INFINITY, INT64_MAX, LOWER, LOWER)
BOTH(ALL, 1, 1, (a != 0) & (x != 0), (a != 0) & (x != 0))
BOTH(ANY, 0, 0, (a != 0) | (x != 0), (a != 0) | (x != 0))
BOTH(COUNT, 0, 0, a + (x != 0), a + x)
FOLD(ABS, f64, double, 0, a + fabs(x), a + x)
FOLD(SQUARE, f64, double, 0, a + x * x, a + x)
FOLD(POW, f64, double, 0, a + pow(fabs(x), p), a + x)
#define HIGHER_ABS (fabs(x) > a || x != x ? fabs(x) : a)
#define LOWER_ABS (fabs(x) < a || x != x ? fabs(x) : a)
FOLD(MAXABS, f64, double, 0, HIGHER_ABS, HIGHER)
FOLD(MINABS, f64, double, INFINITY, LOWER_ABS, LOWER)
RUN(SQDEV, f64, double, 0, a + (x - c) * (x - c), a + x)
/* clang-format on */

static void lanes_SQDEV_f64(int64_t m, const void *x_, const double *c, double p, void *acc_) {
    const double *x = x_;
    double *acc = acc_;
    UNUSED(p);
    for (int64_t i = 0; i < m; i++) acc[i] += (x[i] - c[i]) * (x[i] - c[i]);
}

#define ROW(id, cls, bits)                                                                         \
    { bits, run_##id##_##cls, lanes_##id##_##cls, join_##id##_##cls }
#define ONE 0x3FF0000000000000u /* 1.0 */
#define PLUS_INF 0x7FF0000000000000u
#define MINUS_INF 0xFFF0000000000000u

static const Fold folds_f64[] = {
    [FOLD_SUM] = ROW(SUM, f64, 0),
    [FOLD_PROD] = ROW(PROD, f64, ONE),
    [FOLD_MAX] = ROW(MAX, f64, MINUS_INF),
    [FOLD_MIN] = ROW(MIN, f64, PLUS_INF),
    [FOLD_ALL] = ROW(ALL, f64, ONE),
    [FOLD_ANY] = ROW(ANY, f64, 0),
    [FOLD_COUNT] = ROW(COUNT, f64, 0),
    [FOLD_SQDEV] = {0, run_SQDEV_f64, lanes_SQDEV_f64, join_SUM_f64},
    [FOLD_ABS] = ROW(ABS, f64, 0),
    [FOLD_SQUARE] = ROW(SQUARE, f64, 0),
    [FOLD_POW] = ROW(POW, f64, 0),
    [FOLD_MAXABS] = ROW(MAXABS, f64, 0),
    [FOLD_MINABS] = ROW(MINABS, f64, PLUS_INF),
};
static const Fold folds_i64[] = {
    [FOLD_SUM] = ROW(SUM, i64, 0),
    [FOLD_PROD] = ROW(PROD, i64, 1),
    [FOLD_MAX] = ROW(MAX, i64, (uint64_t)INT64_MIN),
    [FOLD_MIN] = ROW(MIN, i64, INT64_MAX),
    [FOLD_ALL] = ROW(ALL, i64, 1),
    [FOLD_ANY] = ROW(ANY, i64, 0),
    [FOLD_COUNT] = ROW(COUNT, i64, 0),
};

const Fold *fold_kernel(FoldOp op, DType cls) {
    return cls == DT_I64 ? &folds_i64[op] : &folds_f64[op];
}
