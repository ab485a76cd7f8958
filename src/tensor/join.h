/* Copies that rearrange whole blocks: joining, repeating, rolling, triangles, padding.
 * Results are new, contiguous unless said; dims may be negative.
 */
#ifndef QKV_TENSOR_JOIN_H
#define QKV_TENSOR_JOIN_H

#include "tensor/tensor.h"

/* Dtypes promote; 1-dim empty tensors are skipped as PyTorch does. ERR_RUNTIME: "Sizes of tensors
 * must match except in dimension 0. Expected size 3 but got size 4 for tensor number 1 in the
 * list." */
bool tensor_cat(int n, Tensor *const *ts, int64_t dim, Tensor **out, Err *err);
/* "stack expects each tensor to be equal size, but got [2] at entry 0 and [3] at entry 1". */
bool tensor_stack(int n, Tensor *const *ts, int64_t dim, Tensor **out, Err *err);
/* Views into `outs` (n of them): sizes along dim, which must add up to it. */
bool tensor_split_sizes(const Tensor *t, int n, const int64_t *sizes, int64_t dim, Tensor **outs,
                        Err *err);

/* reps has n >= ndim entries; leading ones add dims. */
bool tensor_repeat(const Tensor *t, int n, const int64_t *reps, Tensor **out, Err *err);
/* dim NULL flattens. repeats: int64 (dim's size,) or one element. */
bool tensor_repeat_interleave_each(const Tensor *t, const Tensor *repeats, const int64_t *dim,
                                   Tensor **out, Err *err);
/* dims NULL: rolls the flattened tensor by shifts[0] and restores the shape. */
bool tensor_roll(const Tensor *t, int n, const int64_t *shifts, const int64_t *dims, Tensor **out,
                 Err *err);
bool tensor_flip(const Tensor *t, int n, const int64_t *dims, Tensor **out, Err *err);

/* Over the last two dims; elements outside the triangle are 0. */
bool tensor_tril(const Tensor *t, int64_t diagonal, Tensor **out, Err *err);
bool tensor_triu(const Tensor *t, int64_t diagonal, Tensor **out, Err *err);
/* 1-d -> square matrix with it on the diagonal; 2-d -> its diagonal, copied. */
bool tensor_diag(const Tensor *t, int64_t diagonal, Tensor **out, Err *err);
/* Last dim becomes the diagonal of two new last dims. */
bool tensor_diag_embed(const Tensor *t, int64_t offset, Tensor **out, Err *err);

/* pads: n pairs (before, after), last dim first as F.pad; negatives crop. */
bool tensor_pad(const Tensor *t, int n, const int64_t *pads, double value, Tensor **out, Err *err);

#endif
