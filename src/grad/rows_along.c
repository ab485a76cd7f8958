/* Rows that work along one dim (ints[0]): softmax, running sums, order. Where values
 * are picked by index, the gradient goes to the element that was picked. */
#include "config.h"

#include "grad/rows.h"

#include "tensor/index.h"
#include "tensor/join.h"
#include "tensor/sort.h"

static bool along(const OpCall *c, int *dim, Err *err) {
    return dim_wrap(c->ints[0], IN(0)->ndim, dim, err);
}

/* ---- softmax ----------------------------------------------------------------------- */

/* max, subtract, exp, add, divide */
static void cost_softmax(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(c);
    cost->flops = 5 * (double)tensor_numel(out[0]);
}

FORWARD(softmax) {
    return tensor_softmax(IN(0), c->ints[0], DT_COUNT, out, err);
}
/* dx = y (g - sum(g y)) */
VJP(softmax) {
    Tensor *t = NULL;
    bool ok = tensor_softmax_vjp(v->out[0], v->g[0], v->c->ints[0], &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
const OpDef opdef_softmax = {.name = "softmax",
                             .grad_name = "SoftmaxBackward0",
                             .forward = forward_softmax,
                             .vjp = vjp_softmax,
                             .saves = {SAVES_OUT0},
                             .cost = cost_softmax,
                             .samples = "2,3 | i-1; ~2,3,2 | i1; s | i0; 0,3 | i1",
                             .doc = "exp(x - max) / sum: rows along dim sum to 1"};

FORWARD(log_softmax) {
    return tensor_log_softmax(IN(0), c->ints[0], DT_COUNT, out, err);
}
/* dx = g - exp(y) sum(g) */
VJP(log_softmax) {
    Tensor *t = NULL;
    bool ok = tensor_log_softmax_vjp(v->out[0], v->g[0], v->c->ints[0], &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
const OpDef opdef_log_softmax = {.name = "log_softmax",
                                 .grad_name = "LogSoftmaxBackward0",
                                 .forward = forward_log_softmax,
                                 .vjp = vjp_log_softmax,
                                 .saves = {SAVES_OUT0},
                                 .cost = cost_softmax,
                                 .samples = "2,3 | i-1; 2,3,2 | i0",
                                 .doc = "x - max - log sum exp"};

/* ---- running sums and extremes ----------------------------------------------------- */

FORWARD(cumsum) {
    int dim;
    return along(c, &dim, err) && tensor_cumsum(IN(0), dim, out, err);
}
/* dx_k = sum of g_j for j >= k */
VJP(cumsum) {
    int64_t dim = v_dim(v, 0, v->in[0]->ndim);
    Tensor *flipped = NULL, *sums = NULL, *back = NULL;
    if (v->in[0]->ndim == 0) {
        vjp_give(v, 0, v->g[0]);
        return;
    }
    bool ok = tensor_flip(v->g[0], 1, &dim, &flipped, v->err);
    if (!v_own(v, flipped, ok)) return;
    ok = tensor_cumsum(flipped, (int)dim, &sums, v->err);
    if (!v_own(v, sums, ok)) return;
    ok = tensor_flip(sums, 1, &dim, &back, v->err);
    vjp_give(v, 0, v_own(v, back, ok));
}
const OpDef opdef_cumsum = {.name = "cumsum",
                            .grad_name = "CumsumBackward0",
                            .forward = forward_cumsum,
                            .vjp = vjp_cumsum,
                            .samples = SAMPLES_ALONG,
                            .doc = "running sum along a dim"};

/* dx = 0 with g added at out[1], the indices; `dropped`: the outputs lack the dim. */
static void give_by_index(Vjp *v, bool dropped) {
    Tensor *x = v->in[0], *g = v_grad(v, 0), *index = v->out[1];
    if (x->ndim == 0) {
        vjp_give(v, 0, g);
        return;
    }
    int64_t dim = v_dim(v, 0, x->ndim);
    if (dropped) {
        g = v_unsqueeze(v, g, dim);
        index = v_unsqueeze(v, index, dim);
    }
    Tensor *dx = v_zeros(v, (DType)x->dtype, x->ndim, x->shape);
    if (!dx || !g || !index) return;
    if (!tensor_scatter_(dx, dim, index, g, SCATTER_ADD, v->err)) v_fail(v);
    vjp_give(v, 0, dx);
}
VJP(same_dims) {
    give_by_index(v, false);
}
VJP(one_dim) { /* flags[0] keepdim */
    give_by_index(v, !v->c->flags[0]);
}

#define INDEXED_ROW(opname, gradname, back, text, call, examples)                                  \
    FORWARD(opname) {                                                                              \
        int dim;                                                                                   \
        return along(c, &dim, err) && call;                                                        \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = gradname,                                           \
                                  .nout = 2,                                                       \
                                  .forward = forward_##opname,                                     \
                                  .vjp = vjp_##back,                                               \
                                  .saves = {SAVES_OUT1},                                           \
                                  .samples = examples,                                             \
                                  .doc = text};

INDEXED_ROW(cummax, "CummaxBackward0", same_dims, "running largest and its index",
            tensor_cummax(IN(0), dim, &out[0], &out[1], err), SAMPLES_ALONG)
INDEXED_ROW(cummin, "CumminBackward0", same_dims, "running smallest and its index",
            tensor_cummin(IN(0), dim, &out[0], &out[1], err), SAMPLES_ALONG)
INDEXED_ROW(sort, "SortBackward0", same_dims, "in order, flags[0] descending; stable",
            tensor_sort(IN(0), dim, c->flags[0], &out[0], &out[1], err),
            SAMPLES_ALONG "; !2,3 | i1 f1")
INDEXED_ROW(topk, "TopkBackward0", same_dims, "the ints[1] largest (flags[0]) or smallest",
            tensor_topk(IN(0), c->ints[1], dim, c->flags[0], &out[0], &out[1], err),
            "!2,5 | i1,3 f1; !5,2 | i0,2")
INDEXED_ROW(max_dim, "MaxBackward0", one_dim, "largest along a dim and its index",
            tensor_max_dim(IN(0), dim, c->flags[0], &out[0], &out[1], err),
            SAMPLES_ALONG "; !2,3 | i1 f1")
INDEXED_ROW(min_dim, "MinBackward0", one_dim, "smallest along a dim and its index",
            tensor_min_dim(IN(0), dim, c->flags[0], &out[0], &out[1], err), SAMPLES_ALONG)
INDEXED_ROW(median_dim, "MedianBackward1", one_dim, "lower median along a dim and its index",
            tensor_median(IN(0), dim, c->flags[0], &out[0], &out[1], err), SAMPLES_ALONG)
INDEXED_ROW(mode, "ModeBackward0", one_dim, "most frequent along a dim and its index",
            tensor_mode(IN(0), dim, c->flags[0], &out[0], &out[1], err), SAMPLES_ALONG)
INDEXED_ROW(kthvalue, "KthvalueBackward0", one_dim, "ints[1]-th smallest and its index",
            tensor_kthvalue(IN(0), c->ints[1], dim, c->flags[0], &out[0], &out[1], err),
            "!2,4 | i1,2; !4,2 | i0,3 f1")
