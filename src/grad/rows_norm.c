/* Layer, RMS, group and batch normalisation over the row kernels of tensor/normalize.h: each
 * brings its input into (rows, n) and back. Half precision computes in float32. */
#include "config.h"

#include "tensor/normalize.h"
#include "grad/rows.h"

#include "tensor/copy.h"
#include "tensor/shapetext.h"
#include "tensor/view.h"

static DType compute_dtype(const Tensor *x) {
    return x->dtype == DT_F64 ? DT_F64 : DT_F32;
}

/* t in dt, contiguous, (rows, n); NULL stays NULL. */
static bool prepare(const Tensor *t, DType dt, int ndim, const int64_t *shape, Tensor **out,
                    Err *err) {
    if (!t) return true;
    Tensor *cast = NULL, *dense = NULL;
    bool ok = tensor_cast(t, dt, &cast, err) && tensor_contiguous(cast, &dense, err) &&
              tensor_view(dense, ndim, shape, out, err);
    tensor_release(cast);
    tensor_release(dense);
    return ok;
}
static Tensor *v_prepare(Vjp *v, const Tensor *t, DType dt, int ndim, const int64_t *shape) {
    Tensor *out = NULL;
    if (v->failed || !t) return NULL;
    bool ok = prepare(t, dt, ndim, shape, &out, v->err);
    return v_own(v, out, ok);
}

/* Elements of the last n dims, and what is before them; checks the sizes. */
static bool split_shape(const Tensor *x, int n, const int64_t *shape, int64_t matrix[2], Err *err) {
    bool fits = n >= 1 && n <= x->ndim;
    matrix[0] = matrix[1] = 1;
    for (int i = 0; i < n; i++) {
        if (fits && x->shape[x->ndim - n + i] != shape[i]) fits = false;
        if (fits) matrix[1] *= shape[i];
    }
    if (fits) {
        for (int d = 0; d < x->ndim - n; d++) matrix[0] *= x->shape[d];
        return true;
    }
    ListText want = list_text(n, shape);
    return err_set(err, ERR_RUNTIME,
                   "Given normalized_shape=%s, expected input with shape [*, %s, but got input of "
                   "size%s",
                   want.text, want.text + 1, list_text(x->ndim, x->shape).text);
}

/* y in x's dtype and shape. */
static bool finish(const Tensor *y, const Tensor *x, Tensor **out, Err *err) {
    Tensor *shaped = NULL;
    bool ok = tensor_view(y, x->ndim, x->shape, &shaped, err) &&
              tensor_cast(shaped, (DType)x->dtype, out, err);
    tensor_release(shaped);
    return ok;
}

/* The statistics go out as hidden outputs, for the vjp; or away when the forward failed. */
static bool keep_statistics_take(bool ok, Tensor *rstd, Tensor *mean, Tensor **out) {
    if (ok) {
        out[1] = rstd;
        if (mean) out[2] = mean;
    } else {
        tensor_release(rstd);
        tensor_release(mean);
    }
    return ok;
}

/* ---- layer_norm, rms_norm: ints = the sizes of the last dims, reals[0] = eps ------- */

static bool is_normalized_shape(const char *what, const Tensor *t, const OpCall *c, Err *err) {
    bool same = !t || t->ndim == c->nint;
    for (int i = 0; t && same && i < t->ndim; i++) same = t->shape[i] == c->ints[i];
    return same ||
           err_set(err, ERR_RUNTIME,
                   "Expected %s to be of same shape as normalized_shape, but got %s of shape "
                   "%s and normalized_shape = %s",
                   what, what, list_text(t->ndim, t->shape).text, list_text(c->nint, c->ints).text);
}

static bool check_rows(const OpCall *c, Err *err) {
    const Tensor *x = IN(0);
    int64_t matrix[2];
    if (!is_normalized_shape("weight", IN(1), c, err) ||
        !is_normalized_shape("bias", c->nin > 2 ? IN(2) : NULL, c, err) ||
        !split_shape(x, c->nint, c->ints, matrix, err))
        return false;
    if (dtype_is_float((DType)x->dtype)) return true;
    err_set(err, ERR_RUNTIME, "\"LayerNormKernelImpl\" not implemented for '%s'",
            dtype_class_name((DType)x->dtype));
    return err_hint(err, "convert to numbers with a fraction first: .float()");
}

/* out[0] = y, out[1] = rstd, out[2] = mean when centred */
static bool rows_forward(const OpCall *c, bool centred, Tensor **out, Err *err) {
    const Tensor *x = IN(0), *bias = c->nin > 2 ? IN(2) : NULL;
    DType dt = compute_dtype(x);
    int64_t matrix[2];
    Tensor *rows = NULL, *w = NULL, *b = NULL, *y = NULL, *rstd = NULL, *mean = NULL;
    if (!split_shape(x, c->nint, c->ints, matrix, err)) return false;
    bool ok = prepare(x, dt, 2, matrix, &rows, err) && prepare(IN(1), dt, 1, &matrix[1], &w, err) &&
              prepare(bias, dt, 1, &matrix[1], &b, err) &&
              norm_forward(rows, w, b, c->reals[0], &y, centred ? &mean : NULL, &rstd, err) &&
              finish(y, x, &out[0], err);
    tensor_release(rows);
    tensor_release(w);
    tensor_release(b);
    tensor_release(y);
    return keep_statistics_take(ok, rstd, mean, out);
}

static void rows_backward(Vjp *v, bool centred) {
    const Tensor *x = v->in[0], *w = v->in[1];
    DType dt = compute_dtype(x);
    int64_t matrix[2];
    if (!split_shape(x, v->c->nint, v->c->ints, matrix, v->err)) BUG("norm of another shape");
    Tensor *rows = v_prepare(v, x, dt, 2, matrix), *g = v_prepare(v, v->g[0], dt, 2, matrix);
    Tensor *weight = v_prepare(v, w, dt, 1, &matrix[1]);
    Tensor *dx = NULL, *dw = NULL, *db = NULL;
    bool want_w = w && v->needs[1], want_b = centred && v->in[2] && v->needs[2];
    if (v->failed) return;
    bool ok = norm_backward(g, rows, weight, centred ? v->out[2] : NULL, v->out[1], &dx,
                            want_w ? &dw : NULL, want_b ? &db : NULL, v->err);
    if (!v_own(v, dx, ok)) return;
    vjp_give(v, 0, v_reshape_as(v, dx, x));
    if (want_w) vjp_give(v, 1, v_reshape_as(v, v_own(v, dw, true), w));
    if (want_b) vjp_give(v, 2, v_reshape_as(v, v_own(v, db, true), v->in[2]));
}

/* mean, subtract, square, add, scale, weight, bias */
static void cost_norm(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(c);
    cost->flops = 7 * (double)tensor_numel(out[0]);
}

/* A gradient reads the weight's values and the rows' statistics. */
#define NORM_SAVES(stats)                                                                          \
    { SAVES_IN0 | SAVES_IN1 | stats, SAVES_IN0 | SAVES_IN1 | stats, SAVES_IN0 | SAVES_IN1 | stats }

FORWARD(layer_norm) {
    return rows_forward(c, true, out, err);
}
VJP(layer_norm) {
    rows_backward(v, true);
}
const OpDef opdef_layer_norm = {
    .name = "layer_norm",
    .grad_name = "NativeLayerNormBackward0",
    .check = check_rows,
    .nhidden = 2,
    .forward = forward_layer_norm,
    .vjp = vjp_layer_norm,
    .saves = NORM_SAVES(SAVES_OUT1 | SAVES_OUT2),
    .cost = cost_norm,
    .samples = "4,5 5 5 | i5 r1e-5; 4,5 - - | i5 r1e-5; 2,3,4 3,4 3,4 | i3,4 r0.1; "
               "~4,5 5 - | i5 r1e-5; 2,20 20 20 | i20 r1e-5",
    .doc = "(x - mean) / sqrt(var + eps) w + b over the last dims"};

FORWARD(rms_norm) {
    return rows_forward(c, false, out, err);
}
VJP(rms_norm) {
    rows_backward(v, false);
}
static void cost_rms(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(c);
    cost->flops = 4 * (double)tensor_numel(out[0]);
}
const OpDef opdef_rms_norm = {.name = "rms_norm",
                              .grad_name = "MulBackward0",
                              .check = check_rows,
                              .nhidden = 1,
                              .forward = forward_rms_norm,
                              .vjp = vjp_rms_norm,
                              .saves = NORM_SAVES(SAVES_OUT1),
                              .cost = cost_rms,
                              .samples = "4,5 5 | i5 r1e-5; 2,3,11 - | i11 r1e-6",
                              .doc = "x / sqrt(mean(x^2) + eps) w over the last dims"};

/* ---- group_norm: x (N, C, ...), ints[0] groups; w, b (C,) -------------------------- */

/* t (C,) so that it broadcasts over (N, C, ...). */
static bool per_channel(const Tensor *t, int ndim, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    for (int d = 0; d < ndim; d++) shape[d] = 1;
    shape[1] = t->shape[0];
    return tensor_reshape(t, ndim, shape, out, err);
}

/* y * w + b per channel, in x's dtype; y is written. */
static bool affine(const OpCall *c, Tensor *y, Tensor **out, Err *err) {
    static const BinaryOp steps[] = {[1] = BIN_MUL, [2] = BIN_ADD};
    bool ok = true;
    for (int i = 1; i <= 2 && ok; i++) {
        Tensor *k = NULL;
        if (!IN(i)) continue;
        ok = per_channel(IN(i), y->ndim, &k, err) && tensor_binary_(steps[i], y, k, err);
        tensor_release(k);
    }
    return ok && tensor_cast(y, (DType)IN(0)->dtype, out, err);
}

/* ERR_RUNTIME unless t (NULL is fine) has one number per channel of x. */
static bool check_channels(const char *what, const Tensor *t, const Tensor *x, Err *err) {
    if (!t || (t->ndim == 1 && t->shape[0] == x->shape[1])) return true;
    return err_set(
        err, ERR_RUNTIME,
        "Expected %s to be a vector of size equal to the number of channels in input, but "
        "got %s of shape %s and input of shape %s",
        what, what, list_text(t->ndim, t->shape).text, list_text(x->ndim, x->shape).text);
}

static bool group_matrix(const Tensor *x, int64_t groups, int64_t matrix[2], Err *err) {
    if (x->ndim < 2) {
        int d;
        return dim_wrap(1, x->ndim, &d, err);
    }
    if (groups < 1 || x->shape[1] % groups)
        return err_set(
            err, ERR_RUNTIME,
            "Expected number of channels in input to be divisible by num_groups, but got "
            "input of shape %s and num_groups=%lld",
            list_text(x->ndim, x->shape).text, (long long)groups);
    matrix[0] = x->shape[0] * groups;
    matrix[1] = x->shape[1] / groups;
    for (int d = 2; d < x->ndim; d++) matrix[1] *= x->shape[d];
    return true;
}

static bool check_group_norm(const OpCall *c, Err *err) {
    int64_t matrix[2];
    return group_matrix(IN(0), c->ints[0], matrix, err) &&
           check_channels("weight", IN(1), IN(0), err) && check_channels("bias", IN(2), IN(0), err);
}

FORWARD(group_norm) {
    const Tensor *x = IN(0);
    DType dt = compute_dtype(x);
    int64_t matrix[2];
    Tensor *rows = NULL, *y = NULL, *mean = NULL, *rstd = NULL, *shaped = NULL;
    if (!group_matrix(x, c->ints[0], matrix, err)) return false;
    bool ok = prepare(x, dt, 2, matrix, &rows, err) &&
              norm_forward(rows, NULL, NULL, c->reals[0], &y, &mean, &rstd, err) &&
              tensor_view(y, x->ndim, x->shape, &shaped, err) && affine(c, shaped, &out[0], err);
    tensor_release(rows);
    tensor_release(y);
    tensor_release(shaped);
    return keep_statistics_take(ok, rstd, mean, out);
}
/* Sums of g xhat and of g over everything but the channels. xhat: x's shape. */
static void give_affine(Vjp *v, Tensor *g, Tensor *xhat) {
    int64_t dims[TENSOR_MAX_DIM];
    int n = 0;
    for (int d = 0; d < g->ndim; d++)
        if (d != 1) dims[n++] = d;
    if (v->in[1] && v->needs[1])
        vjp_give(v, 1, v_reduce(v, RED_SUM, v_mul(v, g, xhat), n, dims, false));
    if (v->in[2] && v->needs[2]) vjp_give(v, 2, v_reduce(v, RED_SUM, g, n, dims, false));
}
static Tensor *v_per_channel(Vjp *v, const Tensor *t, int ndim) {
    Tensor *out = NULL;
    if (v->failed || !t) return NULL;
    bool ok = per_channel(t, ndim, &out, v->err);
    return v_own(v, out, ok);
}
VJP(group_norm) {
    Tensor *x = v->in[0], *w = v->in[1], *g = v->g[0], *rstd = v->out[1], *mean = v->out[2];
    DType dt = compute_dtype(x);
    int64_t matrix[2];
    if (!group_matrix(x, v->c->ints[0], matrix, v->err)) BUG("norm of another shape");
    Tensor *rows = v_prepare(v, x, dt, 2, matrix), *dx = NULL;
    Tensor *xhat = v_mul(v, v_sub(v, rows, v_unsqueeze(v, mean, 1)), v_unsqueeze(v, rstd, 1));
    if (xhat) give_affine(v, g, v_reshape_as(v, xhat, x));
    Tensor *d = w ? v_mul(v, g, v_per_channel(v, w, x->ndim)) : g;
    d = v_prepare(v, d, dt, 2, matrix);
    if (v->failed || !v->needs[0]) return;
    bool ok = norm_backward(d, rows, NULL, mean, rstd, &dx, NULL, NULL, v->err);
    if (v_own(v, dx, ok)) vjp_give(v, 0, v_reshape_as(v, dx, x));
}
const OpDef opdef_group_norm = {.name = "group_norm",
                                .grad_name = "NativeGroupNormBackward0",
                                .check = check_group_norm,
                                .nhidden = 2,
                                .forward = forward_group_norm,
                                .vjp = vjp_group_norm,
                                .saves = NORM_SAVES(SAVES_OUT1 | SAVES_OUT2),
                                .cost = cost_norm,
                                .samples = "2,4,3 4 4 | i2 r1e-5; 3,4 - - | i4 r0.1",
                                .doc = "each group of channels to mean 0, variance 1"};

/* ---- batch_norm: x (N, C, ...) -------------------------------------------------------- */

enum { WEIGHT = 1, BIAS, RUNNING_MEAN, RUNNING_VAR }; /* inputs behind x */

/* flags[0]: by the batch's statistics (then the running ones, if given, are moved towards them);
 * reals = momentum, eps. */

/* x as (C, rest) */
static bool by_channel(const Tensor *x, DType dt, Tensor **out, Err *err) {
    Tensor *moved = NULL;
    int64_t shape[2] = {x->shape[1], -1};
    if (tensor_numel(x) == 0) shape[1] = 0;
    bool ok = tensor_transpose(x, 0, 1, &moved, err) && prepare(moved, dt, 2, shape, out, err);
    tensor_release(moved);
    return ok;
}
/* the way back, into like's shape (and a memory order of its own) */
static bool from_channels(const Tensor *rows, const Tensor *like, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    memcpy(shape, like->shape, like->ndim * sizeof *shape);
    shape[0] = like->shape[1];
    shape[1] = like->shape[0];
    Tensor *split = NULL, *moved = NULL;
    bool ok = tensor_view(rows, like->ndim, shape, &split, err) &&
              tensor_transpose(split, 0, 1, &moved, err) && tensor_contiguous(moved, out, err);
    tensor_release(split);
    tensor_release(moved);
    return ok;
}

static void move_number(Tensor *running, int64_t channel, double momentum, double batch) {
    double old = tensor_get_f64(running, &channel);
    tensor_set_f64(running, &channel, (1 - momentum) * old + momentum * batch);
}

/* running = (1 - momentum) running + momentum batch; the variance unbiased. Each of the two may be
 * absent. */
static void move_statistics(const OpCall *c, const Tensor *mean, const Tensor *rstd, int64_t n) {
    double momentum = c->reals[0], eps = c->reals[1];
    double unbias = n > 1 ? (double)n / (double)(n - 1) : 1;
    for (int64_t ch = 0; ch < tensor_numel(mean); ch++) {
        double m = tensor_get_f64(mean, &ch), r = tensor_get_f64(rstd, &ch);
        if (IN(RUNNING_MEAN)) move_number(IN(RUNNING_MEAN), ch, momentum, m);
        if (IN(RUNNING_VAR))
            move_number(IN(RUNNING_VAR), ch, momentum, (1 / (r * r) - eps) * unbias);
    }
    if (IN(RUNNING_MEAN)) IN(RUNNING_MEAN)->st->version++;
    if (IN(RUNNING_VAR)) IN(RUNNING_VAR)->st->version++;
}

/* One number per channel of x, where it is there. */
static bool check_per_channel(const char *what, const Tensor *t, const Tensor *x, Err *err) {
    if (!t) return true;
    if (tensor_numel(t) != x->shape[1])
        return err_set(err, ERR_RUNTIME, "%s should contain %lld elements not %lld", what,
                       (long long)x->shape[1], (long long)tensor_numel(t));
    if (t->ndim != 1)
        return err_set(err, ERR_RUNTIME, "TensorAccessor expected 1 dims but tensor has %d",
                       t->ndim);
    if (t->dtype == x->dtype || t->dtype == DT_F32) return true;
    return err_set(err, ERR_RUNTIME,
                   "mixed dtype (CPU): expect parameter to have scalar type of Float");
}

static bool check_batch_norm(const OpCall *c, Err *err) {
    static const struct {
        const char *name;
        int in;
    } numbers[] = {{"running_mean", RUNNING_MEAN},
                   {"running_var", RUNNING_VAR},
                   {"weight", WEIGHT},
                   {"bias", BIAS}};
    const Tensor *x = IN(0);
    if (x->ndim < 2)
        return err_set(err, ERR_VALUE, "expected 2D or 3D input (got %dD input)", x->ndim);
    if (!dtype_is_float((DType)x->dtype))
        return err_set(err, ERR_RUNTIME, "\"batch_norm\" not implemented for '%s'",
                       dtype_class_name((DType)x->dtype));
    for (int i = 0; i < 4; i++) { /* PyTorch looks at the statistics first */
        const char *name = numbers[i].name;
        const Tensor *t = IN(numbers[i].in);
        if (!check_per_channel(name, t, x, err)) return false;
        if (i < 2 && !t && !c->flags[0])
            return err_set(err, ERR_RUNTIME, "%s must be defined in evaluation mode", name);
    }
    if (c->flags[0] && x->shape[1] && tensor_numel(x) / x->shape[1] == 1)
        return err_set(err, ERR_VALUE,
                       "Expected more than 1 value per channel when training, got input size "
                       "torch.Size(%s)",
                       list_text(x->ndim, x->shape).text);
    return true;
}

/* out[1] = rstd, out[2] = mean that were used */
static bool batch_forward(const OpCall *c, const Tensor *rows, Tensor **y, Tensor **rstd,
                          Tensor **mean, Err *err) {
    if (c->flags[0]) {
        if (!norm_forward(rows, NULL, NULL, c->reals[1], y, mean, rstd, err)) return false;
        move_statistics(c, *mean, *rstd, rows->shape[1]);
        return true;
    }
    DType dt = (DType)rows->dtype;
    Tensor *var = NULL, *diff = NULL, *m = NULL, *r = NULL;
    bool ok = tensor_clone_contiguous(IN(RUNNING_MEAN), dt, mean, err) &&
              tensor_clone_contiguous(IN(RUNNING_VAR), dt, &var, err) &&
              tensor_binary_f64_(BIN_ADD, var, c->reals[1], err) &&
              tensor_unary(UN_RSQRT, var, rstd, err) && tensor_unsqueeze(*mean, 1, &m, err) &&
              tensor_unsqueeze(*rstd, 1, &r, err) && tensor_binary(BIN_SUB, rows, m, &diff, err) &&
              tensor_binary(BIN_MUL, diff, r, y, err);
    tensor_release(var);
    tensor_release(diff);
    tensor_release(m);
    tensor_release(r);
    return ok;
}

FORWARD(batch_norm) {
    const Tensor *x = IN(0);
    Tensor *rows = NULL, *y = NULL, *rstd = NULL, *mean = NULL, *shaped = NULL;
    bool ok = by_channel(x, compute_dtype(x), &rows, err) &&
              batch_forward(c, rows, &y, &rstd, &mean, err) && from_channels(y, x, &shaped, err) &&
              affine(c, shaped, &out[0], err);
    tensor_release(rows);
    tensor_release(y);
    tensor_release(shaped);
    return keep_statistics_take(ok, rstd, mean, out);
}
/* With the batch's statistics as for the other norms; with running ones, which are constants,
 * dx = g w rstd. */
VJP(batch_norm) {
    Tensor *x = v->in[0], *w = v->in[WEIGHT], *g = v->g[0];
    Tensor *rstd = v_per_channel(v, v->out[1], x->ndim);
    Tensor *mean = v_per_channel(v, v->out[2], x->ndim);
    Tensor *xhat = v_mul(v, v_sub(v, x, mean), rstd);
    if (xhat) give_affine(v, g, xhat);
    Tensor *d = w ? v_mul(v, g, v_per_channel(v, w, x->ndim)) : g;
    if (v->failed || !v->needs[0]) return;
    if (!v->c->flags[0]) {
        vjp_give(v, 0, v_mul(v, d, rstd));
        return;
    }
    DType dt = compute_dtype(x);
    Tensor *rows = NULL, *dr = NULL, *dx = NULL, *back = NULL;
    bool ok = by_channel(x, dt, &rows, v->err);
    if (!v_own(v, rows, ok)) return;
    ok = by_channel(d, dt, &dr, v->err);
    if (!v_own(v, dr, ok)) return;
    ok = norm_backward(dr, rows, NULL, v->out[2], v->out[1], &dx, NULL, NULL, v->err);
    if (!v_own(v, dx, ok)) return;
    ok = from_channels(dx, x, &back, v->err);
    vjp_give(v, 0, v_own(v, back, ok));
}
const OpDef opdef_batch_norm = {
    .name = "batch_norm",
    .grad_name = "NativeBatchNormBackward0",
    .check = check_batch_norm,
    .fixed = {[RUNNING_MEAN] = "running_mean", [RUNNING_VAR] = "running_var"},
    .nhidden = 2,
    .forward = forward_batch_norm,
    .vjp = vjp_batch_norm,
    .saves = NORM_SAVES(SAVES_OUT1 | SAVES_OUT2),
    .cost = cost_norm,
    .samples = "5,3 3 3 - - | f1 r0.1,1e-5; 4,3,2 - - c3 +c3 | f1 r0.1,1e-5; "
               "4,3,2 3 3 c3 +c3 | f0 r0.1,1e-5",
    .doc = "each channel to mean 0, variance 1 over the batch"};
