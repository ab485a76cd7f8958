/* Binary elementwise operations: kernels by class, then one table. */
#include "config.h"

#include "tensor/pointwise.h"

#include <math.h>

#include "tensor/convert.h"
#include "tensor/ewise.h"

/* ---- kernels --------------------------------------------------------------- */

#define LOOP_BY(how, id, cls, T, R, expr)                                                          \
    how(id##_##cls, (int64_t n, const void *const *in, void *out, const double *p),                \
        (n, in, out, p)) {                                                                         \
        const T *a_ = in[0], *b_ = in[1];                                                          \
        R *y_ = out;                                                                               \
        UNUSED(p);                                                                                 \
        EACH (i, n) {                                                                              \
            T a = a_[i], b = b_[i];                                                                \
            y_[i] = (R)(expr);                                                                     \
        }                                                                                          \
    }
#define LOOP(id, cls, T, R, expr) LOOP_BY(KERNEL, id, cls, T, R, expr)
#define BODY(id, cls, T, R, expr) LOOP_BY(PLAIN_KERNEL, id, cls, T, R, expr)
#define FLOATS(id, e) LOOP(id, f32, float, float, e) LOOP(id, f64, double, double, e)
#define LIBM(id, fn)                                                                               \
    BODY(id, f32, float, float, fn##f(a, b)) BODY(id, f64, double, double, fn(a, b))
#define BOTH(id, fn)                                                                               \
    BODY(id, f32, float, float, fn((double)a, (double)b)) BODY(id, f64, double, double, fn(a, b))
#define INTS(id, e) LOOP(id, i64, int64_t, int64_t, e)
#define TESTS(id, e)                                                                               \
    LOOP(id, f32, float, uint8_t, e)                                                               \
    LOOP(id, f64, double, uint8_t, e) LOOP(id, i64, int64_t, uint8_t, e)

#define U(x) ((uint64_t)(x)) /* integers wrap */

/* clang-format off */
FLOATS(ADD, a + b)
INTS(ADD, U(a) + U(b))
FLOATS(SUB, a - b)
INTS(SUB, U(a) - U(b))
FLOATS(MUL, a * b)
INTS(MUL, U(a) * U(b))
FLOATS(DIV, a / b)
LOOP(DIV_TRUNC, f32, float, float, truncf(a / b))
LOOP(DIV_TRUNC, f64, double, double, trunc(a / b))
#define NAN_WINS(better) (a != a || (b == b && a better b) ? a : b)
FLOATS(MAXIMUM, NAN_WINS(>=))
INTS(MAXIMUM, a > b ? a : b)
FLOATS(MINIMUM, NAN_WINS(<=))
INTS(MINIMUM, a < b ? a : b)
LIBM(FMAX, fmax)
LIBM(FMIN, fmin)
LIBM(POW, pow)
LIBM(ATAN2, atan2)
LIBM(HYPOT, hypot)
LIBM(COPYSIGN, copysign)
LIBM(FMOD, fmod)
/* clang-format on */

/* Python's //: the quotient of what fmod leaves, moved down when signs differ;
 * plain floor(a / b) would be off by one where a / b rounds up to an integer. */
static double floor_divide(double a, double b) {
    if (b == 0) return a / b;
    double mod = fmod(a, b), div = (a - mod) / b;
    if (mod != 0 && (b < 0) != (mod < 0)) div -= 1;
    if (div == 0) return copysign(0, a / b);
    double down = floor(div);
    return div - down > 0.5 ? down + 1 : down;
}
BOTH(FLOOR_DIVIDE, floor_divide)

static double remainder_of(double a, double b) {
    double mod = fmod(a, b);
    return mod != 0 && (b < 0) != (mod < 0) ? mod + b : mod;
}
BOTH(REMAINDER, remainder_of)

static double logaddexp(double a, double b) {
    if (isinf(a) && a == b) return a;
    return fmax(a, b) + log1p(exp(-fabs(a - b)));
}
BOTH(LOGADDEXP, logaddexp)

/* Integer division: the caller has refused zero divisors; b = -1 is taken apart
 * because INT64_MIN / -1 traps. */
static inline int64_t idiv(int64_t a, int64_t b) {
    return b == -1 ? (int64_t)(0 - U(a)) : a / b;
}
static inline int64_t imod(int64_t a, int64_t b) {
    return b == -1 ? 0 : a % b;
}
static inline int64_t ifloor_divide(int64_t a, int64_t b) {
    int64_t m = imod(a, b);
    return idiv(a, b) - (m != 0 && (m < 0) != (b < 0));
}
static inline int64_t iremainder(int64_t a, int64_t b) {
    int64_t m = imod(a, b);
    return m != 0 && (m < 0) != (b < 0) ? m + b : m;
}
static int64_t ipow(int64_t a, int64_t b) {
    if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 ? -1 : 1) : 0;
    uint64_t r = 1, base = U(a);
    for (; b; b >>= 1, base *= base)
        if (b & 1) r *= base;
    return (int64_t)r;
}
BODY(DIV_TRUNC, i64, int64_t, int64_t, idiv(a, b))
BODY(FMOD, i64, int64_t, int64_t, imod(a, b))
BODY(FLOOR_DIVIDE, i64, int64_t, int64_t, ifloor_divide(a, b))
BODY(REMAINDER, i64, int64_t, int64_t, iremainder(a, b))
BODY(POW, i64, int64_t, int64_t, ipow(a, b))

/* clang-format off */
TESTS(EQ, a == b)
TESTS(NE, a != b)
TESTS(LT, a < b)
TESTS(LE, a <= b)
TESTS(GT, a > b)
TESTS(GE, a >= b)
TESTS(LOGICAL_AND, (a != 0) & (b != 0))
TESTS(LOGICAL_OR, (a != 0) | (b != 0))
TESTS(LOGICAL_XOR, (a != 0) ^ (b != 0))
INTS(BITWISE_AND, a & b)
INTS(BITWISE_OR, a | b)
INTS(BITWISE_XOR, a ^ b)
INTS(LSHIFT, b < 0 || b > 63 ? 0 : U(a) << b)
INTS(RSHIFT, a >> (b < 0 || b > 63 ? 63 : b))
/* clang-format on */

static inline C64 cmul64(C64 a, C64 b) {
    return (C64){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
static inline C64 cdiv64(C64 a, C64 b) {
    double d = (double)b.re * (double)b.re + (double)b.im * (double)b.im;
    double re = (double)a.re * (double)b.re + (double)a.im * (double)b.im;
    double im = (double)a.im * (double)b.re - (double)a.re * (double)b.im;
    return (C64){(float)(re / d), (float)(im / d)};
}
/* e^(b ln a); 0^0 = 1 as PyTorch. */
static C64 cpow64(C64 a, C64 b) {
    if (b.re == 0 && b.im == 0) return (C64){1, 0};
    if (a.re == 0 && a.im == 0) return (C64){0, 0};
    double lr = log(hypot((double)a.re, (double)a.im)), th = atan2((double)a.im, (double)a.re);
    double r = exp((double)b.re * lr - (double)b.im * th);
    double t = (double)b.re * th + (double)b.im * lr;
    return (C64){(float)(r * cos(t)), (float)(r * sin(t))};
}
#define CPLX(re, im) ((C64){re, im})
#define COMPLEX(id, R, expr)                                                                       \
    static void id##_c64(int64_t n, const void *const *in, void *out, const double *p) {           \
        const C64 *a_ = in[0], *b_ = in[1];                                                        \
        R *y_ = out;                                                                               \
        UNUSED(p);                                                                                 \
        for (int64_t i = 0; i < n; i++) {                                                          \
            C64 a = a_[i], b = b_[i];                                                              \
            y_[i] = expr;                                                                          \
        }                                                                                          \
    }
COMPLEX(ADD, C64, CPLX(a.re + b.re, a.im + b.im))
COMPLEX(SUB, C64, CPLX(a.re - b.re, a.im - b.im))
COMPLEX(MUL, C64, cmul64(a, b))
COMPLEX(DIV, C64, cdiv64(a, b))
COMPLEX(POW, C64, cpow64(a, b))
COMPLEX(EQ, uint8_t, a.re == b.re && a.im == b.im)
COMPLEX(NE, uint8_t, a.re != b.re || a.im != b.im)
#define SOME(x) ((x).re != 0 || (x).im != 0)
COMPLEX(LOGICAL_AND, uint8_t, SOME(a) && SOME(b))
COMPLEX(LOGICAL_OR, uint8_t, SOME(a) || SOME(b))
COMPLEX(LOGICAL_XOR, uint8_t, SOME(a) != SOME(b))

/* a + p[0] * b, fused as in PyTorch */
LOOP(ADD_SCALED, f32, float, float, fmaf((float)p[0], b, a))
LOOP(ADD_SCALED, f64, double, double, fma(p[0], b, a))
LOOP(ADD_SCALED, i64, int64_t, int64_t, U(a) + U((int64_t)p[0]) * U(b))
COMPLEX(ADD_SCALED, C64, CPLX(a.re + (float)p[0] * b.re, a.im + (float)p[0] * b.im))

/* ---- table ----------------------------------------------------------------- */

typedef enum Result { PROMOTE, DIV, BOOL, INT } Result;

typedef struct Row {
    EwiseFn *f32, *f64, *i64, *c64;
} Row;

#define F(id) .f32 = id##_f32, .f64 = id##_f64
#define I(id) .i64 = id##_i64
#define C(id) .c64 = id##_c64
static const Row rows[BIN_COUNT] = {
    [BIN_ADD] = {F(ADD), I(ADD), C(ADD)},
    [BIN_SUB] = {F(SUB), I(SUB), C(SUB)},
    [BIN_MUL] = {F(MUL), I(MUL), C(MUL)},
    [BIN_DIV] = {F(DIV), C(DIV)},
    [BIN_DIV_TRUNC] = {F(DIV_TRUNC), I(DIV_TRUNC)},
    [BIN_FLOOR_DIVIDE] = {F(FLOOR_DIVIDE), I(FLOOR_DIVIDE)},
    [BIN_REMAINDER] = {F(REMAINDER), I(REMAINDER)},
    [BIN_FMOD] = {F(FMOD), I(FMOD)},
    [BIN_POW] = {F(POW), I(POW), C(POW)},
    [BIN_ATAN2] = {F(ATAN2)},
    [BIN_MAXIMUM] = {F(MAXIMUM), I(MAXIMUM)},
    [BIN_MINIMUM] = {F(MINIMUM), I(MINIMUM)},
    [BIN_FMAX] = {F(FMAX), I(MAXIMUM)},
    [BIN_FMIN] = {F(FMIN), I(MINIMUM)},
    [BIN_LOGADDEXP] = {F(LOGADDEXP)},
    [BIN_HYPOT] = {F(HYPOT)},
    [BIN_COPYSIGN] = {F(COPYSIGN)},
    [BIN_EQ] = {F(EQ), I(EQ), C(EQ)},
    [BIN_NE] = {F(NE), I(NE), C(NE)},
    [BIN_LT] = {F(LT), I(LT)},
    [BIN_LE] = {F(LE), I(LE)},
    [BIN_GT] = {F(GT), I(GT)},
    [BIN_GE] = {F(GE), I(GE)},
    [BIN_LOGICAL_AND] = {F(LOGICAL_AND), I(LOGICAL_AND), C(LOGICAL_AND)},
    [BIN_LOGICAL_OR] = {F(LOGICAL_OR), I(LOGICAL_OR), C(LOGICAL_OR)},
    [BIN_LOGICAL_XOR] = {F(LOGICAL_XOR), I(LOGICAL_XOR), C(LOGICAL_XOR)},
    [BIN_BITWISE_AND] = {I(BITWISE_AND)},
    [BIN_BITWISE_OR] = {I(BITWISE_OR)},
    [BIN_BITWISE_XOR] = {I(BITWISE_XOR)},
    [BIN_LSHIFT] = {I(LSHIFT)},
    [BIN_RSHIFT] = {I(RSHIFT)},
};
static const Row add_scaled = {F(ADD_SCALED), I(ADD_SCALED), C(ADD_SCALED)};
#undef F
#undef I
#undef C

static const char *const names[BIN_COUNT] = {
#define X(id, name, result) [BIN_##id] = name,
    BINARY_OPS(X)
#undef X
};
static const uint8_t results[BIN_COUNT] = {
#define X(id, name, result) [BIN_##id] = result,
    BINARY_OPS(X)
#undef X
};

const char *binary_name(BinaryOp op) {
    return names[op];
}

static EwiseFn *pick(const Row *r, DType cls) {
    return cls == DT_F32 ? r->f32 : cls == DT_F64 ? r->f64 : cls == DT_I64 ? r->i64 : r->c64;
}

/* ---- types ----------------------------------------------------------------- */

static COLD bool refuse(BinaryOp op, DType dt, Err *err) {
    const char *name = op == BIN_LSHIFT         ? "lshift"
                       : op == BIN_RSHIFT       ? "rshift"
                       : op == BIN_FLOOR_DIVIDE ? "div_floor"
                                                : names[op];
    if (dt == DT_C64 && op >= BIN_MAXIMUM && op <= BIN_FMIN)
        return err_set(err, ERR_RUNTIME, "%s not implemented for complex tensors.", name);
    return err_set(err, ERR_RUNTIME, "\"%s%s\" not implemented for '%s'", name,
                   op == BIN_POW ? "" : "_cpu", dtype_class_name(dt));
}

static bool check_sub(const Tensor *a, const Tensor *b, Err *err) {
    if (a->dtype == DT_BOOL && b->dtype == DT_BOOL)
        return err_set(err, ERR_RUNTIME,
                       "Subtraction, the `-` operator, with two bool tensors is not supported. Use "
                       "the `^` or `logical_xor()` operator instead.");
    if (a->dtype == DT_BOOL || b->dtype == DT_BOOL)
        return err_set(err, ERR_RUNTIME,
                       "Subtraction, the `-` operator, with a bool tensor is not supported. If you "
                       "are trying to invert a mask, use the `~` or `logical_not()` operator "
                       "instead.");
    return true;
}

/* float64 with complex64 is complex128 in PyTorch. A different number silently would be worse
 * than a refusal. */
static bool check_width(const Tensor *a, const Tensor *b, Err *err) {
    bool wide_a = a->dtype == DT_F64 && !a->wrapped && (a->ndim > 0 || b->ndim == 0);
    bool wide_b = b->dtype == DT_F64 && !b->wrapped && (b->ndim > 0 || a->ndim == 0);
    if (!wide_a && !wide_b) return true;
    err_set(err, ERR_NOTIMPL, "float64 with complex64 makes complex128, which qkv does not have");
    return err_hint(err, "convert the float64 tensor with .float() first");
}

static bool common_dtype(BinaryOp op, const Tensor *a, const Tensor *b, DType *out, Err *err) {
    DType dt = (DType)a->dtype;
    if (a->dtype != b->dtype || a->wrapped || b->wrapped)
        dt = tensor_result_type(2, (Tensor *[]){(Tensor *)a, (Tensor *)b});
    if (results[op] == DIV && dt <= DT_I64 && op != BIN_LOGADDEXP) dt = dtype_default();
    if (UNLIKELY(op == BIN_SUB && !check_sub(a, b, err))) return false;
    if (UNLIKELY(dt == DT_C64 && !check_width(a, b, err))) return false;
    bool not_bool = (op >= BIN_DIV_TRUNC && op <= BIN_POW) || op == BIN_LSHIFT || op == BIN_RSHIFT;
    if (UNLIKELY((not_bool && dt == DT_BOOL) || !pick(&rows[op], convert_class(dt))))
        return refuse(op, dt, err);
    *out = dt;
    return true;
}

bool binary_dtype(BinaryOp op, const Tensor *a, const Tensor *b, DType *out, Err *err) {
    if (!common_dtype(op, a, b, out, err)) return false;
    if (results[op] == BOOL) *out = DT_BOOL;
    return true;
}

/* True when some number of t is 0 in the integer type dt, where it may wrap around. */
static bool any_zero(const Tensor *t, DType dt) {
    Iter it;
    int64_t bits = dt == DT_I64 ? -1 : (INT64_C(1) << 8 * dtype_size(dt)) - 1;
    iter_over(&it, t->ndim, t->shape, 1, &t);
    bool zero = false;
    for (bool more = iter_start(&it); more && !zero; more = iter_next(&it)) {
        int64_t buf[CONVERT_CHUNK];
        for (int64_t at = 0; at < it.n; at += CONVERT_CHUNK) {
            int64_t n = MIN(it.n - at, CONVERT_CHUNK);
            convert_load(DT_I64, (DType)t->dtype, n, it.ptr[0] + at * it.step[0], it.step[0], buf);
            for (int64_t i = 0; i < n; i++) zero |= (buf[i] & bits) == 0;
        }
    }
    return zero;
}

/* What integers of type dt cannot do with this b. */
static bool check_integers(BinaryOp op, DType dt, const Tensor *a, const Tensor *b, Err *err) {
    bool divides =
        op == BIN_FLOOR_DIVIDE || op == BIN_REMAINDER || op == BIN_FMOD || op == BIN_DIV_TRUNC;
    if (divides && tensor_numel(a) > 0 && any_zero(b, dt))
        return err_set(err, ERR_RUNTIME, "ZeroDivisionError");
    if (op == BIN_POW && b->wrapped && tensor_get_i64(b, NULL) < 0)
        return err_set(err, ERR_RUNTIME, "Integers to negative integer powers are not allowed.");
    return true;
}

static bool plan(BinaryOp op, const Tensor *a, const Tensor *b, Ewise *e, DType *result, Err *err) {
    DType common;
    if (!common_dtype(op, a, b, &common, err)) return false;
    DType cls = convert_class(common);
    if (cls == DT_I64 && !check_integers(op, common, a, b, err)) return false;
    bool narrow = op == BIN_POW && b->wrapped && common != DT_F32;
    if (narrow && !number_fits(common, b, err)) return false;
    e->fn = pick(&rows[op], cls);
    e->apart = NULL;
    e->nin = 2;
    e->common = common;
    e->kout = results[op] == BOOL ? DT_BOOL : cls;
    e->bool_first = false;
    *result = results[op] == BOOL ? DT_BOOL : common;
    return true;
}

/* x ** number for the exponents that code uses: exact and far cheaper than pow. */
static bool easy_power(const Tensor *a, const Tensor *b, UnaryOp *op) {
    if (a->wrapped || b->ndim != 0 || b->dtype == DT_C64 || !dtype_is_float((DType)a->dtype))
        return false;
    if (!b->wrapped && b->dtype > a->dtype) return false;
    double e = tensor_get_f64(b, NULL);
    if (e == 2)
        *op = UN_SQUARE;
    else if (e == 3)
        *op = UN_CUBE;
    else if (e == -2)
        *op = UN_RSQUARE;
    else if (e == 0.5)
        *op = UN_SQRT;
    else if (e == -0.5)
        *op = UN_RSQRT;
    else if (e == -1)
        *op = UN_RECIPROCAL;
    else
        return false;
    return true;
}

/* ---- entry points ---------------------------------------------------------- */

bool tensor_binary(BinaryOp op, const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    Ewise e;
    DType result;
    UnaryOp power;
    if (op == BIN_POW && easy_power(a, b, &power)) return tensor_unary(power, a, out, err);
    if (!plan(op, a, b, &e, &result, err)) return false;
    return ewise_new(&e, result, (const Tensor *[]){a, b}, out, err);
}

bool tensor_binary_(BinaryOp op, Tensor *a, const Tensor *b, Err *err) {
    Ewise e;
    DType result;
    UnaryOp power;
    if (op == BIN_POW && easy_power(a, b, &power)) return tensor_unary_(power, a, err);
    if (!plan(op, a, b, &e, &result, err)) return false;
    if (results[op] != BOOL && !dtype_cast_check(result, (DType)a->dtype, err)) return false;
    return ewise_into(&e, a, (const Tensor *[]){a, b}, err);
}

/* A wrapped number that lives on the stack: no allocation, borrowed by the call. */
typedef struct StackNumber {
    Tensor t;
    Storage st;
    union {
        double f;
        int64_t i;
    } v;
} StackNumber;

static const Tensor *stack_number(StackNumber *s, DType dt) {
    s->st = (Storage){.refs = 1, .bytes = 8, .data = &s->v};
    s->t.refs = 1;
    s->t.dtype = (uint8_t)dt;
    s->t.ndim = 0;
    s->t.wrapped = true;
    s->t.requires_grad = false;
    s->t.offset = 0;
    s->t.st = &s->st;
    s->t.meta = NULL;
    return &s->t;
}

bool tensor_binary_f64(BinaryOp op, const Tensor *a, double number, bool number_first, Tensor **out,
                       Err *err) {
    StackNumber s;
    s.v.f = number;
    const Tensor *b = stack_number(&s, DT_F64);
    return number_first ? tensor_binary(op, b, a, out, err) : tensor_binary(op, a, b, out, err);
}

bool tensor_binary_i64(BinaryOp op, const Tensor *a, int64_t number, bool number_first,
                       Tensor **out, Err *err) {
    StackNumber s;
    s.v.i = number;
    const Tensor *b = stack_number(&s, DT_I64);
    return number_first ? tensor_binary(op, b, a, out, err) : tensor_binary(op, a, b, out, err);
}

bool tensor_binary_f64_(BinaryOp op, Tensor *a, double number, Err *err) {
    StackNumber s;
    s.v.f = number;
    return tensor_binary_(op, a, stack_number(&s, DT_F64), err);
}

static bool plan_scaled(const Tensor *a, const Tensor *b, double alpha, Ewise *e, Err *err) {
    if (!common_dtype(BIN_ADD, a, b, &e->common, err)) return false;
    if (e->common <= DT_I64 && alpha != floor(alpha))
        return err_set(err, ERR_RUNTIME,
                       "For integral input tensors, argument alpha must not be a floating point "
                       "number.");
    e->kout = convert_class(e->common);
    e->fn = pick(&add_scaled, e->kout);
    e->apart = NULL;
    e->nin = 2;
    e->p[0] = alpha;
    e->bool_first = false;
    return true;
}

bool tensor_add_scaled(const Tensor *a, const Tensor *b, double alpha, Tensor **out, Err *err) {
    Ewise e;
    if (!plan_scaled(a, b, alpha, &e, err)) return false;
    return ewise_new(&e, e.common, (const Tensor *[]){a, b}, out, err);
}

bool tensor_add_scaled_(Tensor *a, const Tensor *b, double alpha, Err *err) {
    Ewise e;
    if (!plan_scaled(a, b, alpha, &e, err)) return false;
    if (!dtype_cast_check(e.common, (DType)a->dtype, err)) return false;
    return ewise_into(&e, a, (const Tensor *[]){a, b}, err);
}
