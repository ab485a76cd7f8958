/* Single numbers as Python and NumPy write them: the shortest decimal that reads
 * back as the same value, positional from 1e-4 up to 1e16, else with an exponent.
 */
#include "config.h"

#include "repr/repr.h"

#include <math.h>

#include "repr/digits.h"
#include "tensor/half.h"

static bool reads_back(const char *text, double v, DType dt) {
    switch (dt) {
    case DT_F16:
        return f16_to_f32(f16_from_f32(strtof(text, NULL))) == (float)v;
    case DT_F32:
        return strtof(text, NULL) == (float)v;
    default:
        return strtod(text, NULL) == v;
    }
}

/* Tries one precision, and the neighbours of the rounded digits: at a power of two the
 * nearest decimal can lie outside the interval while the next one is inside. */
static bool digits_at(Digits *d, double v, int count, DType dt) {
    char buf[40];
    snprintf(buf, sizeof buf, "%.*e", count - 1, v);
    bool ok = reads_back(buf, v, dt);
    int last = count == 1 ? 0 : count; /* position of the last digit of "d.ddd" */
    if (!ok && buf[last] < '9') {
        buf[last]++;
        ok = reads_back(buf, v, dt);
    }
    if (!ok) return false;
    d->count = 0;
    char *c = buf;
    for (; *c && *c != 'e'; c++)
        if (*c != '.') d->text[d->count++] = *c;
    d->exp10 = (int)strtol(c + 1, NULL, 10);
    while (d->count > 1 && d->text[d->count - 1] == '0') d->count--;
    return true;
}

Digits digits_shortest(double v, DType dt) {
    Digits d = {0};
    /* Up to 15 (6) digits survive the round trip in normal numbers, so the search can
     * begin there; subnormals have fewer, and halves. */
    bool f64 = dt == DT_F64, normal = f64 ? v >= 2.2250738585072014e-308 : v >= 1.17549435e-38;
    int from = normal && dt != DT_F16 ? (f64 ? 15 : 6) : 1, to = f64 ? 17 : 9;
    for (int count = from; count <= to; count++)
        if (digits_at(&d, v, count, dt)) break;
    return d;
}

static void add_shortest(Str *out, double v, bool single) {
    if (isnan(v)) {
        str_add(out, "nan");
        return;
    }
    if (signbit(v)) str_addc(out, '-');
    v = fabs(v);
    if (isinf(v) || v == 0) {
        str_add(out, v == 0 ? "0.0" : "inf");
        return;
    }
    Digits d = digits_shortest(v, single ? DT_F32 : DT_F64);
    /* NumPy compares the value: float32(1e-4) lies under 1e-4 and prints as 1e-04. */
    bool tiny = single ? v < 1e-4 : d.exp10 < -4;
    if (tiny || d.exp10 >= 16) {
        str_addc(out, d.text[0]);
        if (d.count > 1) str_addc(out, '.');
        str_addn(out, d.text + 1, (size_t)d.count - 1);
        str_printf(out, "e%c%02d", d.exp10 < 0 ? '-' : '+', abs(d.exp10));
        return;
    }
    int whole = d.exp10 + 1; /* digits before the point */
    if (whole <= 0) {
        str_add(out, "0.");
        str_fill(out, '0', (size_t)-whole);
        str_addn(out, d.text, (size_t)d.count);
        return;
    }
    str_addn(out, d.text, (size_t)MIN(whole, d.count));
    if (whole > d.count) str_fill(out, '0', (size_t)(whole - d.count));
    str_addc(out, '.');
    if (d.count > whole)
        str_addn(out, d.text + whole, (size_t)(d.count - whole));
    else
        str_addc(out, '0');
}

void float64_repr(Str *out, double v) {
    add_shortest(out, v, false);
}

void float32_repr(Str *out, float v) {
    add_shortest(out, v, true);
}

/* Python writes the parts of a complex without ".0", and drops a positive zero real part. */
static void add_part(Str *out, double v) {
    size_t start = out->len;
    float64_repr(out, v);
    size_t n = out->len - start;
    if (n > 2 && memcmp(out->buf + out->len - 2, ".0", 2) == 0) {
        out->len -= 2;
        out->buf[out->len] = '\0';
    }
}

static void complex_repr(Str *out, double re, double im) {
    if (re == 0 && !signbit(re)) {
        add_part(out, im);
        str_addc(out, 'j');
        return;
    }
    str_addc(out, '(');
    add_part(out, re);
    if (!signbit(im) || isnan(im)) str_addc(out, '+');
    add_part(out, im);
    str_add(out, "j)");
}

void tensor_item_repr(Str *out, const Tensor *t) {
    DType dt = (DType)t->dtype;
    static const int64_t zero[TENSOR_MAX_DIM];
    if (dtype_is_complex(dt)) {
        const float *p = tensor_data(t);
        complex_repr(out, p[0], p[1]);
    } else if (dtype_is_float(dt)) {
        float64_repr(out, tensor_get_f64(t, zero));
    } else if (dt == DT_BOOL) {
        str_add(out, tensor_get_i64(t, zero) ? "True" : "False");
    } else {
        str_printf(out, "%lld", (long long)tensor_get_i64(t, zero));
    }
}
