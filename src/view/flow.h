/* Styled text that wraps at a width: paragraphs, table cells, notes, code, printed lines.
 *
 * Prose breaks at spaces and between wide characters, at '\n' always, inside a
 * word only when the word is wider than a whole line; a no-break space does not
 * break. Code breaks at spaces too, else behind a bracket or a comma or before a dot,
 * as long as that fills half of the line. Widths are display columns.
 *
 *     Flow f = {0};
 *     flow_add(&f, STYLE_PLAIN, "rows ", 5);
 *     flow_add(&f, STYLE_STRONG, "sum to 1", 8);
 *     row += flow_draw(&f, canvas, row, 2, 40, VIEW_LEFT);
 *     flow_clear(&f);
 */
#ifndef QKV_VIEW_FLOW_H
#define QKV_VIEW_FLOW_H

#include "base/str.h"
#include "view/view.h"

/* A code point with the marks on it. */
typedef struct FlowAtom {
    uint32_t offset, bytes; /* in text */
    uint8_t width;
    uint8_t style;
    char kind; /* 'x' ink, ' ' a place to break, '\n' a break */
} FlowAtom;

typedef struct Flow {
    bool ascii; /* set before adding: text is ASCII, by stand-ins; see term/ascii.h */
    bool code;  /* breaks as code does */
    int hang;   /* columns that all lines but the first are deeper; less than the width */
    Str text;   /* escaped; newlines kept */
    VEC(FlowAtom) atoms;
} Flow;

void flow_add(Flow *f, Style style, const char *text, size_t n);
void flow_adds(Flow *f, Style style, const char *text);
/* Adds text after `gap` spaces (none at the start); a line breaks before it rather
 * than within, unless it is longer than width. */
void flow_part(Flow *f, Style style, const char *text, int gap, int width);
/* From atom number `first` on, spaces are like any other character: no line breaks at
 * them and none is dropped. */
void flow_keep_spaces(Flow *f, size_t first);
void flow_clear(Flow *f);

/* Columns of the longest line unwrapped, and of the longest unbreakable word. */
int flow_longest_line(const Flow *f);
int flow_longest_word(const Flow *f);
/* Draws from (row, col) on and returns the rows taken; an empty flow is one empty row. */
int flow_draw(const Flow *f, Canvas *c, int row, int col, int width, ViewAlign align);
/* Appends the wrapped lines as plain text, without the last newline. */
void flow_text(const Flow *f, int width, Str *out);

#endif
