/* The format-spec mini-language for str, int, float and bool. */
#include "config.h"

#include "value/format.h"

#include <ctype.h>
#include <math.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "value/number.h"
#include "value/strobj.h"

/* ---- the spec ------------------------------------------------------------------------------- */

enum { DIGITS_MAX = 1100 }; /* decimals of the smallest double, 2**-1074, and a few */

static bool is_align(char c) {
    return c == '<' || c == '>' || c == '=' || c == '^';
}

/* Decimal digits; false with an error when they pass what can be meant. */
static bool read_size(const char *s, size_t n, size_t *i, int64_t *out, Err *err) {
    int64_t v = 0;
    for (; *i < n && isdigit((unsigned char)s[*i]); ++*i)
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, s[*i] - '0', &v))
            return err_set(err, ERR_VALUE, "Too many decimal digits in format string");
    *out = v;
    return true;
}

static void read_align(const char *s, size_t n, size_t *i, FormatSpec *f) {
    uint32_t cp;
    int len = n ? utf8_decode(s, n, &cp) : 0;
    if (len && (size_t)len < n && is_align(s[len])) {
        memcpy(f->fill, s, (size_t)len);
        f->fill_len = len;
        f->align = s[len];
        *i = (size_t)len + 1;
    } else if (n && is_align(s[0])) {
        f->align = s[0];
        *i = 1;
    }
}

bool format_spec_parse(const char *s, size_t n, const char *type, FormatSpec *out, Err *err) {
    FormatSpec f = {.fill = " ", .fill_len = 1, .precision = -1};
    size_t i = 0;
    read_align(s, n, &i, &f);
    bool fill_given = i > 1;
    if (i < n && (s[i] == '+' || s[i] == '-' || s[i] == ' ')) f.sign = s[i++];
    if (i < n && s[i] == 'z') f.no_neg_zero = true, i++;
    if (i < n && s[i] == '#') f.alternate = true, i++;
    if (i < n && s[i] == '0') {
        f.zero = true, i++;
        if (!fill_given) f.fill[0] = '0';
        if (!f.align) f.align = '=';
    }
    if (!read_size(s, n, &i, &f.width, err)) return false;
    if (i < n && (s[i] == ',' || s[i] == '_')) {
        f.grouping = s[i++];
        if (i < n && (s[i] == ',' || s[i] == '_'))
            return err_set(err, ERR_VALUE,
                           f.grouping == s[i] ? "Cannot specify '%c' with '%c'."
                                              : "Cannot specify both ',' and '_'.",
                           f.grouping, s[i]);
    }
    if (i < n && s[i] == '.') {
        i++;
        if (i == n || !isdigit((unsigned char)s[i]))
            return err_set(err, ERR_VALUE, "Format specifier missing precision");
        if (!read_size(s, n, &i, &f.precision, err)) return false;
    }
    if (n - i > 1)
        return err_set(err, ERR_VALUE, "Invalid format specifier '%.*s' for object of type '%s'",
                       (int)MIN(n, 200), s, type);
    if (i < n) f.type = s[i];
    if (f.type == 'n' && f.grouping)
        return err_set(err, ERR_VALUE, "Cannot specify '%c' with 'n'.", f.grouping);
    *out = f;
    return true;
}

bool format_admit(int64_t n, Err *err) {
    if (n <= FORMAT_WIDTH_MAX) return true;
    err_set(err, ERR_MEMORY, "a field of %lld characters is too wide: %d is the limit",
            (long long)n, FORMAT_WIDTH_MAX);
    return err_hint(err, "use a smaller width or precision");
}

static bool bad_code(char code, const char *type, Err *err) {
    return err_set(err, ERR_VALUE, "Unknown format code '%c' for object of type '%s'", code, type);
}

/* ---- padding -------------------------------------------------------------------------------- */

static void add_fill(Str *out, const FormatSpec *f, int64_t n) {
    if (f->fill_len == 1)
        str_fill(out, f->fill[0], (size_t)n);
    else
        for (int64_t k = 0; k < n; k++) str_addn(out, f->fill, (size_t)f->fill_len);
}

/* text of `columns` code points, padded; deflt is the alignment when none is given. */
static bool add_padded(Str *out, const FormatSpec *f, const char *text, size_t len, int64_t columns,
                       char deflt, Err *err) {
    int64_t pad = MAX(f->width - columns, 0);
    char align = f->align ? f->align : deflt;
    if (!format_admit(pad * f->fill_len, err)) return false;
    int64_t left = align == '>' ? pad : align == '^' ? pad / 2 : 0;
    add_fill(out, f, left);
    str_addn(out, text, len);
    add_fill(out, f, pad - left);
    return true;
}

/* sign + prefix + digits, with the padding after the sign for '='. With a fill of zeros and
 * grouping, the zeros are grouped like the digits. */
static bool add_number(Str *out, const FormatSpec *f, const char *sign, const char *digits,
                       size_t whole, size_t len, int every, Err *err) {
    Str text = STR_INIT;
    int64_t lead = (int64_t)strlen(sign), rest = (int64_t)(len - whole);
    bool zero_fill = f->fill_len == 1 && f->fill[0] == '0' && f->align == '=';
    int64_t want = zero_fill && f->grouping ? f->width - lead - rest : 0;
    if (!format_admit(want, err)) return false;
    if (f->grouping) {
        /* Width of n digits with separators: n + (n - 1) / every; zeros fill it up. */
        int64_t n = (int64_t)whole;
        while (n + (n - 1) / every < want) n++;
        for (int64_t k = n; k > 0; k--) {
            str_addc(&text, k > (int64_t)whole ? '0' : digits[(int64_t)whole - k]);
            if (k > 1 && (k - 1) % every == 0) str_addc(&text, f->grouping);
        }
    } else {
        str_addn(&text, digits, whole);
    }
    str_addn(&text, digits + whole, len - whole);
    bool ok;
    if (f->align == '=') {
        int64_t pad = MAX(f->width - lead - (int64_t)text.len, 0);
        ok = format_admit(pad * f->fill_len, err);
        if (ok) {
            str_add(out, sign);
            add_fill(out, f, pad);
            str_addn(out, text.buf, text.len);
        }
    } else {
        Str all = STR_INIT;
        str_add(&all, sign);
        str_addn(&all, text.buf, text.len);
        ok = add_padded(out, f, all.buf, all.len, (int64_t)all.len, '>', err);
        str_clear(&all);
    }
    str_clear(&text);
    return ok;
}

static const char *sign_text(const FormatSpec *f, bool negative) {
    if (negative) return "-";
    return f->sign == '+' ? "+" : f->sign == ' ' ? " " : "";
}

/* ---- str ------------------------------------------------------------------------------------ */

bool format_str(const char *s, size_t len, const char *spec, size_t n, Str *out, Err *err) {
    FormatSpec f;
    if (n == 0) {
        str_addn(out, s, len);
        return true;
    }
    if (!format_spec_parse(spec, n, "str", &f, err)) return false;
    if (f.type && f.type != 's') return bad_code(f.type, "str", err);
    if (f.sign) return err_set(err, ERR_VALUE, "Sign not allowed in string format specifier");
    if (f.alternate)
        return err_set(err, ERR_VALUE, "Alternate form (#) not allowed in string format specifier");
    if (f.grouping) return err_set(err, ERR_VALUE, "Cannot specify '%c' with 's'.", f.grouping);
    if (f.zero && f.align == '=') f.align = '<'; /* f"{'a':05}" pads on the right with zeros */
    if (f.align == '=')
        return err_set(err, ERR_VALUE, "'=' alignment not allowed in string format specifier");
    if (f.precision >= 0) len = utf8_offset(s, len, (size_t)f.precision);
    return add_padded(out, &f, s, len, (int64_t)utf8_count(s, len), '<', err);
}

/* ---- int ------------------------------------------------------------------------------------ */

/* Digits of |v| in a base, without sign; returns where they start in buf (of 65 bytes). */
static char *int_digits(char *buf, int64_t v, int base, bool upper) {
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    char *p = buf + 64;
    *p = '\0';
    do {
        *--p = (upper ? "0123456789ABCDEF" : "0123456789abcdef")[u % (unsigned)base];
        u /= (unsigned)base;
    } while (u);
    return p;
}

static bool format_char(int64_t v, const FormatSpec *f, Str *out, Err *err) {
    char text[4];
    if (f->sign)
        return err_set(err, ERR_VALUE, "Sign not allowed with integer format specifier 'c'");
    if (v < 0 || v > 0x10ffff) return err_set(err, ERR_OVERFLOW, "%%c arg not in range(0x110000)");
    int len = utf8_encode((uint32_t)v, text);
    return add_padded(out, f, text, (size_t)len, 1, '>', err);
}

static bool format_int_as(int64_t v, const FormatSpec *f, Str *out, Err *err) {
    char buf[65], sign[4];
    int base = 10;
    switch (f->type) {
    case 'b':
        base = 2;
        break;
    case 'o':
        base = 8;
        break;
    case 'x':
    case 'X':
        base = 16;
        break;
    case 'c':
        return format_char(v, f, out, err);
    default:
        break;
    }
    if (f->precision >= 0)
        return err_set(err, ERR_VALUE, "Precision not allowed in integer format specifier");
    if (f->grouping == ',' && base != 10)
        return err_set(err, ERR_VALUE, "Cannot specify ',' with '%c'.", f->type);
    snprintf(sign, sizeof sign, "%s", sign_text(f, v < 0));
    if (f->alternate && base != 10) {
        size_t n = strlen(sign);
        snprintf(sign + n, sizeof sign - n, "0%c", f->type);
    }
    char *digits = int_digits(buf, v, base, f->type == 'X');
    size_t len = strlen(digits);
    return add_number(out, f, sign, digits, len, len, base == 10 ? 3 : 4, err);
}

bool format_int(int64_t v, const char *spec, size_t n, Str *out, Err *err) {
    FormatSpec f;
    if (n == 0) {
        int_repr(out, v);
        return true;
    }
    if (!format_spec_parse(spec, n, "int", &f, err)) return false;
    if (f.type && strchr("eEfFgG%", f.type)) return format_float((double)v, spec, n, out, err);
    if (f.type && !strchr("bcdoxXn", f.type)) return bad_code(f.type, "int", err);
    return format_int_as(v, &f, out, err);
}

bool format_bool(bool v, const char *spec, size_t n, Str *out, Err *err) {
    if (n) return format_int(v, spec, n, out, err);
    str_add(out, v ? "True" : "False");
    return true;
}

/* ---- float ---------------------------------------------------------------------------------- */

/* |v| without a type code: repr's digits, or %g of the precision with a ".0" where an integer
 * would be left. */
static void float_general(Str *text, double v, int64_t precision, bool alternate) {
    if (precision < 0) {
        float_repr(text, v);
        return;
    }
    int p = (int)MAX(precision, 1);
    char probe[64];
    snprintf(probe, sizeof probe, "%.*e", MIN(p, 40) - 1, v);
    int exponent = (int)strtol(strchr(probe, 'e') + 1, NULL, 10);
    /* Scientific one digit sooner than %g, so that a ".0" always has room. */
    if (v != 0 && exponent == p - 1) {
        size_t at = text->len;
        str_printf(text, "%.*e", p - 1, v);
        char *e = strchr(text->buf + at, 'e');
        char tail[16];
        snprintf(tail, sizeof tail, "%s", e);
        size_t end = (size_t)(e - text->buf);
        if (!alternate && memchr(text->buf + at, '.', end - at)) {
            while (text->buf[end - 1] == '0') end--;
            if (text->buf[end - 1] == '.') end--;
        }
        text->len = end;
        str_add(text, tail);
        return;
    }
    str_printf(text, alternate ? "%#.*g" : "%.*g", p, v);
    if (!strpbrk(text->buf, ".e")) str_add(text, ".0");
}

/* Digits before the point or exponent: what grouping and zero filling work on. */
static size_t whole_digits(const Str *text) {
    size_t n = 0;
    while (n < text->len && isdigit((unsigned char)text->buf[n])) n++;
    return n;
}

static bool float_body(Str *text, double v, const FormatSpec *f, Err *err) {
    int64_t p = f->precision < 0 ? 6 : f->precision;
    if (p > INT32_MAX - 400) return err_set(err, ERR_VALUE, "precision too big");
    if (!format_admit(p, err)) return false;
    int zeros = 0; /* past the digits that a double has: printf would work for them */
    if (p > DIGITS_MAX) zeros = (int)(p - DIGITS_MAX), p = DIGITS_MAX;
    if (!isfinite(v)) {
        str_add(text, isnan(v) ? "nan" : "inf");
        if (isupper((unsigned char)f->type))
            for (size_t i = 0; i < text->len; i++)
                text->buf[i] = (char)toupper((unsigned char)text->buf[i]);
        if (f->type == '%') str_addc(text, '%');
        return true;
    }
    const char *pattern = NULL;
    switch (f->type) {
    case 'e':
        pattern = f->alternate ? "%#.*e" : "%.*e";
        break;
    case 'E':
        pattern = f->alternate ? "%#.*E" : "%.*E";
        break;
    case 'f':
    case 'F':
    case '%':
        pattern = f->alternate ? "%#.*f" : "%.*f";
        break;
    case 'g':
    case 'n':
        pattern = f->alternate ? "%#.*g" : "%.*g";
        break;
    case 'G':
        pattern = f->alternate ? "%#.*G" : "%.*G";
        break;
    default:
        float_general(text, v, f->precision, f->alternate);
        return true;
    }
    double shown = f->type == '%' ? v * 100 : v;
    char fixed[DECIMAL_TEXT];
    int n = strchr("fF%", f->type) && !f->alternate ? decimal_fixed(shown, (int)p, fixed) : 0;
    if (n)
        str_addn(text, fixed, (size_t)n);
    else
        str_printf(text, pattern, (int)p, shown);
    if (zeros && strchr("fF%", f->type)) str_fill(text, '0', (size_t)zeros);
    if (f->type == '%') str_addc(text, '%');
    return true;
}

bool format_float(double v, const char *spec, size_t n, Str *out, Err *err) {
    FormatSpec f;
    if (n == 0) {
        float_repr(out, v);
        return true;
    }
    if (n == 3 && spec[0] == '.' && isdigit((unsigned char)spec[1]) && spec[2] == 'f') {
        char fixed[DECIMAL_TEXT]; /* most of all specs; a third of the time */
        int len = decimal_fixed(v, spec[1] - '0', fixed);
        str_addn(out, fixed, (size_t)len);
        if (len) return true;
    }
    if (!format_spec_parse(spec, n, "float", &f, err)) return false;
    if (f.type && !strchr("eEfFgGn%", f.type)) return bad_code(f.type, "float", err);
    Str text = STR_INIT;
    bool negative = signbit(v) && !isnan(v);
    bool ok = float_body(&text, fabs(v), &f, err);
    if (ok) {
        if (f.no_neg_zero && negative && strspn(text.buf, "0.") == strcspn(text.buf, "e%"))
            negative = false;
        ok = add_number(out, &f, sign_text(&f, negative), text.buf, whole_digits(&text), text.len,
                        3, err);
    }
    str_clear(&text);
    return ok;
}

/* One part of a complex number, without padding. */
static bool complex_part(Str *out, double v, const FormatSpec *f, Err *err) {
    Str text = STR_INIT;
    bool plain = !f->type && f->precision < 0;
    bool ok = float_body(&text, fabs(v), f, err);
    if (ok && plain && text.len > 2 && !strcmp(text.buf + text.len - 2, ".0"))
        text.buf[text.len -= 2] = '\0';
    ok = ok && add_number(out, f, sign_text(f, signbit(v) && !isnan(v)), str_cstr(&text),
                          whole_digits(&text), text.len, 3, err);
    str_clear(&text);
    return ok;
}

bool format_complex(double re, double im, const char *spec, size_t n, Str *out, Err *err) {
    FormatSpec f;
    if (!format_spec_parse(spec, n, "complex", &f, err)) return false;
    if (f.type && !strchr("eEfFgGn", f.type)) return bad_code(f.type, "complex", err);
    if (f.fill_len == 1 && f.fill[0] == '0' && f.zero)
        return err_set(err, ERR_VALUE, "Zero padding is not allowed in complex format specifier");
    if (f.align == '=')
        return err_set(err, ERR_VALUE,
                       "'=' alignment flag is not allowed in complex format specifier");
    bool bare = !f.type, alone = bare && re == 0 && !signbit(re), ok = true;
    FormatSpec part = f;
    part.width = part.align = 0;
    part.zero = false;
    if (bare && f.precision >= 0) part.type = 'g';
    Str text = STR_INIT;
    if (bare && !alone) str_addc(&text, '(');
    if (!alone) {
        ok = complex_part(&text, re, &part, err);
        part.sign = '+';
    }
    ok = ok && complex_part(&text, im, &part, err);
    str_add(&text, bare && !alone ? "j)" : "j");
    if (ok) ok = add_padded(out, &f, str_cstr(&text), text.len, (int64_t)text.len, '>', err);
    str_clear(&text);
    return ok;
}
