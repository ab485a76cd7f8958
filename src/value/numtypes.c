/* The types int, float and bool: slots and methods over number.c's arithmetic. */
#include "config.h"

#include <math.h>

#include "value/callargs.h"
#include "value/format.h"
#include "value/ops.h"
#include "value/row.h"
#include "value/number.h"
#include "value/strobj.h"

static bool is_int(Value v) {
    return v.tag == VT_INT || v.tag == VT_BOOL;
}

static int64_t as_int(Value v) {
    return v.tag == VT_INT ? v.i : v.b;
}

static double as_float(Value v) {
    return v.tag == VT_FLOAT ? v.f : (double)as_int(v);
}

/* ---- shared slots --------------------------------------------------------------------------- */

/* An int beyond 2**53 against a float: exact, as Python compares. */
static bool compare_exact(Op op, int64_t i, double f, bool int_left, Value *out) {
    int order; /* of i against f */
    if (isnan(f)) {
        *out = value_bool(op == OP_NE);
        return true;
    }
    if (f >= 0x1p63)
        order = -1;
    else if (f < -0x1p63)
        order = 1;
    else {
        int64_t whole = (int64_t)f;
        double rest = f - (double)whole;
        order = i != whole ? (i > whole) - (i < whole) : (rest < 0) - (rest > 0);
    }
    if (!int_left) order = -order;
    return order_answers(op, order, out);
}

static bool number_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    UNUSED(in);
    *out = VALUE_NOTIMPL;
    if (!value_is_number(a) || !value_is_number(b)) return true;
    if (a.tag == VT_BOOL && b.tag == VT_BOOL && op >= OP_AND && op <= OP_XOR) {
        *out = value_bool(op == OP_AND ? a.b & b.b : op == OP_OR ? a.b | b.b : a.b ^ b.b);
        return true;
    }
    if (is_int(a) && is_int(b)) return int_binary(op, as_int(a), as_int(b), out, err);
    if (op >= OP_EQ && op <= OP_GE && a.tag != b.tag) {
        bool int_left = is_int(a);
        if (compare_exact(op, as_int(int_left ? a : b), int_left ? b.f : a.f, int_left, out))
            return true;
    }
    return float_binary(op, as_float(a), as_float(b), out, err);
}

static bool number_unary(Interp *in, Op op, Value a, Value *out, Err *err) {
    UNUSED(in);
    *out = VALUE_NOTIMPL;
    if (a.tag == VT_FLOAT) {
        if (op == OP_NEG || op == OP_POS) *out = value_float(op == OP_NEG ? -a.f : a.f);
        return true;
    }
    int64_t i = as_int(a);
    if (op == OP_NEG && i == INT64_MIN) return int_overflow(err, "-(%lld)", (long long)i);
    if (op == OP_NEG) *out = value_int(-i);
    if (op == OP_POS) *out = value_int(i);
    if (op == OP_INVERT) *out = value_int(~i);
    return true;
}

static bool number_truth(Interp *in, Value self, bool *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = self.tag == VT_FLOAT ? self.f != 0 : as_int(self) != 0;
    return true;
}

static bool number_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = self.tag == VT_FLOAT ? float_hash(self.f) : int_hash(as_int(self));
    return true;
}

static bool number_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    if (self.tag == VT_FLOAT)
        float_repr(out, self.f);
    else if (self.tag == VT_INT)
        int_repr(out, self.i);
    else
        str_add(out, self.b ? "True" : "False");
    return true;
}

static bool number_format(Interp *in, Value self, const char *spec, size_t n, Str *out, Err *err) {
    UNUSED(in);
    if (self.tag == VT_FLOAT) return format_float(self.f, spec, n, out, err);
    if (self.tag == VT_BOOL) return format_bool(self.b, spec, n, out, err);
    return format_int(self.i, spec, n, out, err);
}

/* ---- making them ---------------------------------------------------------------------------- */

static bool int_from_text(StrObj *s, int base, Value *out, Err *err) {
    int64_t i;
    Str plain = STR_INIT;
    int got = number_plain_text(s->s, s->len, &plain) ? int_parse(plain.buf, plain.len, base, &i)
                                                      : int_parse(s->s, s->len, base, &i);
    str_clear(&plain);
    if (got > 0) {
        *out = value_int(i);
        return true;
    }
    enum { SHOWN = 40 };
    Str text = STR_INIT;
    if (got < 0 && s->len > SHOWN) { /* its digits say no more than their number */
        int_overflow(err, "an int of %zu characters", s->len);
        return false;
    }
    str_repr(&text, s->s, s->len);
    if (got < 0)
        int_overflow(err, "int(%s)", str_cstr(&text));
    else
        err_set(err, ERR_VALUE, "invalid literal for int() with base %d: %s", base,
                str_cstr(&text));
    str_clear(&text);
    return false;
}

/* v.__int__(), then v.__trunc__(); *out UNSET when it has neither. */
static bool int_from_object(Interp *in, Value v, Value *out, Err *err) {
    static const char *const names[] = {"__int__", "__trunc__"};
    *out = VALUE_UNSET;
    if (v.tag != VT_OBJ) return true;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (!value_call_found(in, v, names[i], NULL, 0, out, err)) return false;
        if (out->tag == VT_UNSET) continue;
        if (is_int(*out)) return true;
        err_set(err, ERR_TYPE, "%s returned non-int (type %s)", names[i], value_type(*out)->name);
        value_set_take(out, VALUE_UNSET);
        return false;
    }
    return true;
}

static bool int_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"x", "base"};
    Value slot[2];
    if (!callargs_bind("int", args, names, 2, 0, 1, slot, err)) return false;
    Value v = slot[0];
    if (slot[1].tag != VT_UNSET) {
        int64_t base;
        if (v.tag == VT_UNSET) return err_set(err, ERR_TYPE, "int() missing string argument");
        if (!value_to_int(in, slot[1], &base, err)) return false;
        if (base != 0 && (base < 2 || base > 36))
            return err_set(err, ERR_VALUE, "int() base must be >= 2 and <= 36, or 0");
        if (!value_is_str(v))
            return err_set(err, ERR_TYPE, "int() can't convert non-string with explicit base");
        return int_from_text(str_of(v), (int)base, out, err);
    }
    if (v.tag == VT_UNSET || is_int(v)) {
        *out = value_int(v.tag == VT_UNSET ? 0 : as_int(v));
        return true;
    }
    int64_t i;
    if (v.tag == VT_FLOAT) {
        if (!int_from_float(v.f, &i, err)) return false;
        *out = value_int(i);
        return true;
    }
    if (value_is_str(v)) return int_from_text(str_of(v), 10, out, err);
    if (!int_from_object(in, v, out, err)) return false;
    if (out->tag != VT_UNSET) return true;
    bool is_index;
    if (!index_try(in, v, &i, &is_index, err)) return false;
    if (!is_index)
        return err_set(err, ERR_TYPE,
                       "int() argument must be a string, a bytes-like object or a real number, "
                       "not '%s'",
                       value_type(v)->name);
    *out = value_int(i);
    return true;
}

static bool float_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"x"};
    Value v;
    double f = 0;
    if (!callargs_bind("float", args, names, 1, 0, 1, &v, err)) return false;
    if (value_is_str(v)) {
        StrObj *s = str_of(v);
        Str plain = STR_INIT;
        bool ok = number_plain_text(s->s, s->len, &plain) ? float_parse(plain.buf, plain.len, &f)
                                                          : float_parse(s->s, s->len, &f);
        str_clear(&plain);
        if (!ok) {
            Str text = STR_INIT;
            str_repr(&text, s->s, s->len);
            err_set(err, ERR_VALUE, "could not convert string to float: %s", str_cstr(&text));
            str_clear(&text);
            return false;
        }
    } else if (v.tag != VT_UNSET && !value_to_float(in, v, &f, err)) {
        if (err->kind == ERR_TYPE && err->msg && str_starts(err->msg, "must be real number")) {
            err_clear(err);
            err_set(err, ERR_TYPE, "float() argument must be a string or a real number, not '%s'",
                    value_type(v)->name);
        }
        return false;
    }
    *out = value_float(f);
    return true;
}

static bool bool_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"x"};
    Value v;
    bool truth = false;
    if (!callargs_bind("bool", args, names, 1, 0, 1, &v, err)) return false;
    if (v.tag != VT_UNSET && !value_truth(in, v, &truth, err)) return false;
    *out = value_bool(truth);
    return true;
}

/* ---- methods -------------------------------------------------------------------------------- */

static bool int_bit_length(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    int64_t i = as_int(args[0]);
    uint64_t size = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
    *out = value_int(size ? 64 - __builtin_clzll(size) : 0);
    return true;
}

static bool int_bit_count(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    int64_t i = as_int(args[0]);
    *out = value_int(__builtin_popcountll(i < 0 ? 0 - (uint64_t)i : (uint64_t)i));
    return true;
}

static void ratio(Value *out, int64_t a, int64_t b) {
    *out = tuple_new(2);
    tuple_items(*out)[0] = value_int(a);
    tuple_items(*out)[1] = value_int(b);
}

static bool int_ratio(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    ratio(out, as_int(args[0]), 1);
    return true;
}

static bool int_refuse_bytes(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    err_set(err, ERR_NOTIMPL, "bytes are not in this dialect");
    return err_hint(err, "take the bits apart with >> and &");
}

static bool int_self(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = args[0].tag == VT_BOOL ? value_int(args[0].b) : args[0];
    return true;
}

static bool int_one(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_int(1);
    return true;
}

static bool number_zero(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = args[0].tag == VT_FLOAT ? value_float(0) : value_int(0);
    return true;
}

static bool float_is_integer(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_bool(isfinite(args[0].f) && floor(args[0].f) == args[0].f);
    return true;
}

static bool float_ratio(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    double v = args[0].f;
    if (!isfinite(v))
        return err_set(err, isnan(v) ? ERR_VALUE : ERR_OVERFLOW,
                       "cannot convert %s to integer ratio", isnan(v) ? "NaN" : "Infinity");
    int e;
    double m = frexp(v, &e);
    for (int i = 0; i < 300 && m != floor(m); i++) m *= 2, e--;
    if (e > 0 ? e > 62 || fabs(m) * ldexp(1, e) >= 0x1p63 : e < -62) {
        Str text = STR_INIT;
        float_repr(&text, v);
        int_overflow(err, "the ratio of %s", str_cstr(&text));
        str_clear(&text);
        return false;
    }
    ratio(out, (int64_t)(e > 0 ? ldexp(m, e) : m), e > 0 ? 1 : (int64_t)1 << -e);
    return true;
}

static const NativeRow int_methods[] = {
    {"bit_length(self, /) -> int", int_bit_length, 0, "Bits needed for the absolute value.",
     ">>> (37).bit_length()\n6"},
    {"bit_count(self, /) -> int", int_bit_count, 0, "Ones in the absolute value's binary text.",
     ">>> (13).bit_count()\n3"},
    {"as_integer_ratio(self, /)", int_ratio, 0, "(self, 1).",
     ">>> (10).as_integer_ratio()\n(10, 1)"},
    {"conjugate(self, /) -> int", int_self, 0, "The number itself: it has no imaginary part.",
     ">>> (3).conjugate()\n3"},
    {"real(self, /) -> int", int_self, NATIVE_PROPERTY, "The number itself.", ">>> (3).real\n3"},
    {"imag(self, /) -> int", number_zero, NATIVE_PROPERTY, "0.", ">>> (3).imag\n0"},
    {"numerator(self, /) -> int", int_self, NATIVE_PROPERTY, "The number itself.",
     ">>> (3).numerator\n3"},
    {"denominator(self, /) -> int", int_one, NATIVE_PROPERTY, "1.", ">>> (3).denominator\n1"},
    {"to_bytes(self, /, *args, **kwargs)", int_refuse_bytes, 0,
     "Not in the dialect, which has no bytes.",
     ">>> try: (3).to_bytes(2, 'big')\n... except NotImplementedError as e: print(e)\n"
     "bytes are not in this dialect"},
    {0}};

static bool float_to_hex(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    Str text = STR_INIT;
    float_hex(args[0].f, &text);
    *out = str_value_take(&text);
    return true;
}

static bool float_of_hex(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    double v;
    if (!value_is_str(args[1]))
        return err_set(err, ERR_TYPE, "bad argument type for built-in operation");
    if (!float_from_hex(str_of(args[1])->s, str_of(args[1])->len, &v, err)) return false;
    *out = value_float(v);
    return true;
}

static const NativeRow float_methods[] = {
    {"hex(self, /) -> str", float_to_hex, 0, "The float exactly, in hexadecimal.",
     ">>> (1.5).hex()\n'0x1.8000000000000p+0'"},
    {"fromhex(cls, text, /) -> float", float_of_hex, NATIVE_CLASS,
     "The float that a hex() text says.", ">>> float.fromhex('0x1.8p3')\n12.0"},
    {"is_integer(self, /) -> bool", float_is_integer, 0, "True when there is no fraction.",
     ">>> (2.0).is_integer(), (2.5).is_integer()\n(True, False)"},
    {"as_integer_ratio(self, /)", float_ratio, 0,
     "Two ints whose quotient is exactly the float. OverflowError past 64 bits.",
     ">>> (0.75).as_integer_ratio()\n(3, 4)"},
    {"conjugate(self, /) -> float", int_self, 0, "The number itself.",
     ">>> (1.5).conjugate()\n1.5"},
    {"real(self, /) -> float", int_self, NATIVE_PROPERTY, "The number itself.",
     ">>> (1.5).real\n1.5"},
    {"imag(self, /) -> float", number_zero, NATIVE_PROPERTY, "0.0.", ">>> (1.5).imag\n0.0"},
    {0}};

#define NUMBER_SLOTS                                                                               \
    .repr = number_repr, .format = number_format, .truth = number_truth, .hash = number_hash,      \
    .binary = number_binary, .unary = number_unary

Type type_int = {
    .name = "int",
    .doc = "int(x=0, base=10) -> int\n\nA whole number of 64 bits; a result that does not fit is "
           "an OverflowError.",
    .methods = int_methods,
    .create = int_create,
    NUMBER_SLOTS,
};

Type type_bool = {
    .name = "bool",
    .base = &type_int,
    .doc = "bool(x=False) -> bool\n\nTrue when x is not zero, empty or None.",
    .create = bool_create,
    NUMBER_SLOTS,
};

Type type_float = {
    .name = "float",
    .doc = "float(x=0.0) -> float\n\nA double-precision number.",
    .methods = float_methods,
    .create = float_create,
    NUMBER_SLOTS,
};
