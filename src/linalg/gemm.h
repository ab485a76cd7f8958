/* C = A B (+ C) on raw memory, for each type that products compute in. The table
 * that matmul.c picks from; gemm_f32 and gemm_f64 are public in matmul.h.
 */
#ifndef QKV_LINALG_GEMM_H
#define QKV_LINALG_GEMM_H

#include "linalg/matmul.h"

/* As gemm_f32, element type erased. */
typedef void (*GemmFn)(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                       const void *b, int64_t brs, int64_t bcs, void *c, int64_t ldc, bool add);

/* DT_F32, DT_F64, DT_I64 or DT_C64; NULL for others. plain: floats without fused multiply-adds and
 * without BLAS, for products of less than some 1000 multiplications. */
GemmFn gemm_for(DType dt, bool plain);

/* The sum of x[i] y[i] in BLAS's order. */
float gemm_dot_f32(int64_t n, const float *x, const float *y);

#endif
