/* torch.nn.functional: convolutions, their windows as columns, and pools. Sequences are images of
 * height 1; a missing batch dim is added and taken away again. */
#include "config.h"

#include <string.h>

#include "nn/nn.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "tensor/window.h"

/* ---- numbers per dim ------------------------------------------------------------------- */

/* One int for all dims or one each, as (height, width); nd 1 has `along` for the height. */
static bool pair(Interp *in, const char *fn, int i, Value v, int nd, int64_t along, int64_t out[2],
                 Err *err) {
    Dims d;
    if (!arg_dims(in, fn, i, v, &d, err)) return false;
    if (d.n != 1 && d.n != nd) {
        return err_set(err, ERR_RUNTIME, "%s(): expected %d numbers or one, got %d",
                       arg_fn_name(fn), nd, d.n);
    }
    out[0] = nd == 1 ? along : d.d[0];
    out[1] = d.d[d.n - 1];
    return true;
}

/* "[2, 3]" of the sizes from dim `from` on. */
static void sizes_str(Str *out, const Tensor *t, int from) {
    str_addc(out, '[');
    for (int d = from; d < t->ndim; d++)
        str_printf(out, "%s%lld", d > from ? ", " : "", (long long)t->shape[d]);
    str_addc(out, ']');
}

/* x with its batch dim; *added says that it had none. Owned. */
static bool batched(const char *fn, Tensor *x, int nd, bool *added, Tensor **out, Err *err) {
    *added = x->ndim == nd + 1;
    if (*added) return op_unsqueeze(x, 0, out, err);
    if (x->ndim == nd + 2) {
        *out = tensor_retain(x);
        return true;
    }
    Str got = STR_INIT;
    sizes_str(&got, x, 0);
    err_set(err, ERR_RUNTIME,
            "Expected %dD (unbatched) or %dD (batched) input to %s, but got input of size: %s",
            nd + 1, nd + 2, arg_fn_name(fn), str_cstr(&got));
    str_clear(&got);
    return false;
}

static bool unbatch_take(bool ok, bool added, Tensor *y, Value *out, Err *err) {
    Tensor *z = NULL;
    if (!ok) return false;
    if (!added) return tensor_return(true, &y, out);
    ok = op_squeeze_dim(y, 0, &z, err);
    tensor_release(y);
    return tensor_return(ok, &z, out);
}

/* ---- convolutions ------------------------------------------------------------------------- */

/* padding='same': half of what the kernel takes, and one more at the end where that is odd. */
static bool pad_same(Tensor *x, int nd, Windows *w, Tensor **out, Err *err) {
    int64_t more[4] = {0}; /* width first: before, after */
    bool odd = false;
    for (int i = 0; i < 2; i++) {
        int64_t total = w->dilation[i] * (w->kernel[i] - 1);
        if (w->stride[i] != 1)
            return err_set(err, ERR_RUNTIME,
                           "padding='same' is not supported for strided convolutions");
        w->pad[i] = total / 2;
        more[i == 1 ? 1 : 3] = total % 2;
        odd |= total % 2;
    }
    if (odd) return op_pad(x, 2 * nd, more, 0, out, err);
    *out = tensor_retain(x);
    return true;
}

/* args: input, weight, bias, stride, padding, dilation, groups. */
static bool convolve(Interp *in, const char *fn, Value *args, int nd, Value *out, Err *err) {
    Tensor *x, *w, *b, *batch = NULL, *padded = NULL, *y = NULL;
    Windows win = {.kernel = {1, 1}};
    int64_t groups;
    bool added = false, same = str_eq_cstr(args[4], "same"), valid = str_eq_cstr(args[4], "valid");
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_tensor(fn, 1, args[1], &w, err) ||
        !arg_tensor_or_none(fn, 2, args[2], &b, err) ||
        !arg_int(in, fn, 6, args[6], &groups, err) ||
        !pair(in, fn, 3, args[3], nd, 1, win.stride, err) ||
        !pair(in, fn, 5, args[5], nd, 1, win.dilation, err) ||
        (!same && !valid && !pair(in, fn, 4, args[4], nd, 0, win.pad, err)))
        return false;
    if (w->ndim != nd + 2)
        return err_set(err, ERR_RUNTIME, "weight should have %d dimensions, but it has %d", nd + 2,
                       w->ndim);
    if (nd == 2) win.kernel[0] = w->shape[2];
    win.kernel[1] = w->shape[w->ndim - 1];
    bool ok =
        batched(fn, x, nd, &added, &batch, err) &&
        (same ? pad_same(batch, nd, &win, &padded, err) : (padded = tensor_retain(batch), true));
    int64_t n[9] = {win.kernel[0], win.kernel[1],   win.stride[0],   win.stride[1], win.pad[0],
                    win.pad[1],    win.dilation[0], win.dilation[1], groups};
    ok = ok && op_conv(padded, w, b, n, &y, err);
    ok = unbatch_take(ok, added, y, out, err);
    tensor_release(batch);
    tensor_release(padded);
    return ok;
}

static bool do_conv1d(Interp *in, Value *args, Value *out, Err *err) {
    return convolve(in, __func__, args, 1, out, err);
}

static bool do_conv2d(Interp *in, Value *args, Value *out, Err *err) {
    return convolve(in, __func__, args, 2, out, err);
}

/* ---- windows ------------------------------------------------------------------------------- */

/* Four pairs from args[1..4] in the order given; stride None is the kernel. */
static bool four(Interp *in, const char *fn, Value *args, int nd, const int order[4], int64_t n[8],
                 Err *err) {
    static const int64_t along[] = {1, 1, 0, 1};
    for (int i = 0; i < 4; i++) {
        Value v = args[order[i]];
        if (order[i] == 0 || (i == 1 && v.tag == VT_NONE)) { /* not an argument here */
            n[2 * i] = i == 1 ? n[0] : along[i];
            n[2 * i + 1] = i == 1 ? n[1] : along[i];
            continue;
        }
        if (!pair(in, fn, order[i], v, nd, along[i], &n[2 * i], err)) return false;
    }
    return true;
}

static bool do_unfold(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *batch = NULL, *y = NULL;
    int64_t n[8];
    bool added;
    if (!ARG_TENSOR(0, &x) || !four(in, __func__, args, 2, (int[]){1, 4, 3, 2}, n, err))
        return false;
    bool ok = batched(__func__, x, 2, &added, &batch, err) && op_im2col(batch, n, &y, err);
    ok = unbatch_take(ok, added, y, out, err);
    tensor_release(batch);
    return ok;
}

/* ---- pools ---------------------------------------------------------------------------------- */

/* x is an image, or a sequence that becomes one; max or mean of the windows. */
static bool pool(const char *fn, Tensor *x, int nd, const int64_t n[8], bool max, bool outside,
                 Value *out, Err *err) {
    Tensor *batch = NULL, *image = NULL, *y = NULL, *flat = NULL;
    bool added, ok = batched(fn, x, nd, &added, &batch, err);
    if (ok && nd == 1)
        ok = op_unsqueeze(batch, 2, &image, err);
    else if (ok)
        image = tensor_retain(batch);
    ok = ok && (max ? op_max_pool2d(image, n, &y, err) : op_avg_pool2d(image, n, outside, &y, err));
    if (ok && nd == 1) {
        ok = op_squeeze_dim(y, 2, &flat, err);
        tensor_release(y);
        y = flat;
    }
    ok = unbatch_take(ok, added, y, out, err);
    tensor_release(batch);
    tensor_release(image);
    return ok;
}

/* What the rows leave to the dialect: ceil_mode, return_indices, divisor_override. */
static bool is_asked(Value v) {
    return v.tag != VT_NONE && v.tag != VT_UNSET && !(v.tag == VT_BOOL && !v.b);
}

static bool pool_late(Interp *in, const char *name, const Value *args, int nd, Value *out,
                      Err *err) {
    Value pos[8] = {value_int(nd)};
    for (int i = 0; i < 7; i++) pos[i + 1] = args[i];
    return import_call(in, "torch.nn.functional._pool", name, pos, 8, out, err);
}

static bool max_pool(Interp *in, const char *fn, Value *args, int nd, Value *out, Err *err) {
    Tensor *x;
    int64_t n[8];
    if (!arg_tensor(fn, 0, args[0], &x, err)) return false;
    if (is_asked(args[5]) || is_asked(args[6]))
        return pool_late(in, "max_pool", args, nd, out, err);
    return four(in, fn, args, nd, (int[]){1, 2, 3, 4}, n, err) &&
           pool(fn, x, nd, n, true, false, out, err);
}

static bool avg_pool(Interp *in, const char *fn, Value *args, int nd, Value *out, Err *err) {
    Tensor *x;
    int64_t n[8];
    bool outside;
    if (!arg_tensor(fn, 0, args[0], &x, err)) return false;
    if (is_asked(args[4]) || is_asked(args[6]))
        return pool_late(in, "avg_pool", args, nd, out, err);
    return arg_bool(in, fn, 5, args[5], &outside, err) &&
           four(in, fn, args, nd, (int[]){1, 2, 3, 0}, n, err) &&
           pool(fn, x, nd, n, false, outside, out, err);
}

#define POOL(name, kind, nd)                                                                       \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        return kind(in, __func__, args, nd, out, err);                                             \
    }
POOL(max_pool1d, max_pool, 1)
POOL(max_pool2d, max_pool, 2)
static bool do_avg_pool1d(Interp *in, Value *args, Value *out, Err *err) {
    Value all[7]; /* a sequence has no divisor_override */
    for (int i = 0; i < 6; i++) all[i] = args[i];
    all[6] = VALUE_NONE;
    return avg_pool(in, __func__, all, 1, out, err);
}
POOL(avg_pool2d, avg_pool, 2)

/* ---- the table ------------------------------------------------------------------------------ */

#define CONV                                                                                       \
    "input: Tensor, weight: Tensor, bias: Tensor = None, stride=1, padding=0, dilation=1, "        \
    "groups: int = 1"

const NativeRow nn_conv_rows[] = {
    {"conv1d(" CONV ") -> Tensor", do_conv1d, 0,
     "Weighted sums of windows of a sequence: input (N, C, L) or (C, L), weight (out, C / groups, "
     "k).",
     ">>> F.conv1d(torch.tensor([[1., 2., 4.]]), torch.ones(1, 1, 2))\ntensor([[3., 6.]])"},
    {"conv2d(" CONV ") -> Tensor", do_conv2d, 0,
     "Weighted sums of windows of an image: input (N, C, H, W) or (C, H, W), weight (out, C / "
     "groups, h, w).",
     ">>> F.conv2d(torch.ones(1, 3, 3), torch.ones(1, 1, 2, 2))\n"
     "tensor([[[4., 4.],\n         [4., 4.]]])"},
    {"unfold(input: Tensor, kernel_size, dilation=1, padding=0, stride=1) -> Tensor", do_unfold, 0,
     "Windows of an image as columns: (N, C, H, W) -> (N, C h w, L).",
     ">>> F.unfold(torch.arange(4.).view(1, 1, 2, 2), (1, 2))\n"
     "tensor([[[0., 2.],\n         [1., 3.]]])"},
    {"max_pool1d(input: Tensor, kernel_size, stride=None, padding=0, dilation=1, ceil_mode: bool = "
     "False, return_indices: bool = False) -> Tensor",
     do_max_pool1d, 0, "The largest of each window of a sequence.",
     ">>> F.max_pool1d(torch.tensor([[1., 3., 2., 0.]]), 2)\ntensor([[3., 2.]])"},
    {"max_pool2d(input: Tensor, kernel_size, stride=None, padding=0, dilation=1, ceil_mode: bool = "
     "False, return_indices: bool = False) -> Tensor",
     do_max_pool2d, 0, "The largest of each window of an image.",
     ">>> F.max_pool2d(torch.arange(16.).view(1, 4, 4), 2)\n"
     "tensor([[[ 5.,  7.],\n         [13., 15.]]])"},
    {"avg_pool1d(input: Tensor, kernel_size, stride=None, padding=0, ceil_mode: bool = False, "
     "count_include_pad: bool = True) -> Tensor",
     do_avg_pool1d, 0, "The mean of each window of a sequence.",
     ">>> F.avg_pool1d(torch.tensor([[1., 3., 2., 0.]]), 2)\ntensor([[2., 1.]])"},
    {"avg_pool2d(input: Tensor, kernel_size, stride=None, padding=0, ceil_mode: bool = False, "
     "count_include_pad: bool = True, divisor_override: int = None) -> Tensor",
     do_avg_pool2d, 0, "The mean of each window of an image.",
     ">>> F.avg_pool2d(torch.arange(16.).view(1, 4, 4), 2)\n"
     "tensor([[[ 2.5000,  4.5000],\n         [10.5000, 12.5000]]])"},
    {0},
};
