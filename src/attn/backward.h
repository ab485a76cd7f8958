/* Gradients of attention without the score matrix: tiles are computed again from the queries,
 * keys and the log-sum-exp, so that memory grows with T + S, not T * S.
 *
 *     a.want_lse = true;
 *     attn_run(&a, &o, err);
 *     attn_backward(&a, o.out, o.lse, dout, &dq, &dk, &dv, err)
 */
#ifndef QKV_ATTN_BACKWARD_H
#define QKV_ATTN_BACKWARD_H

#include "attn/naive.h"

/* float32 operands, nothing empty, head sizes up to 512. */
bool attn_backward_supports(const AttnArgs *a);

/* out (B, H, T, Dv) and lse (B, H, T) as the forward pass gave them for the same arguments; dout
 * as out, any strides. dq, dk and dv get new tensors of q's, k's and v's shapes; any may be NULL.
 * A query with every key hidden gives zeros. The mask gets no gradient. ERR_RUNTIME on what does
 * not fit, ERR_INTERRUPT. The same bits whatever the number of threads. */
bool attn_backward(const AttnArgs *a, const Tensor *out, const Tensor *lse, const Tensor *dout,
                   Tensor **dq, Tensor **dk, Tensor **dv, Err *err);

#endif
