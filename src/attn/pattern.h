/* Which keys a query sees, said by rule instead of by a mask tensor: a window, gaps, lengths,
 * blocks; and a bias that grows with the distance. Kernels read the rule where they work, so
 * that hidden keys cost neither memory nor time.
 *
 *     AttnArgs a = attn_args(q, k, v);
 *     a.causal = true;
 *     a.pattern = (AttnPattern){.windowed = true, .before = 128};
 *
 * Everything that is set must allow a pair, mask and causality besides. Query t stands at key
 * position i = t, or t + S - T with bottom-right alignment; j is a key's position.
 *
 * Legend: B batch, H query heads, T queries, S keys.
 */
#ifndef QKV_ATTN_PATTERN_H
#define QKV_ATTN_PATTERN_H

#include "tensor/tensor.h"

/* Arrays are borrowed; zeros everywhere hide nothing. */
typedef struct AttnPattern {
    bool windowed;
    int64_t before, after; /* windowed: keys seen on each side of i, its own besides; -1: all */
    int64_t step;          /* only keys at a multiple of so many positions from i; 0, 1: every */
    int64_t
        sinks; /* the first so many keys are seen whatever window and step say (Xiao et al. 2024) */
    const int64_t *lengths; /* (B) keys of each sequence, 0..S; the ones behind are padding */
    /* (H) or NULL. -slope[h] * |i - j| is added to the scaled scores (Press et al. 2022). */
    const float *slopes;
    /* (layout_heads, ceil(T / block), ceil(S / block)), 1: queries t of that block of rows see the
     * keys of that block of columns. layout_heads is 1 or H. */
    const uint8_t *layout;
    int64_t layout_heads, block;
} AttnPattern;

/* A pattern in place: what one call's kernels read. */
typedef struct AttnRule {
    AttnPattern at;
    int64_t T, S, shift;       /* shift: key position of query 0 */
    int64_t before, after;     /* in positions; large where open or not windowed; causal counted */
    int64_t sinks;             /* 0 where window and step hide nothing */
    int64_t sinks_after;       /* how far ahead of i a sink may be: large, causal 0 */
    int64_t cols, layout_head; /* of the layout: blocks in a row, bytes in a head (0: shared) */
} AttnRule;

/* ERR_VALUE on a negative step or number of sinks, a length outside 0..S, a block under 1, a head
 * count that is neither 1 nor H. */
bool attn_rule_init(AttnRule *r, const AttnPattern *p, bool causal, int64_t shift, int64_t B,
                    int64_t H, int64_t T, int64_t S, Err *err);

/* Keys first .. end - 1 hold all that query t of batch b may see (gaps, blocks and what lies
 * between the sinks and the window hide more); first <= end. */
static inline int64_t attn_first_key(const AttnRule *r, int64_t t) {
    return r->sinks ? 0 : MIN(r->S, MAX(0, t + r->shift - r->before));
}

static inline int64_t attn_end_key(const AttnRule *r, int64_t b, int64_t t) {
    int64_t most = r->at.lengths ? r->at.lengths[b] : r->S, i = t + r->shift;
    int64_t end = MIN(most, MAX(0, i + r->after + 1));
    if (r->sinks) end = MAX(end, MIN(MIN(most, r->sinks), MAX(0, i + r->sinks_after + 1)));
    return MAX(end, attn_first_key(r, t));
}

/* Whether first .. end is all there is to know. */
static inline bool attn_rule_is_range(const AttnRule *r) {
    return r->at.step <= 1 && !r->at.layout && !r->at.slopes && !r->sinks;
}

static inline bool attn_sees(const AttnRule *r, int64_t b, int64_t h, int64_t t, int64_t j) {
    const AttnPattern *p = &r->at;
    int64_t far = j - t - r->shift;
    if (j < attn_first_key(r, t) || j >= attn_end_key(r, b, t)) return false;
    bool near = -far <= r->before && far <= r->after && (p->step <= 1 || far % p->step == 0);
    if (!near && j >= r->sinks) return false;
    return !p->layout || p->layout[h * r->layout_head + t / p->block * r->cols + j / p->block] != 0;
}

/* Keys that query t of batch b sees; a layout is not asked. O(1). */
int64_t attn_keys_seen(const AttnRule *r, int64_t b, int64_t t);

/* Whether one of `rows` queries from t on may see one of n keys from `first` on. True where gaps or
 * edges between them are too fine to tell. */
bool attn_rule_sees_some(const AttnRule *r, int64_t b, int64_t h, int64_t t, int64_t rows,
                         int64_t first, int64_t n);

/* What is added to the scaled score; 0 without slopes. */
static inline float attn_distance_bias(const AttnRule *r, int64_t h, int64_t t, int64_t j) {
    int64_t far = j - t - r->shift;
    return r->at.slopes ? -r->at.slopes[h] * (float)(far < 0 ? -far : far) : 0;
}

/* Press et al. 2022: slopes of a geometric sequence, 2^(-8 (h + 1) / H) where H is a power of
 * two; else those of the next smaller power, then every other one of the next larger. */
void attn_alibi_slopes(int64_t H, float *slopes);

#endif
