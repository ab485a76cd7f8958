/* See decimal.h. */
#include "config.h"

#include "base/decimal.h"

#include <math.h>

__extension__ typedef unsigned __int128 Wide;

static const uint64_t power10[] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
    UINT64_C(10000000000000000000),
};

/* v = m / 2^s exactly, m < 2^53; false for infinities, nan, and where s leaves 0..127. */
static bool take_apart(double v, uint64_t *m, int *s) {
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    int field = (int)(bits >> 52 & 2047);
    *m = (bits & ((UINT64_C(1) << 52) - 1)) | (field ? UINT64_C(1) << 52 : 0);
    *s = 1075 - MAX(field, 1);
    if (*s < 0 && *s > -11) { /* integers up to 2^63 */
        *m <<= -*s;
        *s = 0;
    }
    return field != 2047 && *s >= 0 && *s < 128;
}

static Wide wide_power10(int k) {
    return k < 20 ? power10[k] : (Wide)power10[19] * power10[k - 19];
}

/* n / 2^s to the nearest, half to even. */
static Wide shift_rounded(Wide n, int s) {
    if (s == 0) return n;
    Wide q = n >> s, rest = n & (((Wide)1 << s) - 1), half = (Wide)1 << (s - 1);
    return q + (rest > half || (rest == half && (q & 1)));
}

bool decimal_scaled(double v, int places, uint64_t *out) {
    uint64_t m;
    int s;
    if (!take_apart(v, &m, &s)) return false;
    if (s == 0 && places && m > UINT64_MAX / power10[MIN(places, 19)]) return false;
    Wide q = shift_rounded(m * wide_power10(places), s); /* 2^53 * 10^22 < 2^127 */
    if (q > UINT64_MAX) return false;
    *out = (uint64_t)q;
    return true;
}

int decimal_fixed(double v, int places, char *text) {
    uint64_t q;
    if (places < 0 || places > DECIMAL_PLACES || !decimal_scaled(fabs(v), places, &q)) return 0;
    char *end = text + DECIMAL_TEXT, *p = end;
    int left = places;
    for (; left > 0; left--, q /= 10) *--p = (char)('0' + q % 10);
    if (places) *--p = '.';
    do *--p = (char)('0' + q % 10);
    while (q /= 10);
    if (signbit(v)) *--p = '-';
    int n = (int)(end - p);
    memmove(text, p, (size_t)n);
    return n;
}

/* Does digits / 10^k read back as m / 2^s? |digits 2^s - m 10^k| is at most half of what the next
 * double is away, 10^k / 2; on the edge the even mantissa wins. */
static bool reads_back(uint64_t digits, int k, uint64_t m, int s) {
    Wide a = (Wide)digits << s, b = m * wide_power10(k), gap = wide_power10(k);
    Wide twice = 2 * (a > b ? a - b : b - a);
    return twice < gap || (twice == gap && !(m & 1));
}

static bool scaled_within(double v, int places, uint64_t *digits) {
    return places >= 0 && places <= DECIMAL_PLACES && decimal_scaled(v, places, digits);
}

/* floor(log10(v)) for v from 1e-5 to 1e15. log10 rounds to the power of ten itself just below it;
 * each of these doubles is the power or the first one above it, so that comparing is exact. */
static int exponent_of(double v) {
    static const double tens[] = {1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,  1e3,  1e4, 1e5,
                                  1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    int e = (int)floor(log10(v));
    if (e >= -5 && v < tens[e + 5]) return e - 1;
    return e < 15 && v >= tens[e + 6] ? e + 1 : e;
}

/* From 1e-5 to 1e15 every product stays below 2^127. A power of two is left to the caller: the
 * doubles below it lie closer. */
bool decimal_shortest(double v, uint64_t *digits, int *exp10) {
    uint64_t m;
    int s, k;
    if (!(v >= 1e-5 && v < 1e15) || !take_apart(v, &m, &s) || m == UINT64_C(1) << 52) return false;
    int exponent = exponent_of(v);
    for (int n = 15; n <= 17; n++) {
        k = n - 1 - exponent;
        if (!scaled_within(v, k, digits)) return false;
        if (*digits >= power10[n] && !scaled_within(v, --k, digits))
            return false; /* 9.99 -> 10.0 */
        if (!reads_back(*digits, k, m, s)) continue;
        *exp10 = -k;
        return true;
    }
    return false;
}
