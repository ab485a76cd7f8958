/* See unicode.h. */
#include "config.h"

#include <utf8proc.h>

#include "base/unicode.h"

enum { WIDTH_N, WIDTH_A, WIDTH_F, WIDTH_H, WIDTH_NA, WIDTH_W };

typedef struct WidthRow {
    uint32_t first, last;
    int kind;
} WidthRow;

/* Characters in a row, each worth `step` more than the one before; all over `den`. */
typedef struct NumberRow {
    uint32_t first, last;
    int64_t value, step;
    int den;
    bool digit;
} NumberRow;

#include "base/unicode_table.h"

static bool is_decimal(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ND;
}

bool unicode_number(uint32_t c, UnicodeNumber *out) {
    if (c < 0x80 && (c < '0' || c > '9')) return false;
    if (is_decimal(c)) { /* they stand in runs of ten from a zero on */
        uint32_t zero = c;
        while (is_decimal(zero - 1)) zero--;
        *out = (UnicodeNumber){(c - zero) % 10, 1, true, true};
        return true;
    }
    size_t lo = 0, hi = ARRAY_LEN(numbers);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const NumberRow *r = &numbers[mid];
        if (c < r->first) {
            hi = mid;
        } else if (c > r->last) {
            lo = mid + 1;
        } else {
            *out = (UnicodeNumber){r->value + r->step * (c - r->first), r->den, false, r->digit};
            return true;
        }
    }
    return false;
}

const char *unicode_width_name(uint32_t c) {
    static const char *const names[] = {"N", "A", "F", "H", "Na", "W"};
    size_t lo = 0, hi = ARRAY_LEN(widths);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c < widths[mid].first)
            hi = mid;
        else if (c > widths[mid].last)
            lo = mid + 1;
        else
            return names[widths[mid].kind];
    }
    return names[WIDTH_N];
}
