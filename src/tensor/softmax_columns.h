/* Softmax and log-softmax of float32 along a dim that is not the last, with PyTorch's bits: term by
 * term down each column, eight columns to a vector. The last columns, which fill no vector, take
 * libm's exponential instead of the vector one.
 *
 * One block (n, inner), contiguous; each column along n. n and inner at least 1.
 */
#ifndef QKV_TENSOR_SOFTMAX_COLUMNS_H
#define QKV_TENSOR_SOFTMAX_COLUMNS_H

#include <stdint.h>

/* y = e^(x - max) / sum */
void columns_softmax(int64_t n, int64_t inner, const float *x, const float *unused, float *y);
/* y = x - max - log sum */
void columns_log_softmax(int64_t n, int64_t inner, const float *x, const float *unused, float *y);
/* dx = y (g - sum of g y) */
void columns_softmax_vjp(int64_t n, int64_t inner, const float *y, const float *g, float *dx);
/* dx = g - e^y sum of g */
void columns_log_softmax_vjp(int64_t n, int64_t inner, const float *y, const float *g, float *dx);

#endif
