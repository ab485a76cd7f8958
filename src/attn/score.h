/* The ways to score a query against a key, side by side.
 *
 * A kind is a row of score_kinds with its formula, its parameters in closed form and
 * its cost, so that a table of them is a loop.
 *
 * Legend: T queries, S keys, Dq and Dk their sizes, A the hidden size of the additive forms.
 */
#ifndef QKV_ATTN_SCORE_H
#define QKV_ATTN_SCORE_H

#include <stdint.h>

typedef enum ScoreKind {
    SCORE_DOT,
    SCORE_SCALED,
    SCORE_GENERAL,
    SCORE_ADDITIVE,
    SCORE_CONCAT,
    SCORE_COSINE,
    SCORE_KIND_COUNT
} ScoreKind;

typedef struct ScoreSize {
    int64_t T, S, Dq, Dk, A;
} ScoreSize;

typedef struct ScoreKindRow {
    const char *name;
    const char *formula;     /* "vᵀ tanh(W₁q + W₂k)" */
    const char *params_text; /* "A·Dq + A·Dk + A" */
    const char *flops_text;  /* closed form of flops() */
    double (*params)(const ScoreSize *z);
    /* Of one (T, S) matrix; a multiply-add is 2, tanh, sqrt and / are 1. What depends on keys
     * alone (W₂k, norms) is computed once, not per query. */
    double (*flops)(const ScoreSize *z);
    const char *source;
} ScoreKindRow;

extern const ScoreKindRow score_kinds[SCORE_KIND_COUNT];

#endif
