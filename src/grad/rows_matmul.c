/* Products. For C = A B: dA = G Bᴴ, dB = Aᴴ G (H: transposed, conjugated when complex).
 * A product of a batch with one matrix is folded into a single large product, forward
 * (tensor_matmul does) and back, instead of being summed over the batch. */
#include "config.h"

#include "grad/rows.h"

#include "linalg/matmul.h"
#include "tensor/view.h"

static Tensor *adjoint(Vjp *v, Tensor *a) {
    return v_conj(v, v_transpose(v, a, -2, -1));
}

/* (.., n) as (rows, n) */
static Tensor *fold(Vjp *v, Tensor *a) {
    if (!a || a->ndim == 2) return a;
    int64_t rows = 1;
    for (int d = 0; d + 1 < a->ndim; d++) rows *= a->shape[d];
    return v_reshape(v, a, 2, (int64_t[]){rows, a->shape[a->ndim - 1]});
}

/* gives inputs i and j the gradients of k A B, whose gradient is g */
static void give_product(Vjp *v, int i, int j, Tensor *g, double k) {
    Tensor *a = v->in[i], *b = v->in[j];
    bool a1 = a->ndim == 1, b1 = b->ndim == 1;
    if (a1) g = v_unsqueeze(v, g, b1 ? -1 : -2); /* a as one row */
    if (b1) g = v_unsqueeze(v, g, -1);           /* b as one column */
    if (v->needs[i]) {
        Tensor *column = b1 ? v_unsqueeze(v, b, -1) : b;
        Tensor *da = column->ndim == 2 && !a1 && a->ndim > 2
                         ? v_reshape_as(v, v_matmul(v, fold(v, g), adjoint(v, column)), a)
                         : v_matmul(v, g, adjoint(v, column));
        if (a1 && da) da = v_select(v, da, -2, 0);
        vjp_give(v, i, k == 1 ? da : v_scale(v, da, k));
    }
    if (v->needs[j]) {
        Tensor *row = a1 ? v_unsqueeze(v, a, 0) : a;
        Tensor *db = b->ndim <= 2 && row->ndim > 2
                         ? v_matmul(v, adjoint(v, fold(v, row)), fold(v, g))
                         : v_matmul(v, adjoint(v, row), g);
        if (b1 && db) db = v_select(v, db, -1, 0);
        vjp_give(v, j, k == 1 ? db : v_scale(v, db, k));
    }
}

VJP(product) {
    give_product(v, 0, 1, v->g[0], 1);
}

static void cost_product(const OpCall *c, Tensor *const *out, OpCost *cost) {
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    Err none = {0};
    UNUSED(out);
    if (!matmul_shape(IN(0), IN(1), &ndim, shape, &cost->flops, &none)) err_clear(&none);
}

/* matrix @ batch is folded to (batchᵀ @ matrixᵀ)ᵀ and made contiguous, unless that is a view;
 * a batch of transposed matrices is not folded. */
static const char *name_matrix_batch(const Tensor *a, const Tensor *b) {
    int n = b->ndim;
    if (n == 3 && b->stride[2] != 1 && b->stride[0] == b->shape[1] * b->shape[2])
        return "UnsafeViewBackward0";
    return a->shape[0] == 1 || b->shape[n - 1] == 1 ? "TransposeBackward0" : "CloneBackward0";
}

/* Which of PyTorch's ways through matmul a pair of ranks takes, by the node it leaves. */
static const char *name_matmul(const OpCall *c) {
    int a = IN(0)->ndim, b = IN(1)->ndim;
    if (a == 1 && b == 1) return "DotBackward0";
    if (a == 2 && b == 1) return "MvBackward0";
    if (a == 1 && b == 2) return "SqueezeBackward3";
    if (a == 2 && b == 2) return "MmBackward0";
    return a == 2 && b > 2 ? name_matrix_batch(IN(0), IN(1)) : "UnsafeViewBackward0";
}

#define PRODUCT_SAVES                                                                              \
    { SAVES_IN1, SAVES_IN0 }
FORWARD(matmul) {
    return tensor_matmul(IN(0), IN(1), out, err);
}
const OpDef opdef_matmul = {.name = "matmul",
                            .grad_name_of = name_matmul,
                            .forward = forward_matmul,
                            .vjp = vjp_product,
                            .saves = PRODUCT_SAVES,
                            .cost = cost_product,
                            .flags = OPDEF_PRODUCT,
                            .samples =
                                "2,3 3,4; 3 3; 2,3 3; 3 3,2; 2,2,3 3,4; 2,2,3 3; 2,3,4 2,4,2; "
                                "2,1,3,4 3,4,2; 3 2,3,2; 2,3 4,3,2; ~2,3 ~3,4; 2,0,3 3,2; 2,0 0,3; "
                                "2,3,4 c4,2",
                            .doc = "(.., m, k) @ (.., k, n), leading dims broadcast"};

#define PRODUCT_ROW(opname, gradname, text, examples)                                              \
    FORWARD(opname) {                                                                              \
        return tensor_##opname(IN(0), IN(1), out, err);                                            \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = gradname,                                           \
                                  .forward = forward_##opname,                                     \
                                  .vjp = vjp_product,                                              \
                                  .saves = PRODUCT_SAVES,                                          \
                                  .cost = cost_product,                                            \
                                  .flags = OPDEF_PRODUCT,                                          \
                                  .samples = examples,                                             \
                                  .doc = text};
PRODUCT_ROW(mm, "MmBackward0", "(m, k) @ (k, n)", "2,3 3,4; ~2,3 3,4")
PRODUCT_ROW(bmm, "BmmBackward0", "(b, m, k) @ (b, k, n)", "2,3,4 2,4,2")
PRODUCT_ROW(mv, "MvBackward0", "(m, k) @ (k,)", "2,3 3")
PRODUCT_ROW(dot, "DotBackward0", "(k,) . (k,)", "3 3")

FORWARD(outer) {
    return tensor_outer(IN(0), IN(1), out, err);
}
/* da = G b, db = Gᵀ a */
VJP(outer) {
    Tensor *g = v->g[0];
    if (v->needs[0]) vjp_give(v, 0, v_matmul(v, g, v_conj(v, v->in[1])));
    if (v->needs[1]) vjp_give(v, 1, v_matmul(v, v_transpose(v, g, 0, 1), v_conj(v, v->in[0])));
}
const OpDef opdef_outer = {.name = "outer",
                           .grad_name = "MulBackward0",
                           .forward = forward_outer,
                           .vjp = vjp_outer,
                           .saves = PRODUCT_SAVES,
                           .flags = OPDEF_PRODUCT,
                           .samples = "2 3",
                           .doc = "(m,) (n,) -> (m, n)"};

/* ---- beta c + alpha a b ------------------------------------------------------------ */

VJP(addmm) {
    double beta = v->c->reals[0], alpha = v->c->reals[1];
    if (v->needs[0]) vjp_give(v, 0, beta == 1 ? v->g[0] : v_scale(v, v->g[0], beta));
    give_product(v, 1, 2, v->g[0], alpha);
}
static void cost_addmm(const OpCall *c, Tensor *const *out, OpCost *cost) {
    OpCall product = {.op = c->op, .nin = 2, .in = {IN(1), IN(2)}};
    cost_product(&product, out, cost);
    cost->flops += (double)tensor_numel(out[0]);
}
FORWARD(addmm) {
    return tensor_addmm(IN(0), IN(1), IN(2), c->reals[0], c->reals[1], out, err);
}
FORWARD(baddbmm) {
    return tensor_baddbmm(IN(0), IN(1), IN(2), c->reals[0], c->reals[1], out, err);
}
#define ADDMM_SAVES                                                                                \
    { 0, SAVES_IN2, SAVES_IN1 }
const OpDef opdef_addmm = {.name = "addmm",
                           .grad_name = "AddmmBackward0",
                           .forward = forward_addmm,
                           .vjp = vjp_addmm,
                           .saves = ADDMM_SAVES,
                           .cost = cost_addmm,
                           .flags = OPDEF_PRODUCT,
                           .samples = "2,4 2,3 3,4 | r1,1; 4 2,3 3,4 | r0.5,2; s 2,3 3,4 | r1,1",
                           .doc = "beta c + alpha a @ b"};
const OpDef opdef_baddbmm = {.name = "baddbmm",
                             .grad_name = "BaddbmmBackward0",
                             .forward = forward_baddbmm,
                             .vjp = vjp_addmm,
                             .saves = ADDMM_SAVES,
                             .cost = cost_addmm,
                             .flags = OPDEF_PRODUCT,
                             .samples = "2,3,2 2,3,4 2,4,2 | r1,1; 3,2 2,3,4 2,4,2 | r2,0.5",
                             .doc = "beta c + alpha a @ b, batched"};

/* ---- linear: x wᵀ + b -------------------------------------------------------------- */

/* x (.., in) with a bias: one addmm over the folded rows. */
static bool linear_bias(const Tensor *x, const Tensor *wt, const Tensor *bias, Tensor **out,
                        Err *err) {
    int64_t shape[TENSOR_MAX_DIM], rows = 1;
    int n = x->ndim;
    for (int d = 0; d < n - 1; d++) rows *= shape[d] = x->shape[d];
    shape[n - 1] = wt->shape[1];
    Tensor *flat = NULL, *y = NULL;
    bool ok = tensor_reshape(x, 2, (int64_t[]){rows, x->shape[n - 1]}, &flat, err) &&
              tensor_addmm(bias, flat, wt, 1, 1, &y, err) && tensor_view(y, n, shape, out, err);
    tensor_release(flat);
    tensor_release(y);
    return ok;
}

static bool linear_check(const Tensor *x, const Tensor *w, Err *err) {
    int64_t in = w->ndim ? w->shape[w->ndim - 1] : 1;
    if (x->ndim && w->ndim && x->shape[x->ndim - 1] == in) return true;
    Str xs = STR_INIT, ws = STR_INIT;
    shape_str(&xs, x->ndim, x->shape);
    shape_str(&ws, w->ndim, w->shape);
    if (x->ndim == 2 && w->ndim == 2)
        err_set(err, ERR_RUNTIME,
                "mat1 and mat2 shapes cannot be multiplied (%lldx%lld and %lldx%lld)",
                (long long)x->shape[0], (long long)x->shape[1], (long long)w->shape[1],
                (long long)w->shape[0]);
    else
        err_set(err, ERR_RUNTIME, "linear: input %s does not fit weight %s", str_cstr(&xs),
                str_cstr(&ws));
    err_hint(err, "the last size of the input %s must be the last size of the weight %s",
             str_cstr(&xs), str_cstr(&ws));
    str_clear(&xs);
    str_clear(&ws);
    return false;
}

FORWARD(linear) {
    const Tensor *x = IN(0), *w = IN(1), *bias = IN(2);
    Tensor *wt = NULL, *y = NULL;
    if (!linear_check(x, w, err) || !tensor_t(w, &wt, err)) return false;
    bool ok;
    if (bias && w->ndim == 2 && x->ndim >= 2) {
        ok = linear_bias(x, wt, bias, out, err);
    } else {
        ok = tensor_matmul(x, wt, bias ? &y : out, err) &&
             (!bias || tensor_binary(BIN_ADD, y, bias, out, err));
    }
    tensor_release(wt);
    tensor_release(y);
    return ok;
}
/* dx = G w, dw = Gᵀ x, db = sum over rows of G */
VJP(linear) {
    Tensor *x = v->in[0], *w = v->in[1], *g = v->g[0];
    if (w->ndim == 1) { /* the output lacks the dim */
        g = v_unsqueeze(v, g, -1);
        w = v_unsqueeze(v, w, 0);
    }
    Tensor *grows = fold(v, x->ndim == 1 ? v_unsqueeze(v, g, 0) : g);
    if (v->failed) return;
    if (v->needs[0]) vjp_give(v, 0, v_reshape_as(v, v_matmul(v, grows, w), x));
    if (v->needs[1]) {
        Tensor *rows = fold(v, x->ndim == 1 ? v_unsqueeze(v, x, 0) : x);
        Tensor *dw = v_matmul(v, v_transpose(v, grows, 0, 1), rows);
        vjp_give(v, 1, dw ? v_reshape_as(v, dw, v->in[1]) : NULL);
    }
    /* PyTorch folds a contiguous 3-dim input before it adds the bias, so that the bias' gradient is
     * the sum of the folded rows; the order of the sum is seen in its last digit. */
    bool folded = x->ndim == 3 && tensor_is_contiguous(x);
    if (v->nin > 2 && v->in[2] && v->needs[2]) vjp_give(v, 2, folded ? grows : v->g[0]);
}
static const char *name_linear(const OpCall *c) {
    const Tensor *x = IN(0);
    if (IN(1)->ndim == 1 && !IN(2))
        return x->ndim == 1 ? "DotBackward0" : x->ndim == 2 ? "MvBackward0" : "UnsafeViewBackward0";
    if (!IN(2))
        return x->ndim == 1   ? "SqueezeBackward3"
               : x->ndim == 2 ? "MmBackward0"
                              : "UnsafeViewBackward0";
    if (x->ndim == 2) return "AddmmBackward0";
    return x->ndim == 3 && tensor_is_contiguous(x) ? "ViewBackward0" : "AddBackward0";
}
static void cost_linear(const OpCall *c, Tensor *const *out, OpCost *cost) {
    const Tensor *x = IN(0);
    double n = (double)tensor_numel(out[0]);
    cost->flops = 2 * n * (double)(x->ndim ? x->shape[x->ndim - 1] : 1) + (IN(2) ? n : 0);
}
const OpDef opdef_linear = {
    .name = "linear",
    .grad_name_of = name_linear,
    .forward = forward_linear,
    .vjp = vjp_linear,
    .saves = {SAVES_IN1, SAVES_IN0 | SAVES_IN1, 0},
    .cost = cost_linear,
    .flags = OPDEF_PRODUCT,
    .samples = "2,3 4,3 4; 2,3 4,3 -; 2,2,3 4,3 4; 3 4,3 4; ~2,2,3 4,3 -; 0,3 4,3 4; "
               "2,3 3 -",
    .doc = "x wᵀ + b"};
