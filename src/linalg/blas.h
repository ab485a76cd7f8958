/* OpenBLAS, opened at the first product that is large enough to want it, so that
 * a start does not pay for mapping it. Missing, nothing is lost but speed.
 *
 * A library older than the processor falls to its SSE3 kernels (a fifth of the
 * speed): before it loads, OPENBLAS_CORETYPE is chosen from CPUID unless the user
 * has set it. One thread, always: qkv's own pool divides the work.
 */
#ifndef QKV_LINALG_BLAS_H
#define QKV_LINALG_BLAS_H

#include "base/str.h"

/* Row-major C (m, n) = alpha * op(A) (m, k) * op(B) (k, n) + beta * C; ldx are the
 * distances between rows as stored. False when there is no library: the caller
 * computes it itself. C must not alias A or B. */
bool blas_sgemm(bool ta, bool tb, int64_t m, int64_t n, int64_t k, float alpha, const float *a,
                int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc);
bool blas_dgemm(bool ta, bool tb, int64_t m, int64_t n, int64_t k, double alpha, const double *a,
                int64_t lda, const double *b, int64_t ldb, double beta, double *c, int64_t ldc);

/* Opens the library now (a benchmark wants this outside its timing). */
bool blas_load(void);
/* Another function of the library (linalg/lapack.h knows their types); false: it has none. */
bool blas_function(const char *name, void (**fn)(void));
/* "OpenBLAS 0.3.21, Cooperlake kernels, 1 thread" or why there is none. Loads it. */
void blas_describe(Str *out);
/* Tests: pretend that the library is missing. */
void blas_disable(bool off);

#endif
