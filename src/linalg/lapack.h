/* LAPACK, of the same OpenBLAS that products use (linalg/blas.h): opened at the first
 * factorisation, an error where it is missing.
 *
 * Matrices are column-major, m by n with leading dimension max(1, rows); dt is DT_F32 or DT_F64.
 * Every function returns LAPACK's info. Those with work space ask with lwork -1 first:
 * work[0] then says how much (lapack_size).
 *
 *     if (!lapack_ready("linalg.inv", err)) return false;
 *     int info = lapack_getrf(DT_F64, n, n, a, piv);
 */
#ifndef QKV_LINALG_LAPACK_H
#define QKV_LINALG_LAPACK_H

#include "tensor/tensor.h"

/* ERR_RUNTIME "WHO: needs LAPACK ..." when the library or one of its functions is missing. */
bool lapack_ready(const char *who, Err *err);
/* A work space's size from what a query wrote into work[0]. */
int lapack_size(DType dt, const void *work);

/* PA = LU; piv[min(m, n)] from 1. */
int lapack_getrf(DType dt, int m, int n, void *a, int *piv);
/* B (n, k) = A⁻¹ B from the above. */
int lapack_getrs(DType dt, int n, int k, const void *lu, const int *piv, void *b);
int lapack_potrf(DType dt, bool upper, int n, void *a);
int lapack_potrs(DType dt, bool upper, int n, int k, const void *l, void *b);
/* B (m, k) = op(A)⁻¹ B (left) or B op(A)⁻¹; A triangular. */
void lapack_trsm(DType dt, bool left, bool upper, bool unit, int m, int k, const void *a, void *b);
int lapack_geqrf(DType dt, int m, int n, void *a, void *tau, void *work, int lwork);
int lapack_orgqr(DType dt, int m, int n, int k, void *a, const void *tau, void *work, int lwork);
/* job 'A' all, 'S' min(m, n) columns, 'N' no vectors; iwork[8 min(m, n)]. */
int lapack_gesdd(DType dt, char job, int m, int n, void *a, void *s, void *u, int ldu, void *vt,
                 int ldvt, void *work, int lwork, int *iwork);
int lapack_syevd(DType dt, bool vectors, bool upper, int n, void *a, void *w, void *work, int lwork,
                 int *iwork, int liwork);
/* Right eigenvectors into vr, or none when it is NULL. */
int lapack_geev(DType dt, int n, void *a, void *re, void *im, void *vr, void *work, int lwork);

typedef enum LeastSquares { LS_GELS, LS_GELSY, LS_GELSD, LS_GELSS } LeastSquares;
/* What a driver works with: s[min(m, n)] singular values (gelsd, gelss), piv[n] zeroed (gelsy),
 * iwork (gelsd). rank is written by all but gels. */
typedef struct LeastSpace {
    void *s, *work;
    int lwork, *piv, *iwork, rank;
} LeastSpace;
/* b (max(m, n), k) holds the right sides, then the solutions. */
int lapack_least(DType dt, LeastSquares driver, int m, int n, int k, void *a, void *b, int ldb,
                 double rcond, LeastSpace *space);

#endif
