/* What every attention kernel asks of its operands: one dtype, fitting shapes.
 *
 *     AttnShape z;
 *     if (!attn_shape(a, &z, err)) return false;
 */
#ifndef QKV_ATTN_SHAPE_H
#define QKV_ATTN_SHAPE_H

#include "attn/naive.h"

/* B batch, H query heads, G key/value heads (H % G == 0), T queries, S keys, D head size of Q and
 * K, Dv of V. */
typedef struct AttnShape {
    int64_t B, H, G, T, S, D, Dv;
} AttnShape;

/* ERR_RUNTIME naming the shapes or dtypes that do not fit. The mask is not looked at. */
bool attn_shape(const AttnArgs *a, AttnShape *z, Err *err);

/* Sizes and strides of t with leading ones up to rank 4; stride 0 where the size is 1. */
void attn_spread(const Tensor *t, int64_t *size, int64_t *stride);

/* A mask, bool or floating, broadcast to shape (B, H, T, S): bool, or of dtype compute. Owned.
 * ERR_RUNTIME for other types and sizes. */
bool attn_mask_spread(const Tensor *mask, DType compute, const int64_t shape[4], Tensor **out,
                      Err *err);

#endif
