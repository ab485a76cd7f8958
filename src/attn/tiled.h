/* The fast kernels' drivers: a problem cut into blocks, blocks given to the pool.
 * For kernel.c; others go through its table. */
#ifndef QKV_ATTN_TILED_H
#define QKV_ATTN_TILED_H

#include "attn/lanes.h"

/* Each fills p's results and tallies. ERR_INTERRUPT. */
bool attn_tiled(AttnProblem *p, Err *err);
bool attn_decode(AttnProblem *p, Err *err);
bool attn_blas(AttnProblem *p, Err *err);
bool attn_narrow(AttnProblem *p, Err *err);

/* The block's queries' places among every step-th key, once rows' q, mask, h and t are set, and k,
 * v and their distances as for step 1. */
void attn_place_keys(AttnBlock *b, int64_t step);

/* Query rows that share a key head and may ride one block together. */
int64_t attn_shared_rows(int64_t T, int64_t H, int64_t G, bool mask_by_head);

#endif
