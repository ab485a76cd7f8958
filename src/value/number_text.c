/* Rarer texts of numbers: digits of other scripts, float.hex and float.fromhex, complex("1+2j"). */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <utf8proc.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "value/complex.h"
#include "value/number.h"
#include "value/obj.h"

/* What a decimal digit of any script is worth; -1 for what is none. */
static int digit_worth(uint32_t c) {
    UnicodeNumber n;
    return unicode_number(c, &n) && n.decimal ? (int)n.num : -1;
}

bool number_plain_text(const char *s, size_t n, Str *out) {
    bool other = false;
    for (size_t i = 0; i < n && !other; i++) other = (unsigned char)s[i] >= 0x80;
    for (size_t i = 0; other && i < n;) {
        uint32_t c;
        int len = utf8_decode(s + i, n - i, &c), worth = c < 0x80 ? -1 : digit_worth(c);
        bool space = utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS;
        if (worth >= 0)
            str_addc(out, (char)('0' + worth));
        else if (space)
            str_addc(out, ' ');
        else
            str_addn(out, s + i, (size_t)len);
        i += (size_t)len;
    }
    return other;
}

/* ---- hexadecimal floats --------------------------------------------------------------- */

void float_hex(double v, Str *out) {
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff);
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    if (!isfinite(v)) {
        float_repr(out, v);
        return;
    }
    if (signbit(v)) str_addc(out, '-');
    if (v == 0)
        str_add(out, "0x0.0p+0");
    else
        str_printf(out, "0x%d.%013llxp%+d", exponent > 0, (unsigned long long)fraction,
                   exponent ? exponent - 1023 : -1022);
}

static bool bad_hex(Err *err) {
    return err_set(err, ERR_VALUE, "invalid hexadecimal floating-point string");
}

static const char *hex_digits(const char *p, int *count) {
    while (isxdigit((unsigned char)*p)) p++, ++*count;
    return p;
}

/* [sign] ["0x"] digits ["." digits] ["p" exponent], and nothing behind it. */
static bool hex_shape(const char *p) {
    int digits = 0, exponent = 0;
    if (p[0] == '0' && (p[1] | 0x20) == 'x') p += 2;
    p = hex_digits(p, &digits);
    if (*p == '.') p = hex_digits(p + 1, &digits);
    if (digits && (*p | 0x20) == 'p') {
        p++;
        if (*p == '+' || *p == '-') p++;
        while (isdigit((unsigned char)*p)) p++, exponent++;
        if (!exponent) return false;
    }
    return digits && !*p;
}

static bool is_word(const char *s, const char *word) {
    size_t i = 0;
    while (word[i] && tolower((unsigned char)s[i]) == word[i]) i++;
    return !word[i] && !s[i];
}

bool float_from_hex(const char *s, size_t n, double *out, Err *err) {
    Str text = STR_INIT;
    while (n && isspace((unsigned char)*s)) s++, n--;
    while (n && isspace((unsigned char)s[n - 1])) n--;
    bool negative = n && *s == '-';
    if (n && (*s == '-' || *s == '+')) s++, n--;
    str_addn(&text, s, n);
    const char *p = str_cstr(&text);
    bool ok = true;
    double v = 0;
    if (is_word(p, "inf") || is_word(p, "infinity")) {
        v = INFINITY;
    } else if (is_word(p, "nan")) {
        v = NAN;
    } else if (memchr(p, '\0', n) || !hex_shape(p)) {
        ok = bad_hex(err);
    } else {
        Str whole = STR_INIT;
        bool prefixed = p[0] == '0' && (p[1] | 0x20) == 'x';
        str_printf(&whole, "%s%s", prefixed ? "" : "0x", p);
        v = strtod(str_cstr(&whole), NULL);
        str_clear(&whole);
        if (isinf(v))
            ok = err_set(err, ERR_OVERFLOW, "hexadecimal value too large to represent as a float");
    }
    str_clear(&text);
    *out = negative ? -v : v;
    return ok;
}

/* ---- complex ----------------------------------------------------------------------------- */

/* A float at *p, moved past it; false when there is none. */
static bool read_part(const char **p, double *out) {
    char *end;
    const char *q = *p + (**p == '+' || **p == '-');
    if (!isdigit((unsigned char)*q) && *q != '.' && strncasecmp(q, "inf", 3) &&
        strncasecmp(q, "nan", 3))
        return false;
    if (q[0] == '0' && (q[1] | 0x20) == 'x') return false;
    *out = strtod(*p, &end);
    if (end == *p) return false;
    *p = end;
    return true;
}

/* The imaginary part behind a sign or alone: "+2j", "-j". */
static bool read_imaginary(const char **p, double *out) {
    const char *sign = *p;
    if (!read_part(p, out)) {
        *out = *sign == '-' ? -1 : 1;
        if (*sign == '+' || *sign == '-') ++*p;
    }
    if ((**p | 0x20) != 'j') return false;
    ++*p;
    return true;
}

bool complex_parse(const char *s, size_t n, double *re, double *im) {
    Str text = STR_INIT;
    while (n && isspace((unsigned char)*s)) s++, n--;
    while (n && isspace((unsigned char)s[n - 1])) n--;
    if (n > 1 && *s == '(' && s[n - 1] == ')') {
        s++, n -= 2;
        while (n && isspace((unsigned char)*s)) s++, n--;
        while (n && isspace((unsigned char)s[n - 1])) n--;
    }
    str_addn(&text, s, n);
    const char *p = str_cstr(&text), *start = p;
    *re = *im = 0;
    bool ok = read_part(&p, re);
    if (!ok || (*p | 0x20) == 'j') { /* imaginary alone */
        p = start;
        *re = 0;
        ok = read_imaginary(&p, im);
    } else if (*p == '+' || *p == '-') {
        ok = read_imaginary(&p, im);
    }
    ok = ok && n > 0 && (size_t)(p - start) == n;
    str_clear(&text);
    return ok;
}
