/* The one-dimensional lines of a tensor along a dimension, next to the lines of a
 * fresh contiguous result whose size there is another.
 *
 *     for (Lines l = lines_begin(t, dim, k); l.left > 0; lines_next(&l))
 *         for (int64_t i = 0; i < l.len; i++) ... in[l.in + i * l.in_step]
 *
 * Offsets are in elements from the storage's begin (in) and from the result's (out).
 */
#ifndef QKV_TENSOR_DIM_LINES_H
#define QKV_TENSOR_DIM_LINES_H

#include "tensor/tensor.h"

typedef struct Lines {
    int64_t left;         /* lines not yet visited */
    int64_t len, out_len; /* elements of a line */
    int64_t in, in_step;
    int64_t out, out_step;
    int n; /* outer dimensions */
    int64_t shape[TENSOR_MAX_DIM], in_stride[TENSOR_MAX_DIM], out_stride[TENSOR_MAX_DIM];
    int64_t index[TENSOR_MAX_DIM];
} Lines;

/* A 0-dim tensor has one line of one element. */
Lines lines_begin(const Tensor *t, int dim, int64_t out_len);
void lines_next(Lines *l);
/* The result's shape: t's with dim = size; size < 0 drops the dim. Returns its ndim. */
int lines_shape(const Tensor *t, int dim, int64_t size, int64_t *shape);

#endif
