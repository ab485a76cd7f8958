/* What stands for a character where the locale is not UTF-8.
 *
 * A replacement may be longer than the cell ("sqrt" for √): the columns it takes
 * too many are won back from the next run of two or more spaces, so that columns
 * further right stay aligned.
 */
#ifndef QKV_TERM_ASCII_H
#define QKV_TERM_ASCII_H

#include "base/str.h"

typedef struct AsciiLine {
    int width;  /* columns that a line may take */
    int used;   /* columns written */
    int debt;   /* columns written beyond the grid's */
    bool space; /* the last one was a space */
} AsciiLine;

/* One cell: n bytes of UTF-8 that take `columns`; n = 0 is a blank. */
void ascii_put(AsciiLine *line, const char *s, size_t n, int columns, Str *out);
/* Text outside a grid; newlines and tabs stay. */
void ascii_text(const char *s, size_t n, Str *out);

#endif
