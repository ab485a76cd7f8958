/* Numbers for reading; see number.h. */
#include "config.h"

#include "view/number.h"

#include <math.h>
#include <string.h>

void number_grouped(Str *out, double v) {
    char digits[400];
    int n = snprintf(digits, sizeof digits, "%.0f", fabs(v));
    if (v <= -0.5) str_addc(out, '-');
    for (int i = 0; i < n; i++) {
        str_addc(out, digits[i]);
        if (isfinite(v) && (n - 1 - i) % 3 == 0 && i < n - 1) str_addc(out, ',');
    }
}

/* v in the first unit that keeps it below `base`; units[0] stands for base^first. */
static void scaled(Str *out, double v, double base, const char *units, int decimals) {
    double limit = base - 0.5 / (decimals == 2 ? 100 : 10);
    size_t u = 0;
    while (v >= limit && units[u + 1]) {
        v /= base;
        u++;
    }
    str_printf(out, "%.*f %c", decimals, v, units[u]);
}

void number_count(Str *out, double v) {
    if (v < 999999999.5)
        number_grouped(out, v);
    else
        scaled(out, v / 1e9, 1000, "GTPEZ", 2);
}

void number_bytes(Str *out, double v) {
    if (v < 1023.5)
        number_grouped(out, v);
    else
        scaled(out, v / 1024, 1024, "KMGTPE", 1);
}

void number_time(Str *out, int64_t ns) {
    double t = (double)ns;
    if (t < 999950)
        str_printf(out, "%.1f µs", t / 1e3);
    else if (t < 999.95e6)
        str_printf(out, "%.1f ms", t / 1e6);
    else
        str_printf(out, "%.2f s", t / 1e9);
}

void number_duration(Str *out, double ns) {
    if (ns < 1e3)
        str_printf(out, "%.0f ns", ns);
    else if (ns < 1e6)
        str_printf(out, "%.3g µs", ns / 1e3);
    else if (ns < 1e9)
        str_printf(out, "%.3g ms", ns / 1e6);
    else
        str_printf(out, "%.3g s", ns / 1e9);
}

void number_exponent(Str *out, double v, int decimals) {
    char text[64];
    snprintf(text, sizeof text, "%.*e", MIN(decimals, 17), v);
    char *e = strchr(text, 'e');
    str_addn(out, text, (size_t)(e - text) + 1);
    if (e[1] == '-') str_addc(out, '-');
    e += 2;
    str_add(out, e + strspn(e, "0"));
    if (!e[strspn(e, "0")]) str_addc(out, '0');
}

void number_fixed(Str *out, double v, int decimals) {
    char text[64];
    if (!isfinite(v)) {
        str_add(out, isnan(v) ? "nan" : v < 0 ? "-inf" : "inf");
        return;
    }
    if (fabs(v) >= NUMBER_FIXED_END) {
        number_exponent(out, v, 1);
        return;
    }
    snprintf(text, sizeof text, "%.*f", MIN(decimals, 17), v == 0 ? 0 : v);
    if (v != 0 && !text[strcspn(text, "123456789")])
        number_exponent(out, v, 0);
    else
        str_add(out, text);
}

void number_tick(Str *out, double v, double step) {
    if (fabs(v) < fabs(step) * 1e-9) v = 0;
    double size = fmax(fabs(v), fabs(step));
    if (size >= 1e6 || (size > 0 && fabs(step) < 1e-5)) {
        str_printf(out, "%.3g", v);
        return;
    }
    int decimals = step > 0 && step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;
    str_printf(out, "%.*f", decimals, v);
}

int number_decimals(double greatest, bool whole) {
    if (whole) return 0;
    if (!(greatest > 0) || !isfinite(greatest)) return 2;
    int exponent = (int)floor(log10(greatest));
    return MIN(MAX(2 - exponent, 1), 6) - (exponent == -1);
}
