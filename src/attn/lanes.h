/* The parts of the fast kernels that are compiled once per vector width, and the choice
 * among them at run time.
 *
 * lanes16.c (AVX-512), lanes8.c (AVX2 with FMA) and lanes4.c (SSE2, NEON or plain C,
 * whatever the base target has) each set the width and include the same templates;
 * base/isa.h says which is in use.
 *
 *     const AttnLanes *w = attn_lanes();
 *     w->tiled(&block, scratch);
 */
#ifndef QKV_ATTN_LANES_H
#define QKV_ATTN_LANES_H

#include "attn/problem.h"

enum {
    ATTN_TILE = 64,       /* keys in a tile */
    ATTN_BLOCK_MAX = 64,  /* query lanes in a block, at most */
    ATTN_NARROW_MAX = 32, /* keys and queries of the narrow kernel, at most */
    ATTN_NARROW_D = 128,  /* its head sizes, at most */
    ATTN_DECODE_ROWS = 4  /* query rows per key head of the decode kernel, at most */
};

/* What the mask leaves of a tile. */
typedef enum AttnTileClass { TILE_DEAD, TILE_FULL, TILE_MIXED } AttnTileClass;

/* One query that rides a lane. */
typedef struct AttnRow {
    const float *q;   /* D elements, p->q.stride[3] apart */
    const char *mask; /* S elements or NULL */
    float *out;       /* Dv, contiguous */
    float *lse;       /* or NULL */
    float *part;      /* decode, of some of the keys: gets their maximum (bits) and sum; or NULL */
    /* Of the block's keys, begin .. end - 1 may be seen; in 0..keys. */
    int64_t begin, end;
    int64_t h, t;
    float pos, slope; /* its own place among the block's keys; bits lost per key of distance */
    /* Backward only, where out is dQ (D) and *lse is read: */
    const float *dout; /* Dv, contiguous */
    float delta;       /* dout · out */
} AttnRow;

/* Queries that share their keys. */
typedef struct AttnBlock {
    const AttnProblem *p;
    int64_t batch;
    /* Of this batch and key head. Keys of a pattern with gaps count anew, from the first one and
     * step by step: these are their distances. */
    const float *k, *v;
    int64_t k_ld, v_ld, mask_ld;
    const uint8_t *tiles;  /* AttnTileClass for each ATTN_TILE keys; NULL: all alike */
    bool mixed;            /* without tiles: a mask is to be read everywhere */
    const uint8_t *layout; /* which blocks of keys are seen, or NULL */
    int rows;
    AttnRow row[ATTN_BLOCK_MAX];
    int64_t dead, alive, computed, tiles_run; /* added to */
    int64_t tiles_all;
    /* Backward only, added to: (S, D), (S, Dv) with contiguous columns. */
    float *dk, *dv;
    int64_t dk_ld, dv_ld;
} AttnBlock;

typedef struct AttnLanes {
    const char *name; /* as QKV_SIMD spells it */
    int width;        /* floats in a vector */
    int block;        /* query lanes in a block */
    /* Floats of 64-byte aligned scratch that tiled() wants; zeros at first, then left to it. */
    size_t (*tiled_scratch)(int64_t D, int64_t Dv);
    void (*tiled)(AttnBlock *b, float *scratch);
    /* Writes dQ of the block's rows, adds to its dK and dV; scratch likewise. */
    size_t (*backward_scratch)(int64_t D, int64_t Dv);
    void (*backward)(AttnBlock *b, float *scratch);
    /* b->rows <= ATTN_DECODE_ROWS; scratch: rows * (S + 16) floats. */
    void (*decode)(AttnBlock *b, float *scratch);
    /* All of one batch and head; T, S <= ATTN_NARROW_MAX, D, Dv <= ATTN_NARROW_D. */
    void (*narrow)(AttnProblem *p, int64_t batch, int64_t head);
    /* Of rows of scores along the keys: rows_kernel.h. */
    void (*online_rows)(int rows, int n, float *s, int64_t ld, float *m, float *l, float *o,
                        int64_t Dv);
} AttnLanes;

extern const AttnLanes attn_lanes4, attn_lanes8, attn_lanes16;

/* The widest that isa() allows. */
const AttnLanes *attn_lanes(void);

#endif
