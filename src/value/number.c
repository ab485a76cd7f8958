/* Numbers without their types: conversion, arithmetic, hashing. */
#include "config.h"

#include "value/number.h"

#include "value/complex.h"

#include <math.h>

#include "value/ops.h"
#include "value/obj.h"

__extension__ typedef __int128 Wide;

/* ---- overflow and conversion ------------------------------------------------------------ */

bool int_overflow(Err *err, const char *fmt, ...) {
    Str what = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&what, fmt, ap);
    va_end(ap);
    err_set(err, ERR_OVERFLOW, "%s does not fit: ints have 64 bits here", str_cstr(&what));
    str_clear(&what);
    return err_hint(err, "use a float (write 2.0 instead of 2) if the size matters more than the "
                         "last digit");
}

bool int_from_float(double v, int64_t *out, Err *err) {
    if (isnan(v)) return err_set(err, ERR_VALUE, "cannot convert float NaN to integer");
    if (isinf(v)) return err_set(err, ERR_OVERFLOW, "cannot convert float infinity to integer");
    if (v >= 0x1p63 || v < -0x1p63) {
        Str text = STR_INIT;
        float_repr(&text, v);
        int_overflow(err, "int(%s)", str_cstr(&text));
        str_clear(&text);
        return false;
    }
    *out = (int64_t)v;
    return true;
}

/* v.name() of an object that has such a method; *out UNSET when not. */
static bool call_conversion(Interp *in, Value v, const char *name, Value *out, Err *err) {
    *out = VALUE_UNSET;
    return v.tag != VT_OBJ || value_call_found(in, v, name, NULL, 0, out, err);
}

bool index_try(Interp *in, Value v, int64_t *out, bool *is_index, Err *err) {
    *is_index = true;
    if (v.tag == VT_INT || v.tag == VT_BOOL) {
        *out = v.tag == VT_INT ? v.i : v.b;
        return true;
    }
    Value got;
    if (!call_conversion(in, v, "__index__", &got, err)) return false;
    *is_index = got.tag != VT_UNSET;
    if (!*is_index) return true;
    bool ok = got.tag == VT_INT || got.tag == VT_BOOL;
    if (ok)
        *out = got.tag == VT_INT ? got.i : got.b;
    else
        err_set(err, ERR_TYPE, "__index__ returned non-int (type %s)", value_type(got)->name);
    value_release(got);
    return ok;
}

bool value_to_int(Interp *in, Value v, int64_t *out, Err *err) {
    bool is_index;
    if (!index_try(in, v, out, &is_index, err)) return false;
    if (is_index) return true;
    return err_set(err, ERR_TYPE, "'%s' object cannot be interpreted as an integer",
                   value_type(v)->name);
}

bool value_to_float(Interp *in, Value v, double *out, Err *err) {
    switch (v.tag) {
    case VT_FLOAT:
        *out = v.f;
        return true;
    case VT_INT:
        *out = (double)v.i;
        return true;
    case VT_BOOL:
        *out = v.b;
        return true;
    default:
        break;
    }
    Value got;
    if (!call_conversion(in, v, "__float__", &got, err)) return false;
    if (got.tag == VT_UNSET) {
        int64_t i;
        bool is_index;
        if (!index_try(in, v, &i, &is_index, err)) return false;
        if (!is_index)
            return err_set(err, ERR_TYPE, "must be real number, not %s", value_type(v)->name);
        *out = (double)i;
        return true;
    }
    bool ok = got.tag == VT_FLOAT;
    if (ok)
        *out = got.f;
    else
        err_set(err, ERR_TYPE, "%s.__float__ returned non-float (type %s)", value_type(v)->name,
                value_type(got)->name);
    value_release(got);
    return ok;
}

bool value_is_number(Value v) {
    return v.tag == VT_BOOL || v.tag == VT_INT || v.tag == VT_FLOAT;
}

/* ---- int ----------------------------------------------------------------------------------- */

static bool int_floordiv(int64_t a, int64_t b, int64_t *q, Err *err) {
    if (b == 0) return err_set(err, ERR_ZERODIV, "integer division or modulo by zero");
    if (a == INT64_MIN && b == -1) return int_overflow(err, "%lld // -1", (long long)a);
    *q = a / b - ((a % b != 0) && ((a < 0) != (b < 0)));
    return true;
}

static bool int_mod(int64_t a, int64_t b, int64_t *r, Err *err) {
    if (b == 0) return err_set(err, ERR_ZERODIV, "integer modulo by zero");
    *r = b == -1 ? 0 : a % b;
    if (*r != 0 && (*r < 0) != (b < 0)) *r += b;
    return true;
}

static bool int_pow(int64_t a, int64_t b, Value *out, Err *err) {
    if (b < 0) {
        if (a == 0) return err_set(err, ERR_ZERODIV, "0.0 cannot be raised to a negative power");
        *out = value_float(pow((double)a, (double)b));
        return true;
    }
    int64_t base = a, left = b, r = 1;
    while (left) {
        if ((left & 1) && __builtin_mul_overflow(r, base, &r)) goto overflow;
        left >>= 1;
        if (left && __builtin_mul_overflow(base, base, &base)) goto overflow;
    }
    *out = value_int(r);
    return true;
overflow:
    return int_overflow(err, "%lld ** %lld", (long long)a, (long long)b);
}

bool int_pow_mod(int64_t a, int64_t b, int64_t mod, int64_t *out, Err *err) {
    if (mod == 0) return err_set(err, ERR_VALUE, "pow() 3rd argument cannot be 0");
    if (b < 0) { /* inverse by the extended Euclidean algorithm, then a positive power */
        Wide r0 = mod, r1 = 0, s0 = 0, s1 = 1;
        int64_t first;
        if (!int_mod(a, mod, &first, err)) return false;
        r1 = first;
        while (r1 != 0) {
            Wide q = r0 / r1, t = r0 - q * r1;
            r0 = r1, r1 = t;
            t = s0 - q * s1;
            s0 = s1, s1 = t;
        }
        if (r0 != 1 && r0 != -1)
            return err_set(err, ERR_VALUE, "base is not invertible for the given modulus");
        a = (int64_t)(r0 == 1 ? s0 : -s0);
        if (b == INT64_MIN) return int_overflow(err, "-(%lld)", (long long)b);
        b = -b;
    }
    int64_t base;
    if (!int_mod(a, mod, &base, err)) return false;
    Wide r = 1 % mod, x = base;
    for (; b; b >>= 1) {
        if (b & 1) r = r * x % mod;
        x = x * x % mod;
    }
    if (r != 0 && (r < 0) != (mod < 0)) r += mod;
    *out = (int64_t)r;
    return true;
}

static bool int_shift(Op op, int64_t a, int64_t b, Value *out, Err *err) {
    if (b < 0) return err_set(err, ERR_VALUE, "negative shift count");
    if (op == OP_RSHIFT) {
        *out = value_int(b > 63 ? (a < 0 ? -1 : 0) : a >> b);
        return true;
    }
    int64_t r;
    if (a != 0 && (b > 62 || __builtin_mul_overflow(a, (int64_t)1 << b, &r)))
        return int_overflow(err, "%lld << %lld", (long long)a, (long long)b);
    *out = value_int(a == 0 ? 0 : r);
    return true;
}

bool order_answers(Op op, int order, Value *out) {
    bool yes;
    switch (op) {
    case OP_EQ:
        yes = order == 0;
        break;
    case OP_NE:
        yes = order != 0;
        break;
    case OP_LT:
        yes = order < 0;
        break;
    case OP_LE:
        yes = order <= 0;
        break;
    case OP_GT:
        yes = order > 0;
        break;
    case OP_GE:
        yes = order >= 0;
        break;
    default:
        return false;
    }
    *out = value_bool(yes);
    return true;
}

bool int_binary(Op op, int64_t a, int64_t b, Value *out, Err *err) {
    int64_t r = 0;
    bool fits = true;
    switch (op) {
    case OP_ADD:
        fits = !__builtin_add_overflow(a, b, &r);
        break;
    case OP_SUB:
        fits = !__builtin_sub_overflow(a, b, &r);
        break;
    case OP_MUL:
        fits = !__builtin_mul_overflow(a, b, &r);
        break;
    case OP_DIV:
        if (b == 0) return err_set(err, ERR_ZERODIV, "division by zero");
        *out = value_float((double)((long double)a / (long double)b));
        return true;
    case OP_FLOORDIV:
        if (!int_floordiv(a, b, &r, err)) return false;
        break;
    case OP_MOD:
        if (!int_mod(a, b, &r, err)) return false;
        break;
    case OP_POW:
        return int_pow(a, b, out, err);
    case OP_AND:
        r = a & b;
        break;
    case OP_OR:
        r = a | b;
        break;
    case OP_XOR:
        r = a ^ b;
        break;
    case OP_LSHIFT:
    case OP_RSHIFT:
        return int_shift(op, a, b, out, err);
    default:
        if (!order_answers(op, (a > b) - (a < b), out)) *out = VALUE_NOTIMPL;
        return true;
    }
    if (!fits) return int_overflow(err, "%lld %s %lld", (long long)a, op_text(op), (long long)b);
    *out = value_int(r);
    return true;
}

/* ---- float --------------------------------------------------------------------------------- */

/* fmod with the sign of the divisor, as CPython computes it (-1e-20 % 3 is 3, not -1e-20). */
static double float_mod(double a, double b) {
    double r = fmod(a, b);
    if (r != 0) {
        if ((b < 0) != (r < 0)) r += b;
        return r;
    }
    return copysign(0.0, b);
}

static double float_floordiv(double a, double b) {
    double r = fmod(a, b), q = (a - r) / b;
    if (r != 0 && (b < 0) != (r < 0)) q -= 1;
    if (q == 0) return copysign(0.0, a / b);
    double f = floor(q);
    return q - f > 0.5 ? f + 1 : f;
}

static bool float_pow(double a, double b, Value *out, Err *err) {
    if (a == 0 && b < 0)
        return err_set(err, ERR_ZERODIV, "0.0 cannot be raised to a negative power");
    double r = pow(a, b);
    if (isnan(r) && !isnan(a) && !isnan(b)) return complex_power(a, b, out, err);
    if (isinf(r) && isfinite(a) && isfinite(b))
        return err_set(err, ERR_OVERFLOW, "(34, 'Numerical result out of range')");
    *out = value_float(r);
    return true;
}

bool float_binary(Op op, double a, double b, Value *out, Err *err) {
    switch (op) {
    case OP_ADD:
        *out = value_float(a + b);
        return true;
    case OP_SUB:
        *out = value_float(a - b);
        return true;
    case OP_MUL:
        *out = value_float(a * b);
        return true;
    case OP_DIV:
        if (b == 0) return err_set(err, ERR_ZERODIV, "float division by zero");
        *out = value_float(a / b);
        return true;
    case OP_FLOORDIV:
        if (b == 0) return err_set(err, ERR_ZERODIV, "float floor division by zero");
        *out = value_float(float_floordiv(a, b));
        return true;
    case OP_MOD:
        if (b == 0) return err_set(err, ERR_ZERODIV, "float modulo");
        *out = value_float(float_mod(a, b));
        return true;
    case OP_POW:
        return float_pow(a, b, out, err);
    case OP_EQ:
        *out = value_bool(a == b);
        return true;
    case OP_NE:
        *out = value_bool(a != b);
        return true;
    case OP_LT:
        *out = value_bool(a < b);
        return true;
    case OP_LE:
        *out = value_bool(a <= b);
        return true;
    case OP_GT:
        *out = value_bool(a > b);
        return true;
    case OP_GE:
        *out = value_bool(a >= b);
        return true;
    default:
        *out = VALUE_NOTIMPL;
        return true;
    }
}

/* ---- hashing -------------------------------------------------------------------------------- */

/* Numbers hash to their value modulo the Mersenne prime 2**61 - 1, so that equal numbers
 * of any type have equal hashes; -1 is kept free as CPython does. */
#define HASH_BITS 61
#define HASH_MODULUS ((UINT64_C(1) << HASH_BITS) - 1)

uint64_t int_hash(int64_t v) {
    uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    int64_t h = (int64_t)(size % HASH_MODULUS);
    if (v < 0) h = -h;
    return (uint64_t)(h == -1 ? -2 : h);
}

uint64_t float_hash(double v) {
    if (isinf(v)) return (uint64_t)(v > 0 ? 314159 : -314159);
    if (isnan(v)) return 0x5bd1e995;
    int e;
    double m = frexp(fabs(v), &e);
    uint64_t x = 0;
    while (m != 0) { /* 28 bits of the mantissa at a time */
        x = ((x << 28) & HASH_MODULUS) | x >> (HASH_BITS - 28);
        m *= 268435456.0;
        e -= 28;
        uint64_t y = (uint64_t)m;
        m -= (double)y;
        x += y;
        if (x >= HASH_MODULUS) x -= HASH_MODULUS;
    }
    e = e >= 0 ? e % HASH_BITS : HASH_BITS - 1 - ((-1 - e) % HASH_BITS);
    x = ((x << e) & HASH_MODULUS) | x >> (HASH_BITS - e);
    int64_t h = v < 0 ? -(int64_t)x : (int64_t)x;
    return (uint64_t)(h == -1 ? -2 : h);
}
