/* Elementwise operations of three operands, complex parts, closeness. */
#include "config.h"

#include <float.h>
#include <math.h>

#include "tensor/copy.h"
#include "tensor/ewise.h"
#include "tensor/pointwise.h"

/* ---- kernels --------------------------------------------------------------- */

#define LOOP(id, cls, T, expr)                                                                     \
    KERNEL(id##_##cls, (int64_t n, const void *const *in, void *out, const double *p),             \
           (n, in, out, p)) {                                                                      \
        const T *a_ = in[0], *b_ = in[1], *c_ = in[2];                                             \
        T *y_ = out;                                                                               \
        UNUSED(p);                                                                                 \
        EACH (i, n) {                                                                              \
            T a = a_[i], b = b_[i], c = c_[i];                                                     \
            y_[i] = (T)(expr);                                                                     \
        }                                                                                          \
    }
#define FLOATS(id, e) LOOP(id, f32, float, e) LOOP(id, f64, double, e)
#define REALS(id, e) FLOATS(id, e) LOOP(id, i64, int64_t, e)
/* ef, ed say fma where PyTorch's compiler fuses. */
#define FUSED(id, ef, ed) LOOP(id, f32, float, ef) LOOP(id, f64, double, ed)

/* min(max(x, lo), hi): the upper bound wins when they cross; nan in any operand stays nan. */
#define RAISE(a, b) (a < b || b != b ? b : a)
#define LOWER(a, c) (a > c || c != c ? c : a)
REALS(CLAMP, LOWER(RAISE(a, b), c))
#define SMALL(c) ((c < 0 ? -c : c) < (c - c + 1) / 2)
FUSED(LERP, fmaf(SMALL(c) ? c : c - 1, b - a, SMALL(c) ? a : b),
      fma(SMALL(c) ? c : c - 1, b - a, SMALL(c) ? a : b))
FUSED(ADDCMUL, fmaf((float)p[0] * b, c, a), fma(p[0] * b, c, a))
/* wraps, as sums and products of ints do */
LOOP(ADDCMUL, i64, uint64_t, a + b * c * (uint64_t)(int64_t)p[0])
LOOP(ADDCDIV, f32, float, a + (float)p[0] * b / c)
LOOP(ADDCDIV, f64, double, a + p[0] * b / c)

#define WHERE(cls, T)                                                                              \
    KERNEL(WHERE_##cls, (int64_t n, const void *const *in, void *out, const double *p),            \
           (n, in, out, p)) {                                                                      \
        const uint8_t *mask = in[0];                                                               \
        const T *a = in[1], *b = in[2];                                                            \
        T *y = out;                                                                                \
        UNUSED(p);                                                                                 \
        EACH (i, n) y[i] = mask[i] ? a[i] : b[i];                                                  \
    }
WHERE(f32, float)
WHERE(f64, double)
WHERE(i64, int64_t)
WHERE(c64, C64)

typedef struct Row {
    EwiseFn *f32, *f64, *i64, *c64;
    const char *name;
} Row;

static const Row clamp_row = {CLAMP_f32, CLAMP_f64, CLAMP_i64, NULL, "clamp"};
static const Row lerp_row = {LERP_f32, LERP_f64, NULL, NULL, "lerp_kernel_scalar"};
static const Row addcmul_row = {ADDCMUL_f32, ADDCMUL_f64, ADDCMUL_i64, NULL, "addcmul_cpu_out"};
static const Row addcdiv_row = {ADDCDIV_f32, ADDCDIV_f64, NULL, NULL, "addcdiv_cpu_out"};
static const Row where_row = {WHERE_f32, WHERE_f64, WHERE_i64, WHERE_c64, "where_cpu"};

static bool plan(const Row *r, DType common, Ewise *e, Err *err) {
    DType cls = convert_class(common);
    e->fn = cls == DT_F32 ? r->f32 : cls == DT_F64 ? r->f64 : cls == DT_I64 ? r->i64 : r->c64;
    e->apart = NULL;
    if (!e->fn)
        return err_set(err, ERR_RUNTIME, "\"%s\" not implemented for '%s'", r->name,
                       dtype_class_name(common));
    e->nin = 3;
    e->common = common;
    e->kout = cls;
    e->p[0] = 0;
    e->bool_first = false;
    return true;
}

static DType common_of(int n, const Tensor *const *ts) {
    return tensor_result_type(n, (Tensor *const *)ts);
}

/* op(a, b, c) in the promoted dtype, into a new tensor or into a. */
static bool ternary(const Row *r, const Tensor *a, const Tensor *b, const Tensor *c, double p,
                    Tensor **out, Err *err) {
    Ewise e;
    const Tensor *in[] = {a, b, c};
    if (!plan(r, common_of(3, in), &e, err)) return false;
    e.p[0] = p;
    return ewise_new(&e, e.common, in, out, err);
}

static bool ternary_(const Row *r, Tensor *a, const Tensor *b, const Tensor *c, double p,
                     Err *err) {
    Ewise e;
    const Tensor *in[] = {a, b, c};
    if (!plan(r, common_of(3, in), &e, err)) return false;
    if (!dtype_cast_check(e.common, (DType)a->dtype, err)) return false;
    e.p[0] = p;
    return ewise_into(&e, a, in, err);
}

/* ---- entry points ---------------------------------------------------------- */

bool tensor_addcmul(const Tensor *a, const Tensor *b, const Tensor *c, double value, Tensor **out,
                    Err *err) {
    return ternary(&addcmul_row, a, b, c, value, out, err);
}

bool tensor_addcdiv(const Tensor *a, const Tensor *b, const Tensor *c, double value, Tensor **out,
                    Err *err) {
    return ternary(&addcdiv_row, a, b, c, value, out, err);
}

bool tensor_addcmul_(Tensor *a, const Tensor *b, const Tensor *c, double value, Err *err) {
    return ternary_(&addcmul_row, a, b, c, value, err);
}

bool tensor_addcdiv_(Tensor *a, const Tensor *b, const Tensor *c, double value, Err *err) {
    return ternary_(&addcdiv_row, a, b, c, value, err);
}

bool tensor_lerp(const Tensor *a, const Tensor *b, const Tensor *w, Tensor **out, Err *err) {
    return ternary(&lerp_row, a, b, w, 0, out, err);
}

bool tensor_where(const Tensor *cond, const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    Ewise e;
    if (cond->dtype > DT_U8)
        return err_set(err, ERR_RUNTIME,
                       "where expected condition to be a boolean tensor, but got a tensor with "
                       "dtype %s",
                       dtype_class_name((DType)cond->dtype));
    DType common = common_of(2, (const Tensor *[]){a, b});
    if (!plan(&where_row, common, &e, err)) return false;
    e.bool_first = true;
    return ewise_new(&e, common, (const Tensor *[]){cond, a, b}, out, err);
}

static bool no_bounds(Err *err) {
    return err_set(err, ERR_RUNTIME,
                   "torch.clamp: At least one of 'min' or 'max' must not be None");
}

bool tensor_clamp(const Tensor *t, const Tensor *lo, const Tensor *hi, Tensor **out, Err *err) {
    if (!lo && !hi) return no_bounds(err);
    if (!hi) return tensor_binary(BIN_MAXIMUM, t, lo, out, err);
    if (!lo) return tensor_binary(BIN_MINIMUM, t, hi, out, err);
    return ternary(&clamp_row, t, lo, hi, 0, out, err);
}

bool tensor_clamp_(Tensor *t, const Tensor *lo, const Tensor *hi, Err *err) {
    if (!lo && !hi) return no_bounds(err);
    if (!hi) return tensor_binary_(BIN_MAXIMUM, t, lo, err);
    if (!lo) return tensor_binary_(BIN_MINIMUM, t, hi, err);
    return ternary_(&clamp_row, t, lo, hi, 0, err);
}

/* ---- nan_to_num ------------------------------------------------------------ */

#define NAN_TO_NUM(cls, T)                                                                         \
    static void nan_to_num_##cls(int64_t n, const void *const *in, void *out, const double *p) {   \
        const T *x = in[0];                                                                        \
        T *y = out;                                                                                \
        EACH (i, n) {                                                                              \
            bool special = !(x[i] - x[i] == 0);                                                    \
            y[i] = !special ? x[i] : (T)(x[i] != x[i] ? p[0] : x[i] > 0 ? p[1] : p[2]);            \
        }                                                                                          \
    }
NAN_TO_NUM(f32, float)
NAN_TO_NUM(f64, double)

static double largest(DType dt) {
    static const double max[DT_COUNT] = {
        [DT_F16] = 65504, [DT_BF16] = 0x1.FEp127, [DT_F32] = FLT_MAX, [DT_F64] = DBL_MAX};
    return max[dt];
}

bool tensor_nan_to_num(const Tensor *t, double nan, const double *posinf, const double *neginf,
                       Tensor **out, Err *err) {
    DType dt = (DType)t->dtype;
    if (!dtype_is_float(dt)) return tensor_clone(t, out, err);
    bool wide = dt == DT_F64;
    Ewise e = {.fn = wide ? nan_to_num_f64 : nan_to_num_f32,
               .nin = 1,
               .common = dt,
               .kout = convert_class(dt)};
    e.p[0] = nan;
    e.p[1] = posinf ? *posinf : largest(dt);
    e.p[2] = neginf ? *neginf : -largest(dt);
    return ewise_new(&e, dt, &t, out, err);
}

/* ---- complex --------------------------------------------------------------- */

static void polar_f32(int64_t n, const void *const *in, void *out, const double *p) {
    const float *abs = in[0], *angle = in[1];
    C64 *y = out;
    UNUSED(p);
    for (int64_t i = 0; i < n; i++) y[i] = (C64){abs[i] * cosf(angle[i]), abs[i] * sinf(angle[i])};
}

static void complex_f32(int64_t n, const void *const *in, void *out, const double *p) {
    const float *re = in[0], *im = in[1];
    C64 *y = out;
    UNUSED(p);
    for (int64_t i = 0; i < n; i++) y[i] = (C64){re[i], im[i]};
}

#define PART(name, expr)                                                                           \
    static void name##_c64(int64_t n, const void *const *in, void *out, const double *p) {         \
        const C64 *x = in[0];                                                                      \
        float *y = out;                                                                            \
        UNUSED(p);                                                                                 \
        for (int64_t i = 0; i < n; i++) y[i] = expr;                                               \
    }
PART(real, x[i].re)
PART(imag, x[i].im)
PART(angle, atan2f(x[i].im, x[i].re))

static void angle_f64(int64_t n, const void *const *in, void *out, const double *p) {
    const double *x = in[0];
    double *y = out;
    UNUSED(p);
    for (int64_t i = 0; i < n; i++) y[i] = x[i] != x[i] ? x[i] : x[i] < 0 ? M_PI : 0;
}

static bool pair_to_complex(EwiseFn *fn, const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    if (a->dtype != DT_F32 || b->dtype != DT_F32) {
        err_set(err, ERR_RUNTIME,
                "Expected both inputs to be Half, Float or Double tensors but got %s and %s",
                dtype_class_name((DType)a->dtype), dtype_class_name((DType)b->dtype));
        return err_hint(err, "complex64 is made of float32: convert with .float()");
    }
    Ewise e = {.fn = fn, .nin = 2, .common = DT_F32, .kout = DT_C64};
    return ewise_new(&e, DT_C64, (const Tensor *[]){a, b}, out, err);
}

bool tensor_polar(const Tensor *abs, const Tensor *angle, Tensor **out, Err *err) {
    return pair_to_complex(polar_f32, abs, angle, out, err);
}

bool tensor_complex(const Tensor *re, const Tensor *im, Tensor **out, Err *err) {
    return pair_to_complex(complex_f32, re, im, out, err);
}

static bool part(EwiseFn *fn, const Tensor *t, Tensor **out, Err *err) {
    Ewise e = {.fn = fn, .nin = 1, .common = DT_C64, .kout = DT_F32};
    return ewise_new(&e, DT_F32, &t, out, err);
}

bool tensor_real(const Tensor *t, Tensor **out, Err *err) {
    if (t->dtype != DT_C64) return tensor_clone(t, out, err);
    return part(real_c64, t, out, err);
}

bool tensor_imag(const Tensor *t, Tensor **out, Err *err) {
    if (t->dtype != DT_C64)
        return err_set(err, ERR_RUNTIME,
                       "imag is not implemented for tensors with non-complex "
                       "dtypes.");
    return part(imag_c64, t, out, err);
}

bool tensor_angle(const Tensor *t, Tensor **out, Err *err) {
    if (t->dtype == DT_C64) return part(angle_c64, t, out, err);
    DType dt = t->dtype <= DT_I64 ? dtype_default() : (DType)t->dtype;
    Ewise e = {.fn = angle_f64, .nin = 1, .common = DT_F64, .kout = DT_F64};
    return ewise_new(&e, dt, &t, out, err);
}

/* ---- equality -------------------------------------------------------------- */

bool tensor_equal(const Tensor *a, const Tensor *b, bool *equal, Err *err) {
    Tensor *same = NULL;
    *equal = false;
    if (!tensor_same_shape(a, b)) return true;
    if (!tensor_binary(BIN_EQ, a, b, &same, err)) return false;
    *equal = memchr(same->st->data, 0, same->st->bytes) == NULL;
    tensor_release(same);
    return true;
}

/* p: rtol, atol, equal_nan */
static void isclose_f64(int64_t n, const void *const *in, void *out, const double *p) {
    const double *a = in[0], *b = in[1];
    uint8_t *y = out;
    for (int64_t i = 0; i < n; i++) {
        double diff = fabs(a[i] - b[i]), allowed = p[1] + fabs(p[0] * b[i]);
        bool nans = p[2] != 0 && a[i] != a[i] && b[i] != b[i];
        y[i] = a[i] == b[i] || nans || (isfinite(diff) && diff <= allowed);
    }
}

bool tensor_isclose(const Tensor *a, const Tensor *b, double rtol, double atol, bool equal_nan,
                    Tensor **out, Err *err) {
    if (a->dtype != b->dtype)
        return err_set(err, ERR_RUNTIME, "%s did not match %s", dtype_class_name((DType)a->dtype),
                       dtype_class_name((DType)b->dtype));
    if (a->dtype == DT_C64)
        return err_set(err, ERR_RUNTIME, "isclose is not implemented for complex tensors");
    Ewise e = {.fn = isclose_f64,
               .nin = 2,
               .common = DT_F64,
               .kout = DT_BOOL,
               .p = {rtol, atol, equal_nan}};
    return ewise_new(&e, DT_BOOL, (const Tensor *[]){a, b}, out, err);
}
