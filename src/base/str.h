/* Growable byte string for building text; always NUL-terminated.
 *
 *     Str s = STR_INIT;
 *     str_printf(&s, "%d of %d", i, n);
 *     puts(str_cstr(&s));
 *     str_clear(&s);                 or: char *owned = str_detach(&s);
 */
#ifndef QKV_BASE_STR_H
#define QKV_BASE_STR_H

#include <stdarg.h>

#include "base/base.h"

typedef struct Str {
    char *buf; /* NULL while empty */
    size_t len, cap;
    bool lost; /* the limit was reached: what it has stays, more is not taken (memory.h) */
} Str;

#define STR_INIT ((Str){0})

void str_add(Str *s, const char *text);
void str_addn(Str *s, const char *bytes, size_t n);
void str_addc(Str *s, char c);
void str_fill(Str *s, char c, size_t n);
void str_printf(Str *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
void str_vprintf(Str *s, const char *fmt, va_list ap);
bool str_reserve(Str *s, size_t more); /* false: lost, there is no such room */
void str_reset(Str *s);                /* empty, keeps the buffer; no longer lost */
void str_clear(Str *s);
const char *str_cstr(const Str *s); /* "" while empty; borrowed */
char *str_detach(Str *s);           /* owned by the caller; s is reset */

bool str_starts(const char *s, const char *prefix);

#endif
