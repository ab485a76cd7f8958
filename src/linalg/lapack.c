/* LAPACK's functions by name, see lapack.h. Fortran: every argument is an address, and
 * the lengths of characters follow at the end. */
#include "config.h"

#include "linalg/lapack.h"

#include "linalg/blas.h"

/* X(name): found as sNAME_ and dNAME_. */
/* clang-format off */
#define NAMES(X)                                                                                   \
    X(getrf) X(getrs) X(potrf) X(potrs) X(trsm) X(geqrf) X(orgqr) X(gesdd) X(syevd) X(geev)        \
    X(gels) X(gelsy) X(gelsd) X(gelss)
/* clang-format on */

enum {
#define X(name) FN_##name,
    NAMES(X)
#undef X
        FN_COUNT
};

typedef void (*Fn)(void);
static Fn functions[FN_COUNT][2];

static bool load(void) {
    static const char *const names[FN_COUNT] = {
#define X(name) #name,
        NAMES(X)
#undef X
    };
    static bool tried, found;
    if (tried) return found;
    tried = true;
    for (int i = 0; i < FN_COUNT; i++)
        for (int d = 0; d < 2; d++) {
            char symbol[16];
            snprintf(symbol, sizeof symbol, "%c%s_", d ? 'd' : 's', names[i]);
            if (!blas_function(symbol, &functions[i][d])) return false;
        }
    return found = true;
}

bool lapack_ready(const char *who, Err *err) {
    if (blas_load() && load()) return true;
    Str what = STR_INIT;
    blas_describe(&what);
    err_set(err, ERR_RUNTIME, "%s: needs the LAPACK of OpenBLAS, and there is none: %s", who,
            str_cstr(&what));
    str_clear(&what);
    return err_hint(err, "install it (Debian: libopenblas0)");
}

int lapack_size(DType dt, const void *work) {
    double n = dt == DT_F64 ? *(const double *)work : (double)*(const float *)work;
    return MAX(1, (int)(n * (dt == DT_F32 ? 1.0000002 : 1)));
}

/* The function for dt, as the type of its arguments. */
#define CALL(name, dt, params) ((void(*) params)functions[FN_##name][(dt) == DT_F64])

int lapack_getrf(DType dt, int m, int n, void *a, int *piv) {
    int info = 0, lda = MAX(1, m);
    CALL(getrf, dt, (const int *, const int *, void *, const int *, int *, int *))
    (&m, &n, a, &lda, piv, &info);
    return info;
}

int lapack_getrs(DType dt, int n, int k, const void *lu, const int *piv, void *b) {
    int info = 0, ld = MAX(1, n);
    CALL(getrs, dt,
         (const char *, const int *, const int *, const void *, const int *, const int *, void *,
          const int *, int *, size_t))
    ("N", &n, &k, lu, &ld, piv, b, &ld, &info, 1);
    return info;
}

int lapack_potrf(DType dt, bool upper, int n, void *a) {
    int info = 0, lda = MAX(1, n);
    CALL(potrf, dt, (const char *, const int *, void *, const int *, int *, size_t))
    (upper ? "U" : "L", &n, a, &lda, &info, 1);
    return info;
}

int lapack_potrs(DType dt, bool upper, int n, int k, const void *l, void *b) {
    int info = 0, ld = MAX(1, n);
    CALL(potrs, dt,
         (const char *, const int *, const int *, const void *, const int *, void *, const int *,
          int *, size_t))
    (upper ? "U" : "L", &n, &k, l, &ld, b, &ld, &info, 1);
    return info;
}

void lapack_trsm(DType dt, bool left, bool upper, bool unit, int m, int k, const void *a, void *b) {
    int lda = MAX(1, left ? m : k), ldb = MAX(1, m);
    double one64 = 1;
    float one32 = 1;
    CALL(trsm, dt,
         (const char *, const char *, const char *, const char *, const int *, const int *,
          const void *, const void *, const int *, void *, const int *, size_t, size_t, size_t,
          size_t))
    (left ? "L" : "R", upper ? "U" : "L", "N", unit ? "U" : "N", &m, &k,
     dt == DT_F64 ? (void *)&one64 : (void *)&one32, a, &lda, b, &ldb, 1, 1, 1, 1);
}

int lapack_geqrf(DType dt, int m, int n, void *a, void *tau, void *work, int lwork) {
    int info = 0, lda = MAX(1, m);
    CALL(geqrf, dt,
         (const int *, const int *, void *, const int *, void *, void *, const int *, int *))
    (&m, &n, a, &lda, tau, work, &lwork, &info);
    return info;
}

int lapack_orgqr(DType dt, int m, int n, int k, void *a, const void *tau, void *work, int lwork) {
    int info = 0, lda = MAX(1, m);
    CALL(orgqr, dt,
         (const int *, const int *, const int *, void *, const int *, const void *, void *,
          const int *, int *))
    (&m, &n, &k, a, &lda, tau, work, &lwork, &info);
    return info;
}

int lapack_gesdd(DType dt, char job, int m, int n, void *a, void *s, void *u, int ldu, void *vt,
                 int ldvt, void *work, int lwork, int *iwork) {
    int info = 0, lda = MAX(1, m);
    CALL(gesdd, dt,
         (const char *, const int *, const int *, void *, const int *, void *, void *, const int *,
          void *, const int *, void *, const int *, int *, int *, size_t))
    (&job, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info, 1);
    return info;
}

int lapack_syevd(DType dt, bool vectors, bool upper, int n, void *a, void *w, void *work, int lwork,
                 int *iwork, int liwork) {
    int info = 0, lda = MAX(1, n);
    CALL(syevd, dt,
         (const char *, const char *, const int *, void *, const int *, void *, void *, const int *,
          int *, const int *, int *, size_t, size_t))
    (vectors ? "V" : "N", upper ? "U" : "L", &n, a, &lda, w, work, &lwork, iwork, &liwork, &info, 1,
     1);
    return info;
}

int lapack_geev(DType dt, int n, void *a, void *re, void *im, void *vr, void *work, int lwork) {
    int info = 0, lda = MAX(1, n), one = 1;
    CALL(geev, dt,
         (const char *, const char *, const int *, void *, const int *, void *, void *, void *,
          const int *, void *, const int *, void *, const int *, int *, size_t, size_t))
    ("N", vr ? "V" : "N", &n, a, &lda, re, im, NULL, &one, vr, vr ? &lda : &one, work, &lwork,
     &info, 1, 1);
    return info;
}

/* rcond in the element type */
typedef union Real {
    double f64;
    float f32;
} Real;

static int least_rank(DType dt, LeastSquares driver, int m, int n, int k, void *a, void *b, int ldb,
                      Real *rcond, LeastSpace *sp) {
    int info = 0, lda = MAX(1, m);
    if (driver == LS_GELSY)
        CALL(gelsy, dt,
             (const int *, const int *, const int *, void *, const int *, void *, const int *,
              int *, const void *, int *, void *, const int *, int *))
    (&m, &n, &k, a, &lda, b, &ldb, sp->piv, rcond, &sp->rank, sp->work, &sp->lwork, &info);
    else if (driver == LS_GELSD)
        CALL(gelsd, dt,
             (const int *, const int *, const int *, void *, const int *, void *, const int *,
              void *, const void *, int *, void *, const int *, int *,
              int *))(&m, &n, &k, a, &lda, b, &ldb, sp->s, rcond, &sp->rank, sp->work, &sp->lwork,
                      sp->iwork, &info);
    else CALL(gelss, dt,
              (const int *, const int *, const int *, void *, const int *, void *, const int *,
               void *, const void *, int *, void *, const int *, int *))(
        &m, &n, &k, a, &lda, b, &ldb, sp->s, rcond, &sp->rank, sp->work, &sp->lwork, &info);
    return info;
}

int lapack_least(DType dt, LeastSquares driver, int m, int n, int k, void *a, void *b, int ldb,
                 double rcond, LeastSpace *space) {
    int info = 0, lda = MAX(1, m);
    Real limit = {.f64 = rcond};
    if (dt == DT_F32) limit.f32 = (float)rcond;
    if (driver != LS_GELS) return least_rank(dt, driver, m, n, k, a, b, ldb, &limit, space);
    CALL(gels, dt,
         (const char *, const int *, const int *, const int *, void *, const int *, void *,
          const int *, void *, const int *, int *, size_t))
    ("N", &m, &n, &k, a, &lda, b, &ldb, space->work, &space->lwork, &info, 1);
    return info;
}
