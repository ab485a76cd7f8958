/* Float sums with PyTorch's bits.
 *
 * `w.sum(-1)` of softmax weights prints as "1." or as "1.0000" depending on the last
 * bit, so the order of additions is part of what a user sees. This is the order of
 * PyTorch's CPU sum on one thread with AVX2: rows of four vectors, partial sums
 * handed up through four levels (a cascade, error about log n), fixed on every
 * machine here because vectors are spelled out as 8 floats or 4 doubles.
 */
#ifndef QKV_TENSOR_FLOAT_SUM_H
#define QKV_TENSOR_FLOAT_SUM_H

#include "tensor/tensor.h"

/* Sums t (float32 or float64) over `reduced` (a bit per dim) into out: contiguous, t's dtype, one
 * element per kept index in row-major order. */
bool cascade_sum(const Tensor *t, unsigned reduced, Tensor *out, Err *err);

/* The other order, of reductions inside PyTorch's softmax: 8 running lanes, then pairs. */
float lanes_sum_f32(int64_t n, const float *x);

#endif
