/* What the rows_*.c files share: short names for a call's parts. For src/grad only. */
#ifndef QKV_GRAD_ROWS_H
#define QKV_GRAD_ROWS_H

#include "grad/op.h"
#include "grad/vjp.h"

#define IN(i) (op_inputs(c)[i])
#define FORWARD(name) static bool forward_##name(const OpCall *c, Tensor **out, Err *err)
#define INPLACE(name) static bool inplace_##name(const OpCall *c, Err *err)
#define VJP(name) static void vjp_##name(Vjp *v)

/* Samples (OpDef) of rows that take: one tensor of any numbers, of positive ones, of those between
 * 0 and 1; two that broadcast; a tensor and dims with keepdim, one at most or several; and one dim.
 */
#define SAMPLES_ANY "2,3; ~3,2; s; 0,3; ^2,3"
#define SAMPLES_POSITIVE "+2,3; +s; 0,3"
#define SAMPLES_UNIT "u2,3; us"
#define SAMPLES_PAIR "2,3 2,3; 2,3 3; 2,1 1,3; s 2,3; ~3,2 c2; c2,3 2,3; 0,3 3"
#define SAMPLES_POSITIVE_PAIR "+2,3 +2,3; +2,1 +3; +s +2; c+2 +2"
#define SAMPLES_REDUCE "!2,3; !2,3,2 | i1; !2,3 | i0 f1; !2,3 | i-1; !s"
#define SAMPLES_REDUCE_MANY SAMPLES_REDUCE "; !2,3,2 | i0,2; !2,3,2 | i0,-1 f1"
#define SAMPLES_ALONG "!2,3 | i0; !2,3,2 | i1; !3 | i-1; !s | i0"

/* A loss' last int. */
static inline LossReduction reduction_of(const OpCall *c) {
    return (LossReduction)c->ints[c->nint - 1];
}
/* dims of a reduction: n == 0 in the call means all, NULL for the tensor functions. */
static inline const int64_t *call_dims(const OpCall *c) {
    return c->nint ? c->ints : NULL;
}

#endif
