/* Rows that copy blocks: joining, repeating, rolling, triangles, padding. Each
 * gradient is the reverse rearrangement; what was copied twice is added. */
#include "config.h"

#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/join.h"
#include "tensor/view.h"

static void cost_none(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(c), UNUSED(out);
    cost->flops = 0;
}

/* ---- cat, stack: ints[0] = dim, any number of inputs ------------------------------- */

FORWARD(cat) {
    return tensor_cat(c->nin, c->many, c->ints[0], out, err);
}
/* An old rule lets 1-dim empty tensors join anything. */
static bool is_legacy_empty(const Tensor *t) {
    return t->ndim == 1 && t->shape[0] == 0;
}
VJP(cat) {
    int64_t dim = v_dim(v, 0, v->out[0]->ndim), at = 0;
    for (int i = 0; i < v->nin; i++) {
        const Tensor *t = v->in[i];
        if (is_legacy_empty(t)) {
            vjp_give(v, i, v_zeros_as(v, t));
            continue;
        }
        if (v->needs[i]) vjp_give(v, i, v_narrow(v, v->g[0], dim, at, t->shape[dim]));
        at += t->shape[dim];
    }
}
const OpDef opdef_cat = {.name = "cat",
                         .grad_name = "CatBackward0",
                         .forward = forward_cat,
                         .vjp = vjp_cat,
                         .cost = cost_none,
                         .samples = "2,3 1,3 4,3 | i0 m; 2,3 2,1 | i-1 m; 0 2,3 | i0 m; "
                                    "2,3 c2,3 ~2,3 2,3 2,3 2,3 2,3 2,3 | i1 m",
                         .doc = "joined along a dim"};

FORWARD(stack) {
    return tensor_stack(c->nin, c->many, c->ints[0], out, err);
}
VJP(stack) {
    int64_t dim = v_dim(v, 0, v->out[0]->ndim);
    for (int i = 0; i < v->nin; i++)
        if (v->needs[i]) vjp_give(v, i, v_select(v, v->g[0], dim, i));
}
const OpDef opdef_stack = {.name = "stack",
                           .grad_name = "StackBackward0",
                           .forward = forward_stack,
                           .vjp = vjp_stack,
                           .cost = cost_none,
                           .samples = "2,3 2,3 c2,3 | i1 m; s s | i0 m",
                           .doc = "joined along a new dim"};

/* ---- repeat, repeat_interleave ----------------------------------------------------- */

FORWARD(repeat) {
    return tensor_repeat(IN(0), c->nint, c->ints, out, err);
}
/* g seen as (r0, s0, r1, s1, ...) and summed over the r */
VJP(repeat) {
    const Tensor *x = v->in[0];
    int n = v->c->nint, lead = n - x->ndim, nd = 0, nsum = 0;
    int64_t shape[2 * TENSOR_MAX_DIM] = {0}, sum[2 * TENSOR_MAX_DIM] = {0};
    for (int d = 0; d < n; d++) {
        if (v->c->ints[d] != 1) {
            sum[nsum++] = nd;
            shape[nd++] = v->c->ints[d];
        }
        if (d >= lead) shape[nd++] = x->shape[d - lead];
    }
    if (nd > TENSOR_MAX_DIM) {
        err_set(v->err, ERR_RUNTIME, "repeat: too many dims for a gradient");
        v_fail(v);
        return;
    }
    Tensor *g = v_reshape(v, v->g[0], nd, shape);
    vjp_give(v, 0, v_reshape_as(v, nsum ? v_reduce(v, RED_SUM, g, nsum, sum, false) : g, x));
}
const OpDef opdef_repeat = {.name = "repeat",
                            .grad_name = "RepeatBackward0",
                            .forward = forward_repeat,
                            .vjp = vjp_repeat,
                            .cost = cost_none,
                            .samples = "2,3 | i2,2; 3 | i2,1,2; 2,3 | i1,0; s | i3",
                            .doc = "tiled ints[d] times along each dim"};

/* in[1]: how often each slice of dim ints[0] comes. */
FORWARD(repeat_interleave) {
    return tensor_repeat_interleave_each(IN(0), IN(1), c->ints, out, err);
}
VJP(repeat_interleave) {
    const Tensor *x = v->in[0], *repeats = v->in[1];
    int64_t dim = v_dim(v, 0, x->ndim), at = 0, n = x->ndim ? x->shape[dim] : 1;
    Tensor *dx = v_zeros_as(v, x);
    bool each = tensor_numel(repeats) == n && n != 1;
    Tensor *flat = v_reshape(v, v->in[1], 1, (int64_t[]){-1});
    for (int64_t i = 0; i < n && !v->failed; i++) {
        int64_t times = tensor_get_i64(flat, (int64_t[]){each ? i : 0});
        Tensor *part = v_narrow(v, v->g[0], dim, at, times);
        Tensor *sum = v_reduce(v, RED_SUM, part, 1, &dim, true);
        Tensor *to = v_narrow(v, dx, dim, i, 1);
        if (sum && to && !tensor_copy_(to, sum, v->err)) v_fail(v);
        at += times;
    }
    vjp_give(v, 0, dx);
}
const OpDef opdef_repeat_interleave = {.name = "repeat_interleave",
                                       .grad_name = "IndexSelectBackward0",
                                       .forward = forward_repeat_interleave,
                                       .vjp = vjp_repeat_interleave,
                                       .saves = {SAVES_IN1},
                                       .cost = cost_none,
                                       .samples = "3,2 i3<3 | i0; 2,3 j1<3 | i1",
                                       .doc = "each slice repeated in place"};

/* ---- roll, flip -------------------------------------------------------------------- */

/* ints = shifts, then as many dims; one int alone: of the flattened tensor. */
static bool roll(const Tensor *t, const OpCall *c, int sign, Tensor **out, Err *err) {
    int n = c->nint == 1 ? 1 : c->nint / 2;
    int64_t shifts[TENSOR_MAX_DIM];
    for (int i = 0; i < n; i++) {
        int64_t dim = c->nint == 1 ? 0 : c->ints[n + i], size = tensor_numel(t);
        if (c->nint > 1 && dim >= -t->ndim && dim < t->ndim)
            size = t->shape[dim < 0 ? dim + t->ndim : dim];
        shifts[i] = c->ints[i] % MAX(size, 1) * sign;
    }
    return tensor_roll(t, n, shifts, c->nint == 1 ? NULL : c->ints + n, out, err);
}
FORWARD(roll) {
    return roll(IN(0), c, 1, out, err);
}
VJP(roll) {
    Tensor *t = NULL;
    bool ok = roll(v->g[0], v->c, -1, &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
const OpDef opdef_roll = {.name = "roll",
                          .grad_name = "RollBackward0",
                          .forward = forward_roll,
                          .vjp = vjp_roll,
                          .cost = cost_none,
                          .samples = "2,3 | i1; 2,3 | i1,-1,0,1",
                          .doc = "elements moved around the end"};

/* ---- rearrangements that are their own gradient ------------------------------------ */

/* dx = the same op of g */
VJP(itself) {
    Tensor *t = NULL;
    OpCall again = *v->c;
    again.many = v->g;
    bool ok = again.op->forward(&again, &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
#define SELF_ADJOINT(opname, gradname, text, call, examples)                                       \
    FORWARD(opname) {                                                                              \
        return call;                                                                               \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = gradname,                                           \
                                  .forward = forward_##opname,                                     \
                                  .vjp = vjp_itself,                                               \
                                  .cost = cost_none,                                               \
                                  .samples = examples,                                             \
                                  .doc = text};
SELF_ADJOINT(flip, "FlipBackward0", "reversed along dims",
             tensor_flip(IN(0), c->nint, c->ints, out, err), "2,3 | i0; 2,3,2 | i0,-1")
SELF_ADJOINT(tril, "TrilBackward0", "0 above the diagonal ints[0]",
             tensor_tril(IN(0), c->ints[0], out, err), "3,4 | i0; 2,3,3 | i-1")
SELF_ADJOINT(triu, "TriuBackward0", "0 below the diagonal ints[0]",
             tensor_triu(IN(0), c->ints[0], out, err), "3,4 | i1")

/* ---- diagonals --------------------------------------------------------------------- */

FORWARD(diag) {
    return tensor_diag(IN(0), c->ints[0], out, err);
}
/* g's diagonal for a vector; for a matrix zeros with g on the diagonal */
VJP(diag) {
    Tensor *x = v->in[0], *t = NULL;
    if (x->ndim == 1) {
        bool ok = tensor_diag(v->g[0], v->c->ints[0], &t, v->err);
        vjp_give(v, 0, v_own(v, t, ok));
        return;
    }
    Tensor *whole = v_zeros_as(v, x);
    bool ok = whole && tensor_diagonal(whole, v->c->ints[0], 0, 1, &t, v->err);
    if (!whole || !v_own(v, t, ok)) return;
    if (!tensor_copy_(t, v->g[0], v->err)) v_fail(v);
    vjp_give(v, 0, whole);
}
const OpDef opdef_diag = {.name = "diag",
                          .grad_name = "DiagBackward0",
                          .forward = forward_diag,
                          .vjp = vjp_diag,
                          .cost = cost_none,
                          .samples = "3 | i0; 3 | i-1; 3,4 | i1",
                          .doc = "vector to diagonal matrix, matrix to its diagonal"};

FORWARD(diag_embed) {
    return tensor_diag_embed(IN(0), c->ints[0], out, err);
}
VJP(diag_embed) {
    Tensor *t = NULL;
    bool ok = tensor_diagonal(v->g[0], v->c->ints[0], -2, -1, &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
const OpDef opdef_diag_embed = {.name = "diag_embed",
                                .grad_name = "DiagEmbedBackward0",
                                .forward = forward_diag_embed,
                                .vjp = vjp_diag_embed,
                                .cost = cost_none,
                                .samples = "2,3 | i0; 2,3 | i1",
                                .doc = "last dim becomes a diagonal"};

/* ---- pad: ints = (before, after) pairs from the last dim on, reals[0] the value ---- */

FORWARD(pad) {
    return tensor_pad(IN(0), c->nint / 2, c->ints, c->reals[0], out, err);
}
/* padding by the negatives cuts what was added, and gives zeros where it was cut */
VJP(pad) {
    int64_t back[2 * TENSOR_MAX_DIM];
    Tensor *t = NULL;
    for (int i = 0; i < v->c->nint; i++) back[i] = -v->c->ints[i];
    bool ok = tensor_pad(v->g[0], v->c->nint / 2, back, 0, &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
const OpDef opdef_pad = {.name = "pad",
                         .grad_name = "ConstantPadNdBackward0",
                         .forward = forward_pad,
                         .vjp = vjp_pad,
                         .cost = cost_none,
                         .samples = "2,3 | i1,2 r7; 2,3 | i-1,0,1,1 r0",
                         .doc = "a constant border"};
