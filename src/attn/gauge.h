/* Measuring what this machine does: the parts that `qkv bench` and bench/ share.
 *
 * Everything is a ratio between things done in turns, so that what else runs on the machine
 * touches both alike; with one thread that thread's processor time counts, with several the clock.
 *
 *     double gemm[7], took[7];
 *     for (int i = 0; i < 7; i++)
 *         gemm[i] = gauge_sgemm(room), gauge_attention(&a, &took[i], &kept, err);
 *     ... gauge_median(took, 7) / gauge_median(gemm, 7) ...
 */
#ifndef QKV_ATTN_GAUGE_H
#define QKV_ATTN_GAUGE_H

#include "attn/kernel.h"

enum { GAUGE_GEMM = 1024 }; /* rows, columns and depth of the SGEMM that all is held against */

#define GAUGE_GEMM_FLOPS (2.0 * GAUGE_GEMM * GAUGE_GEMM * GAUGE_GEMM)

/* Nanoseconds: of this thread's processor time, or with several threads of the clock. */
int64_t gauge_ns(void);
/* (b, h, n, d) float32 in [-1, 1), the same for a seed. ERR_MEMORY. */
bool gauge_operand(uint32_t seed, int64_t b, int64_t h, int64_t n, int64_t d, Tensor **out,
                   Err *err);
/* Seconds of one GAUGE_GEMM product inside room, (6, 1, GAUGE_GEMM, GAUGE_GEMM) of numbers. */
double gauge_sgemm(const Tensor *room);
/* Bytes per second of reading all of t, after it was read once, by all threads. nan: interrupted.
 */
double gauge_reading(const Tensor *t);
/* Seconds of one call, repeated until 2 ms have passed; kernel NULL: the chosen one. */
bool gauge_attention(const AttnArgs *a, const AttnKernel *kernel, double *seconds, int64_t *kept,
                     Err *err);

/* Sort x. The spread is half of what lies between the quartiles, in parts of the median. */
double gauge_median(double *x, int n);
double gauge_spread(double *x, int n);

#endif
