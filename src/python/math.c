/* The module math. Functions take anything with __float__ or __index__, one-element
 * tensors included, and give Python's errors: "math domain error" (ValueError) where there
 * is no real result, "math range error" (OverflowError) where it is too large. */
#include "config.h"

#include <math.h>

#include "python/python.h"
#include "value/number.h"
#include "value/obj.h"

static bool domain_error(Err *err) {
    return err_set(err, ERR_VALUE, "math domain error");
}

/* A result of finite arguments: nan means outside the domain, inf past the range. */
static bool give(double r, bool finite_args, Value *out, Err *err) {
    if (finite_args && isnan(r)) return domain_error(err);
    if (finite_args && isinf(r)) return err_set(err, ERR_OVERFLOW, "math range error");
    *out = value_float(r);
    return true;
}

/* ---- one float to one float ----------------------------------------------------------------- */

static bool apply(Interp *in, Value v, double (*f)(double), Value *out, Err *err) {
    double x;
    if (!value_to_float(in, v, &x, err)) return false;
    double r = f(x);
    if (isinf(x) && isnan(r)) return domain_error(err); /* sin(inf) */
    return give(r, isfinite(x), out, err);
}

#define FLOAT_FN(name)                                                                             \
    static bool math_##name(Interp *in, Value *args, Value *out, Err *err) {                       \
        return apply(in, args[0], name, out, err);                                                 \
    }
FLOAT_FN(sqrt)
FLOAT_FN(cbrt)
FLOAT_FN(exp)
FLOAT_FN(exp2)
FLOAT_FN(expm1)
FLOAT_FN(sin)
FLOAT_FN(cos)
FLOAT_FN(tan)
FLOAT_FN(asin)
FLOAT_FN(acos)
FLOAT_FN(atan)
FLOAT_FN(sinh)
FLOAT_FN(cosh)
FLOAT_FN(tanh)
FLOAT_FN(asinh)
FLOAT_FN(acosh)
FLOAT_FN(erf)
FLOAT_FN(erfc)
FLOAT_FN(lgamma)
FLOAT_FN(fabs)

static bool math_atanh(Interp *in, Value *args, Value *out, Err *err) {
    double x;
    if (!value_to_float(in, args[0], &x, err)) return false;
    return fabs(x) >= 1 ? domain_error(err) : give(atanh(x), true, out, err);
}

static bool math_gamma(Interp *in, Value *args, Value *out, Err *err) {
    double x;
    if (!value_to_float(in, args[0], &x, err)) return false;
    if (x == floor(x) && x <= 0) return domain_error(err);
    return give(tgamma(x), isfinite(x), out, err);
}

static double to_degrees(double x) {
    return x * (180.0 / M_PI);
}

static double to_radians(double x) {
    return x * (M_PI / 180.0);
}

static bool math_degrees(Interp *in, Value *args, Value *out, Err *err) {
    return apply(in, args[0], to_degrees, out, err);
}

static bool math_radians(Interp *in, Value *args, Value *out, Err *err) {
    return apply(in, args[0], to_radians, out, err);
}

/* ---- logarithms: 0 and below have none ------------------------------------------------------ */

static bool log_of(Interp *in, Value v, double (*f)(double), double above, double *out, Err *err) {
    double x;
    if (!value_to_float(in, v, &x, err)) return false;
    if (x <= above) return err_set(err, ERR_VALUE, "math domain error");
    *out = f(x);
    return true;
}

static bool math_log(Interp *in, Value *args, Value *out, Err *err) {
    double r, base;
    if (!log_of(in, args[0], log, 0, &r, err)) return false;
    if (args[1].tag != VT_UNSET) {
        if (!log_of(in, args[1], log, 0, &base, err)) return false;
        if (base == 0) return err_set(err, ERR_ZERODIV, "float division by zero");
        r /= base;
    }
    *out = value_float(r);
    return true;
}

#define LOG_FN(name, above)                                                                        \
    static bool math_##name(Interp *in, Value *args, Value *out, Err *err) {                       \
        double r;                                                                                  \
        if (!log_of(in, args[0], name, above, &r, err)) return false;                              \
        *out = value_float(r);                                                                     \
        return true;                                                                               \
    }
LOG_FN(log2, 0)
LOG_FN(log10, 0)
LOG_FN(log1p, -1)

/* ---- two floats ----------------------------------------------------------------------------- */

static bool two(Interp *in, Value *args, double *x, double *y, Err *err) {
    return value_to_float(in, args[0], x, err) && value_to_float(in, args[1], y, err);
}

static bool math_pow(Interp *in, Value *args, Value *out, Err *err) {
    double x, y;
    if (!two(in, args, &x, &y, err)) return false;
    if (x == 0 && y < 0 && isfinite(y)) return domain_error(err);
    return give(pow(x, y), isfinite(x) && isfinite(y), out, err);
}

static bool math_fmod(Interp *in, Value *args, Value *out, Err *err) {
    double x, y;
    if (!two(in, args, &x, &y, err)) return false;
    return give(fmod(x, y), !isnan(x) && !isnan(y), out, err);
}

static bool math_remainder(Interp *in, Value *args, Value *out, Err *err) {
    double x, y;
    if (!two(in, args, &x, &y, err)) return false;
    return give(remainder(x, y), !isnan(x) && !isnan(y), out, err);
}

static bool math_atan2(Interp *in, Value *args, Value *out, Err *err) {
    double y, x;
    if (!two(in, args, &y, &x, err)) return false;
    *out = value_float(atan2(y, x));
    return true;
}

static bool math_copysign(Interp *in, Value *args, Value *out, Err *err) {
    double x, y;
    if (!two(in, args, &x, &y, err)) return false;
    *out = value_float(copysign(x, y));
    return true;
}

static bool math_ldexp(Interp *in, Value *args, Value *out, Err *err) {
    double x;
    int64_t i;
    if (!value_to_float(in, args[0], &x, err) || !value_to_int(in, args[1], &i, err)) return false;
    return give(ldexp(x, (int)MAX(MIN(i, 5000), -5000)), isfinite(x), out, err);
}

static bool math_isclose(Interp *in, Value *args, Value *out, Err *err) {
    double v[4];
    for (int i = 0; i < 4; i++)
        if (!value_to_float(in, args[i], &v[i], err)) return false;
    if (v[2] < 0 || v[3] < 0) return err_set(err, ERR_VALUE, "tolerances must be non-negative");
    double gap = fabs(v[0] - v[1]);
    bool close = v[0] == v[1];
    if (!close && !isinf(v[0]) && !isinf(v[1]))
        close = gap <= fabs(v[2] * v[1]) || gap <= fabs(v[2] * v[0]) || gap <= v[3];
    *out = value_bool(close);
    return true;
}

/* ---- classes and parts ---------------------------------------------------------------------- */

static bool math_isnan(Interp *in, Value *args, Value *out, Err *err) {
    double x;
    if (!value_to_float(in, args[0], &x, err)) return false;
    *out = value_bool(isnan(x));
    return true;
}

static bool math_isinf(Interp *in, Value *args, Value *out, Err *err) {
    double x;
    if (!value_to_float(in, args[0], &x, err)) return false;
    *out = value_bool(isinf(x));
    return true;
}

static bool math_isfinite(Interp *in, Value *args, Value *out, Err *err) {
    double x;
    if (!value_to_float(in, args[0], &x, err)) return false;
    *out = value_bool(isfinite(x));
    return true;
}

static bool to_whole(Interp *in, Value v, const char *special, double (*f)(double), Value *out,
                     Err *err) {
    double x;
    int64_t i;
    if (v.tag == VT_OBJ) {
        Value method;
        if (!value_lookup(in, v, special, &method, err)) return false;
        if (method.tag != VT_UNSET) {
            bool ok = value_call_pos(in, method, NULL, 0, out, err);
            value_release(method);
            return ok;
        }
    }
    if (v.tag == VT_INT || v.tag == VT_BOOL) {
        *out = value_int(v.tag == VT_INT ? v.i : v.b);
        return true;
    }
    if (!value_to_float(in, v, &x, err) || !int_from_float(f(x), &i, err)) return false;
    *out = value_int(i);
    return true;
}

static bool math_floor(Interp *in, Value *args, Value *out, Err *err) {
    return to_whole(in, args[0], "__floor__", floor, out, err);
}

static bool math_ceil(Interp *in, Value *args, Value *out, Err *err) {
    return to_whole(in, args[0], "__ceil__", ceil, out, err);
}

static bool math_trunc(Interp *in, Value *args, Value *out, Err *err) {
    return to_whole(in, args[0], "__trunc__", trunc, out, err);
}

static bool math_modf(Interp *in, Value *args, Value *out, Err *err) {
    double x, whole;
    if (!value_to_float(in, args[0], &x, err)) return false;
    double part = modf(x, &whole);
    *out = tuple_of(2, (Value[]){value_float(part), value_float(whole)});
    return true;
}

static bool math_frexp(Interp *in, Value *args, Value *out, Err *err) {
    double x;
    int e = 0;
    if (!value_to_float(in, args[0], &x, err)) return false;
    double m = isfinite(x) ? frexp(x, &e) : x;
    *out = tuple_of(2, (Value[]){value_float(m), value_int(e)});
    return true;
}

/* ---- ints ----------------------------------------------------------------------------------- */

/* Magnitudes have a bit more than ints: that of the smallest one does not fit. */
static uint64_t magnitude(int64_t v) {
    return v < 0 ? -(uint64_t)v : (uint64_t)v;
}

static uint64_t gcd_of(uint64_t a, uint64_t b) {
    while (b) {
        uint64_t t = a % b;
        a = b;
        b = t;
    }
    return a;
}

static bool put_magnitude(uint64_t v, const char *what, Value *out, Err *err) {
    if (v > INT64_MAX) return int_overflow(err, "%s", what);
    *out = value_int((int64_t)v);
    return true;
}

static bool math_gcd(Interp *in, Value *args, Value *out, Err *err) {
    uint64_t g = 0;
    int64_t v;
    for (int64_t i = 0; i < tuple_count(args[0]); i++) {
        if (!value_to_int(in, tuple_items(args[0])[i], &v, err)) return false;
        g = gcd_of(g, magnitude(v));
    }
    return put_magnitude(g, "the greatest common divisor", out, err);
}

static bool math_lcm(Interp *in, Value *args, Value *out, Err *err) {
    uint64_t l = 1;
    int64_t v;
    for (int64_t i = 0; i < tuple_count(args[0]); i++) {
        if (!value_to_int(in, tuple_items(args[0])[i], &v, err)) return false;
        if (v == 0) {
            *out = value_int(0);
            return true;
        }
        uint64_t part = magnitude(v) / gcd_of(l, magnitude(v));
        if (__builtin_mul_overflow(l, part, &l))
            return int_overflow(err, "the least common multiple");
    }
    return put_magnitude(l, "the least common multiple", out, err);
}

static bool math_isqrt(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n;
    if (!value_to_int(in, args[0], &n, err)) return false;
    if (n < 0) return err_set(err, ERR_VALUE, "isqrt() argument must be nonnegative");
    int64_t r = (int64_t)sqrt((double)n);
    while (r > 0 && (r > 3037000499 || r * r > n)) r--;
    while (r < 3037000499 && (r + 1) * (r + 1) <= n) r++;
    *out = value_int(r);
    return true;
}

static bool math_factorial(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n, r = 1;
    if (!value_to_int(in, args[0], &n, err)) return false;
    if (n < 0) return err_set(err, ERR_VALUE, "factorial() not defined for negative values");
    for (int64_t i = 2; i <= n; i++)
        if (__builtin_mul_overflow(r, i, &r)) return int_overflow(err, "%lld!", (long long)n);
    *out = value_int(r);
    return true;
}

/* n (n-1) ... (n-k+1), divided by k! on the way when choosing. */
static bool choose(Interp *in, const char *name, Value n_value, Value k_value, bool ordered,
                   Value *out, Err *err) {
    int64_t n, k, r = 1;
    if (!value_to_int(in, n_value, &n, err)) return false;
    k = n;
    if (k_value.tag != VT_NONE && !value_to_int(in, k_value, &k, err)) return false;
    if (n < 0) return err_set(err, ERR_VALUE, "n must be a non-negative integer");
    if (k < 0) return err_set(err, ERR_VALUE, "k must be a non-negative integer");
    if (k > n) {
        *out = value_int(0);
        return true;
    }
    if (!ordered) k = MIN(k, n - k);
    for (int64_t i = 1; i <= k; i++) {
        int64_t factor = n - k + i, by = ordered ? 1 : i;
        int64_t g = gcd_of(r, by); /* divide before multiplying: overflow only if the result does */
        r /= g;
        if (__builtin_mul_overflow(r, factor / (by / g), &r))
            return int_overflow(err, "%s(%lld, %lld)", name, (long long)n, (long long)k);
    }
    *out = value_int(r);
    return true;
}

static bool math_comb(Interp *in, Value *args, Value *out, Err *err) {
    return choose(in, "comb", args[0], args[1], false, out, err);
}

static bool math_perm(Interp *in, Value *args, Value *out, Err *err) {
    return choose(in, "perm", args[0], args[1], true, out, err);
}

/* ---- sequences ------------------------------------------------------------------------------ */

static bool math_prod(Interp *in, Value *args, Value *out, Err *err) {
    Value it, item;
    if (!value_iter(in, args[0], &it, err)) return false;
    Value total = value_retain(args[1]);
    bool ok;
    while ((ok = value_next(in, it, &item, err)) && item.tag != VT_UNSET) {
        Value next;
        ok = value_binary(in, OP_MUL, total, item, &next, err) && interp_poll(in, err);
        value_release(item);
        if (!ok) break;
        value_set_take(&total, next);
    }
    value_release(it);
    if (ok)
        *out = total;
    else
        value_release(total);
    return ok;
}

/* Shewchuk's exact running sum: the partials never overlap and add up to the true sum. */
static bool exact_sum(Interp *in, Value list, double *out, Err *err) {
    VEC(double) partials = {0};
    bool ok = true;
    double special = 0;
    for (int64_t k = 0; ok && k < list_count(list); k++) {
        double x;
        size_t kept = 0;
        ok = value_to_float(in, list_items(list)[k], &x, err);
        if (!ok) break;
        if (!isfinite(x)) {
            special += x;
            continue;
        }
        for (size_t j = 0; j < partials.count; j++) {
            double y = partials.items[j];
            if (fabs(x) < fabs(y)) {
                double held = x;
                x = y, y = held;
            }
            double high = x + y, low = y - (high - x);
            if (isinf(high)) ok = err_set(err, ERR_OVERFLOW, "intermediate overflow in fsum");
            if (low != 0) partials.items[kept++] = low;
            x = high;
        }
        partials.count = kept;
        vec_push(&partials, x);
    }
    double high = 0, low = 0;
    size_t n = partials.count;
    while (n > 0) {
        double x = high, y = partials.items[--n];
        high = x + y;
        low = y - (high - x);
        if (low != 0) break;
    }
    /* Half-way cases round towards the sign of what is left. */
    if (n > 0 &&
        ((low < 0 && partials.items[n - 1] < 0) || (low > 0 && partials.items[n - 1] > 0))) {
        double y = low * 2, x = high + y;
        if (y == x - high) high = x;
    }
    vec_clear(&partials);
    *out = special != 0 || isnan(special) ? special : high;
    return ok;
}

static bool math_fsum(Interp *in, Value *args, Value *out, Err *err) {
    Value list;
    double sum;
    if (!seq_collect(in, args[0], &list, err)) return false;
    bool ok = exact_sum(in, list, &sum, err);
    value_release(list);
    if (ok) *out = value_float(sum);
    return ok;
}

static bool math_hypot(Interp *in, Value *args, Value *out, Err *err) {
    double r = 0, x;
    for (int64_t i = 0; i < tuple_count(args[0]); i++) {
        if (!value_to_float(in, tuple_items(args[0])[i], &x, err)) return false;
        r = hypot(r, x);
    }
    *out = value_float(r);
    return true;
}

static bool math_dist(Interp *in, Value *args, Value *out, Err *err) {
    Value p, q;
    double r = 0, x, y;
    if (!seq_collect(in, args[0], &p, err)) return false;
    if (!seq_collect(in, args[1], &q, err)) {
        value_release(p);
        return false;
    }
    bool ok = list_count(p) == list_count(q) ||
              err_set(err, ERR_VALUE, "both points must have the same number of dimensions");
    for (int64_t i = 0; ok && i < list_count(p); i++) {
        ok = value_to_float(in, list_items(p)[i], &x, err) &&
             value_to_float(in, list_items(q)[i], &y, err);
        if (ok) r = hypot(r, x - y);
    }
    value_release(p);
    value_release(q);
    if (ok) *out = value_float(r);
    return ok;
}

/* ---- the table ------------------------------------------------------------------------------ */

#define ROW1(name, text, example)                                                                  \
    { #name "(x, /)", math_##name, 0, text, ">>> math." example }

const NativeRow math_rows[] = {
    ROW1(sqrt, "Square root.", "sqrt(64)\n8.0"),
    ROW1(cbrt, "Cube root.", "cbrt(8)\n2.0"),
    ROW1(exp, "e to the power x.", "exp(1)\n2.718281828459045"),
    ROW1(exp2, "2 to the power x.", "exp2(3)\n8.0"),
    ROW1(expm1, "exp(x) - 1, exact near 0.", "expm1(1e-10)\n1.00000000005e-10"),
    {"log(x, base=..., /)", math_log, 0, "Natural logarithm, or the one to base.",
     ">>> math.log(math.e), math.log(8, 2)\n(1.0, 3.0)"},
    ROW1(log2, "Logarithm to base 2.", "log2(8)\n3.0"),
    ROW1(log10, "Logarithm to base 10.", "log10(1000)\n3.0"),
    ROW1(log1p, "log(1 + x), exact near 0.", "log1p(0)\n0.0"),
    {"pow(x, y, /)", math_pow, 0, "x to the power y, as a float.", ">>> math.pow(2, 3)\n8.0"},
    ROW1(sin, "Sine of x radians.", "sin(0)\n0.0"),
    ROW1(cos, "Cosine of x radians.", "cos(0)\n1.0"),
    ROW1(tan, "Tangent of x radians.", "tan(0)\n0.0"),
    ROW1(asin, "Angle whose sine is x.", "asin(1)\n1.5707963267948966"),
    ROW1(acos, "Angle whose cosine is x.", "acos(1)\n0.0"),
    ROW1(atan, "Angle whose tangent is x.", "atan(1)\n0.7853981633974483"),
    {"atan2(y, x, /)", math_atan2, 0, "Angle of the point (x, y).",
     ">>> math.atan2(1, -1)\n2.356194490192345"},
    ROW1(sinh, "Hyperbolic sine.", "sinh(0)\n0.0"),
    ROW1(cosh, "Hyperbolic cosine.", "cosh(0)\n1.0"),
    ROW1(tanh, "Hyperbolic tangent.", "tanh(0)\n0.0"),
    ROW1(asinh, "Inverse hyperbolic sine.", "asinh(0)\n0.0"),
    ROW1(acosh, "Inverse hyperbolic cosine.", "acosh(1)\n0.0"),
    ROW1(atanh, "Inverse hyperbolic tangent.", "atanh(0)\n0.0"),
    ROW1(erf, "Error function.", "erf(0)\n0.0"),
    ROW1(erfc, "1 - erf(x).", "erfc(0)\n1.0"),
    ROW1(gamma, "Gamma function: (x - 1)!.", "gamma(5)\n24.0"),
    ROW1(lgamma, "Logarithm of |gamma(x)|.", "lgamma(1)\n0.0"),
    ROW1(degrees, "Radians to degrees.", "degrees(math.pi)\n180.0"),
    ROW1(radians, "Degrees to radians.", "radians(180)\n3.141592653589793"),
    ROW1(fabs, "Absolute value as a float.", "fabs(-2)\n2.0"),
    {"fmod(x, y, /)", math_fmod, 0, "Remainder with the sign of x.", ">>> math.fmod(-7, 3)\n-1.0"},
    {"remainder(x, y, /)", math_remainder, 0, "x minus the nearest multiple of y.",
     ">>> math.remainder(7, 4)\n-1.0"},
    {"copysign(x, y, /)", math_copysign, 0, "|x| with the sign of y.",
     ">>> math.copysign(2, -0.0)\n-2.0"},
    {"ldexp(x, i, /)", math_ldexp, 0, "x * 2**i.", ">>> math.ldexp(0.5, 3)\n4.0"},
    {"isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0) -> bool", math_isclose, 0,
     "Equal within a relative or an absolute tolerance.", ">>> math.isclose(0.1 + 0.2, 0.3)\nTrue"},
    ROW1(isnan, "True for nan.", "isnan(math.nan)\nTrue"),
    ROW1(isinf, "True for inf and -inf.", "isinf(-math.inf)\nTrue"),
    ROW1(isfinite, "Neither nan nor infinite.", "isfinite(1e308)\nTrue"),
    ROW1(floor, "Greatest int not above x.", "floor(-2.5)\n-3"),
    ROW1(ceil, "Smallest int not below x.", "ceil(2.1)\n3"),
    ROW1(trunc, "x without its fraction.", "trunc(-2.5)\n-2"),
    ROW1(modf, "(fraction, whole part).", "modf(2.5)\n(0.5, 2.0)"),
    ROW1(frexp, "(m, e) with x = m * 2**e and 0.5 <= |m| < 1.", "frexp(8)\n(0.5, 4)"),
    {"gcd(*integers) -> int", math_gcd, 0, "Greatest common divisor.", ">>> math.gcd(12, 18)\n6"},
    {"lcm(*integers) -> int", math_lcm, 0, "Least common multiple.", ">>> math.lcm(4, 6)\n12"},
    {"isqrt(n, /) -> int", math_isqrt, 0, "Integer square root, rounded down.",
     ">>> math.isqrt(17)\n4"},
    {"factorial(n, /) -> int", math_factorial, 0, "n!; 20! is the last that fits 64 bits.",
     ">>> math.factorial(5)\n120"},
    {"comb(n, k, /) -> int", math_comb, 0, "Ways to choose k of n.", ">>> math.comb(5, 2)\n10"},
    {"perm(n, k=None, /) -> int", math_perm, 0, "Ways to arrange k of n.",
     ">>> math.perm(5, 2)\n20"},
    {"prod(iterable, /, *, start=1)", math_prod, 0, "start times every item.",
     ">>> math.prod([2, 3, 4])\n24"},
    {"fsum(iterable, /) -> float", math_fsum, 0, "The exactly rounded sum.",
     ">>> math.fsum([0.1] * 10)\n1.0"},
    {"hypot(*coordinates) -> float", math_hypot, 0, "Euclidean length.",
     ">>> math.hypot(3, 4)\n5.0"},
    {"dist(p, q, /) -> float", math_dist, 0, "Euclidean distance of two points.",
     ">>> math.dist([0, 0], [3, 4])\n5.0"},
    {0}};

bool math_init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    module_set(in, module, "pi", value_float(M_PI));
    module_set(in, module, "e", value_float(M_E));
    module_set(in, module, "tau", value_float(2 * M_PI));
    module_set(in, module, "inf", value_float((double)INFINITY));
    module_set(in, module, "nan", value_float((double)NAN));
    return true;
}
