/* The fast kernels' drivers: a problem cut into blocks, blocks given to the pool.
 * For kernel.c; others go through its table. */
#ifndef QKV_ATTN_TILED_H
#define QKV_ATTN_TILED_H

#include "attn/problem.h"

/* Each fills p's results and tallies. ERR_INTERRUPT. */
bool attn_tiled(AttnProblem *p, Err *err);
bool attn_decode(AttnProblem *p, Err *err);
bool attn_blas(AttnProblem *p, Err *err);
bool attn_narrow(AttnProblem *p, Err *err);

/* Query rows that share a key head and may ride one block together. */
int64_t attn_shared_rows(int64_t T, int64_t H, int64_t G, bool mask_by_head);

#endif
