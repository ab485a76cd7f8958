/* Reductions over sets of dims (ints; none: all; flags[0] keepdim). The gradient of a
 * reduction is spread back over what was reduced: v_unreduce. */
#include "config.h"

#include <math.h>

#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/map.h"
#include "tensor/sort.h"
#include "tensor/view.h"

static void cost_input(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(out);
    cost->flops = (double)tensor_numel(IN(0));
}
/* mean, subtract, square, add: four passes' worth of arithmetic */
static void cost_moments(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(out);
    cost->flops = 4 * (double)tensor_numel(IN(0));
}

/* Reduced elements per output element. */
static double group_size(const Vjp *v) {
    double n = (double)tensor_numel(v->out[0]);
    return n > 0 ? (double)tensor_numel(v->in[0]) / n : 1;
}

/* t, of the output's shape, broadcast over the input. */
static Tensor *spread(Vjp *v, Tensor *t) {
    return v_unreduce(v, t, v->c->nint, v->c->ints, v->c->flags[0], v->in[0]);
}

#define REDUCE_FORWARD(opname, red)                                                                \
    FORWARD(opname) {                                                                              \
        return tensor_reduce(RED_##red, IN(0), c->nint, call_dims(c), c->flags[0], out, err);      \
    }

/* ---- sum, mean, prod --------------------------------------------------------------- */

#define NAME_BY_DIMS(opname, all, some)                                                            \
    static const char *name_##opname(const OpCall *c) {                                            \
        return c->nint ? some : all;                                                               \
    }

REDUCE_FORWARD(sum, SUM)
/* dx = g, spread */
VJP(sum) {
    vjp_give(v, 0, spread(v, v->g[0]));
}
NAME_BY_DIMS(sum, "SumBackward0", "SumBackward1")
const OpDef opdef_sum = {.name = "sum",
                         .grad_name_of = name_sum,
                         .forward = forward_sum,
                         .vjp = vjp_sum,
                         .cost = cost_input,
                         .samples = SAMPLES_REDUCE_MANY "; 0,3; k2,3 | i0; 0,3 | i0; ~2,3 | i1",
                         .doc = "sum over dims"};

REDUCE_FORWARD(mean, MEAN)
/* dx = g / n, spread */
VJP(mean) {
    vjp_give(v, 0, spread(v, v_num(v, BIN_DIV, v->g[0], group_size(v))));
}
NAME_BY_DIMS(mean, "MeanBackward0", "MeanBackward1")
const OpDef opdef_mean = {.name = "mean",
                          .grad_name_of = name_mean,
                          .forward = forward_mean,
                          .vjp = vjp_mean,
                          .cost = cost_input,
                          .samples = SAMPLES_REDUCE_MANY "; ^2,3",
                          .doc = "mean over dims"};

/* One dim of a contiguous float64 tensor: `outer` blocks of n rows of `inner` elements. */
typedef struct Lanes {
    int64_t outer, n, inner;
} Lanes;

static Lanes lanes_of(const Tensor *t, int64_t dim) {
    Lanes l = {1, t->ndim ? t->shape[dim] : 1, 1};
    for (int64_t d = 0; d < t->ndim; d++) {
        if (d < dim) l.outer *= t->shape[d];
        if (d > dim) l.inner *= t->shape[d];
    }
    return l;
}
static double *first_of_lane(Tensor *t, const Lanes *l, int64_t lane) {
    return (double *)tensor_data(t) + (lane / l->inner) * l->n * l->inner + lane % l->inner;
}

REDUCE_FORWARD(prod, PROD)
static bool has_zero(const double *xs, const Lanes *l) {
    for (int64_t k = 0; k < l->n; k++)
        if (xs[k * l->inner] == 0) return true;
    return false;
}

/* dx_k = g y / x_k, so that a nan reaches every element; where there are zeros,
 * g (product before k) (product after k). */
VJP(prod) {
    Tensor *x = v_contiguous(v, v_cast(v, v->in[0], DT_F64));
    Tensor *g = v_contiguous(v, v_cast(v, v->g[0], DT_F64));
    Tensor *dx = v_empty(v, DT_F64, v->in[0]->ndim, v->in[0]->shape);
    if (!x || !g || !dx) return;
    Lanes l = {1, tensor_numel(x), 1};
    if (v->c->nint) l = lanes_of(x, v_dim(v, 0, x->ndim));
    const double *up = tensor_data(g);
    for (int64_t lane = 0; lane < l.outer * l.inner; lane++) {
        const double *xs = first_of_lane(x, &l, lane);
        double *ds = first_of_lane(dx, &l, lane), product = 1;
        if (!has_zero(xs, &l)) {
            for (int64_t k = 0; k < l.n; k++) product *= xs[k * l.inner];
            for (int64_t k = 0; k < l.n; k++)
                ds[k * l.inner] = up[lane] * (product / xs[k * l.inner]);
            continue;
        }
        product = up[lane];
        for (int64_t k = 0; k < l.n; product *= xs[k * l.inner], k++) ds[k * l.inner] = product;
        product = 1;
        for (int64_t k = l.n; k-- > 0; product *= xs[k * l.inner]) ds[k * l.inner] *= product;
    }
    vjp_give(v, 0, dx);
}
NAME_BY_DIMS(prod, "ProdBackward0", "ProdBackward1")
const OpDef opdef_prod = {.name = "prod",
                          .grad_name_of = name_prod,
                          .forward = forward_prod,
                          .vjp = vjp_prod,
                          .saves = {SAVES_IN0 | SAVES_OUT0}, /* the latter only as PyTorch */
                          .cost = cost_input,
                          .samples = SAMPLES_REDUCE,
                          .doc = "product over a dim"};

/* ---- variance: reals[0] = correction ----------------------------------------------- */

FORWARD(var) {
    return tensor_var(IN(0), c->nint, call_dims(c), c->reals[0], c->flags[0], out, NULL, err);
}
/* x - mean(x) */
static Tensor *centred(Vjp *v) {
    Tensor *x = v->in[0];
    return v_sub(v, x, v_reduce(v, RED_MEAN, x, v->c->nint, v->c->ints, true));
}
/* 2 g (x - mean) / (n - correction), g the gradient of the variance; the numbers go first, in
 * double, as PyTorch's, for the last bit. */
static Tensor *var_backward(Vjp *v, Tensor *g) {
    double left = group_size(v) - v->c->reals[0];
    return v_mul(v, spread(v, v_scale(v, g, left > 0 ? 2 / left : INFINITY)), centred(v));
}
VJP(var) {
    vjp_give(v, 0, var_backward(v, v->g[0]));
}
const OpDef opdef_var = {.name = "var",
                         .grad_name = "VarBackward0",
                         .forward = forward_var,
                         .vjp = vjp_var,
                         .saves = {SAVES_IN0},
                         .cost = cost_moments,
                         .samples = "2,3 | r1; 2,3,2 | i1 r0; 2,3,2 | i0,2 r1 f1",
                         .doc = "sum (x - mean)^2 / (n - correction)"};

FORWARD(std) {
    return tensor_std(IN(0), c->nint, call_dims(c), c->reals[0], c->flags[0], out, err);
}
/* of the variance: g / 2 y, 0 where y = 0 */
MAP(ratio_or_zero, , x == 0 ? 0 : g / (x * 2))
VJP(std) {
    vjp_give(v, 0,
             var_backward(v, v_map(v, &ratio_or_zero, 2, (Tensor *[]){v->g[0], v->out[0]}, NULL)));
}
const OpDef opdef_std = {.name = "std",
                         .grad_name = "StdBackward0",
                         .forward = forward_std,
                         .vjp = vjp_std,
                         .saves = {SAVES_IN0 | SAVES_OUT0},
                         .cost = cost_moments,
                         .samples = "2,3 | r1; 2,3,2 | i-1 r0; 2,3,2 | i0,1 r1 f1",
                         .doc = "square root of var"};

FORWARD(var_mean) {
    return tensor_var(IN(0), c->nint, call_dims(c), c->reals[0], c->flags[0], &out[0], &out[1],
                      err);
}
/* the two gradients add up; a variance that nobody used must not bring in its 0 / 0 */
VJP(var_mean) {
    Tensor *dx = NULL, *mean = NULL;
    if (v->g[0]) dx = var_backward(v, v->g[0]);
    if (v->g[1]) mean = spread(v, v_num(v, BIN_DIV, v->g[1], group_size(v)));
    vjp_give(v, 0, dx && mean ? v_add(v, dx, mean) : dx ? dx : mean);
}
const OpDef opdef_var_mean = {.name = "var_mean",
                              .grad_name = "VarMeanBackward0",
                              .nout = 2,
                              .forward = forward_var_mean,
                              .vjp = vjp_var_mean,
                              .saves = {SAVES_IN0},
                              .cost = cost_moments,
                              .samples = "2,3 | r1; 2,3,2 | i1 r1",
                              .doc = "variance and mean together"};

/* ---- norms: reals[0] = p ----------------------------------------------------------- */

FORWARD(norm) {
    return tensor_norm(IN(0), c->reals[0], c->nint, call_dims(c), c->flags[0], out, err);
}
/* g = gradient spread, x = element, y = norm spread, z = how many attain it (p = inf) */
MAP(d_norm_1, , x > 0 ? g : x < 0 ? -g : 0)
MAP(d_norm_2, , y == 0 ? 0 : g * (x / y))
MAP(d_norm_inf, , fabs(x) != y || x == 0 ? 0 : (x > 0 ? g : -g) / z)
MAP(d_norm_p, , y == 0 || x == 0 ? 0 : (x > 0 ? g : -g) * pow(fabs(x) / y, p[0] - 1))
/* dx = g sign(x) (|x| / y)^(p - 1) */
VJP(norm) {
    double p = v->c->reals[0];
    Tensor *x = v->in[0], *y = spread(v, v->out[0]), *attain = NULL;
    const Map *d = p == 1 ? &d_norm_1 : p == 2 ? &d_norm_2 : isinf(p) ? &d_norm_inf : &d_norm_p;
    if (p == 0) {
        vjp_give(v, 0, v_zeros_as(v, x));
        return;
    }
    if (isinf(p)) {
        Tensor *equal = v_binary(v, BIN_EQ, v_unary(v, UN_ABS, x), y);
        attain = spread(v, v_reduce(v, RED_SUM, equal, v->c->nint, v->c->ints, v->c->flags[0]));
        attain = v_cast(v, attain, (DType)x->dtype);
    }
    vjp_give(v, 0, v_map(v, d, 4, (Tensor *[]){spread(v, v->g[0]), x, y, attain}, v->c->reals));
}
static void cost_norm(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(out);
    cost->flops = 2 * (double)tensor_numel(IN(0));
}
const OpDef opdef_norm = {.name = "norm",
                          .grad_name = "NormBackward1",
                          .forward = forward_norm,
                          .vjp = vjp_norm,
                          .saves = {SAVES_IN0 | SAVES_OUT0},
                          .cost = cost_norm,
                          .samples =
                              "2,3 | r2; 2,3 | i1 r2; 2,3 | r1; 2,3 | i0 r3 f1; !2,3 | rinf; "
                              "!2,3 | i1 r-inf; 2,3 | r0",
                          .doc = "(sum |x|^p)^(1/p)"};
const OpDef opdef_vector_norm = {.name = "vector_norm",
                                 .grad_name = "LinalgVectorNormBackward0",
                                 .forward = forward_norm,
                                 .vjp = vjp_norm,
                                 .saves = {SAVES_IN0 | SAVES_OUT0},
                                 .cost = cost_norm,
                                 .samples = "2,3 | i-1 r2 f1",
                                 .doc = "(sum |x|^p)^(1/p)"};

REDUCE_FORWARD(logsumexp, LOGSUMEXP)
/* dx = g exp(x - y) */
VJP(logsumexp) {
    Tensor *weight = v_unary(v, UN_EXP, v_sub(v, v->in[0], spread(v, v->out[0])));
    vjp_give(v, 0, v_mul(v, spread(v, v->g[0]), weight));
}
static void cost_logsumexp(const OpCall *c, Tensor *const *out, OpCost *cost) {
    cost->flops = 4 * (double)tensor_numel(IN(0)) + 2 * (double)tensor_numel(out[0]);
}
const OpDef opdef_logsumexp = {.name = "logsumexp",
                               .grad_name = "LogsumexpBackward0",
                               .forward = forward_logsumexp,
                               .vjp = vjp_logsumexp,
                               .saves = {SAVES_IN0 | SAVES_OUT0},
                               .cost = cost_logsumexp,
                               .samples = SAMPLES_REDUCE_MANY,
                               .doc = "log of the sum of exp, in nats"};

/* ---- extremes: all that attain one share its gradient ------------------------------ */

REDUCE_FORWARD(amax, AMAX)
REDUCE_FORWARD(amin, AMIN)
FORWARD(median) {
    return tensor_median_all(IN(0), out, err);
}
/* dx = g [x = y] / (how many are): with a nan, nothing is equal and everything 0 / 0 */
static void give_extreme(Vjp *v, Tensor *equal) {
    if (v->failed) return;
    Tensor *g = spread(v, v->g[0]);
    Tensor *count = v_reduce(v, RED_SUM, equal, v->c->nint, v->c->ints, v->c->flags[0]);
    Tensor *share = v_mul(v, g, v_cast(v, equal, (DType)v->g[0]->dtype));
    vjp_give(v, 0, v_div(v, share, v_cast(v, spread(v, count), (DType)v->g[0]->dtype)));
}
VJP(extreme) {
    give_extreme(v, v_binary(v, BIN_EQ, v->in[0], spread(v, v->out[0])));
}
/* Of all elements: where the extreme is nan, the nans share. */
VJP(extreme_all) {
    Tensor *x = v->in[0], *y = v->out[0];
    bool none = isnan(tensor_get_f64(y, NULL));
    give_extreme(v, none ? v_unary(v, UN_ISNAN, x) : v_binary(v, BIN_EQ, x, spread(v, y)));
}
#define EXTREME_ROW(opname, fwd, back, gradname, text, examples)                                   \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = gradname,                                           \
                                  .forward = forward_##fwd,                                        \
                                  .vjp = vjp_##back,                                               \
                                  .saves = {SAVES_IN0 | SAVES_OUT0},                               \
                                  .cost = cost_input,                                              \
                                  .samples = examples,                                             \
                                  .doc = text};
EXTREME_ROW(amax, amax, extreme, "AmaxBackward0", "largest over dims", SAMPLES_REDUCE_MANY)
EXTREME_ROW(amin, amin, extreme, "AminBackward0", "smallest over dims", SAMPLES_REDUCE_MANY)
EXTREME_ROW(max, amax, extreme_all, "MaxBackward1", "largest element", "!2,3; !s")
EXTREME_ROW(min, amin, extreme_all, "MinBackward1", "smallest element", "!2,3")
EXTREME_ROW(median, median, extreme_all, "MedianBackward0", "the lower of two middle elements",
            "!2,3")

/* ---- trace -------------------------------------------------------------------------- */

FORWARD(trace) {
    if (IN(0)->ndim != 2)
        return err_set(err, ERR_RUNTIME, "trace: expected a matrix, but got tensor with dim %d",
                       IN(0)->ndim);
    Tensor *diagonal = NULL;
    if (!tensor_diagonal(IN(0), 0, 0, 1, &diagonal, err)) return false;
    bool ok = tensor_reduce(RED_SUM, diagonal, 0, NULL, false, out, err);
    tensor_release(diagonal);
    return ok;
}
/* dx = g on the diagonal */
VJP(trace) {
    Tensor *dx = v_zeros_as(v, v->in[0]), *diagonal = NULL;
    bool ok = dx && tensor_diagonal(dx, 0, 0, 1, &diagonal, v->err);
    if (!dx || !v_own(v, diagonal, ok)) return;
    if (!tensor_copy_(diagonal, v->g[0], v->err)) v_fail(v);
    vjp_give(v, 0, dx);
}
const OpDef opdef_trace = {.name = "trace",
                           .grad_name = "TraceBackward0",
                           .forward = forward_trace,
                           .vjp = vjp_trace,
                           .samples = "3,4",
                           .doc = "sum of a matrix's diagonal"};

/* ---- no gradient ------------------------------------------------------------------- */

REDUCE_FORWARD(all, ALL)
REDUCE_FORWARD(any, ANY)
REDUCE_FORWARD(count_nonzero, COUNT_NONZERO)
FORWARD(argmax) {
    return tensor_argmax(IN(0), call_dims(c), c->flags[0], out, err);
}
FORWARD(argmin) {
    return tensor_argmin(IN(0), call_dims(c), c->flags[0], out, err);
}
#define PLAIN_ROW(opname, text)                                                                    \
    const OpDef opdef_##opname = {                                                                 \
        .name = #opname, .forward = forward_##opname, .cost = cost_input, .doc = text};
PLAIN_ROW(all, "every element is true")
PLAIN_ROW(any, "some element is true")
PLAIN_ROW(count_nonzero, "how many are not 0")
PLAIN_ROW(argmax, "index of the first largest")
PLAIN_ROW(argmin, "index of the first smallest")

/* ---- running products need the same lanes ------------------------------------------ */

FORWARD(cumprod) {
    int dim;
    return dim_wrap(c->ints[0], IN(0)->ndim, &dim, err) && tensor_cumprod(IN(0), dim, out, err);
}
/* dx_k = (product before k) S_k with S_k = g_k + x_{k+1} S_{k+1} */
VJP(cumprod) {
    Tensor *x = v_contiguous(v, v_cast(v, v->in[0], DT_F64));
    Tensor *g = v_contiguous(v, v_cast(v, v->g[0], DT_F64));
    Tensor *dx = v_empty(v, DT_F64, v->in[0]->ndim, v->in[0]->shape);
    if (!x || !g || !dx) return;
    Lanes l = lanes_of(x, v_dim(v, 0, x->ndim));
    for (int64_t lane = 0; lane < l.outer * l.inner; lane++) {
        const double *xs = first_of_lane(x, &l, lane), *gs = first_of_lane(g, &l, lane);
        double *ds = first_of_lane(dx, &l, lane), carry = 0, before = 1;
        for (int64_t k = l.n; k-- > 0;) {
            double after = k + 1 < l.n ? xs[(k + 1) * l.inner] : 0;
            ds[k * l.inner] = carry = gs[k * l.inner] + after * carry;
        }
        for (int64_t k = 0; k < l.n; before *= xs[k * l.inner], k++) ds[k * l.inner] *= before;
    }
    vjp_give(v, 0, dx);
}
const OpDef opdef_cumprod = {.name = "cumprod",
                             .grad_name = "CumprodBackward0",
                             .forward = forward_cumprod,
                             .vjp = vjp_cumprod,
                             .saves = {SAVES_IN0 | SAVES_OUT0}, /* the latter only as PyTorch */
                             .samples = SAMPLES_ALONG,
                             .doc = "running product along a dim"};
