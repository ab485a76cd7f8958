/* A grid of styled cells of fixed width that grows downward; what every view
 * is drawn on, and the only way text reaches a terminal.
 *
 * A cell holds one cluster (a code point and the combining marks on it). A wide
 * cluster takes two cells, the right one empty with `right_half` set. Nothing is
 * ever put outside the width: what does not fit is cut off. Control characters,
 * escapes and malformed bytes become visible on the way in (utf8_escape), so a
 * canvas cannot hold anything that a terminal acts on.
 *
 *     Canvas *c = canvas_new(80);
 *     int col = canvas_put(c, 0, 0, STYLE_NAME, "weights");
 *     canvas_put(c, 0, col + 1, STYLE_SHAPE, "(6, 6)");
 *     canvas_emit(c, &facts, &out);
 *     canvas_free(c);
 */
#ifndef QKV_TERM_CANVAS_H
#define QKV_TERM_CANVAS_H

#include "base/str.h"
#include "term/color.h"

#define CELL_BYTES 15

typedef struct Cell {
    char text[CELL_BYTES]; /* UTF-8, not terminated; marks that do not fit are dropped */
    uint8_t len;           /* 0: blank */
    uint8_t style;         /* Style */
    bool right_half;       /* covered by the wide cluster to the left */
    bool has_bg, has_fg;   /* bg without fg: text is black or white by luminance */
    Rgb bg, fg;
} Cell;

typedef struct Canvas Canvas;

Canvas *canvas_new(int width); /* width >= 1 */
void canvas_free(Canvas *c);   /* NULL is fine */
int canvas_width(const Canvas *c);
int canvas_rows(const Canvas *c);
/* Makes the canvas at least `rows` high. */
void canvas_grow(Canvas *c, int rows);
/* The cell, or NULL outside; for tests, the board and exports. */
const Cell *canvas_cell(const Canvas *c, int row, int col);
/* A row's text without colours and without blanks at its end, in place of what out had. */
void canvas_row_text(const Canvas *c, int row, Str *out);

/* Puts text from (row, col) on and returns the column after it, even beyond the
 * width. Columns left of 0 or beyond the width are cut. Newlines are escaped like
 * any other control character. */
int canvas_put(Canvas *c, int row, int col, Style style, const char *text);
int canvas_putn(Canvas *c, int row, int col, Style style, const char *text, size_t n);
int canvas_printf(Canvas *c, int row, int col, Style style, const char *fmt, ...) PRINTF_LIKE(5, 6);
/* The same code point in n cells. */
void canvas_repeat(Canvas *c, int row, int col, Style style, uint32_t cp, int n);
/* Colours behind and of n cells; text stays. */
void canvas_bg(Canvas *c, int row, int col, int n, Rgb bg);
void canvas_fg(Canvas *c, int row, int col, int n, Rgb fg);
/* What a row is to whoever cuts a canvas into pages. */
typedef enum RowRole {
    ROW_PLAIN,
    ROW_LEAD, /* leads to what follows: a heading, a line of code */
    ROW_RULE, /* under a heading; it can be left out */
    ROW_HEAD, /* says what the rows of ROW_BODY below it show */
    ROW_BODY
} RowRole;

/* Of rows [from, to); the canvas grows to hold them. */
void canvas_role(Canvas *c, int from, int to, RowRole role);
RowRole canvas_row_role(const Canvas *c, int row);

/* Copies all of src with its top left corner at (row, col). */
void canvas_paste(Canvas *dst, int row, int col, const Canvas *src);
/* Columns in use: the widest row without its trailing blanks. */
int canvas_used_width(const Canvas *c);

/* Appends one row and its newline, as canvas_emit does. */
void canvas_emit_row(const Canvas *c, int row, const TermFacts *facts, Str *out);
/* Appends the whole canvas, a line and a newline per row, trailing blanks trimmed,
 * with the fewest SGR sequences that the facts' depth needs (none for DEPTH_NONE).
 * Without UTF-8 everything is ASCII (see ascii.c). Meant for one write. */
void canvas_emit(const Canvas *c, const TermFacts *facts, Str *out);

/* Takes back the last rows of the screen: what comes is written over them. Only where the cursor
 * moves (TermFacts). */
void rows_erase(int rows, Str *out);

/* Appends `text` (escaped on the way) in a style, for output that is not a canvas:
 * prompts, error carets, progress lines. */
void style_emit(Style style, const char *text, const TermFacts *facts, Str *out);

#endif
