/* Systems of equations: inverse, solve, determinants, Cholesky, triangular. The formulas are
 * those of Giles 2008 ("Collected matrix derivative results"), as PyTorch has them. */
#include "config.h"

#include "grad/vlinalg.h"

/* n³ times k of a batch of matrices */
static void cost_cubic(const Tensor *a, double k, double columns, Tensor *const *out,
                       OpCost *cost) {
    double n = a->ndim ? (double)a->shape[a->ndim - 1] : 1, size = (double)tensor_numel(a);
    cost->flops = k * size * n + 2 * size * columns;
    UNUSED(out);
}
#define COST(row, k, columns)                                                                      \
    static void cost_##row(const OpCall *c, Tensor *const *out, OpCost *cost) {                    \
        cost_cubic(IN(0), k, columns, out, cost);                                                  \
    }

/* Releases the outputs of a forward whose check failed. */
static bool checked(bool ok, Tensor **out, int n) {
    for (int i = 0; i < n && !ok; i++) {
        tensor_release(out[i]);
        out[i] = NULL;
    }
    return ok;
}

/* ---- inverse ------------------------------------------------------------------------------- */

/* flags[0]: raise where it is singular */
FORWARD(linalg_inv_ex) {
    if (!tensor_inverse(IN(0), "linalg.inv", &out[0], &out[1], err)) return false;
    return checked(!c->flags[0] || linalg_check(out[1], LINALG_SINGULAR_INVERSE, "linalg.inv", err),
                   out, 2);
}
/* dA = -A⁻ᵀ G A⁻ᵀ */
VJP(linalg_inv_ex) {
    Tensor *xt = v_mT(v, v->out[0]);
    vjp_give(v, 0, v_neg(v, v_matmul(v, xt, v_matmul(v, v->g[0], xt))));
}
COST(linalg_inv_ex, 2, 0)
const OpDef opdef_linalg_inv_ex = {.name = "linalg_inv_ex",
                                   .grad_name = "LinalgInvExBackward0",
                                   .nout = 2,
                                   .forward = forward_linalg_inv_ex,
                                   .vjp = vjp_linalg_inv_ex,
                                   .saves = {SAVES_OUT0},
                                   .cost = cost_linalg_inv_ex,
                                   .samples = "3,3; 2,3,3; 0,0",
                                   .doc = "A⁻¹ and what LAPACK says of each matrix"};

/* ---- solve --------------------------------------------------------------------------------- */

/* A vector, or a batch of vectors, on the right side. */
static bool is_vector(const Tensor *a, const Tensor *b) {
    if (b->ndim == 1) return true;
    if (b->ndim + 1 != a->ndim) return false;
    for (int d = 0; d < b->ndim; d++)
        if (a->shape[d] != b->shape[d]) return false;
    return true;
}

static bool vector_shapes(const Tensor *a, const Tensor *b, bool left, Err *err) {
    if (!linalg_square(a, "linalg.solve", "A", err)) return false;
    if (left)
        return b->shape[b->ndim - 1] == a->shape[a->ndim - 1] ||
               err_set(err, ERR_RUNTIME,
                       "linalg.solve: Incompatible shapes of A and B for the equation AX = B "
                       "(%lldx%lld and %lldx1)",
                       (long long)a->shape[a->ndim - 2], (long long)a->shape[a->ndim - 1],
                       (long long)b->shape[b->ndim - 1]);
    return err_set(err, ERR_RUNTIME,
                   "linalg.solve: Vector broadcasting of the left hand side is not supported for "
                   "left=False. In this case linalg.solve is equivalent to B / A.squeeze(-1)");
}

/* flags: left, raise where singular */
FORWARD(linalg_solve_ex) {
    const Tensor *a = IN(0), *b = IN(1);
    bool left = c->flags[0], vector = a->ndim >= 2 && is_vector(a, b);
    Tensor *column = NULL, *x = NULL;
    if (vector && (!vector_shapes(a, b, left, err) || !tensor_unsqueeze(b, -1, &column, err)))
        return false;
    bool ok = tensor_solve(a, vector ? column : b, left, "linalg.solve", vector ? &x : &out[0],
                           &out[1], err);
    tensor_release(column);
    if (!ok) return false;
    if (vector) {
        ok = tensor_squeeze_dim(x, -1, &out[0], err);
        tensor_release(x);
    }
    return checked(ok && (!c->flags[1] ||
                          linalg_check(out[1], LINALG_SINGULAR_SOLVE, "torch.linalg.solve", err)),
                   out, 2);
}
/* AX = B: dB = A⁻ᵀ G, dA = -dB Xᵀ; XA = B: dB = G A⁻ᵀ, dA = -Xᵀ dB */
VJP(linalg_solve_ex) {
    Tensor *a = v->in[0], *x = v->out[0], *g = v->g[0];
    bool left = v->c->flags[0], vector = is_vector(a, v->in[1]);
    if (vector) g = v_unsqueeze(v, g, -1), x = v_unsqueeze(v, x, -1);
    Tensor *db = v_solve(v, v_mT(v, a), g, left);
    if (v->needs[0])
        vjp_give(v, 0, v_neg(v, left ? v_matmul(v, db, v_mT(v, x)) : v_matmul(v, v_mT(v, x), db)));
    if (v->needs[1]) vjp_give(v, 1, vector && db ? v_select(v, db, -1, 0) : db);
}
COST(linalg_solve_ex, 2.0 / 3, IN(1)->ndim > 1 ? (double)IN(1)->shape[IN(1)->ndim - 1] : 1)
const OpDef opdef_linalg_solve_ex = {
    .name = "linalg_solve_ex",
    .grad_name = "LinalgSolveExBackward0",
    .nout = 2,
    .forward = forward_linalg_solve_ex,
    .vjp = vjp_linalg_solve_ex,
    .saves = {SAVES_IN0 | SAVES_OUT0, SAVES_IN0},
    .cost = cost_linalg_solve_ex,
    .samples = "3,3 3,2 | f1,1; 2,3,3 3,2 | f1,1; 3,3 2,3 | f0,1; 3,3 3 | f1,1; "
               "2,3,3 2,3 | f1,1; 2,1,3,3 2,3,1 | f1,0",
    .doc = "A⁻¹ B and what LAPACK says of each matrix"};

/* flags: upper, left, unit triangle */
FORWARD(linalg_solve_triangular) {
    return tensor_solve_triangular(IN(0), IN(1), c->flags[0], c->flags[1], c->flags[2],
                                   "linalg.solve_triangular", out, err);
}
/* as solve, of the one triangle that is read */
VJP(linalg_solve_triangular) {
    const bool *f = v->c->flags;
    Tensor *a = v->in[0], *x = v->out[0];
    Tensor *db = v_triangular(v, v_mT(v, a), v->g[0], !f[0], f[1], f[2]);
    if (v->needs[0]) {
        Tensor *da = f[1] ? v_matmul(v, db, v_mT(v, x)) : v_matmul(v, v_mT(v, x), db);
        int64_t diagonal = f[2] ? 1 : 0;
        da = v_neg(v, da);
        da = f[0] ? v_triu(v, da, diagonal) : v_tril(v, da, -diagonal);
        vjp_give(v, 0, da);
    }
    if (v->needs[1]) vjp_give(v, 1, db);
}
COST(linalg_solve_triangular, 0, (double)out[0]->shape[out[0]->ndim - 1] / 2)
const OpDef opdef_linalg_solve_triangular = {
    .name = "linalg_solve_triangular",
    .grad_name = "LinalgSolveTriangularBackward0",
    .forward = forward_linalg_solve_triangular,
    .vjp = vjp_linalg_solve_triangular,
    .saves = {SAVES_IN0 | SAVES_OUT0, SAVES_IN0},
    .cost = cost_linalg_solve_triangular,
    .samples = "3,3 3,2 | f0,1,0; 3,3 3,2 | f1,1,1; 2,3,3 2,3 | f1,0,0; "
               "3,3 2,3 | f0,0,1",
    .doc = "A⁻¹ B of a triangular A"};

/* ---- determinants -------------------------------------------------------------------------- */

FORWARD(linalg_det) {
    return tensor_determinant(IN(0), "linalg.det", out, NULL, NULL, err);
}

/* (...) as (..., 1, 1) */
static Tensor *as_matrices(Vjp *v, Tensor *a) {
    return a ? v_unsqueeze(v, v_unsqueeze(v, a, -1), -1) : NULL;
}

/* For each singular value the product of the others. */
static Tensor *products_of_others(Vjp *v, const Tensor *s) {
    Tensor *p = s ? v_empty(v, (DType)s->dtype, s->ndim, s->shape) : NULL;
    if (!p) return NULL;
    int64_t k = s->shape[s->ndim - 1], rows = k ? tensor_numel(s) / k : 0;
    for (int64_t r = 0; r < rows; r++)
        for (int64_t i = 0; i < k; i++) {
            double product = 1;
            for (int64_t j = 0; j < k; j++) {
                int64_t at = r * k + j;
                if (j == i) continue;
                product *= s->dtype == DT_F64 ? ((double *)tensor_data(s))[at]
                                              : (double)((float *)tensor_data(s))[at];
            }
            if (s->dtype == DT_F64)
                ((double *)tensor_data(p))[r * k + i] = product;
            else
                ((float *)tensor_data(p))[r * k + i] = (float)product;
        }
    return p;
}

/* The matrix of cofactors of a singular matrix: det(U) det(V) U diag(products of the other
 * singular values) Vᵀ. */
static Tensor *cofactors(Vjp *v, const Tensor *a) {
    Tensor *u = NULL, *s = NULL, *vh = NULL, *info = NULL, *du = NULL, *dv = NULL;
    if (v->failed || !tensor_svd(a, false, true, &u, &s, &vh, &info, v->err)) return v_fail(v);
    tensor_release(info);
    v_own(v, u, true), v_own(v, s, true), v_own(v, vh, true);
    bool ok = tensor_determinant(u, "linalg.det", &du, NULL, NULL, v->err);
    v_own(v, du, ok);
    if (ok) v_own(v, dv, ok = tensor_determinant(vh, "linalg.det", &dv, NULL, NULL, v->err));
    if (!ok) return NULL;
    Tensor *mid = v_unsqueeze(v, products_of_others(v, s), -2);
    return v_mul(v, as_matrices(v, v_mul(v, du, dv)), v_matmul(v, v_mul(v, u, mid), vh));
}

/* dA = g det(A) A⁻ᵀ, by cofactors where some matrix is singular */
VJP(linalg_det) {
    Tensor *inverse = NULL, *info = NULL, *g = as_matrices(v, v->g[0]);
    if (v->failed || !tensor_inverse(v->in[0], "linalg.det", &inverse, &info, v->err)) {
        v_fail(v);
        return;
    }
    bool singular = false;
    for (int64_t i = 0; i < tensor_numel(info); i++) singular |= ((int *)tensor_data(info))[i] != 0;
    v_own(v, inverse, true);
    tensor_release(info);
    Tensor *c =
        singular ? cofactors(v, v->in[0]) : v_mul(v, as_matrices(v, v->out[0]), v_mT(v, inverse));
    vjp_give(v, 0, v_mul(v, g, c));
}
COST(linalg_det, 2.0 / 3, 0)
const OpDef opdef_linalg_det = {.name = "linalg_det",
                                .grad_name = "LinalgDetBackward0",
                                .forward = forward_linalg_det,
                                .vjp = vjp_linalg_det,
                                .saves = {SAVES_IN0 | SAVES_OUT0},
                                .cost = cost_linalg_det,
                                .samples = "3,3; 2,2,2; ^3,3; 0,0",
                                .doc = "the determinant of each matrix"};

FORWARD(linalg_slogdet) {
    return tensor_determinant(IN(0), "linalg.slogdet", NULL, &out[0], &out[1], err);
}
/* d log|det A| = A⁻ᵀ; the sign is constant */
VJP(linalg_slogdet) {
    Tensor *inverse = NULL, *info = NULL;
    if (v->failed) return;
    if (!v->g[1]) {
        vjp_give(v, 0, v_zeros_as(v, v->in[0]));
        return;
    }
    bool ok = tensor_inverse(v->in[0], "linalg.slogdet", &inverse, &info, v->err);
    v_own(v, inverse, ok);
    if (ok && !linalg_check(info, LINALG_SINGULAR_INVERSE, "linalg.slogdet", v->err)) v_fail(v);
    tensor_release(info);
    vjp_give(v, 0, v_mul(v, as_matrices(v, v->g[1]), v->failed ? NULL : v_mT(v, inverse)));
}
COST(linalg_slogdet, 2.0 / 3, 0)
const OpDef opdef_linalg_slogdet = {.name = "linalg_slogdet",
                                    .grad_name = "LinalgSlogdetBackward0",
                                    .nout = 2,
                                    .forward = forward_linalg_slogdet,
                                    .vjp = vjp_linalg_slogdet,
                                    .saves = {SAVES_IN0},
                                    .cost = cost_linalg_slogdet,
                                    .samples = "3,3; 2,2,2",
                                    .doc = "sign and log|det| of each matrix"};

/* ---- Cholesky ------------------------------------------------------------------------------ */

/* flags: upper, raise where it is not positive-definite, as torch.cholesky */
FORWARD(linalg_cholesky_ex) {
    const char *who = c->flags[2] ? "cholesky" : "linalg.cholesky";
    if (!tensor_cholesky(IN(0), c->flags[0], who, &out[0], &out[1], err)) return false;
    return checked(!c->flags[1] || linalg_check(out[1], LINALG_NOT_POSITIVE, who, err), out, 2);
}
/* A = L Lᵀ: dA = ½ (S + Sᵀ), S = L⁻ᵀ Φ(Lᵀ dL) L⁻¹, Φ the lower triangle with half its diagonal */
VJP(linalg_cholesky_ex) {
    bool upper = v->c->flags[0];
    Tensor *l = upper ? v_mT(v, v->out[0]) : v->out[0];
    Tensor *g = upper ? v_mT(v, v->g[0]) : v->g[0], *lt = v_mT(v, l);
    Tensor *phi = v_scaled_diagonal(v, v_tril(v, v_matmul(v, lt, g), 0), 0.5);
    Tensor *s =
        v_triangular(v, lt, v_triangular(v, l, phi, false, false, false), true, true, false);
    vjp_give(v, 0, v_scale(v, v_add(v, s, v_mT(v, s)), 0.5));
}
static const char *name_cholesky(const OpCall *c) {
    return c->flags[2] ? "CholeskyBackward0" : "LinalgCholeskyExBackward0";
}
COST(linalg_cholesky_ex, 1.0 / 3, 0)
const OpDef opdef_linalg_cholesky_ex = {.name = "linalg_cholesky_ex",
                                        .grad_name_of = name_cholesky,
                                        .nout = 2,
                                        .forward = forward_linalg_cholesky_ex,
                                        .vjp = vjp_linalg_cholesky_ex,
                                        .saves = {SAVES_OUT0},
                                        .cost = cost_linalg_cholesky_ex,
                                        .samples = "S3,3 | f0,1; S2,2,2 | f1,1",
                                        .doc = "L of A = L Lᵀ and what LAPACK says of each matrix"};

/* in: B, L; flags: upper */
FORWARD(cholesky_solve) {
    return tensor_cholesky_solve(IN(0), IN(1), c->flags[0], out, err);
}
/* dB = (L Lᵀ)⁻¹ G; dL = -(S + Sᵀ) L with S = dB Xᵀ */
VJP(cholesky_solve) {
    bool upper = v->c->flags[0];
    Tensor *l = v->in[1], *db = NULL;
    bool ok = !v->failed && tensor_cholesky_solve(v->g[0], l, upper, &db, v->err);
    v_own(v, db, ok);
    if (!ok) return;
    vjp_give(v, 0, db);
    if (!v->needs[1]) return;
    l = upper ? v_triu(v, l, 0) : v_tril(v, l, 0); /* all that was read */
    Tensor *s = v_matmul(v, db, v_mT(v, v->out[0]));
    s = v_add(v, s, v_mT(v, s));
    Tensor *dl = v_neg(v, upper ? v_matmul(v, l, s) : v_matmul(v, s, l));
    vjp_give(v, 1, upper ? v_triu(v, dl, 0) : v_tril(v, dl, 0));
}
static void cost_cholesky_solve(const OpCall *c, Tensor *const *out, OpCost *cost) {
    cost_cubic(IN(1), 0, (double)out[0]->shape[out[0]->ndim - 1], out, cost);
}
const OpDef opdef_cholesky_solve = {.name = "cholesky_solve",
                                    .grad_name = "CholeskySolveBackward0",
                                    .forward = forward_cholesky_solve,
                                    .vjp = vjp_cholesky_solve,
                                    .saves = {SAVES_IN1, SAVES_IN1 | SAVES_OUT0},
                                    .cost = cost_cholesky_solve,
                                    .samples = "3,2 +3,3 | f0; 2,3,2 +3,3 | f1",
                                    .doc = "(L Lᵀ)⁻¹ B"};
