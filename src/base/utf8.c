/* UTF-8 decoding, widths and safe display; see utf8.h. */
#include "config.h"

#include "base/utf8.h"

#include <utf8proc.h>

int utf8_decode(const char *s, size_t n, uint32_t *cp) {
    const unsigned char *u = (const unsigned char *)s;
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    *cp = 0xFFFD;
    if (n == 0) return 0;
    if (u[0] < 0x80) {
        *cp = u[0];
        return 1;
    }
    int len = u[0] >= 0xF0 ? 4 : u[0] >= 0xE0 ? 3 : 2;
    if (u[0] < 0xC2 || u[0] > 0xF4 || n < (size_t)len) return 1;
    uint32_t c = u[0] & (0xFFu >> (len + 1));
    for (int i = 1; i < len; i++) {
        if ((u[i] & 0xC0) != 0x80) return 1;
        c = c << 6 | (u[i] & 0x3F);
    }
    if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return 1;
    *cp = c;
    return len;
}

int utf8_encode(uint32_t cp, char *out) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    int len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (int i = len - 1; i > 0; i--, cp >>= 6) out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((0xF00u >> len) | cp);
    return len;
}

/* A decoded U+FFFD is an error only if the text does not spell it out. */
static bool malformed(const char *s, int taken, uint32_t cp) {
    return cp == 0xFFFD && !(taken == 3 && (unsigned char)s[0] == 0xEF);
}

bool utf8_valid(const char *s, size_t n) {
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        int k = utf8_decode(s + i, n - i, &cp);
        if (malformed(s + i, k, cp)) return false;
        i += (size_t)k;
    }
    return true;
}

size_t utf8_count(const char *s, size_t n) {
    size_t count = 0;
    uint32_t cp;
    for (size_t i = 0; i < n; count++) i += (size_t)utf8_decode(s + i, n - i, &cp);
    return count;
}

size_t utf8_offset(const char *s, size_t n, size_t index) {
    size_t i = 0;
    uint32_t cp;
    while (i < n && index-- > 0) i += (size_t)utf8_decode(s + i, n - i, &cp);
    return i;
}

int utf8_width(uint32_t cp) {
    if (cp >= 0x20 && cp < 0x7F) return 1;
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return 0;
    return utf8proc_charwidth((utf8proc_int32_t)cp);
}

int utf8_columns(const char *s, size_t n) {
    int columns = 0;
    uint32_t cp;
    for (size_t i = 0; i < n;) {
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        columns += utf8_width(cp);
    }
    return columns;
}

/* What a terminal may act on or a reader be misled by: C0 and C1 controls, bidi
 * controls, line and paragraph separators. */
static bool unsafe(uint32_t cp) {
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x200E || cp == 0x200F ||
           (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

void utf8_clean(Str *out, const char *s, size_t n) {
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        char bytes[4];
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        str_addn(out, bytes, (size_t)utf8_encode(cp, bytes));
    }
}

void utf8_escape(Str *out, const char *s, size_t n, bool keep_ws) {
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        int k = utf8_decode(s + i, n - i, &cp);
        if (malformed(s + i, k, cp))
            str_printf(out, "\\x%02x", (unsigned char)s[i]);
        else if (keep_ws && (cp == '\n' || cp == '\t'))
            str_addc(out, (char)cp);
        else if (!unsafe(cp))
            str_addn(out, s + i, (size_t)k);
        else if (cp < 0x100)
            str_printf(out, "\\x%02x", cp);
        else
            str_printf(out, "\\u%04x", cp);
        i += (size_t)k;
    }
}
