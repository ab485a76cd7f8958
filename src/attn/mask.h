/* Attention masks: which key each query may look at, by named constructors.
 *
 * A mask is a bool tensor, True = may attend (the polarity of
 * scaled_dot_product_attention; nn.MultiheadAttention's is the opposite). Kinds
 * that depend on lengths are (B, 1, T, S), the others (T, S); both broadcast to
 * scores (B, H, T, S).
 *
 * A kind is one row of mask_kinds: its name, the parameters that it reads, its help, and its rule:
 * a pattern of pattern.h, which the kernels read as well, or where no pattern says it, a predicate
 * on one (query, key) pair. Masks and counts come from that rule; qkv.mask, help, completion,
 * lesson 36 and the tests loop the table.
 *
 *     MaskSpec spec = mask_spec(mask_kind_find("window", NULL), 6, 6);
 *     spec.window = 2;
 *     if (!mask_build(&spec, &mask, err)) return false;
 *
 * Legend: B batch, T queries, S keys, i query position, j key position. When T != S
 * the last query stands at the last key (bottom-right alignment, decoding with a
 * cache) or the first at the first (top-left, what PyTorch's is_causal means).
 */
#ifndef QKV_ATTN_MASK_H
#define QKV_ATTN_MASK_H

#include "attn/pattern.h"

/* Integer parameters: X(enum suffix, field and name, default, least, help). */
#define MASK_INTS(X)                                                                               \
    X(WINDOW, window, 2, 0, "keys on each side of a query that it sees (its own besides)")         \
    X(DILATION, dilation, 2, 1, "distance between the keys of a dilated window")                   \
    X(BLOCK, block, 2, 1, "positions in a block")                                                  \
    X(STRIDE, stride, 4, 1, "positions from one summary to the next")                              \
    X(SUMMARY, summary, 1, 0, "last positions of each stride that all later ones see")             \
    X(PREFIX, prefix, 2, 0, "first keys that every query sees, both ways")                         \
    X(SINKS, sinks, 1, 0, "first keys that every later query goes on seeing")                      \
    X(GLOBALS, globals, 1, 0, "first positions that see all and are seen by all")                  \
    X(RANDOMS, randoms, 1, 0, "random key blocks for each query block")                            \
    X(SEED, seed, 0, INT64_MIN, "of the random blocks")                                            \
    X(ALIGN, bottom_right, 0, 0, "1: the last query stands at the last key; 0: first at first")    \
    X(CAUSAL, causal, 0, 0, "1: keys after the query are hidden as well")

/* All parameters; the last two are arrays. */
#define MASK_PARAMS(X)                                                                             \
    MASK_INTS(X)                                                                                   \
    X(LENGTHS, lengths, 0, 0, "real tokens of each sequence; the keys behind are padding")         \
    X(DOCS, docs, 0, 0, "document number of each position; attention stays within one")

enum {
#define X(id, field, dflt, least, help) MASKP_BIT_##id,
    MASK_PARAMS(X)
#undef X
        MASK_PARAM_COUNT
};
enum {
#define X(id, field, dflt, least, help) MASKP_##id = 1u << MASKP_BIT_##id,
    MASK_PARAMS(X)
#undef X
};

typedef struct MaskSpec {
    int kind;     /* of mask_kinds */
    int64_t T, S; /* queries, keys */
#define X(id, field, dflt, least, help) int64_t field;
    MASK_INTS(X)
#undef X
    int64_t B;              /* sequences; 1 where lengths is NULL */
    const int64_t *lengths; /* (B), 0..S each; borrowed */
    const int64_t *docs;    /* (max(T, S)), indexed by position; borrowed */
} MaskSpec;

typedef struct MaskRun MaskRun; /* a spec at work; mask.c's own */

typedef struct MaskKindRow {
    const char *name;
    unsigned params;    /* MASKP_ bits that it reads */
    const char *rule;   /* when query i sees key j, as a formula */
    const char *help;   /* one line */
    const char *source; /* paper, or "" */
    /* The rule as a pattern (zeros at the start) and causality; NULL: `sees` says it. */
    void (*pattern)(const MaskSpec *spec, AttnPattern *p, bool *causal);
    /* May the query at key position i (after alignment; may be negative) see key j? */
    bool (*sees)(const MaskRun *run, int64_t i, int64_t j);
    /* What `sees` reads besides the spec, drawn or computed once; NULL: nothing. */
    bool (*prepare)(MaskRun *run, Err *err);
} MaskKindRow;

typedef struct MaskParamRow {
    const char *name;
    int64_t dflt, least;
    const char *help;
} MaskParamRow;

extern const MaskKindRow mask_kinds[];
extern const int mask_kind_count;
extern const MaskParamRow mask_params[MASK_PARAM_COUNT]; /* by bit number */

/* -1 when unknown; err (may be NULL) gets ERR_VALUE with the nearest name, or all of them. */
int mask_kind_find(const char *name, Err *err);

/* A spec with every parameter at its default. */
MaskSpec mask_spec(int kind, int64_t T, int64_t S);
/* Sets an integer parameter by name; ERR_VALUE on an unknown one, one that the kind
 * does not read, or a value under the least. */
bool mask_spec_set(MaskSpec *spec, const char *name, int64_t value, Err *err);

/* (T, S) or, with lengths, (B, 1, T, S); bool. ERR_VALUE when a size, parameter or array is missing
 * or out of range. O(B T S). */
bool mask_build(const MaskSpec *spec, Tensor **out, Err *err);

/* Pairs (i, j) that a mask leaves, of one (T, S) matrix or of all B with lengths, without making
 * it: O(B T) where a pattern says the rule, O(B T S) elsewhere. Errors as mask_build. */
bool mask_count(const MaskSpec *spec, int64_t *pairs, Err *err);

/* The rule as kernels read it: AttnArgs.pattern and .causal; false where the kind is a predicate.
 * Borrows the spec's arrays. */
bool mask_pattern(const MaskSpec *spec, AttnPattern *p, bool *causal);

/* 0 where True, -inf where False: what is added to the scores. dt: floating. */
bool mask_to_bias(const Tensor *mask, DType dt, Tensor **out, Err *err);

#endif
