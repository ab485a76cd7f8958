/* UTF-8: decoding that never reads past the end or accepts malformed text, and
 * the columns a text takes on a terminal (East-Asian wide, combining; utf8proc).
 *
 *     for (size_t i = 0; i < n;) { uint32_t c; i += utf8_decode(s + i, n - i, &c); }
 */
#ifndef QKV_BASE_UTF8_H
#define QKV_BASE_UTF8_H

#include "base/base.h"
#include "base/str.h"

/* Bytes taken (>= 1 while n > 0). Malformed input gives U+FFFD and takes one byte. */
int utf8_decode(const char *s, size_t n, uint32_t *cp);
/* Bytes written, 1..4; out must hold 4. Under a name of our own for the linker:
 * jansson's archive has a function of this name. */
#define utf8_encode qkv_utf8_encode
int utf8_encode(uint32_t cp, char *out);
bool utf8_valid(const char *s, size_t n);
size_t utf8_count(const char *s, size_t n); /* code points */
/* Byte offset of code point number `index`, or n when there are fewer. */
size_t utf8_offset(const char *s, size_t n, size_t index);
int utf8_width(uint32_t cp);               /* columns: 0, 1 or 2; control characters 0 */
int utf8_columns(const char *s, size_t n); /* columns of a text */

/* Copies text for display: control characters, escapes, bidi overrides and
 * malformed bytes become visible (\x1b, \u202e, \xff); newline and tab stay
 * when keep_ws. Nothing that a terminal acts on gets through. */
/* Appends text that may not be UTF-8: what is none becomes U+FFFD. */
void utf8_clean(Str *out, const char *s, size_t n);
void utf8_escape(Str *out, const char *s, size_t n, bool keep_ws);

#endif
