/* Matrix products with torch.matmul's semantics.
 *
 * Operands: same dtype (ERR_RUNTIME "expected ... to have the same dtype" as
 * PyTorch words it), any strides; nothing is copied that BLAS can take transposed.
 * Results are fresh and contiguous. float16/bfloat16 accumulate in float32 and
 * round once; integers wrap. Interruptible: ERR_INTERRUPT within 100 ms.
 *
 *     tensor_matmul(q, kt, &scores, err)      (B, H, T, D) @ (B, H, D, S) -> (B, H, T, S)
 */
#ifndef QKV_LINALG_MATMUL_H
#define QKV_LINALG_MATMUL_H

#include "tensor/tensor.h"

/* 1-D: dot and matrix-vector rules; more than 2-D: leading dimensions broadcast. */
bool tensor_matmul(const Tensor *a, const Tensor *b, Tensor **out, Err *err);
bool tensor_mm(const Tensor *a, const Tensor *b, Tensor **out, Err *err);  /* (m,k) (k,n) */
bool tensor_bmm(const Tensor *a, const Tensor *b, Tensor **out, Err *err); /* (b,m,k) (b,k,n) */
bool tensor_mv(const Tensor *a, const Tensor *x, Tensor **out, Err *err);  /* (m,k) (k,) */
bool tensor_dot(const Tensor *x, const Tensor *y, Tensor **out, Err *err); /* (k,) (k,) -> () */
bool tensor_outer(const Tensor *x, const Tensor *y, Tensor **out, Err *err);
/* beta * c + alpha * (a @ b); c broadcasts to the product's shape. */
bool tensor_addmm(const Tensor *c, const Tensor *a, const Tensor *b, double beta, double alpha,
                  Tensor **out, Err *err);
bool tensor_baddbmm(const Tensor *c, const Tensor *a, const Tensor *b, double beta, double alpha,
                    Tensor **out, Err *err);

/* The shape of a @ b and its cost: 2 * (elements of the result) * k flops.
 * flops may be NULL. Fails as tensor_matmul would on the shapes. */
bool matmul_shape(const Tensor *a, const Tensor *b, int *ndim, int64_t *shape, double *flops,
                  Err *err);

/* One product on raw memory, any strides (in elements; rs between rows, cs between
 * columns), C (m, n) row-major with row distance ldc, C = A B + (add ? C : 0).
 * C must not alias A or B. Not interruptible: keep 2mnk below some 1e9. */
void gemm_f32(int64_t m, int64_t n, int64_t k, const float *a, int64_t ars, int64_t acs,
              const float *b, int64_t brs, int64_t bcs, float *c, int64_t ldc, bool add);
void gemm_f64(int64_t m, int64_t n, int64_t k, const double *a, int64_t ars, int64_t acs,
              const double *b, int64_t brs, int64_t bcs, double *c, int64_t ldc, bool add);

#endif
