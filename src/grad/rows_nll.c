/* Negative log likelihood of class numbers, in nats, with PyTorch's sums.
 * in = logp (N, C, d...) or (C,), target (N, d...) int64, weight (C,) or NULL; ints = ignore_index,
 * reduction. */
#include "config.h"

#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/shapetext.h"

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
