/* Tensors from nothing: constants, ranges, index grids.
 *
 * A Python number that meets a tensor becomes a *wrapped* 0-dim tensor
 * (tensor_number_*): it takes part in broadcasting like any other, but does not
 * promote within its category. Wrapped floats are float64, wrapped ints int64.
 *
 *     Tensor *half = NULL;
 *     if (!tensor_number_f64(0.5, &half, err)) return false;
 *     bool ok = tensor_binary(BIN_MUL, x, half, &out, err);
 *     tensor_release(half);
 */
#ifndef QKV_TENSOR_CREATE_H
#define QKV_TENSOR_CREATE_H

#include "tensor/tensor.h"

/* Wrapped 0-dim numbers; allocation comes from a pool (about 20 ns). */
bool tensor_number_f64(double v, Tensor **out, Err *err);
bool tensor_number_i64(int64_t v, Tensor **out, Err *err);

/* Contiguous, every element `value` converted to dt. */
bool tensor_full_f64(DType dt, int ndim, const int64_t *shape, double value, Tensor **out,
                     Err *err);
bool tensor_full_i64(DType dt, int ndim, const int64_t *shape, int64_t value, Tensor **out,
                     Err *err);
/* value is 0-dim or has one element. */
bool tensor_full(DType dt, int ndim, const int64_t *shape, const Tensor *value, Tensor **out,
                 Err *err);
/* Contiguous copy of numel elements of dt at `data`. */
bool tensor_from(DType dt, int ndim, const int64_t *shape, const void *data, Tensor **out,
                 Err *err);

/* Uninitialised / zeroed / filled, of t's shape and (as PyTorch's *_like) t's memory order.
 * dt is the element type of the result. */
bool tensor_empty_like(const Tensor *t, DType dt, Tensor **out, Err *err);
bool tensor_zeros_like(const Tensor *t, DType dt, Tensor **out, Err *err);
bool tensor_full_like(const Tensor *t, DType dt, double value, Tensor **out, Err *err);

/* ceil((end - start) / step) elements start + i*step, computed as PyTorch does (in double for
 * float types). ERR_RUNTIME: step 0 ("step must be nonzero") or of the wrong sign. */
bool tensor_arange_f64(DType dt, double start, double end, double step, Tensor **out, Err *err);
bool tensor_arange_i64(DType dt, int64_t start, int64_t end, int64_t step, Tensor **out, Err *err);
/* `steps` points, both ends included; the upper half is counted down from `end` as PyTorch does. */
bool tensor_linspace(DType dt, double start, double end, int64_t steps, Tensor **out, Err *err);
bool tensor_logspace(DType dt, double start, double end, int64_t steps, double base, Tensor **out,
                     Err *err);
/* (n, m), ones on the main diagonal. */
bool tensor_eye(DType dt, int64_t n, int64_t m, Tensor **out, Err *err);
/* (2, count) int64: row and column of every element of the triangle of a (rows, cols) matrix. */
bool tensor_tril_indices(int64_t rows, int64_t cols, int64_t diagonal, Tensor **out, Err *err);
bool tensor_triu_indices(int64_t rows, int64_t cols, int64_t diagonal, Tensor **out, Err *err);

#endif
