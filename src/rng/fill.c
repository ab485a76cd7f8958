/* Tensors filled from the generator, one distribution after the other. Each draws
 * as PyTorch's CPU kernel does: which of the 24- and 53-bit uniforms, in which
 * order, with which arithmetic, decides the numbers.
 */
#include "config.h"

#include <math.h>

#include "rng/normal.h"
#include "rng/rng.h"
#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/ewise.h"
#include "tensor/half.h"
#include "tensor/interrupt.h"
#include "tensor/iter.h"
#include "tensor/view.h"

/* ---- elements in memory order --------------------------------------------------- */

typedef struct MemWalk {
    int ndim;
    int64_t left; /* elements not yet visited */
    int64_t at;   /* offset of the current one from the storage's begin, in elements */
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM], index[TENSOR_MAX_DIM];
    int dim[TENSOR_MAX_DIM]; /* the tensor's dimension that each walked one is */
} MemWalk;

/* Dimensions by falling stride (stable): a transposed tensor is filled in the order that its
 * elements lie in memory. */
static MemWalk walk_begin(const Tensor *t) {
    MemWalk w = {.ndim = t->ndim, .left = tensor_numel(t), .at = t->offset};
    for (int d = 0; d < t->ndim; d++) {
        int pos = d;
        while (pos > 0 && t->shape[d] != 1 && w.stride[pos - 1] < t->stride[d]) {
            w.dim[pos] = w.dim[pos - 1];
            w.shape[pos] = w.shape[pos - 1];
            w.stride[pos] = w.stride[pos - 1];
            pos--;
        }
        w.dim[pos] = d;
        w.shape[pos] = t->shape[d];
        w.stride[pos] = t->stride[d];
    }
    return w;
}

static void walk_next(MemWalk *w) {
    w->left--;
    for (int d = w->ndim - 1; d >= 0; d--) {
        w->at += w->stride[d];
        if (++w->index[d] < w->shape[d]) return;
        w->at -= w->stride[d] * w->shape[d];
        w->index[d] = 0;
    }
}

/* ---- stores ------------------------------------------------------------------------ */

/* What a distribution needs; each uses some. */
typedef struct Sampler {
    Rng *rng;
    double a, b;
    int64_t low;
    uint64_t range;
} Sampler;

static void store_f64(const Tensor *t, int64_t at, double v) {
    switch ((DType)t->dtype) {
    case DT_F32:
        ((float *)t->st->data)[at] = (float)v;
        break;
    case DT_F64:
        ((double *)t->st->data)[at] = v;
        break;
    default: {
        Tensor one = *t;
        one.ndim = 0;
        one.offset = at;
        tensor_set_f64(&one, NULL, v);
    }
    }
}

static void store_i64(const Tensor *t, int64_t at, int64_t v) {
    Tensor one = *t;
    one.ndim = 0;
    one.offset = at;
    tensor_set_i64(&one, NULL, v);
}

static bool fill(Tensor *t, double (*draw)(Sampler *), Sampler *s, Err *err) {
    int64_t work = 0;
    if (!tensor_check_write(t, 0, NULL, err)) return false;
    t->st->version++;
    for (MemWalk w = walk_begin(t); w.left > 0; walk_next(&w)) {
        if (!tensor_poll(&work, 10, err)) return false;
        store_f64(t, w.at, draw(s));
    }
    return true;
}

static bool fill_int(Tensor *t, int64_t (*draw)(Sampler *), Sampler *s, Err *err) {
    int64_t work = 0;
    if (!tensor_check_write(t, 0, NULL, err)) return false;
    t->st->version++;
    for (MemWalk w = walk_begin(t); w.left > 0; walk_next(&w)) {
        if (!tensor_poll(&work, 10, err)) return false;
        store_i64(t, w.at, draw(s));
    }
    return true;
}

static bool not_drawn(const Tensor *t, const char *kernel, Err *err) {
    err_set(err, ERR_RUNTIME, "\"%s\" not implemented for '%s'", kernel,
            dtype_class_name((DType)t->dtype));
    return err_hint(err, "draw float32 and convert: .to(torch.%s)", dtype_name((DType)t->dtype));
}

static bool draws_real(const Tensor *t, const char *kernel, Err *err) {
    return dtype_is_float((DType)t->dtype) || not_drawn(t, kernel, err);
}

/* A complex tensor is filled as the float32 pairs it consists of. */
static bool fill_complex_(Tensor *t, double a, double b, Rng *r, Err *err,
                          bool (*real)(Tensor *, double, double, Rng *, Err *)) {
    Tensor *pairs = NULL;
    if (!tensor_view_as_real(t, &pairs, err)) return false;
    bool ok = real(pairs, a, b, r, err);
    tensor_release(pairs);
    return ok;
}

/* ---- uniform ------------------------------------------------------------------------- */

static double draw_uniform_f32(Sampler *s) {
    float from = (float)s->a, to = (float)s->b;
    return fmaf(rng_uniform_f32(s->rng), to - from, from);
}

static float round_f16(double v) {
    return f16_to_f32(f16_from_f32((float)v));
}

static float round_bf16(double v) {
    return bf16_to_f32(bf16_from_f32((float)v));
}

/* As many low bits of a draw as the format has; scaled in float, rounded when stored; the
 * bounds are rounded before. */
static double draw_uniform_f16(Sampler *s) {
    float from = round_f16(s->a), to = round_f16(s->b);
    return fmaf((float)(rng_u32(s->rng) & 0x7ff) * 0x1p-11f, to - from, from);
}

static double draw_uniform_bf16(Sampler *s) {
    float from = round_bf16(s->a), to = round_bf16(s->b);
    return fmaf((float)(rng_u32(s->rng) & 0xff) * 0x1p-8f, to - from, from);
}

static double draw_uniform_f64(Sampler *s) {
    return fma(rng_uniform_f64(s->rng), s->b - s->a, s->a);
}

KERNEL(stretch, (int64_t n, float *p, float from, float range), (n, p, from, range)) {
    EACH (i, n) p[i] = fmaf(p[i], range, from);
}

static bool uniform_dense_f32(Tensor *t, float from, float to, Rng *r, Err *err) {
    enum { PIECE = 4096 };
    int64_t n = tensor_numel(t), work = 0;
    float *p = tensor_data(t);
    t->st->version++;
    for (int64_t at = 0; at < n; at += PIECE) {
        int64_t k = MIN(PIECE, n - at);
        rng_uniform_fill_f32(r, p + at, k);
        stretch(k, p + at, from, to - from);
        if (!tensor_poll(&work, k, err)) return false;
    }
    return true;
}

bool tensor_uniform_(Tensor *t, double from, double to, Rng *r, Err *err) {
    if (t->dtype == DT_C64) return fill_complex_(t, from, to, r, err, tensor_uniform_);
    if (!draws_real(t, "check_uniform_bounds", err)) return false;
    Sampler s = {.rng = r, .a = from, .b = to};
    if (from > to)
        return err_set(err, ERR_RUNTIME,
                       "uniform_ expects to return a [from, to) range, but found from=%g > to=%g",
                       from, to);
    if (t->dtype == DT_F32 && tensor_is_contiguous(t))
        return uniform_dense_f32(t, (float)from, (float)to, r, err);
    double (*draw)(Sampler *) = t->dtype == DT_F16    ? draw_uniform_f16
                                : t->dtype == DT_BF16 ? draw_uniform_bf16
                                : t->dtype == DT_F32  ? draw_uniform_f32
                                                      : draw_uniform_f64;
    return fill(t, draw, &s, err);
}

/* ---- normal ---------------------------------------------------------------------------- */

static double draw_normal(Sampler *s) {
    return fma(rng_normal(s->rng), s->b, s->a);
}

bool tensor_normal_(Tensor *t, double mean, double std, Rng *r, Err *err) {
    if (!(std >= 0))
        return err_set(err, ERR_RUNTIME, "normal expects std >= 0.0, but found std %g", std);
    if (t->dtype == DT_C64) return fill_complex_(t, mean, std / sqrt(2.0), r, err, tensor_normal_);
    if (!draws_real(t, "normal_kernel_cpu", err)) return false;
    int64_t n = tensor_numel(t);
    if (n < 16 || !tensor_is_contiguous(t)) {
        Sampler s = {.rng = r, .a = mean, .b = std};
        return fill(t, draw_normal, &s, err);
    }
    t->st->version++;
    switch ((DType)t->dtype) {
    case DT_F32:
        return normal_fill_f32(r, tensor_data(t), n, (float)mean, (float)std, err);
    case DT_F64:
        normal_fill_f64(r, tensor_data(t), n, mean, std);
        break;
    case DT_F16:
        normal_fill_f16(r, tensor_data(t), n, (float)mean, (float)std);
        break;
    default:
        normal_fill_bf16(r, tensor_data(t), n, (float)mean, (float)std);
    }
    return true;
}

/* ---- integers ---------------------------------------------------------------------------- */

static int64_t draw_int(Sampler *s) {
    return (int64_t)(rng_below(s->rng, s->range) + (uint64_t)s->low);
}

/* The values that t's dtype holds exactly, as PyTorch checks them. */
static void int_bounds(DType dt, int64_t *least, int64_t *most) {
    static const int64_t top[DT_COUNT] = {
        [DT_BOOL] = 1,        [DT_U8] = UINT8_MAX,  [DT_I8] = INT8_MAX, [DT_I16] = INT16_MAX,
        [DT_I32] = INT32_MAX, [DT_I64] = INT64_MAX, [DT_F16] = 65504,   [DT_BF16] = INT64_MAX,
        [DT_F32] = INT64_MAX, [DT_F64] = INT64_MAX};
    *most = top[dt];
    bool is_unsigned = dt == DT_BOOL || dt == DT_U8;
    *least = is_unsigned ? 0 : dtype_is_int(dt) ? -*most - 1 : -*most;
}

/* The C++ type that PyTorch's message names. */
static const char *bounds_name(DType dt) {
    static const char *const names[DT_COUNT] = {
        "bool", "unsigned char", "signed char",   "short", "int",
        "long", "c10::Half",     "c10::BFloat16", "float", "double"};
    return names[dt];
}

bool tensor_random_(Tensor *t, int64_t low, int64_t high, Rng *r, Err *err) {
    DType dt = (DType)t->dtype;
    if (dtype_is_complex(dt)) return not_drawn(t, "random_from_to", err);
    if (!tensor_check_write(t, 0, NULL, err)) return false;
    if (low >= high)
        return err_set(err, ERR_RUNTIME,
                       "random_ expects 'from' to be less than 'to', but got from=%lld >= to=%lld",
                       (long long)low, (long long)high);
    int64_t least, most;
    int_bounds(dt, &least, &most);
    if (low < least || low > most)
        return err_set(err, ERR_RUNTIME, "from is out of bounds for %s", bounds_name(dt));
    if (high - 1 < least || high - 1 > most)
        return err_set(err, ERR_RUNTIME, "to - 1 is out of bounds for %s", bounds_name(dt));
    Sampler s = {.rng = r, .low = low, .range = (uint64_t)high - (uint64_t)low};
    return fill_int(t, draw_int, &s, err);
}

/* ---- exponential, Bernoulli ----------------------------------------------------------------- */

static double draw_exponential(Sampler *s) {
    return -1 / s->a * log(1 - rng_uniform_f64(s->rng));
}

bool tensor_exponential_(Tensor *t, double lambda, Rng *r, Err *err) {
    if (!(lambda > 0))
        return err_set(err, ERR_RUNTIME, "exponential_ expects lambda >= 0.0, but found lambda=%g",
                       lambda);
    if (!draws_real(t, "exponential_cpu", err)) return false;
    Sampler s = {.rng = r, .a = lambda};
    return fill(t, draw_exponential, &s, err);
}

static bool probability_ok(double p, Err *err) {
    if (p >= 0 && p <= 1) return true;
    err_set(err, ERR_RUNTIME, "bernoulli_ expects p to be in [0, 1], but got p=%g", p);
    return false;
}

static double draw_bernoulli(Sampler *s) {
    return rng_uniform_f64(s->rng) < s->a;
}

bool tensor_bernoulli_(Tensor *t, double p, Rng *r, Err *err) {
    if (!probability_ok(p, err)) return false;
    Sampler s = {.rng = r, .a = p};
    return fill(t, draw_bernoulli, &s, err);
}

bool tensor_bernoulli_p_(Tensor *t, const Tensor *p, Rng *r, Err *err) {
    if (!dtype_is_float((DType)p->dtype))
        return err_set(err, ERR_RUNTIME, "expected p to have a floating dtype, got torch.%s",
                       dtype_name((DType)p->dtype));
    Tensor *wide = NULL;
    if (!tensor_check_write(t, 0, NULL, err) || !tensor_expand(p, t->ndim, t->shape, &wide, err))
        return false;
    bool ok = true, single = p->dtype != DT_F64;
    int64_t work = 0;
    t->st->version++;
    for (MemWalk w = walk_begin(t); ok && w.left > 0; walk_next(&w)) {
        int64_t index[TENSOR_MAX_DIM];
        for (int d = 0; d < w.ndim; d++) index[w.dim[d]] = w.index[d];
        double prob = tensor_get_f64(wide, index);
        ok = probability_ok(prob, err) && tensor_poll(&work, 20, err);
        if (!ok) break;
        double u = single ? rng_uniform_f32(r) : rng_uniform_f64(r);
        store_f64(t, w.at, u < prob);
    }
    tensor_release(wide);
    return ok;
}

/* ---- fresh tensors ------------------------------------------------------------------------- */

bool tensor_rand(DType dt, int ndim, const int64_t *shape, Rng *r, Tensor **out, Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(dt, ndim, shape, &t, err)) return false;
    if (tensor_uniform_(t, 0, 1, r, err)) {
        *out = t;
        return true;
    }
    tensor_release(t);
    return false;
}

bool tensor_randn(DType dt, int ndim, const int64_t *shape, Rng *r, Tensor **out, Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(dt, ndim, shape, &t, err)) return false;
    if (tensor_normal_(t, 0, 1, r, err)) {
        *out = t;
        return true;
    }
    tensor_release(t);
    return false;
}

bool tensor_randint(int64_t low, int64_t high, DType dt, int ndim, const int64_t *shape, Rng *r,
                    Tensor **out, Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(dt, ndim, shape, &t, err)) return false;
    if (tensor_random_(t, low, high, r, err)) {
        *out = t;
        return true;
    }
    tensor_release(t);
    return false;
}

/* Fisher and Yates from the front: place i swaps with one of those behind it. */
bool tensor_randperm(int64_t n, DType dt, Rng *r, Tensor **out, Err *err) {
    if (n < 0) return err_set(err, ERR_RUNTIME, "n must be non-negative, got %lld", (long long)n);
    Tensor *t = NULL, *cast = NULL;
    if (!tensor_arange_i64(DT_I64, 0, n, 1, &t, err)) return false;
    int64_t *p = tensor_data(t), work = 0;
    bool ok = true;
    for (int64_t i = 0; ok && i < n - 1; i++) {
        int64_t j = i + (int64_t)(rng_u32(r) % (uint64_t)(n - i)), held = p[i];
        p[i] = p[j];
        p[j] = held;
        ok = tensor_poll(&work, 10, err);
    }
    ok = ok && tensor_cast(t, dt, &cast, err);
    tensor_release(t);
    if (ok) *out = cast;
    return ok;
}
