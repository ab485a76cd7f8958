/* The ways to score a query against a key, side by side.
 *
 * A kind is a row of score_kinds with its formula, its parameters in closed form and
 * its cost, so that a table of them is a loop.
 *
 *     ScoreParams p = {0};
 *     if (!score_init(SCORE_ADDITIVE, 8, 8, 16, rng_default(), &p, err)) ...
 *     if (!score_matrix(SCORE_ADDITIVE, q, k, &p, &scores, err)) ...    (.., T, S)
 *     score_params_clear(&p);
 *
 * Legend: T queries, S keys, Dq and Dk their sizes, A the hidden size of the additive forms.
 */
#ifndef QKV_SCORE_H
#define QKV_SCORE_H

#include "rng/rng.h"
#include "tensor/tensor.h"

/* X(enum suffix, name) */
#define SCORE_KINDS(X)                                                                             \
    X(DOT, "dot")                                                                                  \
    X(SCALED, "scaled")                                                                            \
    X(GENERAL, "general")                                                                          \
    X(ADDITIVE, "additive")                                                                        \
    X(CONCAT, "concat")                                                                            \
    X(COSINE, "cosine")

typedef enum ScoreKind {
#define X(id, name) SCORE_##id,
    SCORE_KINDS(X)
#undef X
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

int score_kind_find(const char *name, Err *err); /* -1: unknown, as mask_kind_find */

/* Owned; unused ones NULL. Torch's Linear layout: (out, in). */
typedef struct ScoreParams {
    Tensor *w1; /* general (Dq, Dk); additive (A, Dq); concat (A, Dq + Dk) */
    Tensor *w2; /* additive (A, Dk) */
    Tensor *v;  /* additive, concat (A,) */
} ScoreParams;

/* Uniform in ±1/sqrt(fan in), drawn from rng in the order w1, w2, v. */
bool score_init(ScoreKind kind, int64_t Dq, int64_t Dk, int64_t A, Rng *rng, ScoreParams *p,
                Err *err);
void score_params_clear(ScoreParams *p);

/* q (T, Dq), k (S, Dk), float32 or float64, any strides -> out (T, S) of their dtype; sums in
 * double. ERR_RUNTIME when sizes do not fit: dot, scaled and cosine want Dq == Dk. */
bool score_matrix(ScoreKind kind, const Tensor *q, const Tensor *k, const ScoreParams *p,
                  Tensor **out, Err *err);

#endif
