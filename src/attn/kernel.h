/* The attention kernels, as a table, and the choice among them.
 *
 *     AttnArgs a = attn_args(q, k, v);
 *     AttnOut o = {0};
 *     if (!attn_run(&a, &o, err)) return false;              by size and pattern
 *     if (!attn_run_kernel(attn_kernel_find("tiled"), &a, &o, err)) ...  by name
 *
 * All compute softmax(Q Kᵀ · scale + bias) V with the conventions of naive.h: a query with every
 * key hidden gives 0 and is counted. Errors are attn_naive's; extra memory besides results is
 * O(1) per thread in T and S for "tiled" (and one byte per 64 keys x block of queries of a mask),
 * O(S) for "decode", O(S D) for "blas". Patterns (pattern.h) cost none, but for a layout with gaps,
 * which becomes a mask. Keys and values whose columns are not adjacent are copied first.
 */
#ifndef QKV_ATTN_KERNEL_H
#define QKV_ATTN_KERNEL_H

#include "attn/naive.h"

typedef struct AttnKernel {
    const char *name;
    const char *help;
    /* False: run would answer ERR_RUNTIME. Shapes that do not fit each other count as supported:
     * run says what is wrong with them. */
    bool (*supports)(const AttnArgs *a);
    bool (*run)(const AttnArgs *a, AttnOut *out, Err *err);
} AttnKernel;

extern const AttnKernel attn_kernels[]; /* the reference first */
extern const int attn_kernel_count;

const AttnKernel *attn_kernel_find(const char *name); /* NULL: unknown */
/* What attn_run would use. */
const AttnKernel *attn_kernel_choose(const AttnArgs *a);
bool attn_run(const AttnArgs *a, AttnOut *out, Err *err);
/* One of the table, with AttnOut.scratch measured. */
bool attn_run_kernel(const AttnKernel *kernel, const AttnArgs *a, AttnOut *out, Err *err);

/* "avx512", "avx2" or "sse2": the vector width in use (QKV_SIMD in the environment forces one). */
const char *attn_simd_name(void);

#endif
