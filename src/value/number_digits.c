/* Numbers as decimal text and back: repr, rounding, and what int() and float() read. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>

#include "base/decimal.h"
#include "value/number.h"
#include "value/obj.h"

/* ---- writing -------------------------------------------------------------------------------- */

void int_repr(Str *out, int64_t v) {
    char text[24], *p = text + sizeof text;
    uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do *--p = (char)('0' + size % 10);
    while (size /= 10);
    if (v < 0) *--p = '-';
    str_addn(out, p, (size_t)(text + sizeof text - p));
}

/* Adds one to the last digit of "d.ddde+xx" unless that would carry. */
static bool digits_bump(char *text) {
    char *last = strchr(text, 'e') - 1;
    if (*last == '9' || *last == '.') return false;
    ++*last;
    return true;
}

/* "%.{p-1}e" with the smallest p that reads back as v. 15 digits always hold what has a
 * shorter text; at a power of two the nearest 16 digits may miss (the gap below is half the
 * gap above) where the next ones up do not. */
static void shortest_digits(char *text, size_t cap, double v) {
    bool subnormal = fabs(v) < DBL_MIN; /* has fewer digits to begin with */
    for (int p = subnormal ? 1 : 15; p <= 17; p++) {
        snprintf(text, cap, "%.*e", p - 1, v);
        if (strtod(text, NULL) == v) return;
        if (p == 16 && digits_bump(text) && strtod(text, NULL) == v) return;
    }
}

/* The digits of shortest_digits without point and trailing zeros; returns the first one's
 * exponent. v > 0. */
static int plain_digits(double v, char *ds, int *n) {
    uint64_t digits;
    int exponent;
    if (decimal_shortest(v, &digits, &exponent)) {
        char *p = ds + 20;
        for (; digits % 10 == 0; digits /= 10) exponent++;
        for (; digits; digits /= 10) *--p = (char)('0' + digits % 10);
        *n = (int)(ds + 20 - p);
        memmove(ds, p, (size_t)*n);
        return exponent + *n - 1;
    }
    char text[40];
    shortest_digits(text, sizeof text, v);
    *n = 0;
    const char *p = text;
    for (; *p != 'e'; p++)
        if (*p != '.') ds[(*n)++] = *p;
    while (*n > 1 && ds[*n - 1] == '0') --*n;
    return (int)strtol(p + 1, NULL, 10);
}

/* Shortest text that reads back as v, laid out as Python does. */
void float_repr(Str *out, double v) {
    if (isnan(v) || isinf(v)) {
        str_add(out, isnan(v) ? "nan" : v > 0 ? "inf" : "-inf");
        return;
    }
    char ds[20];
    int n = 1, exponent = 0;
    if (signbit(v)) str_addc(out, '-');
    if (v == 0)
        ds[0] = '0';
    else
        exponent = plain_digits(fabs(v), ds, &n);
    if (exponent < -4 || exponent >= 16) {
        str_addc(out, ds[0]);
        if (n > 1) str_addc(out, '.'), str_addn(out, ds + 1, (size_t)n - 1);
        str_printf(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
    } else if (exponent < 0) {
        str_add(out, "0.");
        str_fill(out, '0', (size_t)(-exponent - 1));
        str_addn(out, ds, (size_t)n);
    } else {
        int whole = exponent + 1;
        str_addn(out, ds, (size_t)MIN(n, whole));
        if (whole > n) str_fill(out, '0', (size_t)(whole - n));
        str_addc(out, '.');
        if (n > whole)
            str_addn(out, ds + whole, (size_t)(n - whole));
        else
            str_addc(out, '0');
    }
}

static double pow10_exact(int k) { /* 0..22: a double holds it */
    double p = 1;
    while (k-- > 0) p *= 10;
    return p;
}

/* Correct decimal rounding: printf rounds the exact binary value half to even. */
double float_round(double v, int digits) {
    if (!isfinite(v)) return v;
    if (digits > 323) return v;
    if (digits < -308) return copysign(0.0, v);
    char text[400];
    uint64_t scaled;
    if (digits >= 0 && digits <= DECIMAL_PLACES && decimal_scaled(fabs(v), digits, &scaled) &&
        scaled < UINT64_C(1) << 53) /* both exact: the quotient is rounded once */
        return copysign((double)scaled / pow10_exact(digits), v);
    if (digits >= 0) {
        snprintf(text, sizeof text, "%.*f", digits, v);
        return strtod(text, NULL);
    }
    double unit = pow(10, -digits), q = v / unit, r = nearbyint(q);
    if (fabs(q - trunc(q)) == 0.5) r = 2 * nearbyint(q / 2);
    return r * unit;
}

/* ---- reading -------------------------------------------------------------------------------- */

static void trim(const char **s, size_t *n) {
    while (*n && isspace((unsigned char)**s)) ++*s, --*n;
    while (*n && isspace((unsigned char)(*s)[*n - 1])) --*n;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'z') return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 99;
}

/* Reads the base prefix at *i; with base 0 it decides the base. */
static int read_prefix(const char *s, size_t n, size_t *i, int base) {
    int named = 0;
    if (*i + 1 < n && s[*i] == '0') {
        switch (s[*i + 1] | 0x20) {
        case 'x':
            named = 16;
            break;
        case 'o':
            named = 8;
            break;
        case 'b':
            named = 2;
            break;
        default:
            break;
        }
    }
    if (named && (base == 0 || base == named)) {
        *i += 2;
        if (*i < n && s[*i] == '_') ++*i;
        return named;
    }
    return base == 0 ? 10 : base;
}

/* "010": leading zeros are no base 0 literal, unless all is zero. */
static bool ambiguous_zeros(const char *s, size_t n, size_t i) {
    bool zeros = i + 1 < n && s[i] == '0';
    for (; i < n; i++)
        if (s[i] != '0' && s[i] != '_') return zeros;
    return false;
}

int int_parse(const char *s, size_t n, int base, int64_t *out) {
    trim(&s, &n);
    size_t i = 0;
    bool negative = n && s[0] == '-', digit_last = false, overflow = false;
    if (n && (s[0] == '-' || s[0] == '+')) i++;
    size_t digits = i;
    bool any_base = base == 0;
    base = read_prefix(s, n, &i, base);
    if (any_base && i == digits && ambiguous_zeros(s, n, i)) return 0;
    if (i == n) return 0;
    int64_t v = 0;
    for (; i < n; i++) {
        if (s[i] == '_' && digit_last) {
            digit_last = false;
            continue;
        }
        int d = digit_value(s[i]);
        if (d >= base) return 0;
        digit_last = true;
        if (__builtin_mul_overflow(v, base, &v) || __builtin_add_overflow(v, negative ? -d : d, &v))
            overflow = true;
    }
    if (!digit_last) return 0;
    if (overflow) return -1;
    *out = v;
    return 1;
}

bool float_parse(const char *s, size_t n, double *out) {
    trim(&s, &n);
    char *text = mem_alloc(n + 1);
    size_t len = 0;
    bool ok = n > 0;
    for (size_t i = 0; i < n && ok; i++) {
        bool between = i > 0 && i + 1 < n && isdigit((unsigned char)s[i - 1]) &&
                       isdigit((unsigned char)s[i + 1]);
        if (s[i] == '_') {
            ok = between;
            continue;
        }
        ok = s[i] != 'x' && s[i] != 'X' && s[i] != '(' && s[i] != '\0';
        text[len++] = s[i];
    }
    text[len] = '\0';
    char *end;
    double v = strtod(text, &end);
    ok = ok && end == text + len && len > 0;
    mem_free(text);
    if (ok) *out = v;
    return ok;
}
