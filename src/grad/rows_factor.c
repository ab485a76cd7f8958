/* Factorisations: QR, singular values, eigenvalues, pseudo-inverse, least squares. */
#include "config.h"

#include "grad/vlinalg.h"
#include "linalg/matmul.h"
#include "tensor/copy.h"

/* k times m n min(m, n) */
static void cost_factor(const Tensor *a, double k, OpCost *cost) {
    double small = a->ndim < 2 ? 1 : (double)MIN(a->shape[a->ndim - 1], a->shape[a->ndim - 2]);
    cost->flops = k * (double)tensor_numel(a) * small;
}
#define COST(row, k)                                                                               \
    static void cost_##row(const OpCall *c, Tensor *const *out, OpCost *cost) {                    \
        UNUSED(out);                                                                               \
        cost_factor(IN(0), k, cost);                                                               \
    }

/* Releases the outputs of a forward whose check failed. */
static bool checked(bool ok, Tensor *info, Tensor **out, int n) {
    tensor_release(info);
    for (int i = 0; i < n && !ok; i++) {
        tensor_release(out[i]);
        out[i] = NULL;
    }
    return ok;
}

static Tensor *fail(Vjp *v, const char *text) {
    err_set(v->err, ERR_RUNTIME, "%s", text);
    return v_fail(v);
}

/* ---- QR ---------------------------------------------------------------------------------- */

FORWARD(linalg_qr) {
    return tensor_qr(IN(0), (QrMode)c->ints[0], &out[0], &out[1], err);
}

/* A = QR with R square: dA = (dQ + Q sym(M)) R⁻ᵀ, M = triu(dR Rᵀ - Qᵀ dQ), sym(M) = M + Mᵀ with
 * half its diagonal. dq or dr may be NULL. */
static Tensor *qr_square(Vjp *v, Tensor *q, Tensor *r, Tensor *dq, Tensor *dr) {
    Tensor *m = dr ? v_matmul(v, dr, v_mT(v, r)) : NULL;
    if (dq) {
        Tensor *qtdq = v_matmul(v, v_mT(v, q), dq);
        m = m ? v_sub(v, m, qtdq) : v_neg(v, qtdq);
    }
    m = v_triu(v, m, 0);
    m = v_scaled_diagonal(v, v_add(v, m, v_mT(v, m)), 0.5);
    Tensor *da = v_matmul(v, q, m);
    if (dq) da = v_add(v, da, dq);
    return v_triangular(v, v_mT(v, r), da, false, false, false);
}

/* A = [X Y] with X square: R = [U V], Y = QV; what Y has to say goes through Q. */
static Tensor *qr_wide(Vjp *v, Tensor *q, Tensor *r, Tensor *dq, Tensor *dr, const Tensor *a) {
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1];
    Tensor *da = v_empty(v, (DType)a->dtype, a->ndim, a->shape), *du = NULL, *dy = NULL;
    if (dr) {
        Tensor *dv = v_narrow(v, dr, -1, m, n - m), *y = v_narrow(v, v->in[0], -1, m, n - m);
        Tensor *through = v_matmul(v, y, v_mT(v, dv));
        du = v_narrow(v, dr, -1, 0, m);
        dy = v_matmul(v, q, dv);
        dq = dq ? v_add(v, dq, through) : through;
    }
    Tensor *dx = qr_square(v, q, v_narrow(v, r, -1, 0, m), dq, du);
    if (v->failed) return NULL;
    Tensor *left = v_narrow(v, da, -1, 0, m), *right = v_narrow(v, da, -1, m, n - m);
    if (!left || !right || !tensor_copy_(left, dx, v->err) ||
        !(dy ? tensor_copy_(right, dy, v->err) : tensor_zero_(right, v->err)))
        return v_fail(v);
    return da;
}

VJP(linalg_qr) {
    const Tensor *a = v->in[0];
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1];
    if (v->c->ints[0] == QR_R) {
        fail(v, "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. "
                "Please use linalg.qr(A, mode='reduced') if you are going to differentiate through "
                "linalg.qr.");
        return;
    }
    if (v->c->ints[0] == QR_COMPLETE && m > n) {
        fail(v,
             "The QR decomposition is not differentiable when mode='complete' and nrows > ncols.");
        return;
    }
    vjp_give(v, 0,
             m < n ? qr_wide(v, v->out[0], v->out[1], v->g[0], v->g[1], a)
                   : qr_square(v, v->out[0], v->out[1], v->g[0], v->g[1]));
}
COST(linalg_qr, 4)
const OpDef opdef_linalg_qr = {.name = "linalg_qr",
                               .grad_name = "LinalgQrBackward0",
                               .nout = 2,
                               .forward = forward_linalg_qr,
                               .vjp = vjp_linalg_qr,
                               .saves = {SAVES_IN0 | SAVES_OUT0 | SAVES_OUT1},
                               .cost = cost_linalg_qr,
                               .samples = "4,3 | i0; 3,3 | i0; 2,2,4 | i0; 3,3 | i1; 2,3 | i1",
                               .doc = "Q and R; ints: reduced, complete or R alone"};

/* ---- singular values ------------------------------------------------------------------------ */

/* flags: full matrices, vectors */
FORWARD(linalg_svd) {
    Tensor *info = NULL;
    if (!tensor_svd(IN(0), c->flags[0], c->flags[1], &out[0], &out[1], &out[2], &info, err))
        return false;
    return checked(linalg_check(info, LINALG_SVD, "linalg.svd", err), info, out, 3);
}

/* x_j - x_i, 1 on the diagonal: (..., k) -> (..., k, k) */
static Tensor *gaps(Vjp *v, Tensor *x) {
    if (v->failed) return NULL;
    Tensor *d = v_sub(v, v_unsqueeze(v, x, -2), v_unsqueeze(v, x, -1));
    Tensor *ones = x ? v_num(v, BIN_ADD, v_zeros(v, (DType)x->dtype, x->ndim, x->shape), 1) : NULL;
    return v_add(v, d, v_diag_embed(v, ones));
}

static Tensor *skew(Vjp *v, Tensor *a) {
    return v_sub(v, a, v_mT(v, a));
}

/* (I - B Bᵀ) x for B with orthonormal columns */
static Tensor *outside(Vjp *v, Tensor *b, Tensor *x) {
    return v_sub(v, x, v_matmul(v, b, v_matmul(v, v_mT(v, b), x)));
}

/* The inner matrix: dA = U mid Vᵀ but for what lies outside of U's or V's columns. */
static Tensor *svd_inner(Vjp *v, Tensor *u, Tensor *s, Tensor *vh, Tensor *du, Tensor *dvh) {
    Tensor *mid = v->g[1] ? v_diag_embed(v, v->g[1]) : NULL, *e = gaps(v, v_mul(v, s, s));
    if (du) {
        Tensor *t = v_div(v, skew(v, v_matmul(v, v_mT(v, u), du)), e);
        t = v_mul(v, t, v_unsqueeze(v, s, -2));
        mid = mid ? v_add(v, mid, t) : t;
    }
    if (dvh) {
        Tensor *t = v_div(v, skew(v, v_matmul(v, vh, v_mT(v, dvh))), e);
        t = v_mul(v, v_unsqueeze(v, s, -1), t);
        mid = mid ? v_add(v, mid, t) : t;
    }
    return mid;
}

/* A = U diag(s) Vᵀ (Townsend 2016, "Differentiating the singular value decomposition") */
VJP(linalg_svd) {
    Tensor *u = v->out[0], *s = v->out[1], *vh = v->out[2], *du = v->g[0], *dvh = v->g[2];
    const Tensor *a = v->in[0];
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1], k = MIN(m, n);
    if (!v->c->flags[1]) {
        fail(v, "linalg.svd: the gradient needs the singular vectors, which were not computed");
        return;
    }
    u = v_narrow(v, u, -1, 0, k), vh = v_narrow(v, vh, -2, 0, k);
    if (du) du = v_narrow(v, du, -1, 0, k);
    if (dvh) dvh = v_narrow(v, dvh, -2, 0, k);
    Tensor *mid = svd_inner(v, u, s, vh, du, dvh);
    Tensor *da = v_matmul(v, u, v_matmul(v, mid, vh));
    if (m > k && du)
        da = v_add(v, da, v_matmul(v, outside(v, u, v_div(v, du, v_unsqueeze(v, s, -2))), vh));
    if (n > k && dvh) {
        Tensor *t = v_div(v, dvh, v_unsqueeze(v, s, -1));
        da = v_add(v, da, v_matmul(v, u, v_mT(v, outside(v, v_mT(v, vh), v_mT(v, t)))));
    }
    vjp_give(v, 0, da);
}
COST(linalg_svd, 14)
const OpDef opdef_linalg_svd = {.name = "linalg_svd",
                                .grad_name = "LinalgSvdBackward0",
                                .nout = 3,
                                .forward = forward_linalg_svd,
                                .vjp = vjp_linalg_svd,
                                .saves = {SAVES_OUT0 | SAVES_OUT1 | SAVES_OUT2},
                                .cost = cost_linalg_svd,
                                .samples = "3,3 | f0,1; 4,2 | f0,1; 2,2,3 | f0,1; 2,2 | f1,1",
                                .doc = "U, the singular values and Vᵀ; flags: full, vectors"};

/* ---- eigenvalues ---------------------------------------------------------------------------- */

/* flags: upper, vectors */
FORWARD(linalg_eigh) {
    Tensor *info = NULL;
    if (!tensor_eigh(IN(0), c->flags[0], c->flags[1], &out[0], &out[1], &info, err)) return false;
    return checked(linalg_check(info, LINALG_EIGH, "linalg.eigh", err), info, out, 2);
}
/* A = V diag(w) Vᵀ: dA = V (diag(dw) + (Vᵀ dV) / (w_j - w_i)) Vᵀ, the latter off the diagonal */
VJP(linalg_eigh) {
    Tensor *w = v->out[0], *vs = v->out[1], *mid = v->g[0] ? v_diag_embed(v, v->g[0]) : NULL;
    if (!v->c->flags[1]) {
        fail(v, "linalg.eigh: the gradient needs the eigenvectors, which were not computed");
        return;
    }
    if (v->g[1]) {
        Tensor *t = v_div(v, v_matmul(v, v_mT(v, vs), v->g[1]), gaps(v, w));
        t = v_scaled_diagonal(v, t, 0);
        mid = mid ? v_add(v, mid, t) : t;
    }
    vjp_give(v, 0, v_matmul(v, vs, v_matmul(v, mid, v_mT(v, vs))));
}
COST(linalg_eigh, 9)
const OpDef opdef_linalg_eigh = {.name = "linalg_eigh",
                                 .grad_name = "LinalgEighBackward0",
                                 .nout = 2,
                                 .forward = forward_linalg_eigh,
                                 .vjp = vjp_linalg_eigh,
                                 .saves = {SAVES_OUT0 | SAVES_OUT1},
                                 .cost = cost_linalg_eigh,
                                 .samples = "S3,3 | f0,1; S2,3,3 | f1,1",
                                 .doc = "eigenvalues and vectors of symmetric matrices"};

/* flags: vectors. Its gradient is an error: complex matrices cannot be solved here. */
FORWARD(linalg_eig) {
    Tensor *info = NULL;
    if (!tensor_eig(IN(0), c->flags[0], &out[0], &out[1], &info, err)) return false;
    return checked(linalg_check(info, LINALG_EIG, "linalg.eig", err), info, out, 2);
}
COST(linalg_eig, 25)
const OpDef opdef_linalg_eig = {.name = "linalg_eig",
                                .grad_name = "LinalgEigBackward0",
                                .nout = 2,
                                .forward = forward_linalg_eig,
                                .cost = cost_linalg_eig,
                                .doc = "eigenvalues and right eigenvectors, complex"};

/* ---- pseudo-inverse ------------------------------------------------------------------------- */

/* 1/s, and 0 for what is at most max(atol, rtol s_max): s falls, so s_max is the first. */
static void invert_values(Tensor *s, double atol, double rtol) {
    int64_t k = s->shape[s->ndim - 1], rows = k ? tensor_numel(s) / k : 0;
    for (int64_t r = 0; r < rows; r++) {
        double *d = s->dtype == DT_F64 ? (double *)tensor_data(s) + r * k : NULL;
        float *f = d ? NULL : (float *)tensor_data(s) + r * k;
        double limit = MAX(atol, rtol * (d ? d[0] : (double)f[0]));
        for (int64_t i = 0; i < k; i++) {
            double x = d ? d[i] : (double)f[i], y = x > limit ? 1 / x : 0;
            if (d)
                d[i] = y;
            else
                f[i] = (float)y;
        }
    }
}

/* V diag(1/s) Uᵀ. reals: atol, rtol */
FORWARD(linalg_pinv) {
    Tensor *u = NULL, *s = NULL, *vh = NULL, *info = NULL, *t = NULL, *row = NULL, *scaled = NULL,
           *ut = NULL;
    if (!linalg_matrices(IN(0), "linalg.pinv", "A", err) ||
        !tensor_svd(IN(0), false, true, &u, &s, &vh, &info, err))
        return false;
    bool ok = linalg_check(info, LINALG_SVD, "linalg.svd", err);
    if (ok) invert_values(s, c->reals[0], c->reals[1]);
    ok = ok && tensor_transpose(vh, -2, -1, &t, err) && tensor_unsqueeze(s, -2, &row, err) &&
         tensor_binary(BIN_MUL, t, row, &scaled, err) && tensor_transpose(u, -2, -1, &ut, err) &&
         tensor_matmul(scaled, ut, out, err);
    Tensor *all[] = {u, s, vh, info, t, row, scaled, ut};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) tensor_release(all[i]);
    return ok;
}

/* Golub and Pereyra 1973, in PyTorch's order of products; P = A⁺ */
static Tensor *pinv_gradient(Vjp *v, Tensor *g, Tensor *p, Tensor *a) {
    Tensor *gt = v_mT(v, g), *pt = v_mT(v, p);
    if (a->shape[a->ndim - 2] <= a->shape[a->ndim - 1]) {
        Tensor *k = v_matmul(v, gt, p), *kpt = v_matmul(v, k, pt);
        Tensor *first = v_sub(v, kpt, v_mT(v, v_matmul(v, p, k)));
        Tensor *second = v_matmul(v, v_matmul(v, a, p), kpt);
        Tensor *third = v_matmul(v, v_matmul(v, pt, p), v_sub(v, gt, v_matmul(v, k, a)));
        return v_add(v, v_sub(v, first, second), third);
    }
    Tensor *k = v_matmul(v, p, gt), *ptk = v_matmul(v, pt, k);
    Tensor *first = v_sub(v, ptk, v_mT(v, v_matmul(v, k, p)));
    Tensor *second = v_matmul(v, v_matmul(v, v_sub(v, gt, v_matmul(v, a, k)), p), pt);
    return v_sub(v, v_add(v, first, second), v_matmul(v, v_matmul(v, ptk, p), a));
}
VJP(linalg_pinv) {
    vjp_give(v, 0, pinv_gradient(v, v->g[0], v->out[0], v->in[0]));
}
COST(linalg_pinv, 16)
const OpDef opdef_linalg_pinv = {.name = "linalg_pinv",
                                 .grad_name = "LinalgPinvBackward0",
                                 .forward = forward_linalg_pinv,
                                 .vjp = vjp_linalg_pinv,
                                 .saves = {SAVES_IN0 | SAVES_OUT0},
                                 .cost = cost_linalg_pinv,
                                 .samples = "3,3 | r0,1e-12; 4,2 | r0,1e-12; 2,2,3 | r0,1e-12",
                                 .doc = "the pseudo-inverse; reals: what counts as 0"};

/* ---- least squares -------------------------------------------------------------------------- */

static bool same_batch(const Tensor *a, const Tensor *b, Err *err) {
    bool same = b->ndim == a->ndim && b->dtype == a->dtype;
    for (int d = 0; d + 1 < a->ndim && same; d++) same = a->shape[d] == b->shape[d];
    return same || err_set(err, ERR_RUNTIME, "linalg.lstsq: the two operands do not fit");
}

/* in: A (..., m, n), B (..., m, k); ints: the driver; reals: rcond */
FORWARD(linalg_lstsq) {
    Tensor *info = NULL;
    LeastSquares driver = (LeastSquares)c->ints[0];
    if (!linalg_matrices(IN(0), "linalg.lstsq", "input", err) || !same_batch(IN(0), IN(1), err) ||
        !tensor_lstsq(IN(0), IN(1), c->reals[0], driver, &out[0], &out[1], &info, err))
        return false;
    return checked(linalg_check(info, LINALG_RANK, "torch.linalg.lstsq", err), info, out, 2);
}
/* X = A⁺ B: dB = A⁺ᵀ G, dA = the pseudo-inverse's for G Bᵀ */
VJP(linalg_lstsq) {
    OpCall pinv = {.op = &opdef_linalg_pinv, .nin = 1, .in = {v->in[0]}, .reals = {0, 0}};
    const Tensor *a = v->in[0];
    double eps = a->dtype == DT_F64 ? 2.220446049250313e-16 : 1.1920928955078125e-07;
    Tensor *p = NULL;
    pinv.reals[1] = eps * (double)MAX(a->shape[a->ndim - 1], a->shape[a->ndim - 2]);
    bool ok = !v->failed && v->g[0] && forward_linalg_pinv(&pinv, &p, v->err);
    if (!v->failed && !v->g[0]) return;
    v_own(v, p, ok);
    if (!ok) return;
    if (v->needs[0]) {
        Tensor *dp = v_matmul(v, v->g[0], v_mT(v, v->in[1]));
        vjp_give(v, 0, dp ? pinv_gradient(v, dp, p, v->in[0]) : NULL);
    }
    if (v->needs[1]) vjp_give(v, 1, v_matmul(v, v_mT(v, p), v->g[0]));
}
COST(linalg_lstsq, 4)
const OpDef opdef_linalg_lstsq = {
    .name = "linalg_lstsq",
    .grad_name = "LinalgLstsqBackward0",
    .nout = 2,
    .forward = forward_linalg_lstsq,
    .vjp = vjp_linalg_lstsq,
    .saves = {SAVES_IN0 | SAVES_IN1, SAVES_IN0},
    .cost = cost_linalg_lstsq,
    .samples = "4,2 4,1 | i1 r1e-12; 2,2,3 2,2,2 | i2 r1e-12; 4,2 4,2 | i0 r1e-12",
    .doc = "the x of least |Ax - b|, and the rank of A"};
