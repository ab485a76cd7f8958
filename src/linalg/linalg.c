/* Batches of square matrices: LU, solve, inverse, determinant, Cholesky, triangular
 * systems; and what all of linear algebra checks. See linalg.h. */
#include "config.h"

#include "linalg/linalg.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/interrupt.h"
#include "tensor/view.h"

/* ---- checks ---------------------------------------------------------------------------- */

bool linalg_matrices(const Tensor *a, const char *who, const char *name, Err *err) {
    DType dt = (DType)a->dtype;
    if (a->ndim < 2)
        return err_set(err, ERR_RUNTIME, "%s: The input tensor %s must have at least 2 dimensions.",
                       who, name);
    if (dt == DT_F32 || dt == DT_F64) {
        for (int d = a->ndim - 2; d < a->ndim; d++)
            if (a->shape[d] > INT32_MAX / 2)
                return err_set(err, ERR_RUNTIME, "%s: a size of %lld is too large for LAPACK", who,
                               (long long)a->shape[d]);
        return true;
    }
    if (dtype_is_complex(dt))
        return err_set(err, ERR_NOTIMPL, "%s of complex matrices is not in qkv", who);
    if (dtype_is_float(dt))
        return err_set(err, ERR_RUNTIME, "%s: Low precision dtypes not supported. Got %s", who,
                       dtype_class_name(dt));
    return err_set(err, ERR_RUNTIME,
                   "%s: Expected a floating point or complex tensor as input. Got %s", who,
                   dtype_class_name(dt));
}

bool linalg_square(const Tensor *a, const char *who, const char *name, Err *err) {
    if (a->ndim >= 2 && a->shape[a->ndim - 1] != a->shape[a->ndim - 2])
        return err_set(err, ERR_RUNTIME,
                       "%s: %s must be batches of square matrices, but they are %lld by %lld "
                       "matrices",
                       who, name, (long long)a->shape[a->ndim - 2],
                       (long long)a->shape[a->ndim - 1]);
    return linalg_matrices(a, who, name, err);
}

bool linalg_fits(const Tensor *a, const Tensor *b, bool left, const char *who, Err *err) {
    if (a->dtype != b->dtype)
        return err_set(err, ERR_RUNTIME,
                       "%s: Expected A and B to have the same dtype, but found A of type %s and B "
                       "of type %s instead",
                       who, dtype_class_name((DType)a->dtype), dtype_class_name((DType)b->dtype));
    if (!linalg_matrices(b, who, "B", err)) return false;
    if (a->shape[a->ndim - 2] == b->shape[b->ndim - (left ? 2 : 1)]) return true;
    return err_set(err, ERR_RUNTIME,
                   "%s: Incompatible shapes of A and B for the equation %s (%lldx%lld and "
                   "%lldx%lld)",
                   who, left ? "AX = B" : "XA = B", (long long)a->shape[a->ndim - 2],
                   (long long)a->shape[a->ndim - 1], (long long)b->shape[b->ndim - 2],
                   (long long)b->shape[b->ndim - 1]);
}

static void failure_text(Str *s, LinalgFailure what, const char *who, int info) {
    static const char *const converge[] = {
        [LINALG_SVD] = "has too many repeated singular values",
        [LINALG_EIGH] = "has too many repeated eigenvalues",
        [LINALG_EIG] = "has too many repeated eigenvalues",
    };
    switch (what) {
    case LINALG_SINGULAR_INVERSE:
        str_printf(s,
                   "The diagonal element %d is zero, the inversion could not be completed "
                   "because the input matrix is singular.",
                   info);
        break;
    case LINALG_SINGULAR_SOLVE:
        str_add(s, "The solver failed because the input matrix is singular.");
        break;
    case LINALG_NOT_POSITIVE:
        str_printf(s,
                   "The factorization could not be completed because the input is not "
                   "positive-definite (the leading minor of order %d is not "
                   "positive-definite).",
                   info);
        break;
    case LINALG_RANK:
        str_printf(s,
                   "The least squares solution could not be computed because the input matrix "
                   "does not have full rank (error code: %d).",
                   info);
        break;
    default:
        if (info < 0)
            str_add(s, "The algorithm failed to converge because the input matrix contained "
                       "non-finite values.");
        else
            str_printf(s,
                       "The algorithm failed to converge because the input matrix is "
                       "ill-conditioned or %s (error code: %d).",
                       converge[what], info);
    }
    UNUSED(who);
}

bool linalg_check(const Tensor *info, LinalgFailure what, const char *who, Err *err) {
    const int32_t *at = tensor_data(info);
    for (int64_t i = 0, n = tensor_numel(info); i < n; i++) {
        if (!at[i]) continue;
        Str text = STR_INIT;
        if (info->ndim) str_printf(&text, "(Batch element %lld): ", (long long)i);
        failure_text(&text, what, who, at[i]);
        err_set(err, ERR_LINALG, "%s: %s", who, str_cstr(&text));
        str_clear(&text);
        return false;
    }
    return true;
}

/* ---- memory ---------------------------------------------------------------------------- */

int64_t linalg_batch(const Tensor *a) {
    int64_t n = 1;
    for (int d = 0; d + 2 < a->ndim; d++) n *= a->shape[d];
    return n;
}

bool linalg_columns(const Tensor *a, Tensor **out, Err *err) {
    Tensor *t = NULL, *copy = NULL;
    bool ok = tensor_transpose(a, -2, -1, &t, err) &&
              tensor_clone_contiguous(t, (DType)a->dtype, &copy, err) &&
              tensor_transpose(copy, -2, -1, out, err);
    tensor_release(t);
    tensor_release(copy);
    return ok;
}

bool linalg_empty_columns(const Tensor *a, int64_t m, int64_t n, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    Tensor *rows = NULL;
    memcpy(shape, a->shape, sizeof shape);
    shape[a->ndim - 2] = n;
    shape[a->ndim - 1] = m;
    bool ok = tensor_empty((DType)a->dtype, a->ndim, shape, &rows, err) &&
              tensor_transpose(rows, -2, -1, out, err);
    tensor_release(rows);
    return ok;
}

bool linalg_empty_rows(const Tensor *a, DType dt, int64_t n, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    memcpy(shape, a->shape, sizeof shape);
    if (n >= 0) shape[a->ndim - 2] = n;
    return tensor_empty(dt, a->ndim - 2 + (n >= 0), shape, out, err);
}

bool linalg_space(DType dt, int64_t count, Tensor **out, Err *err) {
    return tensor_empty(dt, 1, (int64_t[]){MAX(count, 1)}, out, err);
}

void *linalg_at(const Tensor *t, int64_t i, int64_t size) {
    return (char *)tensor_data(t) + (size_t)(i * size) * dtype_size((DType)t->dtype);
}

/* About the nanoseconds that one matrix takes. */
static int64_t cubic(int64_t n) {
    return n > 2000000 ? INT64_MAX / 4 : n * n * n / 4 + 100;
}

/* Both with the batch that they broadcast to. */
static bool broadcast_batches(const Tensor *a, const Tensor *b, Tensor **wide_a, Tensor **wide_b,
                              Err *err) {
    int n;
    int64_t shape[TENSOR_MAX_DIM], of_b[TENSOR_MAX_DIM];
    if (!shape_broadcast(a->ndim - 2, a->shape, b->ndim - 2, b->shape, &n, shape, err))
        return false;
    if (n + 2 > TENSOR_MAX_DIM) return err_set(err, ERR_RUNTIME, "too many dimensions");
    memcpy(of_b, shape, sizeof of_b);
    memcpy(shape + n, a->shape + a->ndim - 2, 2 * sizeof *shape);
    memcpy(of_b + n, b->shape + b->ndim - 2, 2 * sizeof *shape);
    return tensor_broadcast_to(a, n + 2, shape, wide_a, err) &&
           tensor_broadcast_to(b, n + 2, of_b, wide_b, err);
}

/* ---- LU ---------------------------------------------------------------------------------- */

bool tensor_lu(const Tensor *a, const char *who, Tensor **lu, Tensor **piv, Tensor **info,
               Err *err) {
    Tensor *f = NULL, *p = NULL, *state = NULL;
    if (!linalg_matrices(a, who, "A", err) || !lapack_ready(who, err)) return false;
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1], k = MIN(m, n), work = 0;
    bool ok = linalg_columns(a, &f, err) && linalg_empty_rows(a, DT_I32, k, &p, err) &&
              linalg_empty_rows(a, DT_I32, -1, &state, err);
    for (int64_t i = 0, batch = linalg_batch(a); ok && i < batch; i++) {
        int *status = linalg_at(state, i, 1);
        *status = m && n ? lapack_getrf((DType)a->dtype, (int)m, (int)n, linalg_at(f, i, m * n),
                                        linalg_at(p, i, k))
                         : 0;
        ok = tensor_poll(&work, cubic(MAX(m, n)), err);
    }
    if (ok) {
        *lu = f, *piv = p, *info = state;
        return true;
    }
    tensor_release(f);
    tensor_release(p);
    tensor_release(state);
    return false;
}

/* AX = B for equal batches; b is overwritten. An element that is singular is left as it is. */
static bool solve_columns(const Tensor *lu, const Tensor *piv, const Tensor *info, Tensor *b,
                          Err *err) {
    int64_t n = lu->shape[lu->ndim - 1], k = b->shape[b->ndim - 1], work = 0;
    for (int64_t i = 0, batch = linalg_batch(lu); n && k && i < batch; i++) {
        if (*(int *)linalg_at(info, i, 1) == 0)
            lapack_getrs((DType)lu->dtype, (int)n, (int)k, linalg_at(lu, i, n * n),
                         linalg_at(piv, i, n), linalg_at(b, i, n * k));
        if (!tensor_poll(&work, n * n * k / 4 + 100, err)) return false;
    }
    return true;
}

/* A nan anywhere in a matrix is a nan everywhere in what is solved by it: LAPACK leaves products
 * with zeros out, and finite numbers would come of it. */
static void spread_nan(const Tensor *a, Tensor *x) {
    int64_t n = a->shape[a->ndim - 1], k = x->shape[x->ndim - 1], index[TENSOR_MAX_DIM] = {0};
    for (int64_t i = 0, batch = linalg_batch(a); n && k && i < batch; i++) {
        bool bad = false;
        for (int64_t at = i, d = a->ndim - 3; d >= 0; at /= a->shape[d], d--)
            index[d] = at % a->shape[d];
        for (int64_t e = 0; e < n * n && !bad; e++) {
            index[a->ndim - 2] = e / n, index[a->ndim - 1] = e % n;
            bad = isnan(tensor_get_f64(a, index));
        }
        for (int64_t e = 0; e < n * k && bad; e++)
            if (x->dtype == DT_F64)
                ((double *)linalg_at(x, i, n * k))[e] = NAN;
            else
                ((float *)linalg_at(x, i, n * k))[e] = NAN;
    }
}

static bool solve_left(const Tensor *a, const Tensor *b, const char *who, Tensor **x, Tensor **info,
                       Err *err) {
    Tensor *wa = NULL, *wb = NULL, *lu = NULL, *piv = NULL, *state = NULL, *y = NULL;
    bool ok = broadcast_batches(a, b, &wa, &wb, err) &&
              tensor_lu(wa, who, &lu, &piv, &state, err) && linalg_columns(wb, &y, err) &&
              solve_columns(lu, piv, state, y, err);
    if (ok) spread_nan(wa, y);
    tensor_release(wa);
    tensor_release(wb);
    tensor_release(lu);
    tensor_release(piv);
    if (ok) {
        *x = y, *info = state;
        return true;
    }
    tensor_release(state);
    tensor_release(y);
    return false;
}

bool tensor_solve(const Tensor *a, const Tensor *b, bool left, const char *who, Tensor **x,
                  Tensor **info, Err *err) {
    if (!linalg_square(a, who, "A", err) || !linalg_fits(a, b, left, who, err)) return false;
    if (left) return solve_left(a, b, who, x, info, err);
    Tensor *at = NULL, *bt = NULL, *y = NULL; /* XA = B is AᵀXᵀ = Bᵀ */
    bool ok = tensor_transpose(a, -2, -1, &at, err) && tensor_transpose(b, -2, -1, &bt, err) &&
              solve_left(at, bt, who, &y, info, err);
    if (ok && !tensor_transpose(y, -2, -1, x, err)) {
        tensor_release(*info);
        ok = false;
    }
    tensor_release(at);
    tensor_release(bt);
    tensor_release(y);
    return ok;
}

bool tensor_inverse(const Tensor *a, const char *who, Tensor **x, Tensor **info, Err *err) {
    Tensor *eye = NULL;
    if (!linalg_square(a, who, "A", err)) return false;
    int64_t n = a->shape[a->ndim - 1];
    bool ok = tensor_eye((DType)a->dtype, n, n, &eye, err) &&
              tensor_solve(a, eye, true, who, x, info, err);
    tensor_release(eye);
    return ok;
}

/* ---- determinants ------------------------------------------------------------------------ */

typedef struct Determinant {
    double det, sign, logabs;
} Determinant;

/* The product of U's diagonal in its own precision, with the sign of the permutation. */
static Determinant determinant_of(const Tensor *lu, const Tensor *piv, int64_t i, int64_t n) {
    Determinant d = {1, 1, 0};
    bool odd = false;
    const int *p = linalg_at(piv, i, n);
    for (int64_t k = 0; k < n; k++) {
        const char *at =
            (char *)linalg_at(lu, i, n * n) + (size_t)(k * n + k) * dtype_size((DType)lu->dtype);
        double u = lu->dtype == DT_F64 ? *(const double *)at : (double)*(const float *)at;
        if (p[k] != k + 1) odd = !odd, d.sign = -d.sign;
        d.det = lu->dtype == DT_F32 ? (double)((float)d.det * (float)u) : d.det * u;
        d.sign *= u > 0 ? 1 : u < 0 ? -1 : u;
        d.logabs += log(fabs(u));
    }
    if (odd) d.det = -d.det;
    return d;
}

static void put(Tensor *t, int64_t i, double v) {
    if (!t) return;
    if (t->dtype == DT_F64)
        ((double *)tensor_data(t))[i] = v;
    else
        ((float *)tensor_data(t))[i] = (float)v;
}

bool tensor_determinant(const Tensor *a, const char *who, Tensor **det, Tensor **sign,
                        Tensor **logabs, Err *err) {
    Tensor *lu = NULL, *piv = NULL, *info = NULL, *at = NULL, *out[3] = {NULL};
    Tensor **to[] = {det, sign, logabs};
    if (!linalg_square(a, who, "A", err)) return false;
    /* PyTorch factors the transpose of a row-major matrix; the last digit shows it. */
    bool ok = (!tensor_is_contiguous(a) || tensor_transpose(a, -2, -1, &at, err)) &&
              tensor_lu(at ? at : a, who, &lu, &piv, &info, err);
    tensor_release(at);
    for (int k = 0; k < 3 && ok; k++)
        if (to[k]) ok = linalg_empty_rows(a, (DType)a->dtype, -1, &out[k], err);
    for (int64_t i = 0, batch = linalg_batch(a); ok && i < batch; i++) {
        Determinant d = determinant_of(lu, piv, i, a->shape[a->ndim - 1]);
        put(out[0], i, d.det);
        put(out[1], i, d.sign);
        put(out[2], i, d.logabs);
    }
    tensor_release(lu);
    tensor_release(piv);
    tensor_release(info);
    for (int k = 0; k < 3; k++) {
        if (ok && to[k])
            *to[k] = out[k];
        else
            tensor_release(out[k]);
    }
    return ok;
}

/* ---- Cholesky ---------------------------------------------------------------------------- */

/* Zeroes the triangle that a factor does not have; columns of n. */
static void clear_triangle(Tensor *t, int64_t i, int64_t m, int64_t n, bool keep_upper) {
    size_t size = dtype_size((DType)t->dtype);
    char *a = linalg_at(t, i, m * n);
    for (int64_t j = 0; j < n; j++) {
        int64_t from = keep_upper ? MIN(j + 1, m) : 0, to = keep_upper ? m : MIN(j, m);
        memset(a + (size_t)(j * m + from) * size, 0, (size_t)(to - from) * size);
    }
}

bool tensor_cholesky(const Tensor *a, bool upper, const char *who, Tensor **l, Tensor **info,
                     Err *err) {
    Tensor *f = NULL, *state = NULL;
    if (!linalg_square(a, who, "A", err) || !lapack_ready(who, err)) return false;
    int64_t n = a->shape[a->ndim - 1], work = 0;
    bool ok = linalg_columns(a, &f, err) && linalg_empty_rows(a, DT_I32, -1, &state, err);
    for (int64_t i = 0, batch = linalg_batch(a); ok && i < batch; i++) {
        int *status = linalg_at(state, i, 1);
        *status = n ? lapack_potrf((DType)a->dtype, upper, (int)n, linalg_at(f, i, n * n)) : 0;
        clear_triangle(f, i, n, n, upper);
        ok = tensor_poll(&work, cubic(n), err);
    }
    if (ok) {
        *l = f, *info = state;
        return true;
    }
    tensor_release(f);
    tensor_release(state);
    return false;
}

/* The operands of a system of equations, fit and column-major over their common batch; owned. */
static bool system_columns(const Tensor *a, const Tensor *b, bool left, const char *who, Tensor **f,
                           Tensor **y, Err *err) {
    Tensor *wa = NULL, *wb = NULL;
    bool ok = linalg_square(a, who, "A", err) && linalg_fits(a, b, left, who, err) &&
              lapack_ready(who, err) && broadcast_batches(a, b, &wa, &wb, err) &&
              linalg_columns(wa, f, err) && linalg_columns(wb, y, err);
    tensor_release(wa);
    tensor_release(wb);
    return ok;
}

bool tensor_cholesky_solve(const Tensor *b, const Tensor *l, bool upper, Tensor **x, Err *err) {
    Tensor *f = NULL, *y = NULL;
    bool ok = system_columns(l, b, true, "cholesky_solve", &f, &y, err);
    int64_t n = ok ? l->shape[l->ndim - 1] : 0, k = ok ? b->shape[b->ndim - 1] : 0, work = 0;
    for (int64_t i = 0, batch = ok ? linalg_batch(f) : 0; ok && n && k && i < batch; i++) {
        lapack_potrs((DType)l->dtype, upper, (int)n, (int)k, linalg_at(f, i, n * n),
                     linalg_at(y, i, n * k));
        ok = tensor_poll(&work, n * n * k / 4 + 100, err);
    }
    tensor_release(f);
    if (ok)
        *x = y;
    else
        tensor_release(y);
    return ok;
}

/* ---- triangular systems -------------------------------------------------------------------- */

bool tensor_solve_triangular(const Tensor *a, const Tensor *b, bool upper, bool left, bool unit,
                             const char *who, Tensor **x, Err *err) {
    Tensor *f = NULL, *y = NULL;
    bool ok = system_columns(a, b, left, who, &f, &y, err);
    int64_t n = ok ? a->shape[a->ndim - 1] : 0, work = 0;
    int64_t m = ok ? b->shape[b->ndim - 2] : 0, k = ok ? b->shape[b->ndim - 1] : 0;
    for (int64_t i = 0, batch = ok ? linalg_batch(f) : 0; ok && m && k && i < batch; i++) {
        lapack_trsm((DType)a->dtype, left, upper, unit, (int)m, (int)k, linalg_at(f, i, n * n),
                    linalg_at(y, i, m * k));
        ok = tensor_poll(&work, n * m * k / 4 + 100, err);
    }
    tensor_release(f);
    if (ok)
        *x = y;
    else
        tensor_release(y);
    return ok;
}
