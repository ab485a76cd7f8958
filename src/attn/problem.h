/* One attention call, checked and laid out for the fast kernels: sizes, plain
 * float pointers and strides, no tensors to look into.
 *
 *     AttnProblem p;
 *     if (!attn_problem_init(a, &p, err)) return false;
 *     ... kernels read p.q, p.k, p.v, p.mask and write p.out, p.lse ...
 *     ok = attn_problem_finish(&p, out, err);     also releases p
 *
 * Legend: B batch, H query heads, G key/value heads, T queries, S keys, D head size
 * of Q and K, Dv of V.
 */
#ifndef QKV_ATTN_PROBLEM_H
#define QKV_ATTN_PROBLEM_H

#include "attn/naive.h"

/* Strides are in elements, over (batch, head, row, column); 0 where broadcast. */
typedef struct AttnView {
    const float *at;
    int64_t stride[4];
} AttnView;

typedef struct AttnProblem {
    int64_t B, H, G, T, S, D, Dv;
    float scale; /* never 0 */
    bool causal;
    int64_t shift; /* key position that query 0 stands at; 0 or S - T */
    AttnRule rule; /* causality and the pattern */
    AttnView q;    /* any strides */
    AttnView k, v; /* column stride 1 (copied when it was not), any others */
    /* (B, H, T, S) bytes 0/1 or floats, any strides; NULL: none. */
    const char *mask;
    bool mask_is_bool;
    int64_t mask_stride[4]; /* in elements */
    /* Contiguous (B, H, T, Dv), (B, H, T) or NULL, (B, H, T, S) or NULL. */
    float *out, *lse, *weights;
    /* Tallies of AttnOut; a kernel fills them. */
    int64_t dead, alive, computed, tiles, skipped;

    DType dtype;                                  /* of the caller's operands and results */
    Tensor *held_q, *held_k, *held_v, *held_mask; /* owned: what the pointers point into */
    Tensor *out_t, *lse_t, *weights_t;            /* owned float32 results */
} AttnProblem;

/* Checks shapes and dtypes (float16, bfloat16, float32), converts to float32 where they are
 * not, allocates the results. ERR_RUNTIME as attn_naive words it. */
bool attn_problem_init(const AttnArgs *a, AttnProblem *p, Err *err);
/* The same without results. */
bool attn_problem_place(const AttnArgs *a, AttnProblem *p, Err *err);
/* Puts what the pattern says into the mask, and leaves the rule with causality alone: for kernels
 * and combinations that read a mask only. O(T S) bytes, more where heads or batches differ. */
bool attn_problem_lower(AttnProblem *p, Err *err);
/* Hands the results out in the caller's dtype and releases the rest; on ERR_* all is released. */
bool attn_problem_finish(AttnProblem *p, AttnOut *out, Err *err);
void attn_problem_clear(AttnProblem *p);

/* Adds to the scores of n keys from `first` on what the mask and the rule say of query (b, h, t),
 * times unit (log2 e for scores in bits); -inf where hidden. Returns how many are left. */
int64_t attn_hide(const AttnProblem *p, int64_t b, int64_t h, int64_t t, int64_t first, int64_t n,
                  float unit, float *s);

static inline const float *attn_row(const AttnView *v, int64_t b, int64_t h, int64_t row) {
    return v->at + b * v->stride[0] + h * v->stride[1] + row * v->stride[2];
}

static inline const char *attn_mask_row(const AttnProblem *p, int64_t b, int64_t h, int64_t t) {
    if (!p->mask) return NULL;
    int64_t at = b * p->mask_stride[0] + h * p->mask_stride[1] + t * p->mask_stride[2];
    return p->mask + at * (p->mask_is_bool ? 1 : (int64_t)sizeof(float));
}

#endif
