/* Corrupting inputs for masked-token training. These are not attention masks: they
 * change tokens, and the loss is taken where they did.
 *
 *     CorruptSpec spec = corrupt_spec(CORRUPT_BERT, 103, 30522);
 *     Corruption c = {0};
 *     if (!corrupt_tokens(&spec, ids, n, rng_default(), &c, err)) ...
 *     c.ids[i], c.fate[i], c.labels[i] (-100: no loss)
 *     corruption_clear(&c);
 */
#ifndef QKV_ATTN_CORRUPT_H
#define QKV_ATTN_CORRUPT_H

#include "rng/rng.h"

typedef enum CorruptKind {
    CORRUPT_BERT,     /* Devlin et al. 2019, 3.1: 15 % of tokens, chosen singly */
    CORRUPT_SPANBERT, /* Joshi et al. 2020, 3.1: spans of whole words until 15 % */
    CORRUPT_KIND_COUNT
} CorruptKind;

typedef struct CorruptSpec {
    CorruptKind kind;
    double rate;             /* share of tokens that are predicted; 0.15 */
    double p_mask, p_random; /* 0.8, 0.1; the rest is kept */
    double geo_p;            /* span length ~ Geometric(p) truncated and renormalised; 0.2 */
    int max_span;            /* 10: mean 3.8 */
    int64_t mask_id;         /* the [MASK] token */
    int64_t vocab;           /* random tokens are drawn from 0..vocab-1 */
    const bool *special;     /* (n) or NULL: never chosen ([CLS], [SEP], padding); borrowed */
    const int64_t *word;     /* (n) or NULL: word number of each token; spans take whole words */
} CorruptSpec;

typedef enum TokenFate { FATE_UNTOUCHED, FATE_MASK, FATE_RANDOM, FATE_KEPT } TokenFate;
extern const char *const token_fate_names[4];

typedef struct Corruption {
    int64_t n;
    int64_t *ids;    /* (n) the corrupted input; owned, like all below */
    int64_t *labels; /* (n) the original where the loss is taken, else -100 */
    uint8_t *fate;   /* (n) TokenFate */
    int32_t *span;   /* (n) number of the span from 0, -1 outside; BERT: each token its own */
    int64_t chosen;  /* how many are predicted: round(rate * eligible), at least 1 if any */
    int64_t spans;
} Corruption;

CorruptSpec corrupt_spec(CorruptKind kind, int64_t mask_id, int64_t vocab);
/* ids (n), borrowed. BERT: fate per token; SpanBERT: fate per span. Whole words can make
 * SpanBERT's count pass the budget by less than the last word; the last span is cut there.
 * ERR_VALUE on bad parameters. */
bool corrupt_tokens(const CorruptSpec *spec, const int64_t *ids, int64_t n, Rng *rng,
                    Corruption *out, Err *err);
void corruption_clear(Corruption *c);

#endif
