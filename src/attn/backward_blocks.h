/* The backward pass of fused attention: recomputes the weights from the log-sum-exp,
 * a block of queries at a time, so that memory grows with S and not with T S.
 *
 *     P = exp(scale Q Kᵀ + bias - lse)
 *     dV = Pᵀ dO,   dP = dO Vᵀ,   delta = rowsum(dO * O)
 *     dS = P * (dP - delta)          (the gradient of the bias too)
 *     dQ = scale dS K,   dK = scale dSᵀ Q
 *
 * Dao et al. 2022 (FlashAttention), appendix B.
 *
 * Legend: B batch, H query heads, G key/value heads (query head h reads h / (H / G)), T queries,
 * S keys, D head size of Q and K, Dv of V.
 */
#ifndef QKV_ATTN_BACKWARD_BLOCKS_H
#define QKV_ATTN_BACKWARD_BLOCKS_H

#include "tensor/tensor.h"

/* Borrowed, all float32 or all float64, rank 4. */
typedef struct AttnBlocksBack {
    const Tensor *q;       /* (B, H, T, D) any strides */
    const Tensor *k;       /* (B, G, S, D) any strides, 0 where broadcast */
    const Tensor *v;       /* (B, G, S, Dv) likewise */
    const Tensor *mask;    /* (B, H, T, S) bool or q's dtype, any strides; NULL: none */
    const Tensor *out, *g; /* (B, H, T, Dv) contiguous */
    const Tensor *lse;     /* (B, H, T) contiguous */
    double scale;
    bool causal; /* key s is hidden from query t when s > t */
    /* Results, contiguous. dk and dv start as zeros; dmask (B, H, T, S) zeros, or NULL. */
    Tensor *dq, *dk, *dv, *dmask;
} AttnBlocksBack;

bool attn_backward_blocks(const AttnBlocksBack *a, Err *err);

#endif
