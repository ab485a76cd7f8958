/* Normal samples for a whole buffer, the way PyTorch fills contiguous tensors of 16
 * elements or more: uniforms first, then Box-Muller on blocks of 16 (the first
 * eight give radii, the second eight angles). A ragged end redraws the last 16.
 *
 * float32 follows PyTorch's AVX2 path to the bit: Cephes' logf, sinf, cosf with
 * fused multiply-adds. The others use the C library's log, sin and cos.
 */
#ifndef QKV_RNG_NORMAL_H
#define QKV_RNG_NORMAL_H

#include "rng/rng.h"

/* n >= 16; p holds n elements. ERR_INTERRUPT. */
bool normal_fill_f32(Rng *r, float *p, int64_t n, float mean, float std, Err *err);
/* Bit patterns. bfloat16 rounds after every operation, float16 after radius, angle and result. */
void normal_fill_f16(Rng *r, uint16_t *p, int64_t n, float mean, float std);
void normal_fill_bf16(Rng *r, uint16_t *p, int64_t n, float mean, float std);
void normal_fill_f64(Rng *r, double *p, int64_t n, double mean, double std);

#endif
