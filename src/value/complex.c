/* Complex numbers as values: arithmetic, text, parts. Division and powers as CPython computes
 * them, so that the last digits agree. */
#include "config.h"

#include "value/complex.h"

#include <math.h>
#include <string.h>

#include "value/callargs.h"
#include "value/format.h"
#include "value/ops.h"
#include "value/row.h"
#include "value/number.h"

typedef struct Complex {
    double re, im;
} Complex;

Value complex_value(double re, double im) {
    ComplexObj *o = obj_new(&type_complex);
    o->re = re;
    o->im = im;
    return value_obj(o);
}

/* Any number as a complex one; false for anything else. */
static bool to_complex(Value v, Complex *out) {
    *out = (Complex){0, 0};
    if (value_is(v, &type_complex))
        *out = (Complex){complex_of(v)->re, complex_of(v)->im};
    else if (v.tag == VT_FLOAT)
        out->re = v.f;
    else if (v.tag == VT_INT)
        out->re = (double)v.i;
    else if (v.tag == VT_BOOL)
        out->re = v.b;
    else
        return false;
    return true;
}

/* ---- arithmetic --------------------------------------------------------------------- */

static Complex multiply(Complex a, Complex b) {
    return (Complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* By the larger part of the divisor: no overflow in between. */
static bool divide(Complex a, Complex b, Complex *out, Err *err) {
    if (b.re == 0 && b.im == 0) return err_set(err, ERR_ZERODIV, "complex division by zero");
    if (fabs(b.re) >= fabs(b.im)) {
        double ratio = b.im / b.re, denom = b.re + b.im * ratio;
        *out = (Complex){(a.re + a.im * ratio) / denom, (a.im - a.re * ratio) / denom};
    } else {
        double ratio = b.re / b.im, denom = b.re * ratio + b.im;
        *out = (Complex){(a.re * ratio + a.im) / denom, (a.im * ratio - a.re) / denom};
    }
    return true;
}

/* Small whole exponents by squaring, others in polar form. */
static bool power(Complex a, Complex b, Complex *out, Err *err) {
    if (b.im == 0 && b.re == floor(b.re) && fabs(b.re) <= 100) {
        Complex base = a, r = {1, 0};
        for (unsigned n = (unsigned)fabs(b.re); n; n >>= 1) {
            if (n & 1) r = multiply(r, base);
            base = multiply(base, base);
        }
        if (b.re < 0) return divide((Complex){1, 0}, r, out, err);
        *out = r;
        return true;
    }
    if (a.re == 0 && a.im == 0) {
        if (b.im != 0 || b.re < 0)
            return err_set(err, ERR_ZERODIV, "0.0 to a negative or complex power");
        *out = a;
        return true;
    }
    double size = hypot(a.re, a.im), len = pow(size, b.re), at = atan2(a.im, a.re);
    double phase = at * b.re;
    if (b.im != 0) {
        len *= exp(-at * b.im);
        phase += b.im * log(size);
    }
    *out = (Complex){len * cos(phase), len * sin(phase)};
    return true;
}

bool complex_power(double a, double b, Value *out, Err *err) {
    Complex r;
    if (!power((Complex){a, 0}, (Complex){b, 0}, &r, err)) return false;
    *out = complex_value(r.re, r.im);
    return true;
}

static bool complex_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Complex x, y, r;
    UNUSED(in);
    *out = VALUE_NOTIMPL;
    if (!to_complex(a, &x) || !to_complex(b, &y)) return true;
    switch (op) {
    case OP_ADD:
        r = (Complex){x.re + y.re, x.im + y.im};
        break;
    case OP_SUB:
        r = (Complex){x.re - y.re, x.im - y.im};
        break;
    case OP_MUL:
        r = multiply(x, y);
        break;
    case OP_DIV:
        if (!divide(x, y, &r, err)) return false;
        break;
    case OP_POW:
        if (!power(x, y, &r, err)) return false;
        break;
    case OP_EQ:
    case OP_NE:
        *out = value_bool((x.re == y.re && x.im == y.im) == (op == OP_EQ));
        return true;
    default:
        return true;
    }
    *out = complex_value(r.re, r.im);
    return true;
}

static bool complex_unary(Interp *in, Op op, Value a, Value *out, Err *err) {
    const ComplexObj *z = complex_of(a);
    UNUSED(in), UNUSED(err);
    if (op == OP_NEG)
        *out = complex_value(-z->re, -z->im);
    else
        *out = op == OP_POS ? value_retain(a) : VALUE_NOTIMPL;
    return true;
}

static bool complex_truth(Interp *in, Value self, bool *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = complex_of(self)->re != 0 || complex_of(self)->im != 0;
    return true;
}

/* Equal numbers hash alike: 2 + 0j as 2.0 does. */
static bool complex_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    uint64_t im = 0;
    if (!value_hash(in, value_float(complex_of(self)->re), out, err)) return false;
    if (complex_of(self)->im == 0) return true;
    if (!value_hash(in, value_float(complex_of(self)->im), &im, err)) return false;
    *out += 1000003 * im;
    return true;
}

/* ---- text ------------------------------------------------------------------------------ */

/* A whole number loses its ".0". */
static void add_part(Str *out, double v) {
    size_t start = out->len;
    float_repr(out, v);
    if (out->len - start > 2 && memcmp(out->buf + out->len - 2, ".0", 2) == 0) {
        out->len -= 2;
        out->buf[out->len] = '\0';
    }
}

static bool complex_repr(Interp *in, Value self, Str *out, Err *err) {
    const ComplexObj *z = complex_of(self);
    UNUSED(in), UNUSED(err);
    bool imaginary = z->re == 0 && !signbit(z->re);
    if (!imaginary) {
        str_addc(out, '(');
        add_part(out, z->re);
        if (isnan(z->im) || !signbit(z->im)) str_addc(out, '+');
    }
    add_part(out, z->im);
    str_add(out, imaginary ? "j" : "j)");
    return true;
}

static bool complex_format(Interp *in, Value self, const char *spec, size_t n, Str *out, Err *err) {
    const ComplexObj *z = complex_of(self);
    return n ? format_complex(z->re, z->im, spec, n, out, err) : complex_repr(in, self, out, err);
}

/* ---- parts -------------------------------------------------------------------------------- */

#define PROP(name, expr)                                                                           \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        const ComplexObj *z = complex_of(args[0]);                                                 \
        UNUSED(in), UNUSED(err);                                                                   \
        *out = (expr);                                                                             \
        return true;                                                                               \
    }
PROP(real, value_float(z->re))
PROP(imag, value_float(z->im))
PROP(conjugate, complex_value(z->re, -z->im))
PROP(abs, value_float(hypot(z->re, z->im)))

static const NativeRow complex_rows[] = {
    {"real(self) -> float", do_real, NATIVE_PROPERTY, "The real part.", ">>> (1 + 2j).real\n1.0"},
    {"imag(self) -> float", do_imag, NATIVE_PROPERTY, "The imaginary part.",
     ">>> (1 + 2j).imag\n2.0"},
    {"conjugate(self, /)", do_conjugate, 0, "The imaginary part negated.",
     ">>> (1 + 2j).conjugate()\n(1-2j)"},
    {"__abs__(self, /)", do_abs, 0, "The distance from 0.", ">>> abs(3 + 4j)\n5.0"},
    {0},
};

static bool complex_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    static const char *const names[] = {"real", "imag"};
    Value given[2];
    Complex re = {0, 0}, im = {0, 0};
    UNUSED(in), UNUSED(cls);
    if (!callargs_bind("complex", args, names, 2, 0, 2, given, err)) return false;
    for (int i = 0; i < 2; i++) {
        if (given[i].tag == VT_UNSET || given[i].tag == VT_NONE) continue;
        double v;
        if (value_is_exactly(given[i], KIND_STR)) {
            if (i || given[1].tag != VT_UNSET)
                return err_set(err, ERR_TYPE,
                               i ? "complex() second arg can't be a string"
                                 : "complex() can't take second arg if first is a string");
            const StrObj *s = str_of(given[i]);
            if (!complex_parse(s->s, s->len, &re.re, &re.im))
                return err_set(err, ERR_VALUE, "complex() arg is a malformed string");
            continue;
        }
        if (to_complex(given[i], i ? &im : &re)) continue;
        if (!value_to_float(in, given[i], &v, err)) return false;
        *(i ? &im : &re) = (Complex){v, 0};
    }
    *out = complex_value(re.re - im.im, re.im + im.re);
    return true;
}

Type type_complex = {
    .name = "complex",
    .doc = "complex(real=0, imag=0): a number with an imaginary part, also written 1 + 2j.",
    .size = sizeof(ComplexObj),
    .create = complex_create,
    .repr = complex_repr,
    .format = complex_format,
    .truth = complex_truth,
    .hash = complex_hash,
    .binary = complex_binary,
    .unary = complex_unary,
    .methods = complex_rows,
};
