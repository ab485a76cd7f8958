/* Convolution, windows as columns, and pools, over tensor/window.h: a convolution is one product
 * per image and group of the weight with the image's windows. A sequence (N, C, W) is an image of
 * height 1. Half precision computes in float32. */
#include "config.h"

#include <math.h>

#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/index.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"
#include "tensor/view.h"
#include "tensor/window.h"

/* ints: kernel, stride, pad, dilation, each (height, width); groups behind them for conv. */
enum { KERNEL_AT = 0, STRIDE_AT = 2, PAD_AT = 4, DILATION_AT = 6, GROUPS_AT = 8 };

static Windows windows_of(const OpCall *c) {
    const int64_t *n = c->ints;
    return (Windows){.kernel = {n[KERNEL_AT], n[KERNEL_AT + 1]},
                     .stride = {n[STRIDE_AT], n[STRIDE_AT + 1]},
                     .pad = {n[PAD_AT], n[PAD_AT + 1]},
                     .dilation = {n[DILATION_AT], n[DILATION_AT + 1]}};
}

static DType compute_dtype(const Tensor *x) {
    return x->dtype == DT_F64 ? DT_F64 : DT_F32;
}

/* x as contiguous (N, C, H, W) of a dtype that kernels take. */
static bool as_images(const Tensor *x, Tensor **out, Err *err) {
    Tensor *cast = NULL, *dense = NULL;
    int64_t nchw[4] = {x->shape[0], x->shape[1], 1, x->shape[x->ndim - 1]};
    if (x->ndim == 4) nchw[2] = x->shape[2];
    bool ok = tensor_cast(x, compute_dtype(x), &cast, err) &&
              tensor_contiguous(cast, &dense, err) && tensor_view(dense, 4, nchw, out, err);
    tensor_release(cast);
    tensor_release(dense);
    return ok;
}

static Tensor *v_images(Vjp *v, const Tensor *x) {
    Tensor *out = NULL;
    if (v->failed) return NULL;
    bool ok = as_images(x, &out, v->err);
    return v_own(v, out, ok);
}

static Tensor *v_columns(Vjp *v, const Tensor *images, const Windows *w) {
    Tensor *out = NULL;
    if (v->failed) return NULL;
    bool ok = tensor_windows(images, w, 0, &out, v->err);
    return v_own(v, out, ok);
}

/* The image that columns (.., any layout with the elements of (N, C h w, L)) add up to. */
static Tensor *v_put_back(Vjp *v, Tensor *cols, const Windows *w, const Tensor *images) {
    Tensor *out = NULL;
    cols = v_contiguous(v, cols);
    if (v->failed) return NULL;
    bool ok = tensor_windows_add(cols, w, images->shape, &out, v->err);
    return v_own(v, out, ok);
}

/* How many windows x has each way. */
static void count(const Windows *w, const Tensor *x, int64_t out[2]) {
    if (!windows_count(w, x->ndim == 4 ? x->shape[2] : 1, x->shape[x->ndim - 1], out))
        BUG("a kernel larger than its image");
}

/* ---- conv: x (N, C, H, W), weight (O, C / groups, h, w), bias (O,) or NULL --------------- */

/* The weight as (groups, O / groups, C/groups h w). */
static void weight_shape(const Tensor *w, int64_t groups, int64_t out[3]) {
    out[0] = groups;
    out[1] = w->shape[0] / groups;
    out[2] = w->shape[0] ? tensor_numel(w) / w->shape[0] : 0;
}

/* y[n, o] = sum of weight[o] over the window, + bias[o] */
FORWARD(conv) {
    const Tensor *x = IN(0), *w = IN(1), *bias = IN(2);
    Windows win = windows_of(c);
    DType dt = compute_dtype(x);
    int64_t places[2], ws[3], groups = c->ints[GROUPS_AT], n = x->shape[0];
    Tensor *images = NULL, *cols = NULL, *cols4 = NULL, *wc = NULL, *w3 = NULL, *y = NULL,
           *shaped = NULL, *b = NULL, *b3 = NULL, *sum = NULL;
    weight_shape(w, groups, ws);
    count(&win, x, places);
    int64_t result[4] = {n, w->shape[0], places[0], places[1]};
    if (x->ndim == 3) result[2] = places[1];
    bool ok =
        as_images(x, &images, err) && tensor_windows(images, &win, 0, &cols, err) &&
        tensor_view(cols, 4, (int64_t[]){n, groups, ws[2], places[0] * places[1]}, &cols4, err) &&
        tensor_cast(w, dt, &wc, err) && tensor_reshape(wc, 3, ws, &w3, err) &&
        tensor_matmul(w3, cols4, &y, err) && tensor_reshape(y, x->ndim, result, &shaped, err);
    if (ok && bias) {
        ok = tensor_cast(bias, dt, &b, err) &&
             tensor_reshape(b, x->ndim - 1, (int64_t[]){w->shape[0], 1, 1}, &b3, err) &&
             tensor_binary(BIN_ADD, shaped, b3, &sum, err);
    }
    ok = ok && tensor_cast(sum ? sum : shaped, (DType)x->dtype, out, err);
    Tensor *const gone[] = {images, cols, cols4, wc, w3, y, shaped, b, b3, sum};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++) tensor_release(gone[i]);
    return ok;
}

/* dw = sum over n of G colsᵀ; dcols = wᵀ G, put back; db = sum of G over images and places. */
VJP(conv) {
    const Tensor *x = v->in[0], *w = v->in[1];
    Windows win = windows_of(v->c);
    DType dt = compute_dtype(x);
    int64_t places[2], ws[3], groups = v->c->ints[GROUPS_AT], n = x->shape[0];
    weight_shape(w, groups, ws);
    count(&win, x, places);
    int64_t l = places[0] * places[1];
    Tensor *g = v_reshape(v, v_cast(v, v->g[0], dt), 4, (int64_t[]){n, groups, ws[1], l});
    Tensor *images = v_images(v, x);
    if (v->needs[0]) {
        Tensor *w3 = v_reshape(v, v_cast(v, v->in[1], dt), 3, ws);
        Tensor *cols = v_matmul(v, v_transpose(v, w3, -2, -1), g);
        cols = v_reshape(v, cols, 3, (int64_t[]){n, groups * ws[2], l});
        vjp_give(v, 0, v_reshape_as(v, v_put_back(v, cols, &win, images), x));
    }
    if (v->needs[1]) {
        Tensor *cols =
            v_reshape(v, v_columns(v, images, &win), 4, (int64_t[]){n, groups, ws[2], l});
        Tensor *dw = v_matmul(v, g, v_transpose(v, cols, -2, -1));
        vjp_give(v, 1, v_reshape_as(v, v_reduce(v, RED_SUM, dw, 1, (int64_t[]){0}, false), w));
    }
    if (v->in[2] && v->needs[2]) {
        Tensor *db = v_reduce(v, RED_SUM, g, 2, (int64_t[]){0, 3}, false);
        vjp_give(v, 2, v_reshape_as(v, db, v->in[2]));
    }
}

/* a multiply-add per weight and window */
static void cost_conv(const OpCall *c, Tensor *const *out, OpCost *cost) {
    int64_t per = IN(1)->shape[0] ? tensor_numel(IN(1)) / IN(1)->shape[0] : 0;
    cost->flops = 2 * (double)tensor_numel(out[0]) * (double)per;
}

/* ---- im2col: x (N, C, H, W) -> (N, C h w, L) ------------------------------------------------ */

FORWARD(im2col) {
    Windows win = windows_of(c);
    Tensor *images = NULL, *cols = NULL;
    bool ok = as_images(IN(0), &images, err) && tensor_windows(images, &win, 0, &cols, err) &&
              tensor_cast(cols, (DType)IN(0)->dtype, out, err);
    tensor_release(images);
    tensor_release(cols);
    return ok;
}

VJP(im2col) {
    Windows win = windows_of(v->c);
    Tensor *g = v_cast(v, v->g[0], compute_dtype(v->in[0]));
    vjp_give(v, 0, v_put_back(v, g, &win, v->in[0]));
}

/* ---- pools: x (N, C, H, W); every channel is an image of its own ------------------------------
 */

/* The windows of each channel: (N C, h w, L). */
static bool channel_windows(const Tensor *x, const Windows *w, double outside, Tensor **out,
                            Err *err) {
    Tensor *images = NULL, *planes = NULL;
    bool ok =
        as_images(x, &images, err) &&
        tensor_view(images, 4, (int64_t[]){x->shape[0] * x->shape[1], 1, x->shape[2], x->shape[3]},
                    &planes, err) &&
        tensor_windows(planes, w, outside, out, err);
    tensor_release(images);
    tensor_release(planes);
    return ok;
}

static void pooled_shape(const OpCall *c, const Tensor *x, int64_t out[4]) {
    Windows win = windows_of(c);
    out[0] = x->shape[0];
    out[1] = x->shape[1];
    count(&win, x, &out[2]);
}

/* The largest of each window; the hidden output is its place in the window. */
FORWARD(max_pool2d) {
    const Tensor *x = IN(0);
    Windows win = windows_of(c);
    int64_t shape[4];
    Tensor *cols = NULL, *y = NULL, *at = NULL, *shaped = NULL;
    pooled_shape(c, x, shape);
    bool ok = channel_windows(x, &win, -INFINITY, &cols, err) &&
              tensor_max_dim(cols, 1, false, &y, &at, err) &&
              tensor_view(y, 4, shape, &shaped, err) &&
              tensor_cast(shaped, (DType)x->dtype, &out[0], err);
    if (ok) out[1] = tensor_retain(at);
    tensor_release(cols);
    tensor_release(y);
    tensor_release(at);
    tensor_release(shaped);
    return ok;
}

/* The gradient goes to the place of the largest. */
VJP(max_pool2d) {
    const Tensor *x = v->in[0], *at = v->out[1];
    Windows win = windows_of(v->c);
    int64_t planes[4] = {x->shape[0] * x->shape[1], 1, x->shape[2], x->shape[3]};
    int64_t size = win.kernel[0] * win.kernel[1];
    Tensor *g = v_contiguous(v, v_cast(v, v->g[0], compute_dtype(x)));
    Tensor *cols = v_zeros(v, compute_dtype(x), 3, (int64_t[]){planes[0], size, at->shape[1]});
    Tensor *index = v_unsqueeze(v, v->out[1], 1);
    Tensor *values = v_reshape(v, g, 3, (int64_t[]){planes[0], 1, at->shape[1]});
    Tensor *dx = NULL;
    if (v->failed) return;
    bool ok = tensor_scatter_(cols, 1, index, values, SCATTER_SET, v->err) &&
              tensor_windows_add(cols, &win, planes, &dx, v->err);
    dx = v_own(v, dx, ok);
    vjp_give(v, 0, v_reshape_as(v, dx, x));
}

/* flags[0]: places outside count. How many places of each window lie inside: (1, 1, L). */
static bool inside(const OpCall *c, const Tensor *x, Tensor **out, Err *err) {
    Windows win = windows_of(c);
    Tensor *ones = NULL, *cols = NULL;
    bool ok = tensor_full_f64(compute_dtype(x), 4, (int64_t[]){1, 1, x->shape[2], x->shape[3]}, 1,
                              &ones, err) &&
              tensor_windows(ones, &win, c->flags[0] ? 1 : 0, &cols, err) &&
              tensor_reduce(RED_SUM, cols, 1, (int64_t[]){1}, true, out, err);
    tensor_release(ones);
    tensor_release(cols);
    return ok;
}

FORWARD(avg_pool2d) {
    const Tensor *x = IN(0);
    Windows win = windows_of(c);
    int64_t shape[4];
    Tensor *cols = NULL, *sum = NULL, *n = NULL, *y = NULL, *shaped = NULL;
    pooled_shape(c, x, shape);
    bool ok = channel_windows(x, &win, 0, &cols, err) &&
              tensor_reduce(RED_SUM, cols, 1, (int64_t[]){1}, true, &sum, err) &&
              inside(c, x, &n, err) && tensor_binary(BIN_DIV, sum, n, &y, err) &&
              tensor_view(y, 4, shape, &shaped, err) &&
              tensor_cast(shaped, (DType)x->dtype, out, err);
    Tensor *const gone[] = {cols, sum, n, y, shaped};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++) tensor_release(gone[i]);
    return ok;
}

/* g / count goes to every place of the window. */
VJP(avg_pool2d) {
    const Tensor *x = v->in[0];
    Windows win = windows_of(v->c);
    int64_t planes[4] = {x->shape[0] * x->shape[1], 1, x->shape[2], x->shape[3]}, places[2];
    int64_t size = win.kernel[0] * win.kernel[1];
    Tensor *n = NULL, *dx = NULL;
    count(&win, x, places);
    if (v->failed) return;
    bool ok = inside(v->c, x, &n, v->err);
    n = v_own(v, n, ok);
    Tensor *g = v_cast(v, v->g[0], compute_dtype(x));
    g = v_reshape(v, g, 3, (int64_t[]){planes[0], 1, places[0] * places[1]});
    Tensor *like =
        v_empty(v, compute_dtype(x), 3, (int64_t[]){planes[0], size, places[0] * places[1]});
    Tensor *cols = v_contiguous(v, v_expand_as(v, v_div(v, g, n), like));
    if (v->failed) return;
    ok = tensor_windows_add(cols, &win, planes, &dx, v->err);
    dx = v_own(v, dx, ok);
    vjp_give(v, 0, v_reshape_as(v, dx, x));
}

/* ---- rows ------------------------------------------------------------------------------------ */

const OpDef opdef_conv = {.name = "conv",
                          .grad_name = "ConvolutionBackward0",
                          .forward = forward_conv,
                          .vjp = vjp_conv,
                          .saves = {SAVES_IN1, SAVES_IN0, 0},
                          .cost = cost_conv,
                          .doc = "Sums of weights times windows, per output channel."};
const OpDef opdef_im2col = {.name = "im2col",
                            .grad_name = "Im2ColBackward0",
                            .forward = forward_im2col,
                            .vjp = vjp_im2col,
                            .doc = "Windows of an image as columns."};
const OpDef opdef_max_pool2d = {.name = "max_pool2d",
                                .grad_name = "MaxPool2DWithIndicesBackward0",
                                .nhidden = 1,
                                .forward = forward_max_pool2d,
                                .vjp = vjp_max_pool2d,
                                .saves = {SAVES_OUT1},
                                .doc = "The largest value of each window."};
const OpDef opdef_avg_pool2d = {.name = "avg_pool2d",
                                .grad_name = "AvgPool2DBackward0",
                                .forward = forward_avg_pool2d,
                                .vjp = vjp_avg_pool2d,
                                .doc = "The mean of each window."};
