/* Python's builtin functions about numbers, and the ones that the dialect refuses. */
#include "config.h"

#include <math.h>

#include "python/python.h"
#include "value/number.h"
#include "value/obj.h"
#include "value/strobj.h"

static bool is_int(Value v) {
    return v.tag == VT_INT || v.tag == VT_BOOL;
}

static int64_t as_int(Value v) {
    return v.tag == VT_INT ? v.i : v.b;
}

/* Calls v.name(pos...) when there is such a method; *called says whether. */
static bool call_special(Interp *in, Value v, const char *name, const Value *pos, int n,
                         bool *called, Value *out, Err *err) {
    Value method;
    *called = false;
    if (v.tag != VT_OBJ || value_is(v, &type_type)) return true; /* a class's are its instances' */
    if (!value_lookup(in, v, name, &method, err)) return false;
    if (method.tag == VT_UNSET) return true;
    *called = true;
    bool ok = value_call_pos(in, method, pos, n, out, err);
    value_release(method);
    return ok;
}

/* ---- sum, abs, round ------------------------------------------------------------------------ */

/* total += item; takes over item. Numbers stay out of the interpreter. */
static bool sum_step(Interp *in, Value *total, Value item, Err *err) {
    if (total->tag == VT_FLOAT && value_is_number(item)) {
        total->f += item.tag == VT_FLOAT ? item.f : (double)as_int(item);
        return true;
    }
    Value next;
    bool ok = is_int(*total) && is_int(item)
                  ? int_binary(OP_ADD, as_int(*total), as_int(item), &next, err)
                  : value_binary(in, OP_ADD, *total, item, &next, err);
    value_release(item);
    if (ok) value_set_take(total, next);
    return ok;
}

static bool core_sum(Interp *in, Value *args, Value *out, Err *err) {
    Value it, item;
    if (value_is_str(args[1])) {
        err_set(err, ERR_TYPE, "sum() can't sum strings [use ''.join(seq) instead]");
        return false;
    }
    if (!value_iter(in, args[0], &it, err)) return false;
    Value total = value_retain(args[1]);
    bool ok;
    while ((ok = value_next(in, it, &item, err)) && item.tag != VT_UNSET) {
        ok = sum_step(in, &total, item, err) && interp_poll(in, err);
        if (!ok) break;
    }
    value_release(it);
    if (ok)
        *out = total;
    else
        value_release(total);
    return ok;
}

static bool core_abs(Interp *in, Value *args, Value *out, Err *err) {
    Value v = args[0];
    bool called;
    if (v.tag == VT_FLOAT) {
        *out = value_float(fabs(v.f));
        return true;
    }
    if (is_int(v)) {
        if (as_int(v) == INT64_MIN) return int_overflow(err, "abs(%lld)", (long long)as_int(v));
        *out = value_int(llabs(as_int(v)));
        return true;
    }
    if (!call_special(in, v, "__abs__", NULL, 0, &called, out, err)) return false;
    return called ||
           err_set(err, ERR_TYPE, "bad operand type for abs(): '%s'", value_type(v)->name);
}

/* v to a multiple of 10**places, halves to the even multiple. */
static bool round_int(int64_t v, int64_t places, Value *out, Err *err) {
    int64_t unit = 1;
    for (int64_t i = 0; i < places; i++)
        if (__builtin_mul_overflow(unit, 10, &unit)) {
            *out = value_int(0);
            return true;
        }
    int64_t rest = v % unit, low = v - rest, half = unit / 2;
    if (rest < 0) rest += unit, low -= unit;
    bool up = rest > half || (rest == half && unit > 1 && (low / unit) % 2 != 0);
    if (up && __builtin_add_overflow(low, unit, &low))
        return int_overflow(err, "round(%lld, -%lld)", (long long)v, (long long)places);
    *out = value_int(low);
    return true;
}

static bool core_round(Interp *in, Value *args, Value *out, Err *err) {
    Value v = args[0];
    int64_t digits = 0, whole;
    bool given = args[1].tag != VT_NONE, called;
    if (!value_is_number(v)) {
        if (!call_special(in, v, "__round__", &args[1], given, &called, out, err)) return false;
        return called || err_set(err, ERR_TYPE, "type %s doesn't define __round__ method",
                                 value_type(v)->name);
    }
    if (given && !value_to_int(in, args[1], &digits, err)) return false;
    if (is_int(v)) {
        if (digits < 0) return round_int(as_int(v), MIN(-digits, 100), out, err);
        *out = value_int(as_int(v));
        return true;
    }
    if (given) {
        int d = (int)MAX(MIN(digits, 400), -400);
        *out = value_float(float_round(v.f, d));
        return true;
    }
    if (!int_from_float(float_round(v.f, 0), &whole, err)) return false;
    *out = value_int(whole);
    return true;
}

/* ---- divmod, pow ---------------------------------------------------------------------------- */

/* One side's own method; *out NotImplemented: none, or it declined. */
static bool divmod_side(Interp *in, Value self, Value other, const char *name, Value *out,
                        Err *err) {
    bool called;
    *out = VALUE_NOTIMPL;
    return call_special(in, self, name, &other, 1, &called, out, err);
}

/* __divmod__ of the left operand, __rdivmod__ of the right one: that first in a subclass. */
static bool divmod_methods(Interp *in, Value a, Value b, Value *out, Err *err) {
    Type *ta = value_type(a), *tb = value_type(b);
    bool right_first = ta != tb && type_is_sub(tb, ta);
    *out = VALUE_NOTIMPL;
    if (right_first && !divmod_side(in, b, a, "__rdivmod__", out, err)) return false;
    if (out->tag == VT_NOTIMPL && !divmod_side(in, a, b, "__divmod__", out, err)) return false;
    if (out->tag != VT_NOTIMPL || right_first || ta == tb) return true;
    return divmod_side(in, b, a, "__rdivmod__", out, err);
}

/* May // and % stand for it? Not for classes of the dialect, unless they are numbers. */
static bool divides(Value v) {
    const Type *t = value_type(v);
    if (!(t->flags & TYPE_HEAP)) return !value_is_str(v) && t != &type_type && t->binary;
    return type_is_sub(t, &type_int) || type_is_sub(t, &type_float);
}

static bool core_divmod(Interp *in, Value *args, Value *out, Err *err) {
    if (!divmod_methods(in, args[0], args[1], out, err)) return false;
    if (out->tag != VT_NOTIMPL) return true;
    if (!divides(args[0]) || !divides(args[1]))
        return err_set(err, ERR_TYPE, "unsupported operand type(s) for divmod(): '%s' and '%s'",
                       value_type(args[0])->name, value_type(args[1])->name);
    bool zero = args[1].tag == VT_FLOAT ? args[1].f == 0 : is_int(args[1]) && as_int(args[1]) == 0;
    if (zero && value_is_number(args[0]) && (args[0].tag == VT_FLOAT || args[1].tag == VT_FLOAT))
        return err_set(err, ERR_ZERODIV, "float divmod()");
    Value q, r;
    if (!value_binary(in, OP_FLOORDIV, args[0], args[1], &q, err)) return false;
    if (!value_binary(in, OP_MOD, args[0], args[1], &r, err)) {
        value_release(q);
        return false;
    }
    *out = tuple_new(2);
    tuple_items(*out)[0] = q;
    tuple_items(*out)[1] = r;
    return true;
}

static bool core_pow(Interp *in, Value *args, Value *out, Err *err) {
    if (args[2].tag == VT_NONE) return value_binary(in, OP_POW, args[0], args[1], out, err);
    if (!is_int(args[0]) || !is_int(args[1]) || !is_int(args[2]))
        return err_set(err, ERR_TYPE,
                       "pow() 3rd argument not allowed unless all arguments are integers");
    int64_t r;
    if (!int_pow_mod(as_int(args[0]), as_int(args[1]), as_int(args[2]), &r, err)) return false;
    *out = value_int(r);
    return true;
}

/* ---- bases
 * --------------------------------------------------------------------------------------------------
 */

static bool in_base(Interp *in, Value v, int bits, const char *prefix, Value *out, Err *err) {
    int64_t i;
    if (!value_to_int(in, v, &i, err)) return false;
    uint64_t u = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
    char digits[66], *p = digits + sizeof digits;
    *--p = '\0';
    do *--p = "0123456789abcdef"[u & ((1u << bits) - 1)];
    while (u >>= bits);
    Str text = STR_INIT;
    str_printf(&text, "%s%s%s", i < 0 ? "-" : "", prefix, p);
    *out = str_value_take(&text);
    return true;
}

static bool core_bin(Interp *in, Value *args, Value *out, Err *err) {
    return in_base(in, args[0], 1, "0b", out, err);
}

static bool core_oct(Interp *in, Value *args, Value *out, Err *err) {
    return in_base(in, args[0], 3, "0o", out, err);
}

static bool core_hex(Interp *in, Value *args, Value *out, Err *err) {
    return in_base(in, args[0], 4, "0x", out, err);
}

const NativeRow core_number_rows[] = {
    {"sum(iterable, /, start=0)", core_sum, 0, "start plus every item, from left to right.",
     ">>> sum([1, 2, 3.5]), sum([[1], [2]], [])\n(6.5, [1, 2])"},
    {"abs(x, /)", core_abs, 0, "The absolute value.", ">>> abs(-3), abs(-2.5)\n(3, 2.5)"},
    {"round(number, ndigits=None)", core_round, 0,
     "Rounded to ndigits decimals, halves to the even digit; an int without ndigits.",
     ">>> round(2.5), round(3.14159, 2), round(1250, -2)\n(2, 3.14, 1200)"},
    {"divmod(x, y, /)", core_divmod, 0, "(x // y, x % y).", ">>> divmod(-7, 2)\n(-4, 1)"},
    {"pow(base, exp, mod=None)", core_pow, 0, "base ** exp, or that modulo mod.",
     ">>> pow(2, 10), pow(3, 200, 7)\n(1024, 2)"},
    {"bin(number, /) -> str", core_bin, 0, "In base 2.", ">>> bin(-5)\n'-0b101'"},
    {"oct(number, /) -> str", core_oct, 0, "In base 8.", ">>> oct(8)\n'0o10'"},
    {"hex(number, /) -> str", core_hex, 0, "In base 16.", ">>> hex(255)\n'0xff'"},
    {0}};

/* ---- not in the dialect --------------------------------------------------------------------- */

static bool refuse(const char *name, const char *why, const char *instead, Err *err) {
    err_set(err, ERR_NOTIMPL, "%s() is not in this dialect: %s", name, why);
    return err_hint(err, "%s", instead);
}

static bool refuse_input(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return refuse("input", "code does not read the keyboard", "give the value in the code", err);
}

static bool refuse_open(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return refuse("open", "it has no files", "put the text into a string", err);
}

static bool refuse_eval(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return refuse("eval", "code does not run texts", "write the expression out", err);
}

static bool refuse_exec(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return refuse("exec", "code does not run texts", "write the statements out", err);
}

static bool refuse_compile(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return refuse("compile", "code does not run texts", "write the statements out", err);
}

static bool refuse_bytes(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return refuse("bytes", "it has no bytes", "use a str, or a list of ints", err);
}

static bool refuse_bytearray(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return refuse("bytearray", "it has no bytes", "use a list of ints", err);
}

static bool core_exit(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(out);
    Value cls = type_value(&exc_types[ERR_EXIT]), exc;
    bool ok = value_call_pos(in, cls, args, 1, &exc, err);
    value_release(cls);
    if (!ok) return false;
    interp_raise(in, exc, err);
    value_release(exc);
    return false;
}

#define EXIT_ROW(name)                                                                             \
    {                                                                                              \
        name "(code=None)", core_exit, 0, "Ends a script: SystemExit(code).",                      \
            ">>> try: " name "(2)\n... except SystemExit as e: print(e)\n2"                        \
    }

#define REFUSED(name, sig, fn, why)                                                                \
    {                                                                                              \
        name sig, fn, 0, "Not in the dialect: " why ".",                                           \
            ">>> try: " name "('')\n... except NotImplementedError as e: print(e)\n" name          \
            "() is not in this dialect: " why                                                      \
    }

const NativeRow core_refused_rows[] = {
    EXIT_ROW("exit"),
    EXIT_ROW("quit"),
    REFUSED("input", "(prompt='', /)", refuse_input, "code does not read the keyboard"),
    REFUSED("open", "(file, *args, **kwargs)", refuse_open, "it has no files"),
    REFUSED("eval", "(source, *args)", refuse_eval, "code does not run texts"),
    REFUSED("exec", "(source, *args)", refuse_exec, "code does not run texts"),
    REFUSED("compile", "(source, *args, **kwargs)", refuse_compile, "code does not run texts"),
    REFUSED("bytes", "(*args, **kwargs)", refuse_bytes, "it has no bytes"),
    REFUSED("bytearray", "(*args, **kwargs)", refuse_bytearray, "it has no bytes"),
    {0}};
