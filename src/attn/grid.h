/* How the queries of one head are cut into blocks that ride the lanes together.
 *
 * A block's keys must be a plain range for all its queries: with gaps, the queries of one block
 * are those at the same remainder (t0, t0 + step, ...), whose keys are as far apart; with a
 * layout, a block stays within one of its rows.
 *
 *     AttnGrid g = attn_grid(&rule, T, lanes->block);
 *     for (int64_t i = 0; i < g.blocks; i++) {
 *         AttnSpan s = attn_span(&g, i);      queries s.t0 + k * g.step, k < s.rows
 */
#ifndef QKV_ATTN_GRID_H
#define QKV_ATTN_GRID_H

#include "attn/pattern.h"

typedef struct AttnGrid {
    int64_t T, step;
    int64_t rows;            /* in a block, at most */
    int64_t chunk, in_chunk; /* queries that may share blocks, blocks of those */
    int64_t blocks;
} AttnGrid;

typedef struct AttnSpan {
    int64_t t0;
    int rows; /* 0: an empty block, of which there may be some */
} AttnSpan;

AttnGrid attn_grid(const AttnRule *r, int64_t T, int64_t rows);

/* Whether no cut makes the keys of a block one range: then the rule becomes a mask
 * (attn_problem_lower). */
static inline bool attn_grid_wants_mask(const AttnRule *r) {
    return r->sinks || (r->at.layout && r->at.step > 1);
}

/* Blocks of consecutive queries: only then does a map of tiles fit them. */
static inline bool attn_grid_is_plain(const AttnRule *r) {
    return r->at.step <= 1 && !r->at.layout;
}

static inline AttnSpan attn_span(const AttnGrid *g, int64_t block) {
    int64_t group = block / g->in_chunk, at = block % g->in_chunk * g->rows;
    if (g->step > 1) {
        int64_t here = (g->T - group + g->step - 1) / g->step; /* queries of this remainder */
        return (AttnSpan){group + at * g->step, (int)MAX(0, MIN(g->rows, here - at))};
    }
    int64_t t0 = group * g->chunk + at, end = MIN(g->T, (group + 1) * g->chunk);
    return (AttnSpan){t0, (int)MAX(0, MIN(g->rows, end - t0))};
}

#endif
