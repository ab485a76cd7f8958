/* Linear algebra over batches of matrices (..., m, n), on LAPACK: what torch.linalg is made of.
 *
 * float32 and float64; leading dims are a batch, which broadcasts where two operands have one.
 * Sizes may be 0. Results are column-major in their last two dims, as PyTorch's are
 * (stride(-2) == 1). `who` begins error texts ("linalg.inv"). An `info` is int32 of the batch's
 * shape: 0, or what LAPACK says failed; the functions themselves do not fail by it, linalg_check
 * does.
 *
 *     tensor_solve(a, b, true, "linalg.solve", &x, &info, err) && linalg_check(...)
 */
#ifndef QKV_LINALG_LINALG_H
#define QKV_LINALG_LINALG_H

#include "linalg/lapack.h"

/* ---- what is accepted ---------------------------------------------------------------- */

/* At least 2 dims and floating; PyTorch's words. name: "A", "input". */
bool linalg_matrices(const Tensor *a, const char *who, const char *name, Err *err);
/* The same, and square. */
bool linalg_square(const Tensor *a, const char *who, const char *name, Err *err);
/* b, a matrix batch, fits AX = B (left) or XA = B. */
bool linalg_fits(const Tensor *a, const Tensor *b, bool left, const char *who, Err *err);

typedef enum LinalgFailure {
    LINALG_SINGULAR_INVERSE,
    LINALG_SINGULAR_SOLVE,
    LINALG_NOT_POSITIVE,
    LINALG_SVD,
    LINALG_EIGH,
    LINALG_EIG,
    LINALG_RANK /* least squares of a matrix without full rank */
} LinalgFailure;
/* ERR_LINALG for the first element of the batch whose info is not 0; batched: it is numbered. */
bool linalg_check(const Tensor *info, LinalgFailure what, const char *who, Err *err);

/* ---- square ---------------------------------------------------------------------------- */

/* PA = LU in one matrix, piv int32 (..., n) from 1. */
bool tensor_lu(const Tensor *a, const char *who, Tensor **lu, Tensor **piv, Tensor **info,
               Err *err);
/* X of AX = B (left) or XA = B; b (..., n, k) or (..., k, n). */
bool tensor_solve(const Tensor *a, const Tensor *b, bool left, const char *who, Tensor **x,
                  Tensor **info, Err *err);
bool tensor_inverse(const Tensor *a, const char *who, Tensor **x, Tensor **info, Err *err);
/* det A = sign exp(logabs): any of the three may be NULL. 0 by 0: 1. */
bool tensor_determinant(const Tensor *a, const char *who, Tensor **det, Tensor **sign,
                        Tensor **logabs, Err *err);
/* A = L Lᵀ, or Uᵀ U when upper; the other triangle is 0. Reads one triangle of a. */
bool tensor_cholesky(const Tensor *a, bool upper, const char *who, Tensor **l, Tensor **info,
                     Err *err);
/* (L Lᵀ) X = B */
bool tensor_cholesky_solve(const Tensor *b, const Tensor *l, bool upper, Tensor **x, Err *err);
bool tensor_solve_triangular(const Tensor *a, const Tensor *b, bool upper, bool left, bool unit,
                             const char *who, Tensor **x, Err *err);

/* ---- any shape ------------------------------------------------------------------------- */

typedef enum QrMode { QR_REDUCED, QR_COMPLETE, QR_R } QrMode;
/* Householder's, with LAPACK's signs; q is empty (0,) for QR_R. */
bool tensor_qr(const Tensor *a, QrMode mode, Tensor **q, Tensor **r, Err *err);
/* A = U diag(s) Vh, s falling. Without vectors u and vh are empty (0,). */
bool tensor_svd(const Tensor *a, bool full, bool vectors, Tensor **u, Tensor **s, Tensor **vh,
                Tensor **info, Err *err);
/* A = V diag(w) Vᵀ, w rising; reads one triangle. Without vectors v is empty (0,). */
bool tensor_eigh(const Tensor *a, bool upper, bool vectors, Tensor **w, Tensor **v, Tensor **info,
                 Err *err);
/* Eigenvalues and right eigenvectors, complex64; float32 only, for there is no complex128. */
bool tensor_eig(const Tensor *a, bool vectors, Tensor **w, Tensor **v, Tensor **info, Err *err);
/* The x of least |Ax - b|: b (..., m, k) of a's batch, x (..., n, k), rank int64 (n for gels).
 * rcond: what singular values count as 0, relative to the largest. */
bool tensor_lstsq(const Tensor *a, const Tensor *b, double rcond, LeastSquares driver, Tensor **x,
                  Tensor **rank, Tensor **info, Err *err);

/* ---- for these files ------------------------------------------------------------------- */

int64_t linalg_batch(const Tensor *a); /* matrices in a */
/* A column-major copy of a's matrices, contiguous otherwise; the shape stays. */
bool linalg_columns(const Tensor *a, Tensor **out, Err *err);
/* Uninitialised, column-major, with a's leading dims. */
bool linalg_empty_columns(const Tensor *a, int64_t m, int64_t n, Tensor **out, Err *err);
/* Uninitialised (..., n) of a's leading dims; n < 0: (...). */
bool linalg_empty_rows(const Tensor *a, DType dt, int64_t n, Tensor **out, Err *err);
/* Work space of `count` elements; counted against the memory limit. */
bool linalg_space(DType dt, int64_t count, Tensor **out, Err *err);
/* Where matrix number i of `size` elements begins. */
void *linalg_at(const Tensor *t, int64_t i, int64_t size);

#endif
