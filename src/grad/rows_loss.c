/* Losses, and the two gated activations that read a second tensor. ints' last entry is
 * the LossReduction. All logarithms are natural: losses are in nats. */
#include "config.h"

#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/map.h"
#include "tensor/shapetext.h"
#include "tensor/view.h"

static void cost_loss(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(out);
    cost->flops = 4 * (double)tensor_numel(IN(0));
}

/* Takes the elementwise loss (owned) to what the call asks for. */
static bool reduce_loss(const OpCall *c, Tensor *each, Tensor **out, Err *err) {
    LossReduction r = reduction_of(c);
    if (r == LOSS_NONE) {
        *out = each;
        return true;
    }
    bool ok = tensor_reduce(r == LOSS_MEAN ? RED_MEAN : RED_SUM, each, 0, NULL, false, out, err);
    tensor_release(each);
    return ok;
}

/* The gradient of the elementwise loss: g, divided by the count for a mean. */
static Tensor *each_grad(Vjp *v) {
    Tensor *g = v->g[0];
    if (reduction_of(v->c) != LOSS_MEAN) return g;
    int64_t n = 1, shape[TENSOR_MAX_DIM];
    int ndim = 0;
    for (int i = 0; i < v->nin; i++)
        if (v->in[i] &&
            !shape_broadcast(ndim, shape, v->in[i]->ndim, v->in[i]->shape, &ndim, shape, v->err))
            return v_fail(v);
    for (int d = 0; d < ndim; d++) n *= shape[d];
    return v_num(v, BIN_DIV, g, (double)n);
}

/* ---- regression: two maps each, of x, y and p[0] ----------------------------------- */

/* u cut to [-b, b]; a nan stays one. */
#define CUT(u, b) ((u) < -(b) ? -(b) : (u) > (b) ? (b) : (u))
/* X(name, "GradName", loss of d = x - y, gradient by x; y's is the negative; samples) */
#define X(opname, gradname, loss, dloss, examples)                                                 \
    MAP(f_##opname, T d = x - y, loss)                                                             \
    MAP(d_##opname, T d = x - y, dloss)                                                            \
    FORWARD(opname) {                                                                              \
        Tensor *each = NULL;                                                                       \
        return map_apply(&f_##opname, 3, (Tensor *[]){NULL, IN(0), IN(1)}, c->reals, &each,        \
                         err) &&                                                                   \
               reduce_loss(c, each, out, err);                                                     \
    }                                                                                              \
    VJP(opname) {                                                                                  \
        Tensor *g = each_grad(v);                                                                  \
        if (!g) return;                                                                            \
        Tensor *dx = v_map(v, &d_##opname, 3, (Tensor *[]){g, v->in[0], v->in[1]}, v->c->reals);   \
        vjp_give(v, 0, dx);                                                                        \
        if (v->needs[1]) vjp_give(v, 1, v_neg(v, dx));                                             \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = gradname,                                           \
                                  .forward = forward_##opname,                                     \
                                  .vjp = vjp_##opname,                                             \
                                  .saves = {SAVES_IN0 | SAVES_IN1, SAVES_IN0 | SAVES_IN1},         \
                                  .cost = cost_loss,                                               \
                                  .samples = examples,                                             \
                                  .doc = #loss " with d = x - y"};
/* clang-format off */
X(mse_loss, "MseLossBackward0", d * d, 2 * d * g, "2,3 2,3 | i1; 2,3 3 | i0; 2,3 2,3 | i2")
X(smooth_l1_loss, "SmoothL1LossBackward0",
  fabs(d) < p[0] ? d * d / (2 * p[0]) : fabs(d) - p[0] / 2, CUT(d / p[0], 1) * g,
  "2,3 2,3 | i1 r0.7")
X(huber_loss, "HuberLossBackward0",
  fabs(d) <= p[0] ? d * d / 2 : p[0] * (fabs(d) - p[0] / 2), CUT(d, p[0]) * g, "2,3 2,3 | i2 r0.7")
/* clang-format on */
#undef X

/* ---- binary cross entropy ---------------------------------------------------------- */

/* -(y log x + (1 - y) log(1 - x)), logarithms cut at -100. g = x, x = y, y = weight */
MAP(f_bce, , -(x *fmax(log(g), K(-100)) + (1 - x) * fmax(log1p(-g), K(-100))))
MAP(f_bce_weighted, , -y *(x *fmax(log(g), K(-100)) + (1 - x) * fmax(log1p(-g), K(-100))))
/* dx = g (x - y) / (x (1 - x)), dy = g (log(1 - x) - log x) */
MAP(dx_bce, , g *(x - y) / fmax((1 - x) * x, K(1e-12)))
MAP(dy_bce, , g *(fmax(log1p(-x), K(-100)) - fmax(log(x), K(-100))))
/* What F.binary_cross_entropy (and with_logits) asks of the sizes. */
static bool same_sizes(const OpCall *c, bool logits, Err *err) {
    if (tensor_same_shape(IN(0), IN(1))) return true;
    ListText y = list_text(IN(1)->ndim, IN(1)->shape), x = list_text(IN(0)->ndim, IN(0)->shape);
    if (logits)
        return err_set(
            err, ERR_VALUE,
            "Target size (torch.Size(%s)) must be the same as input size (torch.Size(%s))", y.text,
            x.text);
    return err_set(err, ERR_VALUE,
                   "Using a target size (torch.Size(%s)) that is different to the input size "
                   "(torch.Size(%s)) is deprecated. Please ensure they have the same size.",
                   y.text, x.text);
}

/* Probabilities all, and nan is none. */
static bool check_probabilities(const Tensor *x, Err *err) {
    Tensor *plain = NULL, *flat = NULL;
    bool ok = tensor_cast(x, x->dtype == DT_F64 ? DT_F64 : DT_F32, &plain, err) &&
              tensor_contiguous(plain, &flat, err),
         fits = true;
    for (int64_t i = 0, n = ok ? tensor_numel(flat) : 0; i < n && fits; i++) {
        double p = flat->dtype == DT_F64 ? ((const double *)tensor_data(flat))[i]
                                         : (double)((const float *)tensor_data(flat))[i];
        fits = p >= 0 && p <= 1;
    }
    tensor_release(plain);
    tensor_release(flat);
    if (!ok || fits) return ok;
    err_set(err, ERR_RUNTIME, "all elements of input should be between 0 and 1");
    return err_hint(err, "sigmoid first, or binary_cross_entropy_with_logits");
}

FORWARD(bce) {
    Tensor *each = NULL;
    if (!same_sizes(c, false, err) || !check_probabilities(IN(0), err)) return false;
    bool weighted = IN(2) != NULL;
    return map_apply(weighted ? &f_bce_weighted : &f_bce, weighted ? 3 : 2, op_inputs(c), NULL,
                     &each, err) &&
           reduce_loss(c, each, out, err);
}
VJP(bce) {
    Tensor *g = each_grad(v);
    if (v->in[2]) g = v_mul(v, g, v->in[2]);
    if (!g) return;
    if (v->needs[0])
        vjp_give(v, 0, v_map(v, &dx_bce, 3, (Tensor *[]){g, v->in[0], v->in[1]}, NULL));
    if (v->needs[1]) vjp_give(v, 1, v_map(v, &dy_bce, 2, (Tensor *[]){g, v->in[0]}, NULL));
}
const OpDef opdef_bce = {.name = "bce",
                         .grad_name = "BinaryCrossEntropyBackward0",
                         .fixed = {[2] = "weight"},
                         .forward = forward_bce,
                         .vjp = vjp_bce,
                         .saves = {SAVES_IN0 | SAVES_IN1 | SAVES_IN2, SAVES_IN0 | SAVES_IN2},
                         .cost = cost_loss,
                         .samples = "u2,3 u2,3 - | i1; u2,3 cu2,3 c3 | i0",
                         .doc = "-(y log x + (1 - y) log(1 - x))"};

/* With s = sigmoid(x) and pos_weight q: (1 - y) x + (1 + (q - 1) y) log(1 + e^-x), where the
 * logarithm is taken of the smaller exponential. */
enum { TARGET = 1, WEIGHT, POS_WEIGHT }; /* inputs behind x */
MAP(f_logits, T m = fmax(-g, 0);
    T l = log(exp(-m) + exp(-g - m)),
    y == 1 ? ((1 - x) * g + m) + l : (1 - x) * g + ((y - 1) * x + 1) * (l + m))
/* dx = g (s (1 - y + q y) - q y), dy = -g (x - (q - 1) log(1 + e^-x)) */
MAP(dx_logits, T s = 1 / (1 + exp(-x)), g *(s *(1 - y + z * y) - z * y))
MAP(dy_logits, T l = log1p(exp(-fabs(x))) + fmax(-x, 0), g *(-x + (z - 1) * l))
static bool ones_like_number(Tensor **out, Err *err) {
    return tensor_scalar_f64(DT_F32, 1, out, err);
}
FORWARD(bce_with_logits) {
    Tensor *each = NULL, *weighted = NULL, *one = NULL;
    if (!same_sizes(c, true, err)) return false;
    if (!ones_like_number(&one, err)) return false;
    Tensor *operands[] = {IN(0), IN(TARGET), IN(POS_WEIGHT) ? IN(POS_WEIGHT) : one};
    bool ok = map_apply(&f_logits, 3, operands, NULL, &each, err);
    if (ok && IN(WEIGHT)) {
        ok = tensor_binary(BIN_MUL, each, IN(WEIGHT), &weighted, err);
        tensor_release(each);
        each = weighted;
    }
    tensor_release(one);
    return ok && reduce_loss(c, each, out, err);
}
VJP(bce_with_logits) {
    Tensor *g = each_grad(v), *one = NULL;
    if (v->in[WEIGHT]) g = v_mul(v, g, v->in[WEIGHT]);
    if (!g) return;
    bool ok = ones_like_number(&one, v->err);
    if (!v_own(v, one, ok)) return;
    Tensor *q = v->in[POS_WEIGHT] ? v->in[POS_WEIGHT] : one;
    Tensor *operands[] = {g, v->in[0], v->in[TARGET], q};
    if (v->needs[0]) vjp_give(v, 0, v_map(v, &dx_logits, 4, operands, NULL));
    if (v->needs[TARGET]) vjp_give(v, TARGET, v_map(v, &dy_logits, 4, operands, NULL));
}
#define LOGIT_SAVES (SAVES_IN0 | SAVES_IN1 | SAVES_IN2 | SAVES_IN3)
const OpDef opdef_bce_with_logits = {.name = "bce_with_logits",
                                     .grad_name = "BinaryCrossEntropyWithLogitsBackward0",
                                     .fixed = {[WEIGHT] = "weight", [POS_WEIGHT] = "pos_weight"},
                                     .forward = forward_bce_with_logits,
                                     .vjp = vjp_bce_with_logits,
                                     .saves = {LOGIT_SAVES, LOGIT_SAVES},
                                     .cost = cost_loss,
                                     .samples = "2,3 2,3 - - | i1; 2,3 u2,3 c3 +c3 | i2",
                                     .doc = "bce of sigmoid(x), computed without the sigmoid"};

/* ---- gates ------------------------------------------------------------------------- */

/* x = (a, b) along ints[0]: a sigmoid(b). Dauphin et al. 2017. */
static bool halves(const Tensor *x, int64_t dim, Tensor **a, Tensor **b, Err *err) {
    int d;
    if (!dim_wrap(dim, x->ndim, &d, err)) return false;
    int64_t n = x->ndim ? x->shape[d] : 0;
    if (n % 2 || x->ndim == 0)
        return err_set(err, ERR_RUNTIME,
                       "Halving dimension must be even, but dimension %d is size %lld", d,
                       (long long)n);
    if (!tensor_narrow(x, d, 0, n / 2, a, err)) return false;
    if (tensor_narrow(x, d, n / 2, n / 2, b, err)) return true;
    tensor_release(*a);
    return false;
}
MAP(f_glu, , g / (1 + exp(-x)))
MAP(da_glu, , g / (1 + exp(-y)))
MAP(db_glu, T s = 1 / (1 + exp(-y)), g *x *s *(1 - s))
FORWARD(glu) {
    Tensor *half[2];
    if (!halves(IN(0), c->ints[0], &half[0], &half[1], err)) return false;
    bool ok = map_apply(&f_glu, 2, half, NULL, out, err);
    tensor_release(half[0]);
    tensor_release(half[1]);
    return ok;
}
/* da = g s, db = g a s (1 - s) with s = sigmoid(b) */
VJP(glu) {
    Tensor *a = NULL, *b = NULL, *dx = v_zeros_as(v, v->in[0]), *da = NULL, *db = NULL;
    bool ok = dx && halves(v->in[0], v->c->ints[0], &a, &b, v->err);
    if (!dx || !v_own(v, a, ok)) return;
    v_own(v, b, true);
    ok = halves(dx, v->c->ints[0], &da, &db, v->err);
    if (!v_own(v, da, ok)) return;
    v_own(v, db, true);
    Tensor *operands[] = {v->g[0], a, b};
    Tensor *ga = v_map(v, &da_glu, 3, operands, NULL), *gb = v_map(v, &db_glu, 3, operands, NULL);
    if (!ga || !gb) return;
    if (!tensor_copy_(da, ga, v->err) || !tensor_copy_(db, gb, v->err)) v_fail(v);
    vjp_give(v, 0, dx);
}
const OpDef opdef_glu = {.name = "glu",
                         .grad_name = "GluBackward0",
                         .forward = forward_glu,
                         .vjp = vjp_glu,
                         .saves = {SAVES_IN0},
                         .samples = "2,4 | i-1; 4,3 | i0",
                         .doc = "a sigmoid(b) of the two halves of a dim"};

/* x > 0 ? x : w x, w one number or one per channel (dim 1). He et al. 2015. */
MAP(f_prelu, , g > 0 ? g : g * x)
MAP(dx_prelu, , x > 0 ? g : g * y)
MAP(dw_prelu, , x > 0 ? 0 : g * x)
static bool prelu_weight(const Tensor *x, const Tensor *w, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM], n = tensor_numel(w);
    if (n == 1) return tensor_reshape(w, 0, NULL, out, err);
    if (x->ndim < 2 || n != x->shape[1])
        return err_set(err, ERR_RUNTIME,
                       "Mismatch of parameter numbers and input channel size. Found parameter "
                       "numbers = %lld and channel size = %lld.",
                       (long long)n, (long long)(x->ndim < 2 ? 1 : x->shape[1]));
    for (int d = 0; d < x->ndim; d++) shape[d] = d == 1 ? n : 1;
    return tensor_reshape(w, x->ndim, shape, out, err);
}
FORWARD(prelu) {
    Tensor *w = NULL;
    if (!prelu_weight(IN(0), IN(1), &w, err)) return false;
    bool ok = map_apply(&f_prelu, 2, (Tensor *[]){IN(0), w}, NULL, out, err);
    tensor_release(w);
    return ok;
}
VJP(prelu) {
    Tensor *x = v->in[0], *w = NULL;
    bool ok = prelu_weight(x, v->in[1], &w, v->err);
    if (!v_own(v, w, ok)) return;
    Tensor *operands[] = {v->g[0], x, w};
    if (v->needs[0]) vjp_give(v, 0, v_map(v, &dx_prelu, 3, operands, NULL));
    if (v->needs[1]) {
        Tensor *dw = v_sum_to(v, v_map(v, &dw_prelu, 2, operands, NULL), w);
        if (dw) vjp_give(v, 1, v_reshape_as(v, dw, v->in[1]));
    }
}
const OpDef opdef_prelu = {.name = "prelu",
                           .grad_name = "PreluBackward0",
                           .forward = forward_prelu,
                           .vjp = vjp_prelu,
                           .saves = {SAVES_IN0 | SAVES_IN1, SAVES_IN0 | SAVES_IN1},
                           .samples = "2,3 1; 2,3,2 3",
                           .doc = "x > 0 ? x : w x"};
