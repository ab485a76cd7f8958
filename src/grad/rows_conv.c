/* Convolution, windows as columns, and pools, over tensor/window.h: a convolution is one product
 * per image and group of the weight with the image's windows. A sequence (N, C, W) is an image of
 * height 1. Half precision computes in float32. */
#include "config.h"

#include <math.h>

#include "grad/rows.h"

#include "linalg/matmul.h"
#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/index.h"
#include "tensor/reduce.h"
#include "tensor/shapetext.h"
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

/* "(3 x 4)" of "[3, 4]" */
static ListText by_cross(ListText t) {
    ListText out = {"("};
    size_t n = 1;
    for (const char *p = t.text + 1; *p && *p != ']'; p++) {
        if (*p == ',')
            out.text[n++] = ' ', out.text[n++] = 'x';
        else
            out.text[n++] = *p;
    }
    memcpy(out.text + n, ")", 2);
    return out;
}

/* ---- what fits --------------------------------------------------------------------------- */

static bool in_range(const char *what, const int64_t n[2], int64_t least, Err *err) {
    for (int i = 0; i < 2; i++) {
        if (n[i] < least)
            return err_set(err, ERR_RUNTIME,
                           least ? "%s should be greater than zero, but got %lld"
                                 : "negative %s is not supported, got %lld",
                           what, (long long)n[i]);
        if (n[i] > INT32_MAX)
            return err_set(err, ERR_RUNTIME, "%s %lld is too large", what, (long long)n[i]);
    }
    return true;
}

/* The kernel's numbers, and that it fits into the padded x. */
static bool check_windows(const OpCall *c, Err *err) {
    const Tensor *x = IN(0);
    Windows w = windows_of(c);
    int64_t last = x->ndim < 3 ? 0 : x->shape[x->ndim - 1], count[2], padded[2], span[2];
    int64_t size[2] = {x->ndim == 4 ? x->shape[2] : 1, last};
    if (x->ndim < 3 || x->ndim > 4)
        return err_set(err, ERR_RUNTIME, "Expected 3D or 4D input, but got input of size: %s",
                       list_text(x->ndim, x->shape).text);
    if (!in_range("kernel size", w.kernel, 1, err) || !in_range("stride", w.stride, 1, err) ||
        !in_range("padding", w.pad, 0, err) || !in_range("dilation", w.dilation, 1, err))
        return false;
    if (windows_count(&w, size[0], size[1], count)) return true;
    for (int i = 0; i < 2; i++) {
        padded[i] = size[i] + 2 * w.pad[i];
        span[i] = w.dilation[i] * (w.kernel[i] - 1) + 1;
    }
    int from = x->ndim == 4 ? 0 : 1;
    ListText have = list_text(2 - from, padded + from), want = list_text(2 - from, span + from);
    return err_set(
        err, ERR_RUNTIME,
        "Calculated padded input size per channel: %s. Kernel size: %s. Kernel size can't "
        "be greater than actual input size",
        by_cross(have).text, by_cross(want).text);
}

static bool check_conv(const OpCall *c, Err *err) {
    const Tensor *x = IN(0), *w = IN(1), *b = IN(2);
    int64_t groups = c->ints[GROUPS_AT], each;
    if (w->ndim != x->ndim || x->ndim < 3 || x->ndim > 4)
        return err_set(err, ERR_RUNTIME, "weight should have %d dimensions, but it has %d", x->ndim,
                       w->ndim);
    if (groups <= 0) return err_set(err, ERR_RUNTIME, "non-positive groups is not supported");
    if (w->shape[0] % groups)
        return err_set(err, ERR_RUNTIME,
                       "Given groups=%lld, expected weight to be divisible by %lld at dimension 0, "
                       "but got weight of size %s instead",
                       (long long)groups, (long long)groups, list_text(w->ndim, w->shape).text);
    if (__builtin_mul_overflow(w->shape[1], groups, &each) || x->shape[1] != each)
        return err_set(
            err, ERR_RUNTIME,
            "Given groups=%lld, weight of size %s, expected input%s to have %lld channels, "
            "but got %lld channels instead",
            (long long)groups, list_text(w->ndim, w->shape).text, list_text(x->ndim, x->shape).text,
            (long long)each, (long long)x->shape[1]);
    if (b && (b->ndim != 1 || b->shape[0] != w->shape[0]))
        return err_set(
            err, ERR_RUNTIME,
            "Given weight of size %s, expected bias to be 1-dimensional with %lld elements, "
            "but got bias of size %s instead",
            list_text(w->ndim, w->shape).text, (long long)w->shape[0],
            list_text(b->ndim, b->shape).text);
    Windows win = windows_of(c);
    if ((x->ndim == 4 && win.kernel[0] != w->shape[2]) || win.kernel[1] != w->shape[w->ndim - 1])
        return err_set(err, ERR_RUNTIME, "a kernel of another size than its weight");
    return check_windows(c, err);
}

static bool check_im2col(const OpCall *c, Err *err) {
    if (IN(0)->ndim == 4) return check_windows(c, err);
    return err_set(err, ERR_RUNTIME, "Expected 4D input, but got input of size: %s",
                   list_text(IN(0)->ndim, IN(0)->shape).text);
}

static bool check_pool(const OpCall *c, Err *err) {
    Windows w = windows_of(c);
    if (!check_im2col(c, err)) return false;
    for (int i = 0; i < 2; i++)
        if (2 * w.pad[i] > w.kernel[i])
            return err_set(err, ERR_RUNTIME,
                           "pad should be at most half of kernel size, but got pad=%lld and "
                           "kernel_size=%lld",
                           (long long)w.pad[i], (long long)w.kernel[i]);
    return true;
}

/* ---- images ------------------------------------------------------------------------------ */

static void image_shape(const Tensor *x, int64_t nchw[4]) {
    nchw[0] = x->shape[0];
    nchw[1] = x->shape[1];
    nchw[2] = x->ndim == 4 ? x->shape[2] : 1;
    nchw[3] = x->shape[x->ndim - 1];
}

/* x as contiguous (N, C, H, W) of a dtype that kernels take. */
static bool as_images(const Tensor *x, Tensor **out, Err *err) {
    Tensor *cast = NULL, *dense = NULL;
    int64_t nchw[4];
    image_shape(x, nchw);
    bool ok = tensor_cast(x, compute_dtype(x), &cast, err) &&
              tensor_contiguous(cast, &dense, err) && tensor_view(dense, 4, nchw, out, err);
    tensor_release(cast);
    tensor_release(dense);
    return ok;
}

static Tensor *v_columns(Vjp *v, const Tensor *x, const Windows *w) {
    Tensor *images = NULL, *out = NULL;
    if (v->failed) return NULL;
    bool ok = as_images(x, &images, v->err);
    if (!v_own(v, images, ok)) return NULL;
    ok = tensor_windows(images, w, 0, &out, v->err);
    return v_own(v, out, ok);
}

/* The image of x's size, whose numbers need not be there, that columns (.., any layout with the
 * elements of (N, C h w, L)) add up to. */
static Tensor *v_put_back(Vjp *v, Tensor *cols, const Windows *w, const Tensor *x) {
    int64_t nchw[4];
    Tensor *out = NULL;
    cols = v_contiguous(v, cols);
    if (v->failed) return NULL;
    image_shape(x, nchw);
    bool ok = tensor_windows_add(cols, w, nchw, &out, v->err);
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
    if (v->needs[0]) {
        Tensor *w3 = v_reshape(v, v_cast(v, v->in[1], dt), 3, ws);
        Tensor *cols = v_matmul(v, v_transpose(v, w3, -2, -1), g);
        cols = v_reshape(v, cols, 3, (int64_t[]){n, groups * ws[2], l});
        vjp_give(v, 0, v_reshape_as(v, v_put_back(v, cols, &win, x), x));
    }
    if (v->needs[1]) {
        Tensor *cols = v_reshape(v, v_columns(v, x, &win), 4, (int64_t[]){n, groups, ws[2], l});
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

/* ---- pools: x (N, C, H, W); every channel is an image of its own ---------------------------- */

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
                          .check = check_conv,
                          .forward = forward_conv,
                          .vjp = vjp_conv,
                          .saves = {SAVES_IN1, SAVES_IN0, 0},
                          .cost = cost_conv,
                          .samples = "2,3,5,4 2,3,2,2 2 | i2,2,1,1,0,0,1,1,1; "
                                     "1,2,5 4,1,3 - | i1,3,1,2,0,1,1,1,2; "
                                     "~2,2,4,5 2,2,2,3 2 | i2,3,2,1,1,2,1,1,1; "
                                     "1,2,6,6 3,2,2,2 3 | i2,2,1,1,0,0,2,3,1",
                          .doc = "Sums of weights times windows, per output channel."};
const OpDef opdef_im2col = {.name = "im2col",
                            .grad_name = "Im2ColBackward0",
                            .check = check_im2col,
                            .forward = forward_im2col,
                            .vjp = vjp_im2col,
                            .samples = "2,3,4,5 | i2,3,1,2,1,0,1,1; ~1,2,5,5 | i2,2,1,1,0,0,2,2",
                            .doc = "Windows of an image as columns."};
const OpDef opdef_max_pool2d = {.name = "max_pool2d",
                                .grad_name = "MaxPool2DWithIndicesBackward0",
                                .check = check_pool,
                                .nhidden = 1,
                                .forward = forward_max_pool2d,
                                .vjp = vjp_max_pool2d,
                                .saves = {SAVES_OUT1},
                                .samples =
                                    "!1,2,4,4 | i2,2,2,2,0,0,1,1; !1,1,5,4 | i3,2,1,2,1,0,1,1",
                                .doc = "The largest value of each window."};
const OpDef opdef_avg_pool2d = {.name = "avg_pool2d",
                                .grad_name = "AvgPool2DBackward0",
                                .check = check_pool,
                                .forward = forward_avg_pool2d,
                                .vjp = vjp_avg_pool2d,
                                .samples =
                                    "1,2,4,4 | i2,2,2,2,0,0,1,1; 2,1,5,4 | i3,2,1,2,1,1,1,1 f1; "
                                    "1,1,5,4 | i3,2,1,2,1,1,1,1",
                                .doc = "The mean of each window."};
