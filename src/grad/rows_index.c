/* Rows that pick elements by index tensors or masks, and their adjoints, which put.
 * Where one element is picked twice its gradients add; where one write hides
 * another, only the last one counts. */
#include "config.h"

#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/index.h"

static void cost_copy(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(c);
    cost->flops = 0;
    cost->bytes = 2 * (double)tensor_numel(out[0]) * (double)dtype_size((DType)out[0]->dtype);
}

static Tensor *v_clone(Vjp *v, Tensor *a) {
    Tensor *t = NULL;
    if (v->failed || !a) return NULL;
    bool ok = tensor_clone_contiguous(a, (DType)a->dtype, &t, v->err);
    return v_own(v, t, ok);
}
/* Ends the formula when a step in place failed. */
static Tensor *v_done(Vjp *v, Tensor *t, bool ok) {
    return ok ? t : v_fail(v);
}
static Tensor *v_number(Vjp *v, double number) {
    Tensor *t = NULL;
    bool ok = tensor_number_f64(number, &t, v->err);
    return v_own(v, t, ok);
}

/* ---- x[idx, ...] ------------------------------------------------------------------- */

static int index_items(int n, Tensor *const *idx, IndexItem *items) {
    n = MIN(n, TENSOR_MAX_DIM);
    for (int i = 0; i < n; i++)
        items[i] = idx[i] ? (IndexItem){.kind = IDX_TENSOR, .tensor = idx[i]}
                          : (IndexItem){.kind = IDX_SLICE, .step = 1};
    return n;
}

FORWARD(index) {
    IndexItem items[TENSOR_MAX_DIM];
    int n = index_items(c->nin - 1, op_inputs(c) + 1, items);
    return tensor_index_get(IN(0), n, items, out, err);
}
/* dx = 0 with g added at the indices */
VJP(index) {
    IndexItem items[TENSOR_MAX_DIM];
    int n = index_items(v->nin - 1, v->in + 1, items);
    Tensor *dx = v_zeros_as(v, v->in[0]);
    if (!dx) return;
    vjp_give(v, 0, v_done(v, dx, tensor_index_put_(dx, n, items, v->g[0], true, v->err)));
}
const OpDef opdef_index = {.name = "index",
                           .grad_name = "IndexBackward0",
                           .forward = forward_index,
                           .vjp = vjp_index,
                           .saves = {SAVES_INDEX},
                           .cost = cost_copy,
                           .samples =
                               "4,3 i5<4 | m; 4,3 i2<4 i2<3 | m; 4,3 - i2<3 | m; 4,3 b4,3 | m; "
                               "4,3 b4 | m; 2,3,4 i2<2 - i2<4 | m; ~4,3 i2,2<4 | m",
                           .doc = "x[idx0, idx1, ...] by index tensors and masks"};

/* many = {x, value, idx...}; flags[0]: accumulate */
INPLACE(index_put) {
    IndexItem items[TENSOR_MAX_DIM];
    int n = index_items(c->nin - 2, op_inputs(c) + 2, items);
    return tensor_index_put_(IN(0), n, items, IN(1), c->flags[0], err);
}
/* A clone of in[0] with the in-place form applied. */
static bool on_clone(const OpCall *c, Tensor **out, Err *err) {
    Tensor *t = NULL, *few[OP_MAX_IN], **in = few;
    if (!tensor_clone(IN(0), &t, err)) return false;
    if (c->nin > OP_MAX_IN) in = mem_alloc((size_t)c->nin * sizeof *in);
    for (int i = 0; i < c->nin; i++) in[i] = IN(i);
    in[0] = t;
    OpCall into = *c;
    into.many = in;
    bool ok = c->op->inplace(&into, err);
    if (in != few) mem_free(in);
    if (ok)
        *out = t;
    else
        tensor_release(t);
    return ok;
}
/* dx = g with 0 at the indices (g itself when accumulating), dvalue = g[idx] */
VJP(index_put) {
    IndexItem items[TENSOR_MAX_DIM];
    int n = index_items(v->nin - 2, v->in + 2, items);
    if (v->needs[0]) {
        Tensor *dx = v->g[0];
        if (!v->c->flags[0]) {
            Tensor *zero = v_number(v, 0);
            dx = v_clone(v, dx);
            if (!dx || !zero) return;
            dx = v_done(v, dx, tensor_index_put_(dx, n, items, zero, false, v->err));
        }
        vjp_give(v, 0, dx);
    }
    if (v->needs[1]) {
        Tensor *t = NULL;
        bool ok = tensor_index_get(v->g[0], n, items, &t, v->err);
        vjp_give(v, 1, v_own(v, t, ok));
    }
}
const OpDef opdef_index_put = {.name = "index_put",
                               .grad_name = "IndexPutBackward0",
                               .forward = on_clone,
                               .inplace = inplace_index_put,
                               .vjp = vjp_index_put,
                               .saves = {SAVES_INDEX, SAVES_INDEX},
                               .cost = cost_copy,
                               .samples = "4,3 3 j2<4 | m; 4,3 s b4,3 | m; 4,3 5,3 i5<4 | m f1; "
                                          "4,3 2 j2<4 j2<3 | m",
                               .doc = "x[idx0, ...] = value, or += value"};

/* ---- gather and scatter: ints[0] = dim, in[1] = index ------------------------------ */

FORWARD(gather) {
    return tensor_gather(IN(0), c->ints[0], IN(1), out, err);
}
static Tensor *v_gather(Vjp *v, Tensor *a) {
    Tensor *t = NULL;
    bool ok = tensor_gather(a, v->c->ints[0], v->in[1], &t, v->err);
    return v_own(v, t, ok);
}
static Tensor *v_scatter(Vjp *v, Tensor *into, const Tensor *src, ScatterMode mode) {
    if (!into || !src) return NULL;
    return v_done(v, into, tensor_scatter_(into, v->c->ints[0], v->in[1], src, mode, v->err));
}
VJP(gather) {
    vjp_give(v, 0, v_scatter(v, v_zeros_as(v, v->in[0]), v->g[0], SCATTER_ADD));
}
const OpDef opdef_gather = {.name = "gather",
                            .grad_name = "GatherBackward0",
                            .forward = forward_gather,
                            .vjp = vjp_gather,
                            .saves = {SAVES_IN0 | SAVES_IN1}, /* the former only as PyTorch */
                            .cost = cost_copy,
                            .samples = "4,3 i2,3<4 | i0; 2,3 i2,5<3 | i-1",
                            .doc = "out[i][j] = x[index[i][j]][j] (dim 0)"};

INPLACE(scatter) {
    return tensor_scatter_(IN(0), c->ints[0], IN(1), IN(2), SCATTER_SET, err);
}
/* src may be larger than index: only that corner of it was read. */
static Tensor *corner_of_src(Vjp *v, Tensor *part) {
    const Tensor *src = v->in[2];
    if (!part || tensor_same_shape(part, src)) return part;
    Tensor *whole = v_zeros(v, (DType)part->dtype, src->ndim, src->shape), *at = whole;
    for (int d = 0; d < src->ndim && at; d++) at = v_narrow(v, at, d, 0, part->shape[d]);
    if (!at) return NULL;
    return v_done(v, whole, tensor_copy_(at, part, v->err));
}
/* dx = g with 0 where it was written, dsrc = g gathered */
VJP(scatter) {
    if (v->needs[0]) vjp_give(v, 0, v_scatter(v, v_clone(v, v->g[0]), v_number(v, 0), SCATTER_SET));
    if (v->needs[2]) vjp_give(v, 2, corner_of_src(v, v_gather(v, v->g[0])));
}
const OpDef opdef_scatter = {.name = "scatter",
                             .grad_name = "ScatterBackward0",
                             .forward = on_clone,
                             .inplace = inplace_scatter,
                             .vjp = vjp_scatter,
                             .saves = {SAVES_IN1, 0, SAVES_IN1},
                             .cost = cost_copy,
                             .samples = "4,3 j1,3<4 4,3 | i0",
                             .doc = "x with x[index[i][j]][j] = src[i][j] (dim 0)"};
VJP(scatter_value) {
    vjp_give(v, 0, v_scatter(v, v_clone(v, v->g[0]), v_number(v, 0), SCATTER_SET));
}
const OpDef opdef_scatter_value = {.name = "scatter_value",
                                   .grad_name = "ScatterBackward1",
                                   .fixed = {[2] = "value"},
                                   .forward = on_clone,
                                   .inplace = inplace_scatter,
                                   .vjp = vjp_scatter_value,
                                   .saves = {SAVES_IN1},
                                   .cost = cost_copy,
                                   .samples = "4,3 i2,3<4 n5 | i0",
                                   .doc = "x with one number at the indices"};

INPLACE(scatter_add) {
    return tensor_scatter_(IN(0), c->ints[0], IN(1), IN(2), SCATTER_ADD, err);
}
/* dx = g, dsrc = g gathered */
VJP(scatter_add) {
    vjp_give(v, 0, v->g[0]);
    if (v->needs[2]) vjp_give(v, 2, corner_of_src(v, v_gather(v, v->g[0])));
}
const OpDef opdef_scatter_add = {.name = "scatter_add",
                                 .grad_name = "ScatterAddBackward0",
                                 .forward = on_clone,
                                 .inplace = inplace_scatter_add,
                                 .vjp = vjp_scatter_add,
                                 .saves = {0, 0, SAVES_IN1},
                                 .samples = "4,3 i5,3<4 5,3 | i0; 4,3 i2,2<4 5,3 | i0",
                                 .doc = "x with src added at the indices"};

/* ---- whole slices: ints[0] = dim, in[1] = 1-d index -------------------------------- */

FORWARD(index_select) {
    return tensor_index_select(IN(0), c->ints[0], IN(1), out, err);
}
static Tensor *v_index_select(Vjp *v, Tensor *a) {
    Tensor *t = NULL;
    bool ok = tensor_index_select(a, v->c->ints[0], v->in[1], &t, v->err);
    return v_own(v, t, ok);
}
/* dx = 0 with the slices of g added */
VJP(index_select) {
    Tensor *dx = v_zeros_as(v, v->in[0]);
    if (!dx) return;
    bool ok = tensor_index_add_(dx, v->c->ints[0], v->in[1], v->g[0], 1, v->err);
    vjp_give(v, 0, v_done(v, dx, ok));
}
const OpDef opdef_index_select = {.name = "index_select",
                                  .grad_name = "IndexSelectBackward0",
                                  .forward = forward_index_select,
                                  .vjp = vjp_index_select,
                                  .saves = {SAVES_IN1},
                                  .cost = cost_copy,
                                  .samples = "4,3 i5<4 | i0; 4,3 i5<3 | i-1",
                                  .doc = "slices of a dim by index"};

INPLACE(index_add) {
    return tensor_index_add_(IN(0), c->ints[0], IN(1), IN(2), c->reals[0], err);
}
/* dx = g, dsrc = alpha g's slices */
VJP(index_add) {
    vjp_give(v, 0, v->g[0]);
    if (v->needs[2]) vjp_give(v, 2, v_scale(v, v_index_select(v, v->g[0]), v->c->reals[0]));
}
const OpDef opdef_index_add = {.name = "index_add",
                               .grad_name = "IndexAddBackward0",
                               .forward = on_clone,
                               .inplace = inplace_index_add,
                               .vjp = vjp_index_add,
                               .saves = {0, 0, SAVES_IN1},
                               .samples = "4,3 i5<4 5,3 | i0 r2",
                               .doc = "slices added at the indices"};

INPLACE(index_fill) {
    return tensor_index_fill_(IN(0), c->ints[0], IN(1), c->reals[0], err);
}
static Tensor *without_slices(Vjp *v) {
    Tensor *dx = v_clone(v, v->g[0]);
    if (!dx) return NULL;
    return v_done(v, dx, tensor_index_fill_(dx, v->c->ints[0], v->in[1], 0, v->err));
}
VJP(index_fill) {
    vjp_give(v, 0, without_slices(v));
}
const OpDef opdef_index_fill = {.name = "index_fill",
                                .grad_name = "IndexFillBackward0",
                                .forward = on_clone,
                                .inplace = inplace_index_fill,
                                .vjp = vjp_index_fill,
                                .saves = {SAVES_IN1},
                                .cost = cost_copy,
                                .samples = "4,3 i2<4 | i0 r5",
                                .doc = "slices filled with a number"};

INPLACE(index_copy) {
    return tensor_index_copy_(IN(0), c->ints[0], IN(1), IN(2), err);
}
VJP(index_copy) {
    if (v->needs[0]) vjp_give(v, 0, without_slices(v));
    if (v->needs[2]) vjp_give(v, 2, v_index_select(v, v->g[0]));
}
const OpDef opdef_index_copy = {.name = "index_copy",
                                .grad_name = "IndexCopyBackward0",
                                .forward = on_clone,
                                .inplace = inplace_index_copy,
                                .vjp = vjp_index_copy,
                                .saves = {SAVES_IN1, 0, SAVES_IN1},
                                .cost = cost_copy,
                                .samples = "4,3 j2<4 2,3 | i0",
                                .doc = "slices overwritten"};

FORWARD(take) {
    return tensor_take(IN(0), IN(1), out, err);
}
VJP(take) {
    int64_t n = tensor_numel(v->in[0]);
    Tensor *flat = v_zeros(v, (DType)v->g[0]->dtype, 1, &n);
    Tensor *index = v_reshape(v, v->in[1], 1, (int64_t[]){-1});
    Tensor *g = v_reshape(v, v->g[0], 1, (int64_t[]){-1});
    if (!flat || !index || !g) return;
    IndexItem item = {.kind = IDX_TENSOR, .tensor = index};
    bool ok = tensor_index_put_(flat, 1, &item, g, true, v->err);
    if (v_done(v, flat, ok)) vjp_give(v, 0, v_reshape_as(v, flat, v->in[0]));
}
const OpDef opdef_take = {.name = "take",
                          .grad_name = "TakeBackward0",
                          .forward = forward_take,
                          .vjp = vjp_take,
                          .saves = {SAVES_IN1},
                          .cost = cost_copy,
                          .samples = "4,3 i2,4<12",
                          .doc = "elements of the flattened tensor"};

/* ---- masks: in[1], broadcast ------------------------------------------------------- */

FORWARD(masked_select) {
    return tensor_masked_select(IN(0), IN(1), out, err);
}
/* dx = 0 with g in order where the mask is true */
VJP(masked_select) {
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    const Tensor *x = v->in[0], *mask = v->in[1];
    if (!shape_broadcast(x->ndim, x->shape, mask->ndim, mask->shape, &ndim, shape, v->err)) {
        v_fail(v);
        return;
    }
    Tensor *dx = v_zeros(v, (DType)v->g[0]->dtype, ndim, shape);
    if (!dx) return;
    vjp_give(v, 0, v_done(v, dx, tensor_masked_scatter_(dx, mask, v->g[0], v->err)));
}
const OpDef opdef_masked_select = {.name = "masked_select",
                                   .grad_name = "MaskedSelectBackward0",
                                   .forward = forward_masked_select,
                                   .vjp = vjp_masked_select,
                                   .saves = {SAVES_IN1},
                                   .cost = cost_copy,
                                   .samples = "4,3 b4,3; 4,1 b3",
                                   .doc = "1-d: the elements where the mask is true"};

INPLACE(masked_scatter) {
    return tensor_masked_scatter_(IN(0), IN(1), IN(2), err);
}
/* dx = g where not mask; dsrc = g where mask, in order, 0 for what was not used */
VJP(masked_scatter) {
    Tensor *mask = v->in[1], *used = NULL;
    if (v->needs[0]) vjp_give(v, 0, v_mask(v, v_unary(v, UN_LOGICAL_NOT, mask), v->g[0]));
    if (!v->needs[2]) return;
    bool ok = tensor_masked_select(v->g[0], mask, &used, v->err);
    if (!v_own(v, used, ok)) return;
    int64_t n = tensor_numel(v->in[2]);
    Tensor *flat = v_zeros(v, (DType)used->dtype, 1, &n);
    Tensor *part = flat ? v_narrow(v, flat, 0, 0, used->shape[0]) : NULL;
    if (!part || !v_done(v, flat, tensor_copy_(part, used, v->err))) return;
    vjp_give(v, 2, v_reshape_as(v, flat, v->in[2]));
}
const OpDef opdef_masked_scatter = {.name = "masked_scatter",
                                    .grad_name = "MaskedScatterBackward0",
                                    .forward = on_clone,
                                    .inplace = inplace_masked_scatter,
                                    .vjp = vjp_masked_scatter,
                                    .saves = {SAVES_IN1, 0, SAVES_IN1},
                                    .cost = cost_copy,
                                    .samples = "4,3 b4,3 4,3",
                                    .doc = "source's elements in order where the mask is true"};

/* ---- embedding, nonzero ------------------------------------------------------------ */

FORWARD(embedding) {
    return tensor_embedding(IN(0), IN(1), out, err);
}
/* dw = 0 with the rows of g added at their index; ints[0]: the padding row gets none */
VJP(embedding) {
    Tensor *t = NULL;
    bool ok =
        tensor_embedding_vjp(v->g[0], v->in[1], v->in[0]->shape[0], v->c->ints[0], &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
const OpDef opdef_embedding = {.name = "embedding",
                               .grad_name = "EmbeddingBackward0",
                               .forward = forward_embedding,
                               .vjp = vjp_embedding,
                               .saves = {SAVES_IN1},
                               .cost = cost_copy,
                               .samples = "5,3 i2,4<5 | i-1; 5,3 i4<2 | i2",
                               .doc = "rows of the weight by index"};

FORWARD(nonzero) {
    return tensor_nonzero(IN(0), out, err);
}
const OpDef opdef_nonzero = {
    .name = "nonzero", .forward = forward_nonzero, .doc = "(count, ndim) indices of what is not 0"};
