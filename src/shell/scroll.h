/* What stands between two stops of a lesson, as the lines that would be printed, cut into pages
 * that the terminal can show whole.
 *
 * Lines come in blocks: a canvas (prose, code, a picture), or lines that a cell printed. A page
 * begins where a block or a paragraph does, not behind a heading, and within a picture only if the
 * picture alone is taller than a page; then its head is repeated. Where that makes a page less,
 * blank lines beside pictures and rules under headings are left out, and a line stands for code.
 * Pure: rows in, text out.
 *
 *     Scroll s = {0};
 *     scroll_block(&s);
 *     scroll_line(&s, "weights (6, 6)", 14, ROW_HEAD, 1);   (bytes without the newline; its rows)
 *     ScrollRoom room = {.rows = 21, .later = 20};
 *     while (scroll_left(&s)) scroll_take(&s, &room, &out);
 *     scroll_clear(&s);
 */
#ifndef QKV_SHELL_SCROLL_H
#define QKV_SHELL_SCROLL_H

#include "base/str.h"
#include "term/canvas.h"

typedef struct ScrollLine {
    size_t start, end; /* in text; no newline */
    int rows;          /* of the terminal */
    int block;
    RowRole role;
    bool blank;
    bool colon; /* ends in a colon: what follows belongs to it */
    size_t
        stands_for; /* lines above that it is shown instead of where they have no room; 0: none */
} ScrollLine;

typedef struct Scroll {
    Str text;
    VEC(ScrollLine) lines;
    size_t at; /* lines before it were taken */
    int blocks;
} Scroll;

/* Rows that pages may have. */
typedef struct ScrollRoom {
    int rows;   /* of the page that is taken, what stands on it already not counted */
    int later;  /* of the pages behind it */
    bool begun; /* something stands on the page: taking nothing is a choice */
    bool grows; /* more lines may come: what leads to them is kept back */
} ScrollRoom;

void scroll_clear(Scroll *s);
/* The lines to come are of a block of their own. */
void scroll_block(Scroll *s);
void scroll_line(Scroll *s, const char *line, size_t n, RowRole role, int rows);

/* A line that may be shown instead of the last n of the others. */
void scroll_stand_in(Scroll *s, const char *line, size_t len, size_t n);

/* Appends the lines of the next page, each with its newline, and takes their rows from room->rows.
 * Blank lines at a page's ends are left out. One line at least is taken unless room says begun or
 * grows. False: the page is full, the others are for the next. */
bool scroll_take(Scroll *s, ScrollRoom *room, Str *out);
/* Pages of `rows` that the lines left make. */
int scroll_pages(const Scroll *s, int rows);
/* Are there lines left that are not blank? */
bool scroll_left(const Scroll *s);

#endif
