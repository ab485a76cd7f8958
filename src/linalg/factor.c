/* Batches of factorisations: QR, singular values, eigenvalues, least squares. See
 * linalg.h. Each asks LAPACK once how much work space a matrix takes and reuses it. */
#include "config.h"

#include "linalg/linalg.h"

#include "tensor/copy.h"
#include "tensor/interrupt.h"
#include "tensor/view.h"

/* What a factorisation makes and works with: released together, results handed out by take. */
enum { POOL_MAX = 8 };
typedef struct Pool {
    Tensor *t[POOL_MAX];
    int n;
} Pool;

static Tensor **slot(Pool *p) {
    return &p->t[p->n++];
}
static Tensor *take(Pool *p, int i) {
    Tensor *t = p->t[i];
    p->t[i] = NULL;
    return t;
}
static bool finish(Pool *p, bool ok) {
    for (int i = 0; i < p->n; i++) tensor_release(p->t[i]);
    return ok;
}

/* About the nanoseconds of one m by n factorisation. */
static int64_t units(int64_t m, int64_t n) {
    double ns = (double)m * (double)n * (double)MIN(m, n) + 500;
    return ns > 1e15 ? (int64_t)1e15 : (int64_t)ns;
}

static bool nothing(DType dt, Tensor **out, Err *err) { /* (0,): what was not asked for */
    return tensor_empty(dt, 1, (int64_t[]){0}, out, err);
}

/* A column-major copy whose matrices have `n` columns, of which a's are the first. */
static bool wider_columns(const Tensor *a, int64_t n, Tensor **out, Err *err) {
    int64_t m = a->shape[a->ndim - 2], has = MIN(n, a->shape[a->ndim - 1]);
    Tensor *from = NULL, *to = NULL, *wide = NULL;
    bool ok = linalg_empty_columns(a, m, n, &wide, err) &&
              tensor_narrow(a, -1, 0, has, &from, err) &&
              tensor_narrow(wide, -1, 0, has, &to, err) && tensor_copy_(to, from, err);
    tensor_release(from);
    tensor_release(to);
    if (ok)
        *out = wide;
    else
        tensor_release(wide);
    return ok;
}

/* ---- QR ---------------------------------------------------------------------------------- */

/* The upper triangle of f's first `rows` rows, as R. */
static bool copy_r(const Tensor *f, int64_t rows, Tensor **r, Err *err) {
    Tensor *top = NULL, *out = NULL;
    bool ok = tensor_narrow(f, -2, 0, rows, &top, err) && linalg_columns(top, &out, err);
    tensor_release(top);
    if (!ok) return false;
    int64_t n = f->shape[f->ndim - 1];
    size_t size = dtype_size((DType)f->dtype);
    for (int64_t i = 0, batch = linalg_batch(f); i < batch; i++)
        for (int64_t j = 0; j + 1 < rows && j < n; j++)
            memset((char *)linalg_at(out, i, rows * n) + (size_t)(j * rows + j + 1) * size, 0,
                   (size_t)(rows - j - 1) * size);
    *r = out;
    return true;
}

/* f: reflectors of a; q: the same in `cols` columns, turned into Q. */
static bool make_q(const Tensor *f, const Tensor *tau, int64_t cols, Tensor **q, Err *err) {
    Pool p = {0};
    DType dt = (DType)f->dtype;
    int64_t m = f->shape[f->ndim - 2], k = MIN(m, f->shape[f->ndim - 1]), work = 0;
    Tensor **out = slot(&p), **space = slot(&p);
    double size[2] = {0};
    if (!wider_columns(f, cols, out, err)) return finish(&p, false);
    if (!m || !cols) {
        *q = take(&p, 0);
        return finish(&p, true);
    }
    lapack_orgqr(dt, (int)m, (int)cols, (int)k, tensor_data(*out), tensor_data(tau), size, -1);
    int lwork = lapack_size(dt, size);
    bool ok = linalg_space(dt, lwork, space, err);
    for (int64_t i = 0, batch = linalg_batch(f); ok && i < batch; i++) {
        lapack_orgqr(dt, (int)m, (int)cols, (int)k, linalg_at(*out, i, m * cols),
                     linalg_at(tau, i, k), tensor_data(*space), lwork);
        ok = tensor_poll(&work, units(m, cols), err);
    }
    if (ok) *q = take(&p, 0);
    return finish(&p, ok);
}

bool tensor_qr(const Tensor *a, QrMode mode, Tensor **q, Tensor **r, Err *err) {
    Pool p = {0};
    Tensor **f = slot(&p), **tau = slot(&p), **space = slot(&p), **rr = slot(&p), **qq = slot(&p);
    if (!linalg_matrices(a, "linalg.qr", "A", err) || !lapack_ready("linalg.qr", err)) return false;
    DType dt = (DType)a->dtype;
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1], k = MIN(m, n), work = 0;
    double size[2] = {0};
    if (k) lapack_geqrf(dt, (int)m, (int)n, NULL, NULL, size, -1);
    int lwork = lapack_size(dt, size);
    bool ok = linalg_columns(a, f, err) && linalg_empty_rows(a, dt, k, tau, err) &&
              linalg_space(dt, lwork, space, err);
    for (int64_t i = 0, batch = linalg_batch(a); ok && k && i < batch; i++) {
        lapack_geqrf(dt, (int)m, (int)n, linalg_at(*f, i, m * n), linalg_at(*tau, i, k),
                     tensor_data(*space), lwork);
        ok = tensor_poll(&work, units(m, n), err);
    }
    ok = ok && copy_r(*f, mode == QR_COMPLETE ? m : k, rr, err) &&
         (mode == QR_R ? nothing(dt, qq, err)
                       : make_q(*f, *tau, mode == QR_COMPLETE ? m : k, qq, err));
    if (ok) *r = take(&p, 3), *q = take(&p, 4);
    return finish(&p, ok);
}

/* ---- singular values ------------------------------------------------------------------------ */

/* U is the identity where there are no singular values to turn it. */
static void identity(Tensor *t) {
    int64_t n = t->shape[t->ndim - 1];
    memset(tensor_data(t), 0, (size_t)tensor_numel(t) * dtype_size((DType)t->dtype));
    for (int64_t i = 0, batch = linalg_batch(t); i < batch; i++)
        for (int64_t j = 0; j < n; j++) {
            void *at =
                (char *)linalg_at(t, i, n * n) + (size_t)(j * n + j) * dtype_size((DType)t->dtype);
            if (t->dtype == DT_F64)
                *(double *)at = 1;
            else
                *(float *)at = 1;
        }
}

typedef struct SvdPlan {
    DType dt;
    char job;
    int64_t m, n, k, ucols, vrows;
} SvdPlan;

static bool svd_run(const SvdPlan *s, Tensor *f, Tensor *u, Tensor *sv, Tensor *vh, Tensor *info,
                    Err *err) {
    Pool p = {0};
    Tensor **space = slot(&p), **iwork = slot(&p);
    double size[2] = {0};
    int m = (int)s->m, n = (int)s->n, ldu = s->job == 'N' ? 1 : m, ldv = (int)s->vrows;
    int64_t work = 0;
    if (s->job == 'N') ldv = 1;
    lapack_gesdd(s->dt, s->job, m, n, NULL, NULL, NULL, ldu, NULL, ldv, size, -1, NULL);
    int lwork = lapack_size(s->dt, size);
    bool ok = linalg_space(s->dt, lwork, space, err) && linalg_space(DT_I32, 8 * s->k, iwork, err);
    for (int64_t i = 0, batch = linalg_batch(f); ok && i < batch; i++) {
        void *ui = s->job == 'N' ? NULL : linalg_at(u, i, s->m * s->ucols);
        void *vi = s->job == 'N' ? NULL : linalg_at(vh, i, s->vrows * s->n);
        *(int *)linalg_at(info, i, 1) =
            lapack_gesdd(s->dt, s->job, m, n, linalg_at(f, i, s->m * s->n), linalg_at(sv, i, s->k),
                         ui, ldu, vi, ldv, tensor_data(*space), lwork, tensor_data(*iwork));
        ok = tensor_poll(&work, 8 * units(s->m, s->n), err);
    }
    return finish(&p, ok);
}

bool tensor_svd(const Tensor *a, bool full, bool vectors, Tensor **u, Tensor **s, Tensor **vh,
                Tensor **info, Err *err) {
    Pool p = {0};
    Tensor **uu = slot(&p), **ss = slot(&p), **vv = slot(&p), **state = slot(&p), **f = slot(&p);
    if (!linalg_matrices(a, "linalg.svd", "A", err) || !lapack_ready("linalg.svd", err))
        return false;
    SvdPlan plan = {.dt = (DType)a->dtype,
                    .job = !vectors ? 'N'
                           : full   ? 'A'
                                    : 'S',
                    .m = a->shape[a->ndim - 2],
                    .n = a->shape[a->ndim - 1]};
    plan.k = MIN(plan.m, plan.n);
    plan.ucols = full ? plan.m : plan.k;
    plan.vrows = full ? plan.n : plan.k;
    bool ok = linalg_columns(a, f, err) && linalg_empty_rows(a, plan.dt, plan.k, ss, err) &&
              linalg_empty_rows(a, DT_I32, -1, state, err);
    ok = ok && (vectors ? linalg_empty_columns(a, plan.m, plan.ucols, uu, err) &&
                              linalg_empty_columns(a, plan.vrows, plan.n, vv, err)
                        : nothing(plan.dt, uu, err) && nothing(plan.dt, vv, err));
    if (ok && plan.k) {
        ok = svd_run(&plan, *f, *uu, *ss, *vv, *state, err);
    } else if (ok) {
        memset(tensor_data(*state), 0, (size_t)tensor_numel(*state) * sizeof(int));
        if (vectors && full) identity(*uu), identity(*vv);
    }
    if (ok) *u = take(&p, 0), *s = take(&p, 1), *vh = take(&p, 2), *info = take(&p, 3);
    return finish(&p, ok);
}

/* ---- eigenvalues ---------------------------------------------------------------------------- */

static bool eigh_run(bool upper, bool vectors, Tensor *f, Tensor *w, Tensor *info, Err *err) {
    Pool p = {0};
    Tensor **space = slot(&p), **iwork = slot(&p);
    DType dt = (DType)f->dtype;
    int64_t n = f->shape[f->ndim - 1], work = 0;
    double size[2] = {0};
    int isize = 1;
    lapack_syevd(dt, vectors, upper, (int)n, NULL, NULL, size, -1, &isize, -1);
    int lwork = lapack_size(dt, size);
    bool ok = linalg_space(dt, lwork, space, err) && linalg_space(DT_I32, isize, iwork, err);
    for (int64_t i = 0, batch = linalg_batch(f); ok && i < batch; i++) {
        *(int *)linalg_at(info, i, 1) =
            lapack_syevd(dt, vectors, upper, (int)n, linalg_at(f, i, n * n), linalg_at(w, i, n),
                         tensor_data(*space), lwork, tensor_data(*iwork), isize);
        ok = tensor_poll(&work, 4 * units(n, n), err);
    }
    return finish(&p, ok);
}

bool tensor_eigh(const Tensor *a, bool upper, bool vectors, Tensor **w, Tensor **v, Tensor **info,
                 Err *err) {
    Pool p = {0};
    Tensor **f = slot(&p), **ww = slot(&p), **state = slot(&p), **none = slot(&p);
    if (!linalg_square(a, "linalg.eigh", "A", err) || !lapack_ready("linalg.eigh", err))
        return false;
    int64_t n = a->shape[a->ndim - 1];
    bool ok = linalg_columns(a, f, err) && linalg_empty_rows(a, (DType)a->dtype, n, ww, err) &&
              linalg_empty_rows(a, DT_I32, -1, state, err) &&
              (vectors || nothing((DType)a->dtype, none, err));
    if (ok && n)
        ok = eigh_run(upper, vectors, *f, *ww, *state, err);
    else if (ok)
        memset(tensor_data(*state), 0, (size_t)tensor_numel(*state) * sizeof(int));
    if (ok) *w = take(&p, 1), *v = take(&p, vectors ? 0 : 3), *info = take(&p, 2);
    return finish(&p, ok);
}

/* Eigenvectors of a conjugate pair stand as real and imaginary part in two columns. */
static void complex_columns(int64_t n, const float *im, const float *packed, float *out) {
    for (int64_t j = 0; j < n; j++) {
        bool pair = im[j] != 0 && j + 1 < n;
        for (int64_t i = 0; i < n; i++) {
            float re = packed[j * n + i], part = pair ? packed[(j + 1) * n + i] : 0;
            float *at = out + 2 * (j * n + i);
            at[0] = re;
            at[1] = part;
            if (pair) at[2 * n] = re, at[2 * n + 1] = -part;
        }
        j += pair;
    }
}

static bool eig_run(Tensor *f, Tensor *w, Tensor *v, Tensor *info, Err *err) {
    Pool p = {0};
    Tensor **space = slot(&p), **parts = slot(&p), **vr = slot(&p);
    int64_t n = f->shape[f->ndim - 1], work = 0;
    float size[2] = {0};
    lapack_geev(DT_F32, (int)n, NULL, NULL, NULL, v ? (void *)size : NULL, size, -1);
    int lwork = lapack_size(DT_F32, size);
    bool ok = linalg_space(DT_F32, lwork, space, err) && linalg_space(DT_F32, 2 * n, parts, err) &&
              linalg_space(DT_F32, v ? n * n : 1, vr, err);
    for (int64_t i = 0, batch = linalg_batch(f); ok && i < batch; i++) {
        float *re = tensor_data(*parts), *im = re + n, *to = linalg_at(w, i, n);
        *(int *)linalg_at(info, i, 1) =
            lapack_geev(DT_F32, (int)n, linalg_at(f, i, n * n), re, im, v ? tensor_data(*vr) : NULL,
                        tensor_data(*space), lwork);
        for (int64_t j = 0; j < n; j++) to[2 * j] = re[j], to[2 * j + 1] = im[j];
        if (v) complex_columns(n, im, tensor_data(*vr), linalg_at(v, i, n * n));
        ok = tensor_poll(&work, 20 * units(n, n), err);
    }
    return finish(&p, ok);
}

/* Complex and column-major, with a's shape. */
static bool complex_matrices(const Tensor *a, Tensor **out, Err *err) {
    Tensor *rows = NULL;
    bool ok = tensor_empty(DT_C64, a->ndim, a->shape, &rows, err) &&
              tensor_transpose(rows, -2, -1, out, err);
    tensor_release(rows);
    return ok;
}

bool tensor_eig(const Tensor *a, bool vectors, Tensor **w, Tensor **v, Tensor **info, Err *err) {
    Pool p = {0};
    Tensor **f = slot(&p), **ww = slot(&p), **vv = slot(&p), **state = slot(&p);
    if (!linalg_square(a, "linalg.eig", "A", err) || !lapack_ready("linalg.eig", err)) return false;
    if (a->dtype != DT_F32) {
        err_set(err, ERR_NOTIMPL, "linalg.eig of %s: its result would be complex128",
                dtype_name((DType)a->dtype));
        return err_hint(err, "use .float(), or linalg.eigh for symmetric matrices");
    }
    int64_t n = a->shape[a->ndim - 1];
    bool ok = linalg_columns(a, f, err) && linalg_empty_rows(a, DT_C64, n, ww, err) &&
              linalg_empty_rows(a, DT_I32, -1, state, err) &&
              (vectors ? complex_matrices(a, vv, err) : nothing(DT_C64, vv, err));
    if (ok && n)
        ok = eig_run(*f, *ww, vectors ? *vv : NULL, *state, err);
    else if (ok)
        memset(tensor_data(*state), 0, (size_t)tensor_numel(*state) * sizeof(int));
    if (ok) *w = take(&p, 1), *v = take(&p, 2), *info = take(&p, 3);
    return finish(&p, ok);
}

/* ---- least squares -------------------------------------------------------------------------- */

/* The right sides in matrices of max(m, n) rows, where the solutions will stand. */
static bool tall_sides(const Tensor *b, int64_t rows, Tensor **out, Err *err) {
    Tensor *tall = NULL, *top = NULL;
    int64_t m = b->shape[b->ndim - 2];
    bool ok = linalg_empty_columns(b, rows, b->shape[b->ndim - 1], &tall, err) &&
              tensor_narrow(tall, -2, 0, m, &top, err) && tensor_copy_(top, b, err);
    tensor_release(top);
    if (ok)
        *out = tall;
    else
        tensor_release(tall);
    return ok;
}

/* The drivers by singular values complain on the terminal about what is not finite. */
static bool all_finite(const Tensor *t) { /* contiguous but for the order of dims */
    for (int64_t i = 0, n = tensor_numel(t); i < n; i++) {
        double x = t->dtype == DT_F64 ? ((double *)tensor_data(t))[i]
                                      : (double)((float *)tensor_data(t))[i];
        if (x - x != 0) return false;
    }
    return true;
}

static bool least_run(Tensor *f, Tensor *b, double rcond, LeastSquares driver, Tensor *rank,
                      Tensor *info, Err *err) {
    Pool p = {0};
    Tensor **space = slot(&p), **ints = slot(&p), **values = slot(&p);
    DType dt = (DType)f->dtype;
    int64_t m = f->shape[f->ndim - 2], n = f->shape[f->ndim - 1], work = 0;
    int64_t ldb = b->shape[b->ndim - 2], k = b->shape[b->ndim - 1];
    double size[2] = {0}, none[2] = {0};
    int first[2] = {0};
    LeastSpace sp = {.s = none, .work = size, .lwork = -1, .piv = first, .iwork = first};
    lapack_least(dt, driver, (int)m, (int)n, (int)k, NULL, NULL, (int)ldb, rcond, &sp);
    int64_t isize = driver == LS_GELSD ? MAX(first[0], 1) : n;
    sp.lwork = lapack_size(dt, size);
    bool ok = linalg_space(dt, sp.lwork, space, err) && linalg_space(DT_I32, isize, ints, err) &&
              linalg_space(dt, MIN(m, n), values, err);
    for (int64_t i = 0, batch = linalg_batch(f); ok && i < batch; i++) {
        sp.work = tensor_data(*space);
        sp.piv = sp.iwork = memset(tensor_data(*ints), 0, (size_t)isize * sizeof(int));
        sp.s = tensor_data(*values);
        sp.rank = (int)n;
        *(int *)linalg_at(info, i, 1) =
            lapack_least(dt, driver, (int)m, (int)n, (int)k, linalg_at(f, i, m * n),
                         linalg_at(b, i, ldb * k), (int)ldb, rcond, &sp);
        ((int64_t *)tensor_data(rank))[i] = sp.rank;
        ok = tensor_poll(&work, 4 * units(m, n), err);
    }
    return finish(&p, ok);
}

bool tensor_lstsq(const Tensor *a, const Tensor *b, double rcond, LeastSquares driver, Tensor **x,
                  Tensor **rank, Tensor **info, Err *err) {
    Pool p = {0};
    Tensor **f = slot(&p), **y = slot(&p), **state = slot(&p), **ranks = slot(&p), **top = slot(&p);
    if (!linalg_matrices(a, "linalg.lstsq", "input", err) || !lapack_ready("linalg.lstsq", err))
        return false;
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1];
    bool ok = linalg_columns(a, f, err) && tall_sides(b, MAX(m, n), y, err) &&
              linalg_empty_rows(a, DT_I32, -1, state, err) &&
              linalg_empty_rows(a, DT_I64, -1, ranks, err);
    if (ok && (driver == LS_GELSD || driver == LS_GELSS) && !all_finite(*f))
        ok = err_set(err, ERR_LINALG,
                     "torch.linalg.lstsq: The algorithm failed to converge because the input "
                     "matrix contained non-finite values.");
    if (ok && m && n && b->shape[b->ndim - 1]) {
        ok = least_run(*f, *y, rcond, driver, *ranks, *state, err);
    } else if (ok) {
        memset(tensor_data(*state), 0, (size_t)tensor_numel(*state) * sizeof(int));
        memset(tensor_data(*ranks), 0, (size_t)tensor_numel(*ranks) * sizeof(int64_t));
        memset(tensor_data(*y), 0, (size_t)tensor_numel(*y) * dtype_size((DType)a->dtype));
    }
    ok = ok && tensor_narrow(*y, -2, 0, n, top, err);
    if (ok) *info = take(&p, 2), *rank = take(&p, 3), *x = take(&p, 4);
    return finish(&p, ok);
}
