/* Normalisation kernels, shared by layer, RMS, group and batch norm: each row of a
 * (rows, n) matrix is brought to mean 0 and variance 1 (or only to mean square 1).
 *
 *     xhat = (x - m) r,   m = mean(x) (0 when not centred),   r = 1 / sqrt(mean((x - m)^2) + eps)
 *     y = xhat w + b
 *
 * Gradient, with d = g w:  dx = r (d - mean(d) - xhat mean(d xhat));
 * not centred: without mean(d).   dw = sum over rows of g xhat,  db = sum of g.
 * Ba et al. 2016, Zhang and Sennrich 2019.
 */
#ifndef QKV_TENSOR_NORMALIZE_H
#define QKV_TENSOR_NORMALIZE_H

#include "tensor/tensor.h"

/* x (rows, n), w, b (n,) or NULL: float32 or float64, contiguous, one dtype.
 * Owned results: y like x; mean, rstd (rows,). mean may be NULL: not centred. */
bool norm_forward(const Tensor *x, const Tensor *w, const Tensor *b, double eps, Tensor **y,
                  Tensor **mean, Tensor **rstd, Err *err);
/* g like y, the rest as above. dx (rows, n); dw, db (n,): optional, NULL when not wanted. */
bool norm_backward(const Tensor *g, const Tensor *x, const Tensor *w, const Tensor *mean,
                   const Tensor *rstd, Tensor **dx, Tensor **dw, Tensor **db, Err *err);

#endif
