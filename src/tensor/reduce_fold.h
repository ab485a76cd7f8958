/* The engine under the reductions: walks a tensor with some dims reduced and
 * folds elements into accumulators, double for floats, int64 for the rest.
 */
#ifndef QKV_TENSOR_REDUCE_FOLD_H
#define QKV_TENSOR_REDUCE_FOLD_H

#include "tensor/convert.h"

/* One way of folding, for one accumulator class (T is double or int64_t, x the loaded elements). */
typedef struct Fold {
    uint64_t init; /* bits of the accumulator of nothing */
    /* *acc = fold of n elements alone; c: this output's centre, p: the operation's number. */
    void (*run)(int64_t n, const void *x, double c, double p, void *acc);
    /* acc[j] = acc[j] with x[j], for m outputs side by side. */
    void (*lanes)(int64_t m, const void *x, const double *c, double p, void *acc);
    /* acc[j] = acc[j] with other[j], two accumulators. */
    void (*join)(int64_t m, const void *other, void *acc);
} Fold;

typedef enum FoldOp {
    FOLD_SUM,
    FOLD_PROD,
    FOLD_MAX,
    FOLD_MIN,
    FOLD_ALL,
    FOLD_ANY,
    FOLD_COUNT,  /* of x != 0 */
    FOLD_SQDEV,  /* sum of (x - c)^2; the rest for doubles only */
    FOLD_ABS,    /* sum of |x| */
    FOLD_SQUARE, /* sum of x^2 */
    FOLD_POW,    /* sum of |x|^p */
    FOLD_MAXABS,
    FOLD_MINABS
} FoldOp;

typedef struct FoldJob {
    FoldOp op;
    double p;
    const double *center;             /* per output, or NULL */
    double (*finish)(double, double); /* (accumulator, finish_p) -> result, doubles; or NULL */
    double finish_p;
} FoldJob;

/* Folds t over `reduced` (a bit per dim) into out: contiguous, one element per kept index in
 * row-major order, any dtype of the accumulator's category. */
bool fold_tensor(const FoldJob *job, const Tensor *t, unsigned reduced, Tensor *out, Err *err);

#endif
