/* Arithmetic on two ints or floats, inline: what the VM tries first and what the
 * compiler folds constants with. "Declines" (false) wherever the answer is an error, an
 * overflow or another type's business; the numbers' slots then decide.
 */
#ifndef QKV_VALUE_ARITH_H
#define QKV_VALUE_ARITH_H

#include <math.h>

#include "value/value.h"

/* Python's floor division and modulo: the remainder has the divisor's sign. */
static inline int64_t int_floordiv(int64_t a, int64_t b) {
    int64_t q = a / b;
    return q - (a % b != 0 && (a < 0) != (b < 0));
}
static inline int64_t int_mod(int64_t a, int64_t b) {
    int64_t r = a % b;
    return r + (r != 0 && (r < 0) != (b < 0) ? b : 0);
}
static inline double float_mod(double a, double b) {
    double r = fmod(a, b);
    if (r == 0) return copysign(0.0, b);
    return (r < 0) != (b < 0) ? r + b : r;
}
static inline double float_floordiv(double a, double b) {
    double r = fmod(a, b), q = (a - r) / b;
    if (r != 0 && (b < 0) != (r < 0)) q -= 1.0;
    if (q == 0) return copysign(0.0, a / b);
    double whole = floor(q);
    return q - whole > 0.5 ? whole + 1.0 : whole;
}
static inline bool int_pow(int64_t base, int64_t exp, int64_t *out) {
    int64_t r = 1;
    while (exp > 0) {
        if ((exp & 1) && __builtin_mul_overflow(r, base, &r)) return false;
        exp >>= 1;
        if (exp && __builtin_mul_overflow(base, base, &base)) return false;
    }
    *out = r;
    return true;
}

/* clang-format off */
static inline bool arith_int(Op op, int64_t a, int64_t b, Value *out) {
    int64_t r;
    switch (op) {
    case OP_ADD: if (__builtin_add_overflow(a, b, &r)) return false; break;
    case OP_SUB: if (__builtin_sub_overflow(a, b, &r)) return false; break;
    case OP_MUL: if (__builtin_mul_overflow(a, b, &r)) return false; break;
    case OP_DIV:
        if (b == 0) return false;
        *out = value_float((double)a / (double)b);
        return true;
    case OP_FLOORDIV:
        if (b == 0 || b == -1) return false;
        r = int_floordiv(a, b);
        break;
    case OP_MOD:
        if (b == 0 || b == -1) return false;
        r = int_mod(a, b);
        break;
    case OP_POW:
        if (b < 0 || !int_pow(a, b, &r)) return false;
        break;
    case OP_AND: r = a & b; break;
    case OP_OR: r = a | b; break;
    case OP_XOR: r = a ^ b; break;
    case OP_LSHIFT:
        if (b < 0 || b > 62 || a > INT64_MAX >> b || a < INT64_MIN >> b) return false;
        r = (int64_t)((uint64_t)a << b);
        break;
    case OP_RSHIFT:
        if (b < 0) return false;
        r = a >> MIN(b, 63);
        break;
    case OP_EQ: *out = value_bool(a == b); return true;
    case OP_NE: *out = value_bool(a != b); return true;
    case OP_LT: *out = value_bool(a < b); return true;
    case OP_LE: *out = value_bool(a <= b); return true;
    case OP_GT: *out = value_bool(a > b); return true;
    case OP_GE: *out = value_bool(a >= b); return true;
    default: return false;
    }
    *out = value_int(r);
    return true;
}

static inline bool arith_float(Op op, double a, double b, Value *out) {
    double r;
    switch (op) {
    case OP_ADD: r = a + b; break;
    case OP_SUB: r = a - b; break;
    case OP_MUL: r = a * b; break;
    case OP_DIV: if (b == 0) return false; r = a / b; break;
    case OP_FLOORDIV: if (b == 0) return false; r = float_floordiv(a, b); break;
    case OP_MOD: if (b == 0) return false; r = float_mod(a, b); break;
    case OP_POW:
        if (a < 0 || (a == 0 && b < 0)) return false;
        r = pow(a, b);
        if (isinf(r) && !isinf(a) && !isinf(b)) return false;
        break;
    case OP_EQ: *out = value_bool(a == b); return true;
    case OP_NE: *out = value_bool(a != b); return true;
    case OP_LT: *out = value_bool(a < b); return true;
    case OP_LE: *out = value_bool(a <= b); return true;
    case OP_GT: *out = value_bool(a > b); return true;
    case OP_GE: *out = value_bool(a >= b); return true;
    default: return false;
    }
    *out = value_float(r);
    return true;
}

/* clang-format on */

/* True when an int is a double exactly, so that comparing as doubles is right. */
static inline bool int_is_exact(int64_t i) {
    return i >= -(INT64_C(1) << 53) && i <= INT64_C(1) << 53;
}

static inline bool arith_binary(Op op, Value a, Value b, Value *out) {
    if (a.tag == VT_INT && b.tag == VT_INT) return arith_int(op, a.i, b.i, out);
    if (a.tag == VT_FLOAT && b.tag == VT_FLOAT) return arith_float(op, a.f, b.f, out);
    if (a.tag == VT_INT && b.tag == VT_FLOAT && int_is_exact(a.i))
        return arith_float(op, (double)a.i, b.f, out);
    if (a.tag == VT_FLOAT && b.tag == VT_INT && int_is_exact(b.i))
        return arith_float(op, a.f, (double)b.i, out);
    return false;
}

#endif
