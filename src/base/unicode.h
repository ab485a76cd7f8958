/* What a character is worth as a number, and how wide East Asian text takes it: the parts of the
 * Unicode database that utf8proc has not (the table is made by tests/refs/unicode_table.py).
 *
 *     UnicodeNumber n;
 *     if (unicode_number(0xbd, &n)) ...       1/2, neither a decimal nor a digit
 */
#ifndef QKV_BASE_UNICODE_H
#define QKV_BASE_UNICODE_H

#include "base/base.h"

typedef struct UnicodeNumber {
    int64_t num;
    int den;
    bool decimal; /* one of a script's ten digits */
    bool digit;   /* a decimal, or one that is set otherwise: superscript, circled */
} UnicodeNumber;

/* False for what is no number. */
bool unicode_number(uint32_t c, UnicodeNumber *out);
/* "N", "A", "F", "H", "Na" or "W" */
const char *unicode_width_name(uint32_t c);

#endif
