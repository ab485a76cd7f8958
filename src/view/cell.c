/* The text of a matrix's numbers. No number that is not 0 reads as 0: fixed decimals for the whole
 * matrix, aligned on the point; what they would make 0 (or what is 1e8 and more) has an exponent of
 * its own, among weights, whose measure is 1, it is ~0; where nothing fits into them, as among
 * gradients, all have exponents. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "base/utf8.h"
#include "view/number.h"

/* Below it six decimals would show one digit or two. */
static const double fixed_least = 1e-4;

static bool is_integer(const MatrixNode *m) {
    return dtype_is_int((DType)m->t->dtype) || m->t->dtype == DT_BOOL;
}

static bool is_complex(const MatrixPlan *p) {
    return dtype_is_complex((DType)p->m->t->dtype);
}

/* ---- decimals and columns ------------------------------------------------------------------- */

/* What the options or the style ask for; -1: nothing. */
static int decimals_asked(const MatrixPlan *p) {
    if (p->m->decimals >= 0) return p->m->decimals;
    return p->style->precision_set ? MIN(MAX(p->style->precision, 0), 17) : -1;
}

static bool rounds_to_zero(double v, int decimals) {
    return v > 0 && v < 0.51 * pow(10, -decimals);
}

static void choose_decimals(MatrixPlan *p) {
    int asked = decimals_asked(p);
    bool weights = p->m->scale == VIEW_WEIGHTS;
    bool some = isfinite(p->least); /* a number that is not 0 */
    p->exponents = some && p->fixed == 0;
    p->decimals = 0;
    if (is_integer(p->m)) {
        p->exponents = false;
        return;
    }
    if (asked >= 0) {
        p->exponents |= rounds_to_zero(p->fixed, asked);
        p->decimals = asked;
        return;
    }
    p->exponents |= some && p->fixed < fixed_least;
    p->decimals = p->exponents                      ? 2
                  : weights && !(p->fixed < 0.0995) ? 2
                                                    : number_decimals(p->fixed, p->whole);
    if (weights && !p->exponents && p->fixed < 0.0995) p->decimals = MAX(p->decimals - 1, 2);
}

static int digits_before_point(double v) {
    char buf[32];
    return snprintf(buf, sizeof buf, "%.0f", v) + (v < 0 && v > -0.5);
}

/* Columns from the point or the exponent's e on. */
static int tail_columns(double v, int mantissa) {
    Str s = STR_INIT;
    number_exponent(&s, v, mantissa);
    int columns = (int)(s.len - strcspn(str_cstr(&s), ".e"));
    str_clear(&s);
    return columns;
}

static void measure_exponents(MatrixPlan *p) {
    p->left = MAX(p->left, 1 + (p->lo < 0));
    p->right = MAX(tail_columns(p->least, p->decimals),
                   tail_columns(fmax(fabs(p->lo), fabs(p->hi)), p->decimals));
}

static void measure_fixed(MatrixPlan *p) {
    bool integer = is_integer(p->m);
    double lo = integer ? p->lo : p->fixed_lo, hi = integer ? p->hi : p->fixed_hi;
    double greatest = fmax(fabs(p->lo), fabs(p->hi)), round = 0.5 * pow(10, -p->decimals);
    p->right = p->decimals > 0 ? p->decimals + 1 : 0;
    p->left = MAX(p->left, digits_before_point(hi));
    p->left = MAX(p->left, digits_before_point(lo));
    p->left = MAX(p->left, (int)(p->lo < 0) + 1);
    if (integer) return;
    p->tiny = rounds_to_zero(p->least, p->decimals);
    /* 9.99 may round up to 10.0, -0.4 to -0 */
    p->left = MAX(p->left, digits_before_point(floor(hi + round)));
    if (lo < 0) p->left = MAX(p->left, digits_before_point(ceil(lo - round)));
    if (p->tiny && p->m->scale != VIEW_WEIGHTS) p->right = MAX(p->right, tail_columns(p->least, 0));
    if (greatest >= NUMBER_FIXED_END) p->right = MAX(p->right, tail_columns(greatest, 1));
}

void matrix_measure(MatrixPlan *p) {
    choose_decimals(p);
    p->left = p->minus_zero ? 2 : 1;
    p->right = 0;
    p->tiny = false;
    if (p->lo <= p->hi && p->exponents)
        measure_exponents(p);
    else if (p->lo <= p->hi)
        measure_fixed(p);
    p->width = p->left + p->right;
    if (p->underflow || p->tiny) p->width = MAX(p->width, 2);
    if (p->nan || p->inf) p->width = MAX(p->width, 3);
    if (p->neg_inf || (p->nan && is_complex(p))) p->width = MAX(p->width, 4);
    if (p->m->scale == VIEW_MASK) p->left = p->width = 1, p->right = 0;
    if (is_complex(p)) p->width = 2 * p->width + 2;
    p->left = p->width - p->right;
}

/* ---- text ------------------------------------------------------------------------------------ */

void matrix_number(const MatrixPlan *p, double v, Str *out) {
    if (p->exponents && v != 0 && isfinite(v))
        number_exponent(out, v, p->decimals);
    else
        number_fixed(out, v, p->exponents ? 0 : p->decimals);
}

static void complex_text(const MatrixPlan *p, const MatrixCell *cell, Str *out) {
    matrix_number(p, cell->v, out);
    if (!signbit(cell->im) || isnan(cell->im)) str_addc(out, '+');
    if (cell->im == 0 && signbit(cell->im)) str_addc(out, '-');
    matrix_number(p, cell->im, out);
    str_addc(out, 'j');
}

/* Glyph whose last column is the one before the point, or the point's own. */
static void put_glyph(const MatrixPlan *p, const char *glyph, bool on_point, Str *out) {
    int columns = utf8_columns(glyph, strlen(glyph));
    int before = p->left - columns + (on_point && p->right > 0);
    str_fill(out, ' ', (size_t)MAX(before, 0));
    str_add(out, glyph);
    str_fill(out, ' ', (size_t)MAX(p->width - before - columns, 0));
}

static void put_right(const MatrixPlan *p, const char *text, Str *out) {
    str_fill(out, ' ', (size_t)MAX(p->width - (int)strlen(text), 0));
    str_add(out, text);
}

static bool is_tiny(const MatrixPlan *p, double v) {
    char text[64];
    if (!p->tiny || p->m->scale != VIEW_WEIGHTS || fabs(v) >= 1) return false;
    snprintf(text, sizeof text, "%.*f", p->decimals, v);
    return !text[strcspn(text, "123456789")];
}

/* The digit before the point, or before the exponent, in the same column for all. */
static void put_number(const MatrixPlan *p, const MatrixCell *cell, Str *out) {
    Str text = STR_INIT;
    if (is_complex(p)) {
        complex_text(p, cell, &text);
        put_right(p, str_cstr(&text), out);
    } else {
        if (is_integer(p->m))
            str_printf(&text, "%lld", (long long)tensor_get_i64(p->m->t, cell->index));
        else
            matrix_number(p, cell->v, &text);
        int before = (int)strcspn(str_cstr(&text), ".e");
        str_fill(out, ' ', (size_t)MAX(p->left - before, 0));
        str_add(out, str_cstr(&text));
        str_fill(out, ' ', (size_t)MAX(p->right - ((int)text.len - before), 0));
    }
    str_clear(&text);
}

static Style put_nonfinite(const MatrixPlan *p, const MatrixCell *cell, Str *out) {
    if (is_complex(p)) {
        put_number(p, cell, out);
        return STYLE_NONFINITE;
    }
    put_right(p, isnan(cell->v) ? "nan" : cell->v < 0 ? "-inf" : "inf", out);
    /* -inf among scores is how masking is done, no accident */
    return cell->v < 0 ? STYLE_MASKED : STYLE_NONFINITE;
}

Style matrix_text(const MatrixPlan *p, const MatrixCell *cell, Str *out) {
    bool counts = p->m->counts_true;
    switch (cell->kind) {
    case CELL_MASKED:
        put_glyph(p, counts ? "0" : "·", !counts, out);
        return STYLE_MASKED;
    case CELL_ON:
        put_glyph(p, counts ? "1" : "■", false, out);
        return STYLE_PLAIN;
    case CELL_UNDERFLOW:
        put_glyph(p, "~0", true, out);
        return STYLE_UNDERFLOW;
    case CELL_ZERO:
        if (is_complex(p))
            put_number(p, cell, out);
        else
            put_glyph(p, signbit(cell->v) ? "-0" : "0", false, out);
        return STYLE_PLAIN;
    case CELL_NONFINITE:
        return put_nonfinite(p, cell, out);
    case CELL_NUMBER:
        if (is_tiny(p, cell->v))
            put_glyph(p, "~0", true, out);
        else
            put_number(p, cell, out);
        return cell->leaks ? STYLE_BAD : STYLE_PLAIN;
    }
    return STYLE_PLAIN;
}
