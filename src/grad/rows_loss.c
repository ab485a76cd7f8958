/* Losses, and the two gated activations that read a second tensor. ints' last entry is
 * the LossReduction. All logarithms are natural: losses are in nats. */
#include "config.h"

#include "tensor/map.h"
#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/shapetext.h"
#include "tensor/view.h"

static LossReduction reduction_of(const OpCall *c) {
    return (LossReduction)c->ints[c->nint - 1];
}

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
              tensor_contiguous(plain, &flat, err), fits = true;
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
MAP(f_logits, T m = fmax(-g, 0); T l = log(exp(-m) + exp(-g - m)),
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

/* ---- negative log likelihood: ints = ignore_index, reduction -------------------------------- */

/* in = logp (N, C, d...) or (C,), target (N, d...) int64, weight (C,) or NULL. */

typedef struct Classes {
    int64_t batch, classes, inner; /* of (N, C, d...): N, C, product of d */
    int64_t ignore;
    Tensor *target, *weight; /* int64 / float64, contiguous; owned; weight NULL: none */
} Classes;

static void classes_clear(Classes *k) {
    tensor_release(k->target);
    tensor_release(k->weight);
}

static bool dense(const Tensor *t, DType dt, Tensor **out, Err *err) {
    Tensor *cast = NULL;
    bool ok = tensor_cast(t, dt, &cast, err) && tensor_contiguous(cast, out, err);
    tensor_release(cast);
    return ok;
}

static bool classes_shapes(const Tensor *x, const Tensor *target, Err *err) {
    bool one = x->ndim == 1;
    bool ok = x->ndim >= 1 && target->ndim == x->ndim - 1;
    for (int d = 0; ok && !one && d < target->ndim; d++)
        ok = target->shape[d] == x->shape[d == 0 ? 0 : d + 1];
    if (ok) return true;
    if (x->ndim >= 2 && target->ndim >= 1 && x->shape[0] != target->shape[0])
        return err_set(err, ERR_VALUE,
                       "Expected input batch_size (%lld) to match target batch_size (%lld).",
                       (long long)x->shape[0], (long long)target->shape[0]);
    int64_t want[TENSOR_MAX_DIM];
    int n = 0;
    for (int d = 0; d < x->ndim; d++)
        if (d != 1) want[n++] = x->shape[d];
    err_set(err, ERR_RUNTIME, "Expected target size %s, got %s", list_text(n, want).text,
            list_text(target->ndim, target->shape).text);
    return err_hint(err, "targets are class numbers: the input's shape without its class dim");
}

static bool check_nll_loss(const OpCall *c, Err *err) {
    const Tensor *x = IN(0), *target = IN(1), *w = IN(2);
    if (!classes_shapes(x, target, err)) return false;
    if (target->dtype != DT_I64 && target->dtype != DT_U8)
        return err_set(err, ERR_RUNTIME, "expected scalar type Long but found %s",
                       dtype_class_name((DType)target->dtype));
    if (!dtype_is_float((DType)x->dtype))
        return err_set(err, ERR_RUNTIME, "\"nll_loss_out_frame\" not implemented for '%s'",
                       dtype_class_name((DType)x->dtype));
    if (!w) return true;
    int64_t classes = x->shape[x->ndim > 1 ? 1 : 0];
    if (w->ndim != 1 || w->shape[0] != classes)
        return err_set(
            err, ERR_RUNTIME,
            "weight tensor should be defined either for all %lld classes or no classes but "
            "got weight tensor of shape: %s",
            (long long)classes, list_text(w->ndim, w->shape).text);
    return w->dtype == x->dtype ||
           err_set(err, ERR_RUNTIME, "expected scalar type %s but found %s",
                   dtype_class_name((DType)x->dtype), dtype_class_name((DType)w->dtype));
}

/* Checks every class number. */
static bool classes_init(Classes *k, const OpCall *c, Tensor *const *in, Err *err) {
    const Tensor *x = in[0], *target = in[1];
    *k = (Classes){.batch = 1, .inner = 1, .ignore = c->ints[0]};
    k->classes = x->shape[x->ndim > 1 ? 1 : 0];
    if (x->ndim > 1) k->batch = x->shape[0];
    for (int d = 2; d < x->ndim; d++) k->inner *= x->shape[d];
    bool ok =
        dense(target, DT_I64, &k->target, err) && (!in[2] || dense(in[2], DT_F64, &k->weight, err));
    const int64_t *t = ok ? tensor_data(k->target) : NULL;
    for (int64_t i = 0; ok && i < k->batch * k->inner; i++)
        if (t[i] != k->ignore && (t[i] < 0 || t[i] >= k->classes))
            ok = err_set(err, ERR_INDEX, "Target %lld is out of bounds.", (long long)t[i]);
    if (!ok) classes_clear(k);
    return ok;
}

/* Weight of position i's class; 0 when it is ignored. */
static double class_weight(const Classes *k, int64_t i) {
    int64_t t = ((const int64_t *)tensor_data(k->target))[i];
    if (t == k->ignore) return 0;
    return k->weight ? ((const double *)tensor_data(k->weight))[t] : 1;
}
/* The index in (N, C, d...) or (C,) of position i's class. */
static void class_index(const Classes *k, const Tensor *x, int64_t i, int64_t *index) {
    int64_t rest = i % k->inner;
    int at = x->ndim > 1 ? 1 : 0;
    for (int d = x->ndim - 1; d > at; d--) {
        index[d] = rest % x->shape[d];
        rest /= x->shape[d];
    }
    index[at] = ((const int64_t *)tensor_data(k->target))[i];
    if (at) index[0] = i / k->inner;
}

/* Sums as PyTorch's kernel does, rounded to the input's type at each step: 8 levels, and what level
 * k holds moves up whenever 2^(power (k + 1)) divides the position. */
enum { NLL_LEVELS = 8 };
typedef struct Levels {
    double level[NLL_LEVELS];
    int power;
    bool single; /* float32 */
} Levels;

static double rounded(const Levels *s, double v) {
    return s->single ? (double)(float)v : v;
}
static Levels levels_begin(int64_t positions, DType dt) {
    Levels s = {.power = 4, .single = dt != DT_F64};
    while (s.power * NLL_LEVELS < 63 && INT64_C(1) << s.power * NLL_LEVELS < positions) s.power++;
    return s;
}
static void levels_add(Levels *s, int64_t position, double v) {
    s->level[0] = rounded(s, s->level[0] + v);
    int64_t mask = (INT64_C(1) << s->power) - 1;
    for (int k = 0; k + 1 < NLL_LEVELS && !(position & mask); k++, mask <<= s->power) {
        s->level[k + 1] = rounded(s, s->level[k + 1] + s->level[k]);
        s->level[k] = 0;
    }
}
static double levels_sum(const Levels *s) {
    double sum = 0;
    for (int k = 0; k < NLL_LEVELS; k++) sum = rounded(s, sum + s->level[k]);
    return sum;
}

/* out[1] (hidden) = sum of weights, which a mean divides by */
FORWARD(nll_loss) {
    Classes k;
    LossReduction r = reduction_of(c);
    Tensor *each = NULL, *weight = NULL;
    const Tensor *x = IN(0), *target = IN(1);
    if (!classes_init(&k, c, op_inputs(c), err)) return false;
    Levels sum = levels_begin(k.batch * k.inner, (DType)x->dtype), total = sum;
    bool ok = r != LOSS_NONE || tensor_empty(DT_F64, target->ndim, target->shape, &each, err);
    for (int64_t i = 0; ok && i < k.batch * k.inner; i++) {
        int64_t index[TENSOR_MAX_DIM];
        double w = class_weight(&k, i), loss = 0;
        if (w != 0) {
            class_index(&k, x, i, index);
            loss = rounded(&sum, -w * tensor_get_f64(x, index));
            levels_add(&sum, i, loss);
            levels_add(&total, i, w);
        }
        if (each) ((double *)tensor_data(each))[i] = loss;
    }
    double weights = levels_sum(&total), loss = levels_sum(&sum);
    if (ok && !each)
        ok = tensor_scalar_f64(DT_F64, r == LOSS_MEAN ? loss / weights : loss, &each, err);
    ok = ok && tensor_scalar_f64(DT_F64, weights, &weight, err) &&
         tensor_cast(each, (DType)x->dtype, &out[0], err);
    if (ok)
        out[1] = weight;
    else
        tensor_release(weight);
    tensor_release(each);
    classes_clear(&k);
    return ok;
}
/* dlogp = -w g at the class, 0 elsewhere; divided by the sum of weights for a mean */
VJP(nll_loss) {
    Classes k;
    LossReduction r = reduction_of(v->c);
    Tensor *dx = v_zeros_as(v, v->in[0]);
    Tensor *g = v_contiguous(v, v_cast(v, v->g[0], DT_F64));
    if (v->failed) return;
    if (!classes_init(&k, v->c, v->in, v->err)) {
        v_fail(v);
        return;
    }
    const double *gs = tensor_data(g);
    double total = r == LOSS_MEAN ? tensor_get_f64(v->out[1], NULL) : 1;
    for (int64_t i = 0; i < k.batch * k.inner; i++) {
        int64_t index[TENSOR_MAX_DIM];
        double w = class_weight(&k, i);
        if (w == 0) continue;
        class_index(&k, dx, i, index);
        tensor_set_f64(dx, index, -w * gs[r == LOSS_NONE ? i : 0] / total);
    }
    classes_clear(&k);
    vjp_give(v, 0, dx);
}
static const char *name_nll_loss(const OpCall *c) {
    if (IN(0)->ndim == 3 && reduction_of(c) == LOSS_NONE) return "ViewBackward0";
    return IN(0)->ndim > 2 ? "NllLoss2DBackward0" : "NllLossBackward0";
}
static void cost_nll(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(out);
    cost->flops = 2 * (double)tensor_numel(IN(1));
}
const OpDef opdef_nll_loss = {
    .name = "nll_loss",
    .grad_name_of = name_nll_loss,
    .check = check_nll_loss,
    .fixed = {[2] = "weight"},
    .nhidden = 1,
    .forward = forward_nll_loss,
    .vjp = vjp_nll_loss,
    .saves = {SAVES_IN1 | SAVES_IN2 | SAVES_OUT1},
    .cost = cost_nll,
    .samples = "4,3 i4<3 - | i-100,1; 4,3 i4<3 +c3 | i-100,1; 4,3 i4<3 +c3 | i1,0; "
               "4,3 i4<3 - | i1,2; 2,3,4 i2,4<3 - | i-100,1; 3 is<3 - | i-100,1",
    .doc = "-logp[class], weighted"};

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
