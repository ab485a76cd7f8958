/* Reductions over any set of dims, softmax, and what gradients reduce.
 *
 * dims: ndims entries, negatives wrapped, no repeats; none (ndims 0) means all, as PyTorch.
 * keepdim keeps reduced dims with size 1. float32 and float64 sums and means and
 * float32 softmax give PyTorch's bits (float_sum.h); other floats accumulate in double
 * and round once. Every order is fixed: results do not depend on machine or threads.
 */
#ifndef QKV_TENSOR_REDUCE_H
#define QKV_TENSOR_REDUCE_H

#include "tensor/tensor.h"

typedef enum ReduceOp {
    RED_SUM,  /* int64 for integers and bool */
    RED_PROD, /* int64 for integers and bool */
    RED_MEAN, /* floats and complex only, as PyTorch */
    RED_AMAX, /* nan wins; ERR_INDEX on an empty reduction, as PyTorch */
    RED_AMIN,
    RED_ALL, /* bool (uint8 stays uint8) */
    RED_ANY,
    RED_COUNT_NONZERO, /* int64 */
    RED_LOGSUMEXP
} ReduceOp;

bool tensor_reduce(ReduceOp op, const Tensor *t, int ndims, const int64_t *dims, bool keepdim,
                   Tensor **out, Err *err);
/* Divides by n - correction (1: unbiased); floats only. mean may be NULL. */
bool tensor_var(const Tensor *t, int ndims, const int64_t *dims, double correction, bool keepdim,
                Tensor **out, Tensor **mean, Err *err);
bool tensor_std(const Tensor *t, int ndims, const int64_t *dims, double correction, bool keepdim,
                Tensor **out, Err *err);
/* (sum |x|^p)^(1/p); p may be 0, inf, -inf. Floats only. */
bool tensor_norm(const Tensor *t, double p, int ndims, const int64_t *dims, bool keepdim,
                 Tensor **out, Err *err);

/* Along one dim, with int64 indices of the first extreme (nan counts as extreme). */
bool tensor_max_dim(const Tensor *t, int64_t dim, bool keepdim, Tensor **values, Tensor **indices,
                    Err *err);
bool tensor_min_dim(const Tensor *t, int64_t dim, bool keepdim, Tensor **values, Tensor **indices,
                    Err *err);
/* dim == NULL: over the flattened tensor. First occurrence. */
bool tensor_argmax(const Tensor *t, const int64_t *dim, bool keepdim, Tensor **out, Err *err);
bool tensor_argmin(const Tensor *t, const int64_t *dim, bool keepdim, Tensor **out, Err *err);

/* exp(x - max) / sum; a row of -inf gives nan as in PyTorch. Floats only; dt DT_COUNT keeps t's
 * dtype, another converts first. */
bool tensor_softmax(const Tensor *t, int64_t dim, DType dt, Tensor **out, Err *err);
bool tensor_log_softmax(const Tensor *t, int64_t dim, DType dt, Tensor **out, Err *err);
/* Gradients from the outputs y: y * (g - sum(g * y)) and g - exp(y) * sum(g). */
bool tensor_softmax_vjp(const Tensor *y, const Tensor *g, int64_t dim, Tensor **out, Err *err);
bool tensor_log_softmax_vjp(const Tensor *y, const Tensor *g, int64_t dim, Tensor **out, Err *err);

/* Sums t down to a shape that broadcasts to t's (the gradient of broadcasting). Answers t itself,
 * retained, when the shapes are equal. */
bool tensor_sum_to(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err);

#endif
