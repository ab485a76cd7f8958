/* What a terminal would show: the bytes that a program wrote, with the escape sequences that
 * readline and qkv use carried out (xterm's: cursor moves, erasing, inserting, automatic margins).
 * Rows that scroll off the top are gone.
 *
 *     Screen *s = screen_new(80, 24);
 *     screen_feed(s, bytes, n);
 *     screen_row(s, 0, &text);          (without trailing blanks)
 *     screen_free(s);
 */
#ifndef QKV_TESTS_TTY_SCREEN_H
#define QKV_TESTS_TTY_SCREEN_H

#include "base/str.h"

typedef struct Screen Screen;

Screen *screen_new(int columns, int rows);
void screen_free(Screen *s);
/* A sequence that is cut off at the end goes on with the next bytes. */
void screen_feed(Screen *s, const char *bytes, size_t n);
/* As xterm does it: rows that no longer fit leave at the top, long ones are cut. */
void screen_resize(Screen *s, int columns, int rows);
int screen_rows(const Screen *s);
/* Appends a row's text; trailing blanks are no text. */
void screen_row(const Screen *s, int row, Str *out);
/* Appends what stands left of the cursor in its row. */
void screen_before_cursor(const Screen *s, Str *out);

#endif
