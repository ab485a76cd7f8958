/* Rows whose output shares storage with the input. Their gradients are views back, or
 * zeros with the gradient written into the part that was seen. */
#include "config.h"

#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/join.h"
#include "tensor/view.h"

/* dx = g in x's shape: for everything that keeps elements and their order; vjp_give sums the
 * dims that expand made. */
VJP(reshape) {
    vjp_give(v, 0, v_reshape_as(v, v->g[0], v->in[0]));
}
VJP(sum_back) {
    vjp_give(v, 0, v->g[0]);
}
/* dx = 0 with g written through the same view */
VJP(part) {
    Tensor *whole = v_zeros_as(v, v->in[0]), *seen = NULL;
    if (!whole) return;
    OpCall again = *v->c;
    again.many = &whole;
    bool ok = again.op->forward(&again, &seen, v->err);
    if (!v_own(v, seen, ok)) return;
    if (!tensor_copy_(seen, v->g[0], v->err)) v_fail(v);
    vjp_give(v, 0, whole);
}

#define VIEW_ROW(opname, gradname, back, text, examples)                                           \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = gradname,                                           \
                                  .forward = forward_##opname,                                     \
                                  .vjp = vjp_##back,                                               \
                                  .flags = OPDEF_VIEW,                                             \
                                  .samples = examples,                                             \
                                  .doc = text};

/* In place the tensor itself takes the view's geometry; PyTorch numbers that node apart. */
#define VIEW_ROW_INPLACE(opname, gradname, gradname_, back, text, examples)                        \
    static const char *name_##opname(const OpCall *c) {                                            \
        return c->inplace ? gradname_ : gradname;                                                  \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name_of = name_##opname,                                   \
                                  .forward = forward_##opname,                                     \
                                  .vjp = vjp_##back,                                               \
                                  .flags = OPDEF_VIEW,                                             \
                                  .samples = examples,                                             \
                                  .doc = text};

/* ---- shape ------------------------------------------------------------------------- */

FORWARD(alias) {
    return tensor_alias(IN(0), out, err);
}
VIEW_ROW(alias, "AliasBackward0", reshape, "the same tensor under a new name", "2,3")

FORWARD(view) {
    return tensor_view(IN(0), c->nint, c->ints, out, err);
}
VIEW_ROW(view, "ViewBackward0", reshape, "another shape, no copy", "2,3 | i3,2; 2,3 | i-1")

FORWARD(reshape) {
    return tensor_reshape(IN(0), c->nint, c->ints, out, err);
}
static const char *name_reshape(const OpCall *c) {
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    Err none = {0};
    bool ok = shape_infer(tensor_numel(IN(0)), c->nint, c->ints, shape, &none) &&
              view_strides(IN(0), c->nint, shape, stride);
    err_clear(&none);
    return ok ? "ReshapeAliasBackward0" : "UnsafeViewBackward0";
}
const OpDef opdef_reshape = {.name = "reshape",
                             .grad_name_of = name_reshape,
                             .forward = forward_reshape,
                             .vjp = vjp_reshape,
                             .flags = OPDEF_VIEW,
                             .samples = "2,3 | i3,2; ~2,3 | i-1; s | i1,1",
                             .doc = "another shape, a view where strides allow"};

FORWARD(squeeze) {
    return tensor_squeeze(IN(0), out, err);
}
VIEW_ROW_INPLACE(squeeze, "SqueezeBackward0", "SqueezeBackward2", reshape, "without dims of size 1",
                 "2,1,3,1")
FORWARD(squeeze_dim) {
    return tensor_squeeze_dim(IN(0), c->ints[0], out, err);
}
VIEW_ROW_INPLACE(squeeze_dim, "SqueezeBackward1", "SqueezeBackward3", reshape,
                 "without that dim if its size is 1", "2,1,3 | i1; 2,3 | i0")
FORWARD(unsqueeze) {
    return tensor_unsqueeze(IN(0), c->ints[0], out, err);
}
VIEW_ROW_INPLACE(unsqueeze, "UnsqueezeBackward0", "UnsqueezeBackward1", reshape,
                 "with a dim of size 1 more", "2,3 | i-1; s | i0")

FORWARD(expand) {
    return tensor_expand(IN(0), c->nint, c->ints, out, err);
}
VIEW_ROW(expand, "ExpandBackward0", sum_back, "broadcast by stride 0; dx sums",
         "2,1,3 | i4,2,5,-1; s | i2,3")

/* ---- order of dims ----------------------------------------------------------------- */

FORWARD(transpose) {
    return tensor_transpose(IN(0), c->ints[0], c->ints[1], out, err);
}
VJP(transpose) {
    vjp_give(v, 0, v_transpose(v, v->g[0], v->c->ints[0], v->c->ints[1]));
}
VIEW_ROW_INPLACE(transpose, "TransposeBackward0", "TransposeBackward1", transpose,
                 "two dims swapped", "2,3,4 | i0,-1")

FORWARD(t) {
    return tensor_t(IN(0), out, err);
}
VJP(t) {
    vjp_give(v, 0, v->in[0]->ndim < 2 ? v->g[0] : v_transpose(v, v->g[0], 0, 1));
}
VIEW_ROW_INPLACE(t, "TBackward0", "TBackward1", t, "a matrix transposed", "2,3; 3")

FORWARD(permute) {
    return tensor_permute(IN(0), c->nint, c->ints, out, err);
}
/* The inverse permutation. */
VJP(permute) {
    int64_t back[TENSOR_MAX_DIM];
    Tensor *t = NULL;
    int n = v->c->nint;
    for (int i = 0; i < n; i++) back[v_dim(v, i, n)] = i;
    bool ok = tensor_permute(v->g[0], n, back, &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
VIEW_ROW(permute, "PermuteBackward0", permute, "dims in another order", "2,3,4 | i2,0,-2")

/* ---- parts ------------------------------------------------------------------------- */

FORWARD(select) {
    return tensor_select(IN(0), c->ints[0], c->ints[1], out, err);
}
VIEW_ROW(select, "SelectBackward0", part, "one index of a dim", "2,3,2 | i1,-1; ~3,2 | i0,2")
FORWARD(slice) {
    return tensor_slice(IN(0), c->ints[0], c->ints[1], c->ints[2], c->ints[3], out, err);
}
VIEW_ROW(slice, "SliceBackward0", part, "start:stop:step of a dim",
         "5,3 | i0,1,5,2; 2,3 | i-1,-2,99,1; 2,3 | i0,1,1,1")
FORWARD(diagonal) {
    return tensor_diagonal(IN(0), c->ints[0], c->ints[1], c->ints[2], out, err);
}
VIEW_ROW(diagonal, "DiagonalBackward0", part, "a diagonal as the last dim",
         "3,4 | i1,0,1; 2,3,3 | i-1,1,2")

/* Windows overlap: each is added back where it lay. */
FORWARD(unfold) {
    return tensor_unfold(IN(0), c->ints[0], c->ints[1], c->ints[2], out, err);
}
VJP(unfold) {
    Tensor *whole = v_zeros_as(v, v->in[0]), *g = v->g[0];
    int ndim = v->in[0]->ndim;
    if (ndim == 0) { /* a scalar seen as one window */
        vjp_reshape(v);
        return;
    }
    int64_t dim = v_dim(v, 0, ndim), size = v->c->ints[1], step = v->c->ints[2];
    for (int64_t w = 0; w < g->shape[dim] && !v->failed; w++) {
        Tensor *part = v_narrow(v, whole, dim, w * step, size), *from = NULL;
        Tensor *window = v_select(v, g, dim, w); /* its last dim belongs at dim */
        if (v->failed) return;
        bool ok = tensor_movedim(window, 1, (int64_t[]){-1}, (int64_t[]){dim}, &from, v->err);
        if (!v_own(v, from, ok)) return;
        if (!tensor_binary_(BIN_ADD, part, from, v->err)) v_fail(v);
    }
    vjp_give(v, 0, whole);
}
VIEW_ROW(unfold, "UnfoldBackward0", unfold, "sliding windows as a new last dim",
         "7 | i0,3,2; 2,5,3 | i1,3,1")

/* ---- as_strided: ints = sizes, strides, offset ------------------------------------- */

FORWARD(as_strided) {
    int n = c->nint / 2;
    return tensor_as_strided(IN(0), n, c->ints, c->ints + n, c->ints[2 * n], out, err);
}
/* Several positions may be one element: gradients are added in a buffer of the storage's extent
 * between the lowest and the highest element that x or the view touches. */
static void extent(int n, const int64_t *shape, const int64_t *stride, int64_t offset, int64_t *lo,
                   int64_t *hi) {
    int64_t last = offset;
    for (int d = 0; d < n; d++) {
        if (shape[d] == 0) return;
        last += (shape[d] - 1) * stride[d];
    }
    *lo = MIN(*lo, offset);
    *hi = MAX(*hi, last);
}
VJP(as_strided) {
    const Tensor *x = v->in[0];
    const int64_t *shape = v->c->ints;
    int n = v->c->nint / 2;
    const int64_t *stride = shape + n;
    int64_t lo = x->offset, hi = x->offset, index[TENSOR_MAX_DIM] = {0};
    extent(x->ndim, x->shape, x->stride, x->offset, &lo, &hi);
    extent(n, shape, stride, shape[2 * n], &lo, &hi);
    Tensor *buffer = v_zeros(v, (DType)v->g[0]->dtype, 1, (int64_t[]){hi - lo + 1});
    Tensor *g = v->g[0];
    if (!buffer) return;
    bool complex = dtype_is_complex((DType)g->dtype);
    for (int64_t k = tensor_numel(g); k > 0 && !complex; k--) {
        int64_t at = shape[2 * n] - lo;
        for (int d = 0; d < n; d++) at += index[d] * stride[d];
        tensor_set_f64(buffer, &at, tensor_get_f64(buffer, &at) + tensor_get_f64(g, index));
        for (int d = n - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
    }
    Tensor *back = tensor_view_raw(buffer, x->ndim, x->shape, x->stride, x->offset - lo);
    v_own(v, back, true);
    if (complex) { /* complex windows do not overlap in what the dialect has: a plain write */
        Tensor *seen = tensor_view_raw(buffer, n, shape, stride, shape[2 * n] - lo);
        v_own(v, seen, true);
        if (!tensor_copy_(seen, g, v->err)) v_fail(v);
    }
    vjp_give(v, 0, v_contiguous(v, back));
}
VIEW_ROW(as_strided, "AsStridedBackward0", as_strided, "any geometry over the storage",
         "2,3 | i2,2,1,2,1; 4 | i3,2,1,1,0; 6 | i2,2,0,1,1; k4 | i2,2,0")

/* ---- pieces: ints = dim, then the size of each ------------------------------------- */

FORWARD(split) {
    return tensor_split_sizes(IN(0), c->nint - 1, c->ints + 1, c->ints[0], out, err);
}
/* dx = the pieces' gradients side by side, 0 where none came */
VJP(split) {
    Tensor *whole = v_zeros_as(v, v->in[0]);
    int64_t dim = v_dim(v, 0, v->in[0]->ndim), at = 0;
    for (int i = 0; i < v->nout && !v->failed; i++) {
        int64_t size = v->c->ints[1 + i];
        Tensor *part = v->g[i] ? v_narrow(v, whole, dim, at, size) : NULL;
        if (part && !tensor_copy_(part, v->g[i], v->err)) v_fail(v);
        at += size;
    }
    vjp_give(v, 0, whole);
}
const OpDef opdef_split = {.name = "split",
                           .grad_name = "SplitBackward0",
                           .forward = forward_split,
                           .vjp = vjp_split,
                           .flags = OPDEF_VIEW | OPDEF_MULTI,
                           .samples = "5,2 | i0,2,2,1 o3; 2,4 | i-1,2,2 o2",
                           .doc = "pieces of equal size, the last may be smaller"};
const OpDef opdef_split_sizes = {.name = "split_sizes",
                                 .grad_name = "SplitWithSizesBackward0",
                                 .forward = forward_split,
                                 .vjp = vjp_split,
                                 .flags = OPDEF_VIEW | OPDEF_MULTI,
                                 .samples = "5,2 | i0,1,4 o2",
                                 .doc = "pieces of the given sizes"};

FORWARD(unbind) {
    int n = op_nout(c);
    for (int i = 0; i < n; i++) {
        if (tensor_select(IN(0), c->ints[0], i, &out[i], err)) continue;
        while (i-- > 0) tensor_release(out[i]);
        return false;
    }
    return true;
}
VJP(unbind) {
    Tensor *whole = v_zeros_as(v, v->in[0]);
    for (int i = 0; i < v->nout && !v->failed; i++) {
        Tensor *part = v->g[i] ? v_select(v, whole, v->c->ints[0], i) : NULL;
        if (part && !tensor_copy_(part, v->g[i], v->err)) v_fail(v);
    }
    vjp_give(v, 0, whole);
}
const OpDef opdef_unbind = {.name = "unbind",
                            .grad_name = "UnbindBackward0",
                            .forward = forward_unbind,
                            .vjp = vjp_unbind,
                            .flags = OPDEF_VIEW | OPDEF_MULTI,
                            .samples = "2,3 | i0 o2; ~2,3 | i-1 o3",
                            .doc = "the slices of a dim, one tensor each"};

/* ---- real pairs and complex numbers ------------------------------------------------ */

FORWARD(view_as_real) {
    return tensor_view_as_real(IN(0), out, err);
}
VJP(view_as_real) {
    Tensor *g = v_contiguous(v, v->g[0]), *t = NULL;
    bool ok = g && tensor_view_as_complex(g, &t, v->err);
    if (g) vjp_give(v, 0, v_own(v, t, ok));
}
VIEW_ROW(view_as_real, "ViewAsRealBackward0", view_as_real, "complex (..) as pairs (.., 2)", "k2,3")

FORWARD(view_as_complex) {
    return tensor_view_as_complex(IN(0), out, err);
}
VJP(view_as_complex) {
    Tensor *t = NULL;
    bool ok = tensor_view_as_real(v->g[0], &t, v->err);
    vjp_give(v, 0, v_own(v, t, ok));
}
VIEW_ROW(view_as_complex, "ViewAsComplexBackward0", view_as_complex,
         "pairs (.., 2) as complex (..)", "g3,2")
