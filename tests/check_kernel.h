/* Random attention calls and a double-precision answer to hold kernels against. */
#ifndef QKV_TESTS_CHECK_KERNEL_H
#define QKV_TESTS_CHECK_KERNEL_H

#include "attn/kernel.h"

/* What a call must give, in double. */
typedef struct Answer {
    double *weights; /* (B, H, T, S), 0 where a key is hidden */
    double *lse;     /* (B, H, T), -inf where all are */
    double *out;     /* (B, H, T, Dv) */
    double most;     /* the largest score that is not hidden */
    int64_t dead, alive;
} Answer;

/* One call with everything it borrows; problem_clear releases. */
typedef struct Problem {
    AttnArgs a;
    Tensor *q, *k, *v, *mask;
    int64_t lengths[8];
    float slopes[32];
    uint8_t layout[1 << 16];
    char text[200]; /* shapes and pattern, for failure messages */
    Answer answer;  /* worked out by the first verdict; the call must not change behind it */
} Problem;

typedef enum Pattern {
    DENSE,
    CAUSAL,
    CAUSAL_RIGHT,
    KEY_PADDING,  /* (B, 1, 1, S) bool */
    WINDOW,       /* (T, S) bool */
    RANDOM_BOOL,  /* (B, H, T, S) bool, some rows dead */
    BIAS,         /* (H, T, S) float */
    BIAS_HIDDEN,  /* (T, S) float with -inf, under causality */
    BLOCKS,       /* (T, S) bool, 16 x 16 blocks */
    STRIDED_MASK, /* (T, S) bool, transposed in memory */
    /* By rule, without a mask tensor unless it says so: */
    RULE_WINDOW,  /* 9 before, 3 behind */
    RULE_BAND,    /* causal, from the right, 20 before */
    RULE_DILATED, /* 5 on each side, 3 apart */
    RULE_LENGTHS, /* one length a batch, some 0 */
    RULE_ALIBI,   /* slopes, causal */
    RULE_LAYOUT,  /* blocks of 16, one layout for all heads */
    RULE_LAYOUTS, /* blocks of 70, one a head, causal */
    RULE_ALL,     /* window, slopes, lengths, layout in blocks of 8, a float mask, causal */
    RULE_SINKS,   /* 3 sinks and 12 before, causal */
    RULE_PREFIX,  /* 7 sinks and all before, 5 apart, lengths, slopes */
    RULE_MASKED,  /* dilated, with a bool mask for each head */
    PATTERN_COUNT
} Pattern;

typedef struct Sizes {
    int64_t B, H, G, T, S, D, Dv;
} Sizes;

void problem_make(const Sizes *z, Pattern pattern, bool odd_strides, uint64_t seed, Problem *p);
void problem_clear(Problem *p);

/* Largest differences from the answer in double; the tallies are compared exactly. */
typedef struct Verdict {
    double most; /* the answer's */
    double out, lse, weights;
    bool tallies;
} Verdict;
/* The largest difference of got's float elements from want, nan if there is one in got alone. */
double furthest(const Tensor *got, const double *want);
Verdict verdict(Problem *p, const AttnOut *o);

/* One query's probabilities p (S), in double; all 0 where every key is hidden. */
void reference_weights(const Problem *p, int64_t b, int64_t h, int64_t t, double *w);

#endif
