/* An entry of several lines on the screen: behind the first prompt one line below the other, each
 * further one behind a prompt of its own; of what the screen cannot hold a window around the
 * cursor, with the number of lines above and below. Pure text; the readline of editor.c draws it.
 *
 *     BlockView v = {0};
 *     block_view(&(BlockArea){80, 24, 5, "...> ", true}, text, point, mark, &v);
 *     v.text                               -> "for i in x:\n...>     print(i)"
 *     block_view_clear(&v);
 */
#ifndef QKV_SHELL_BLOCK_H
#define QKV_SHELL_BLOCK_H

#include "base/str.h"

typedef struct BlockArea {
    int columns, rows;
    int prompt;       /* columns of the first line's prompt */
    const char *more; /* in front of every other line */
    bool utf8;        /* other bytes are shown as \303 */
    bool single;      /* a terminal whose cursor cannot go up: only the cursor's line */
} BlockArea;

typedef struct BlockView {
    Str text;
    size_t point, mark; /* in text */
} BlockView;

/* point, mark: bytes of text. Appends to v->text, which is shorter than columns * rows: readline
 * draws no more. */
void block_view(const BlockArea *a, const char *text, size_t point, size_t mark, BlockView *v);
void block_view_clear(BlockView *v);

size_t block_lines(const char *text);                 /* newlines in it */
size_t block_line_start(const char *text, size_t at); /* of the line that byte `at` is in */
size_t block_line_end(const char *text, size_t at);   /* its newline, or the end */

#endif
