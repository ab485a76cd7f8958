/* The reference attention kernel: softmax(Q Kᵀ · scale + bias) V, row by row, as
 * the formula stands (Vaswani et al. 2017, eq. 1). Every other kernel is tested
 * against it; nothing here is clever.
 *
 *     AttnArgs a = attn_args(q, k, v);
 *     a.causal = true;
 *     AttnOut o = {0};
 *     if (!attn_naive(&a, &o, err)) return false;
 *     ... o.out (B, H, T, Dv) ...
 *     attn_out_clear(&o);
 *
 * Legend: B batch, H query heads, G key/value heads (H % G == 0; query head h reads
 * head h / (H / G)), T queries, S keys, D head size of Q and K, Dv of V.
 */
#ifndef QKV_ATTN_NAIVE_H
#define QKV_ATTN_NAIVE_H

#include "attn/pattern.h"

typedef struct AttnArgs {
    /* Borrowed. Floating, all of one dtype; any strides, copied only to change type. Ranks 2
     * to 4: (T, D) and (H, T, D) are read with the leading sizes 1. */
    const Tensor *q; /* (B, H, T, D) */
    const Tensor *k; /* (B, G, S, D)  B may be 1: broadcast */
    const Tensor *v; /* (B, G, S, Dv) */
    /* Borrowed or NULL; broadcasts to (B, H, T, S). bool: True = may attend. Floating:
     * added to the scaled scores (-inf hides). */
    const Tensor *mask;
    double scale;        /* 0: 1/sqrt(D) */
    bool causal;         /* on top of mask */
    bool bottom_right;   /* causal when T != S: last query at last key; else first at first */
    AttnPattern pattern; /* on top of both */
    bool f64;            /* accumulate in double */
    bool want_weights, want_lse;
} AttnArgs;

/* Owned; attn_out_clear releases. */
typedef struct AttnOut {
    Tensor *out;     /* rank of q; (B, H, T, Dv), q's dtype */
    Tensor *weights; /* (B, H, T, S), q's dtype; NULL unless wanted */
    Tensor *lse; /* (B, H, T) log of the sum of exp of the scores, in nats; -inf for a dead row */
    /* Rows with every key hidden: output and weights 0 there (the SDPA convention; the plain
     * formula gives nan). A caller warns when this is not 0. */
    int64_t dead_rows;
    int64_t scores_kept;     /* pairs that nothing hid */
    int64_t scores_computed; /* pairs that a product was formed for */
    int64_t tiles, skipped;  /* of the grid (blocks of queries x tiles of keys); 0: no tiles */
    int64_t scratch; /* bytes beyond operands and results at the worst moment; by attn_run */
} AttnOut;

AttnArgs attn_args(const Tensor *q, const Tensor *k, const Tensor *v);
/* ERR_RUNTIME on shapes or dtypes that do not fit (names both), ERR_INTERRUPT. O(B H T S (D+Dv))
 * time, O(S) memory besides the outputs. */
bool attn_naive(const AttnArgs *a, AttnOut *out, Err *err);
void attn_out_clear(AttnOut *out);

#endif
