/* Unary elementwise operations: kernels by class, then one table. */
#include "config.h"

#include "tensor/pointwise.h"

#include <complex.h>
#include <math.h>
#undef I /* <complex.h> takes the letter that the table below uses */

#include "tensor/ewise.h"
#include "tensor/vmath.h"

/* ---- kernels --------------------------------------------------------------- */

/* One loop y[i] = expr(x), by KERNEL where the body vectorises; those that call libm need not be
 * compiled once per instruction set. */
#define LOOP_BY(how, id, cls, T, R, expr)                                                          \
    how(id##_##cls, (int64_t n, const void *const *in, void *out, const double *p),                \
        (n, in, out, p)) {                                                                         \
        const T *x_ = in[0];                                                                       \
        R *y_ = out;                                                                               \
        UNUSED(p);                                                                                 \
        EACH (i, n) {                                                                              \
            T x = x_[i];                                                                           \
            UNUSED(x);                                                                             \
            y_[i] = (R)(expr);                                                                     \
        }                                                                                          \
    }
#define LOOP(id, cls, T, R, expr) LOOP_BY(KERNEL, id, cls, T, R, expr)
#define BODY(id, cls, T, R, expr) LOOP_BY(PLAIN_KERNEL, id, cls, T, R, expr)
#define FUSED(id, ef, ed) /* ef uses fmaf */                                                       \
    LOOP(id, f32, float, float, ef) BODY(id, f64, double, double, ed)
#define FLOATS(id, ef, ed) LOOP(id, f32, float, float, ef) LOOP(id, f64, double, double, ed)
#define LIBM(id, fn) BODY(id, f32, float, float, fn##f(x)) BODY(id, f64, double, double, fn(x))
/* float32 through the vectorising double of vmath.h, float64 through libm */
#define MIXED(id, ef, ed)                                                                          \
    LOOP(id, f32, float, float, ef((double)x)) BODY(id, f64, double, double, ed(x))
#define INTS(id, e) LOOP(id, i64, int64_t, int64_t, e)
#define TESTS(id, ef, ei)                                                                          \
    LOOP(id, f32, float, uint8_t, ef)                                                              \
    LOOP(id, f64, double, uint8_t, ef) LOOP(id, i64, int64_t, uint8_t, ei)

/* Negating INT64_MIN wraps. */
static inline int64_t wrap_neg(int64_t x) {
    return (int64_t)(0 - (uint64_t)x);
}

static inline double sigmoid(double x) {
    return 1 / (1 + exp(-x));
}
static inline double silu(double x) {
    return x / (1 + exp(-x));
}
static inline double gelu(double x) {
    return 0.5 * x * (1 + erf(x * M_SQRT1_2));
}
#define GELU_INNER(x) (M_SQRT2 * M_2_SQRTPI * 0.5 * ((x) + 0.044715 * (x) * (x) * (x)))
static inline double gelu_tanh(double x) {
    return 0.5 * x * (1 + tanh(GELU_INNER(x)));
}
/* Inlined by force: left to itself the compiler calls it once an element, thirty times slower. */
__attribute__((always_inline)) static inline float vgelu_tanh(float x) {
    float inner = (float)(M_SQRT2 * M_2_SQRTPI * 0.5) * fmaf(0.044715F, x * x * x, x);
    return 0.5F * x * (1 + vtanhf(inner));
}
static inline double log_sigmoid(double x) {
    return fmin(0, x) - log1p(exp(-fabs(x)));
}
static inline double softplus(double x, double beta, double threshold) {
    return x * beta > threshold ? x : log1p(exp(x * beta)) / beta;
}
static inline double mish(double x) {
    return x * tanh(softplus(x, 1, 20));
}
static inline double vexp2(double x) {
    return vexp(x * LN2);
}
static double round_places(double x, double places) {
    double scale = pow(10, fabs(places));
    if (places == 0) return rint(x);
    return places > 0 ? rint(x * scale) / scale : rint(x / scale) * scale;
}
static float round_places_f32(float x, double places) {
    float scale = (float)pow(10, fabs(places));
    if (places == 0) return rintf(x);
    return places > 0 ? rintf(x * scale) / scale : rintf(x / scale) * scale;
}

/* clang-format off */
FLOATS(NEG, -x, -x)
INTS(NEG, wrap_neg(x))
FLOATS(ABS, fabsf(x), fabs(x))
INTS(ABS, x < 0 ? wrap_neg(x) : x)
FLOATS(SIGN, (x > 0) - (x < 0), (x > 0) - (x < 0))
INTS(SIGN, (x > 0) - (x < 0))
FLOATS(SQUARE, x * x, x * x)
INTS(SQUARE, (uint64_t)x * (uint64_t)x)
FLOATS(CUBE, x * x * x, x * x * x)
INTS(CUBE, (uint64_t)x * (uint64_t)x * (uint64_t)x)
FLOATS(RELU, x < 0 ? 0 : x, x < 0 ? 0 : x)
INTS(RELU, x < 0 ? 0 : x)
INTS(BITWISE_NOT, ~x)
FLOATS(FLOOR, floorf(x), floor(x))
FLOATS(CEIL, ceilf(x), ceil(x))
BODY(ROUND, f32, float, float, round_places_f32(x, p[0]))
BODY(ROUND, f64, double, double, round_places(x, p[0]))
FLOATS(TRUNC, truncf(x), trunc(x))
FLOATS(FRAC, x - truncf(x), x - trunc(x))
INTS(KEEP, x)
FLOATS(KEEP, x, x)
FUSED(EXP, vexpf(x), exp(x))
MIXED(EXP2, vexp2, exp2)
MIXED(EXPM1, vexpm1, expm1)
FUSED(LOG, vlogf(x), log(x))
LIBM(LOG2, log2)
LIBM(LOG10, log10)
LIBM(LOG1P, log1p)
FLOATS(SQRT, sqrtf(x), sqrt(x))
FLOATS(RSQRT, 1 / sqrtf(x), 1 / sqrt(x))
FLOATS(RECIPROCAL, 1 / x, 1 / x)
FLOATS(RSQUARE, 1 / (x * x), 1 / (x * x))
/* clang-format on */
/* The vectorised form is for arguments that are not large, by chunks. */
#define TRIG(id, vector, fn)                                                                       \
    LOOP(id##_NEAR, f32, float, float, vector(x))                                                  \
    BODY(id##_FAR, f32, float, float, fabsf(x) < TRIG_MAX ? vector(x) : fn##f(x))                  \
    BODY(id, f64, double, double, fn(x))                                                           \
    static void id##_f32(int64_t n, const void *const *in, void *out, const double *p) {           \
        const float *x = in[0];                                                                    \
        bool near = true;                                                                          \
        for (int64_t i = 0; i < n; i++) near &= fabsf(x[i]) < TRIG_MAX;                            \
        (near ? id##_NEAR_f32 : id##_FAR_f32)(n, in, out, p);                                      \
    }
TRIG(SIN, vsinf, sin)
TRIG(COS, vcosf, cos)
LIBM(TAN, tan)
LIBM(ASIN, asin)
LIBM(ACOS, acos)
LIBM(ATAN, atan)
LIBM(SINH, sinh)
LIBM(COSH, cosh)
FUSED(TANH, vtanhf(x), tanh(x))
LIBM(ASINH, asinh)
LIBM(ACOSH, acosh)
LIBM(ATANH, atanh)
MIXED(ERF, verf, erf)
LIBM(ERFC, erfc)
LIBM(LGAMMA, lgamma)
/* PyTorch takes two vectors at a time; what is left over, and what lies apart in memory, element by
 * element through libm's exponential. */
#define TWO_VECTORS 16
#define WITH_TAIL(id, vector, scalar, ed)                                                          \
    LOOP(id##_PART, f32, float, float, vector)                                                     \
    BODY(id##_APART, f32, float, float, scalar)                                                    \
    BODY(id, f64, double, double, ed)                                                              \
    static void id##_f32(int64_t n, const void *const *in, void *out, const double *p) {           \
        int64_t left = n % TWO_VECTORS, first = n - left;                                          \
        const void *rest[] = {(const float *)in[0] + first};                                       \
        id##_PART_f32(first, in, out, p);                                                          \
        id##_APART_f32(left, rest, (float *)out + first, p);                                       \
    }
WITH_TAIL(SIGMOID, 1 / (1 + vexpf(0 - x)), 1 / (1 + expf(-x)), sigmoid(x))
WITH_TAIL(SILU, x / (1 + vexpf(-x)), x / (1 + expf(-x)), silu(x))
FUSED(GELU, vgelu_short(x), gelu(x))
FUSED(GELU_TANH, vgelu_tanh(x), gelu_tanh(x))
/* clang-format off */
#define BOTH(id, e) BODY(id, f32, float, float, e) BODY(id, f64, double, double, e)
BOTH(LOG_SIGMOID, log_sigmoid((double)x))
BOTH(SOFTPLUS, softplus((double)x, p[0], p[1]))
BOTH(ELU, x > 0 ? (double)x : p[0] * expm1((double)x))
BOTH(MISH, mish((double)x))
FLOATS(LEAKY_RELU, x > 0 ? x : x * (float)p[0], x > 0 ? x : x * p[0])
FLOATS(HARDTANH, x < (float)p[0] ? (float)p[0] : x > (float)p[1] ? (float)p[1] : x,
       x < p[0] ? p[0] : x > p[1] ? p[1] : x)
INTS(HARDTANH, x < p[0] ? p[0] : x > p[1] ? p[1] : (double)x)
#define CLIP6(x) ((x) < 0 ? 0 : (x) > 6 ? 6 : (x))
FLOATS(RELU6, CLIP6(x), CLIP6(x))
INTS(RELU6, CLIP6(x))
FLOATS(HARDSIGMOID, CLIP6(x + 3) / 6, CLIP6(x + 3) / 6)
FLOATS(HARDSWISH, x * CLIP6(x + 3) / 6, x * CLIP6(x + 3) / 6)
TESTS(ISNAN, x != x, 0)
TESTS(ISINF, x - x != x - x && x == x, 0)
TESTS(ISFINITE, x - x == x - x, 1)
TESTS(LOGICAL_NOT, x == 0, x == 0)

/* clang-format on */
/* complex64: what rotary embeddings and their gradients use */
static inline C64 cexp64(C64 x) {
    double r = exp((double)x.re);
    return (C64){(float)(r * cos((double)x.im)), (float)(r * sin((double)x.im))};
}
static inline C64 creciprocal(C64 x) {
    double d = (double)x.re * (double)x.re + (double)x.im * (double)x.im;
    return (C64){(float)((double)x.re / d), (float)(-(double)x.im / d)};
}
#define CPLX(re, im) ((C64){re, im})
#define COMPLEX(id, R, expr)                                                                       \
    static void id##_c64(int64_t n, const void *const *in, void *out, const double *p) {           \
        const C64 *x_ = in[0];                                                                     \
        R *y_ = out;                                                                               \
        UNUSED(p);                                                                                 \
        for (int64_t i = 0; i < n; i++) {                                                          \
            C64 x = x_[i];                                                                         \
            y_[i] = expr;                                                                          \
        }                                                                                          \
    }
/* clang-format off */
COMPLEX(NEG, C64, CPLX(-x.re, -x.im))
COMPLEX(CONJ, C64, CPLX(x.re, -x.im))
COMPLEX(SQUARE, C64, CPLX(x.re * x.re - x.im * x.im, 2 * x.re * x.im))
COMPLEX(EXP, C64, cexp64(x))
COMPLEX(RECIPROCAL, C64, creciprocal(x))
COMPLEX(ABS, float, hypotf(x.re, x.im))
/* clang-format on */
/* C99 lays a complex number out as two floats; CMPLXF is missing under clang with glibc. */
static inline float complex from_c64(C64 x) {
    float complex z;
    memcpy(&z, &x, sizeof z);
    return z;
}
/* 1 / z by the formula: at 0 it is nan, as PyTorch's, where C's operator answers inf. */
static inline float complex one_over(float complex z) {
    C64 r = creciprocal((C64){crealf(z), cimagf(z)});
    return from_c64(r);
}
/* C99's functions and what is made of them; z is the element */
#define LIBC(id, expr)                                                                             \
    static inline C64 id##_of(C64 x) {                                                             \
        float complex z = from_c64(x), w = expr;                                                   \
        return (C64){crealf(w), cimagf(w)};                                                        \
    }                                                                                              \
    COMPLEX(id, C64, id##_of(x))
LIBC(LOG, clogf(z))
LIBC(LOG2, clogf(z) * (float)LOG2E)
LIBC(LOG10, clogf(z) * (float)M_LOG10E)
LIBC(SQRT, csqrtf(z))
LIBC(RSQRT, one_over(csqrtf(z)))
LIBC(SIN, csinf(z))
LIBC(COS, ccosf(z))
LIBC(TAN, ctanf(z))
LIBC(ASIN, casinf(z))
LIBC(ACOS, cacosf(z))
LIBC(ATAN, catanf(z))
LIBC(SINH, csinhf(z))
LIBC(COSH, ccoshf(z))
LIBC(TANH, ctanhf(z))
LIBC(ASINH, casinhf(z))
LIBC(ACOSH, cacoshf(z))
LIBC(ATANH, catanhf(z))
LIBC(SIGMOID, one_over(1 + cexpf(-z)))
LIBC(SILU, z / (1 + cexpf(-z)))
COMPLEX(ISINF, uint8_t, isinf(x.re) || isinf(x.im))
COMPLEX(ISNAN, uint8_t, x.re != x.re || x.im != x.im)
COMPLEX(ISFINITE, uint8_t, isfinite(x.re) && isfinite(x.im))
COMPLEX(LOGICAL_NOT, uint8_t, x.re == 0 && x.im == 0)

/* ---- table ----------------------------------------------------------------- */

typedef enum Result { SAME, ROUND, FLOAT, ONLY, BOOL } Result;

typedef struct Row {
    EwiseFn *f32, *f64, *i64, *c64, *apart;
} Row;

#define F(id) .f32 = id##_f32, .f64 = id##_f64
#define I(id) .i64 = id##_i64
#define C(id) .c64 = id##_c64
static const Row rows[UN_COUNT] = {
    [UN_NEG] = {F(NEG), I(NEG), C(NEG)},
    [UN_ABS] = {F(ABS), I(ABS), C(ABS)},
    [UN_SIGN] = {F(SIGN), I(SIGN)},
    [UN_SQUARE] = {F(SQUARE), I(SQUARE), C(SQUARE)},
    [UN_CUBE] = {F(CUBE), I(CUBE)},
    [UN_RELU] = {F(RELU), I(RELU)},
    [UN_BITWISE_NOT] = {I(BITWISE_NOT)},
    [UN_CONJ] = {F(KEEP), I(KEEP), C(CONJ)},
    [UN_FLOOR] = {F(FLOOR), I(KEEP)},
    [UN_CEIL] = {F(CEIL), I(KEEP)},
    [UN_ROUND] = {F(ROUND), I(KEEP)},
    [UN_TRUNC] = {F(TRUNC), I(KEEP)},
    [UN_FRAC] = {F(FRAC)},
    [UN_EXP] = {F(EXP), C(EXP)},
    [UN_EXP2] = {F(EXP2)},
    [UN_EXPM1] = {F(EXPM1)},
    [UN_LOG] = {F(LOG), C(LOG)},
    [UN_LOG2] = {F(LOG2), C(LOG2)},
    [UN_LOG10] = {F(LOG10), C(LOG10)},
    [UN_LOG1P] = {F(LOG1P)},
    [UN_SQRT] = {F(SQRT), C(SQRT)},
    [UN_RSQRT] = {F(RSQRT), C(RSQRT)},
    [UN_RECIPROCAL] = {F(RECIPROCAL), C(RECIPROCAL)},
    [UN_RSQUARE] = {F(RSQUARE)},
    [UN_SIN] = {F(SIN), C(SIN)},
    [UN_COS] = {F(COS), C(COS)},
    [UN_TAN] = {F(TAN), C(TAN)},
    [UN_ASIN] = {F(ASIN), C(ASIN)},
    [UN_ACOS] = {F(ACOS), C(ACOS)},
    [UN_ATAN] = {F(ATAN), C(ATAN)},
    [UN_SINH] = {F(SINH), C(SINH)},
    [UN_COSH] = {F(COSH), C(COSH)},
    [UN_TANH] = {F(TANH), C(TANH)},
    [UN_ASINH] = {F(ASINH), C(ASINH)},
    [UN_ACOSH] = {F(ACOSH), C(ACOSH)},
    [UN_ATANH] = {F(ATANH), C(ATANH)},
    [UN_ERF] = {F(ERF)},
    [UN_ERFC] = {F(ERFC)},
    [UN_LGAMMA] = {F(LGAMMA)},
    [UN_SIGMOID] = {F(SIGMOID), C(SIGMOID), .apart = SIGMOID_APART_f32},
    [UN_LOG_SIGMOID] = {F(LOG_SIGMOID)},
    [UN_SILU] = {F(SILU), C(SILU), .apart = SILU_APART_f32},
    [UN_GELU] = {F(GELU)},
    [UN_GELU_TANH] = {F(GELU_TANH)},
    [UN_SOFTPLUS] = {F(SOFTPLUS)},
    [UN_LEAKY_RELU] = {F(LEAKY_RELU)},
    [UN_ELU] = {F(ELU)},
    [UN_MISH] = {F(MISH)},
    [UN_HARDTANH] = {F(HARDTANH), I(HARDTANH)},
    [UN_RELU6] = {F(RELU6), I(RELU6)},
    [UN_HARDSIGMOID] = {F(HARDSIGMOID)},
    [UN_HARDSWISH] = {F(HARDSWISH)},
    [UN_ISNAN] = {F(ISNAN), I(ISNAN), C(ISNAN)},
    [UN_ISINF] = {F(ISINF), I(ISINF), C(ISINF)},
    [UN_ISFINITE] = {F(ISFINITE), I(ISFINITE), C(ISFINITE)},
    [UN_LOGICAL_NOT] = {F(LOGICAL_NOT), I(LOGICAL_NOT), C(LOGICAL_NOT)},
};
#undef F
#undef I
#undef C

static const char *const names[UN_COUNT] = {
#define X(id, name, result) [UN_##id] = name,
    UNARY_OPS(X)
#undef X
};
static const uint8_t results[UN_COUNT] = {
#define X(id, name, result) [UN_##id] = result,
    UNARY_OPS(X)
#undef X
};

const char *unary_name(UnaryOp op) {
    return names[op];
}

static EwiseFn *kernel_for(UnaryOp op, DType cls) {
    const Row *r = &rows[op];
    return cls == DT_F32 ? r->f32 : cls == DT_F64 ? r->f64 : cls == DT_I64 ? r->i64 : r->c64;
}

/* ---- types ----------------------------------------------------------------- */

static COLD bool refuse(UnaryOp op, DType in, Err *err) {
    if (op == UN_NEG)
        return err_set(err, ERR_RUNTIME,
                       "Negation, the `-` operator, on a bool tensor is not supported. If you are "
                       "trying to invert a mask, use the `~` or `logical_not()` operator instead.");
    if (op == UN_BITWISE_NOT)
        return err_set(err, ERR_TYPE,
                       "~ (operator.invert) is only implemented on integer and Boolean-type "
                       "tensors");
    if (op == UN_RELU && in == DT_BOOL)
        return err_set(err, ERR_RUNTIME, "Boolean inputs not supported for relu");
    if (op == UN_GELU || op == UN_GELU_TANH)
        return err_set(err, ERR_RUNTIME, "\"GeluKernelImpl\" not implemented for '%s'",
                       dtype_class_name(in));
    if (in == DT_C64 && results[op] == ROUND)
        return err_set(err, ERR_RUNTIME, "%s is not supported for complex inputs", names[op]);
    if (in == DT_BOOL && (op == UN_HARDTANH || op == UN_RELU6))
        return err_set(err, ERR_RUNTIME, "Bool inputs not supported for hardtanh");
    const char *impl = results[op] == ROUND && op != UN_FRAC ? "_vml_cpu" : "_cpu";
    return err_set(err, ERR_RUNTIME, "\"%s%s\" not implemented for '%s'",
                   op == UN_LOG_SIGMOID ? "log_sigmoid" : names[op], impl, dtype_class_name(in));
}

/* The dtype that the operation computes in and, but for tests and |complex|, returns. */
static bool common_dtype(UnaryOp op, DType in, DType *out, Err *err) {
    DType dt = in;
    if (results[op] == FLOAT && in <= DT_I64) dt = dtype_default();
    if (op == UN_SQUARE && in == DT_BOOL) dt = DT_I64;
    bool not_bool = results[op] == ROUND || op == UN_NEG || op == UN_ABS || op == UN_RELU ||
                    op == UN_HARDTANH || op == UN_RELU6;
    if ((in == DT_BOOL && not_bool) || !kernel_for(op, convert_class(dt)))
        return refuse(op, in, err);
    *out = dt;
    return true;
}

bool unary_dtype(UnaryOp op, DType in, DType *out, Err *err) {
    DType dt;
    if (!common_dtype(op, in, &dt, err)) return false;
    if (results[op] == BOOL) dt = DT_BOOL;
    *out = op == UN_ABS && dt == DT_C64 ? DT_F32 : dt;
    return true;
}

static bool plan(UnaryOp op, DType in, double p, double q, Ewise *e, DType *result, Err *err) {
    DType common;
    if (op == UN_BITWISE_NOT && in == DT_BOOL) op = UN_LOGICAL_NOT;
    if (!common_dtype(op, in, &common, err)) return false;
    DType cls = convert_class(common);
    e->fn = kernel_for(op, cls);
    e->apart = cls == DT_F32 ? rows[op].apart : NULL;
    e->nin = 1;
    e->common = common;
    e->kout = results[op] == BOOL ? DT_BOOL : op == UN_ABS && cls == DT_C64 ? DT_F32 : cls;
    e->p[0] = p;
    e->p[1] = q;
    e->bool_first = false;
    *result = e->kout == cls ? common : e->kout;
    return true;
}

static void defaults(UnaryOp op, double *p, double *q) {
    *p = *q = 0;
    if (op == UN_SOFTPLUS || op == UN_ELU) *p = 1;
    if (op == UN_SOFTPLUS) *q = 20;
    if (op == UN_LEAKY_RELU) *p = 0.01;
    if (op == UN_HARDTANH) *p = -1, *q = 1;
}

bool tensor_unary_with(UnaryOp op, const Tensor *a, double p, double q, Tensor **out, Err *err) {
    Ewise e;
    DType result;
    if (!plan(op, (DType)a->dtype, p, q, &e, &result, err)) return false;
    return ewise_new(&e, result, &a, out, err);
}

bool tensor_unary(UnaryOp op, const Tensor *a, Tensor **out, Err *err) {
    double p, q;
    defaults(op, &p, &q);
    return tensor_unary_with(op, a, p, q, out, err);
}

bool tensor_unary_with_(UnaryOp op, Tensor *a, double p, double q, Err *err) {
    Ewise e;
    DType result;
    if (!plan(op, (DType)a->dtype, p, q, &e, &result, err)) return false;
    if (results[op] != BOOL && !dtype_cast_check(result, (DType)a->dtype, err)) return false;
    const Tensor *in = a;
    return ewise_into(&e, a, &in, err);
}

bool tensor_unary_(UnaryOp op, Tensor *a, Err *err) {
    double p, q;
    defaults(op, &p, &q);
    return tensor_unary_with_(op, a, p, q, err);
}
