/* An Err with its frames -> the text that a person reads: place, source line, carets,
 * message, hint; with more than one frame, the traceback, innermost last.
 *
 *     cell 3, line 2
 *         scores = q @ k
 *                  ^^^^^
 *     RuntimeError: q @ k: q is (2, 6, 8), k is (2, 6, 8); ...
 *       hint: did you mean k.transpose(-2, -1)?
 *
 * Plain text with roles beside it: no colour codes, no terminal. What comes from
 * the user's text is shown with utf8_escape, so nothing in it reaches a terminal
 * as a command. Lines are windowed to `columns`.
 *
 *     Diag d = {0};
 *     diag_build(&d, &err, NULL, 80);
 *     for (size_t i = 0; i < d.runs.count; i++) paint(d.text.buf, d.runs.items[i]);
 *     diag_clear(&d);
 */
#ifndef QKV_LANG_DIAG_H
#define QKV_LANG_DIAG_H

#include "base/err.h"
#include "base/str.h"

typedef enum DiagRole {
    DIAG_PLAIN,   /* newlines, indentation, "Traceback, innermost last:" */
    DIAG_PLACE,   /* cell 3, line 2, in attend */
    DIAG_SOURCE,  /* the line of code */
    DIAG_CARET,   /* ^^^^ */
    DIAG_KIND,    /* RuntimeError */
    DIAG_MESSAGE, /* what happened */
    DIAG_HINT     /* what to try */
} DiagRole;

/* Bytes [start, end) of the text; runs follow each other and cover all of it. */
typedef struct DiagRun {
    uint32_t start, end;
    DiagRole role;
} DiagRun;

typedef struct Diag {
    Str text; /* ends with a newline */
    VEC(DiagRun) runs;
} Diag;

/* Appends to *d. kind_name: the class to show, NULL for err_kind_name(err->kind). An Err of
 * kind ERR_RAISED shows its message alone: "ShapeError: text". columns: at least 20 are used. */
void diag_build(Diag *d, const Err *err, const char *kind_name, int columns);
/* Appends the place line, the source line and its carets of one frame, each line indented. */
void diag_frame(Diag *d, const ErrFrame *frame, int indent, int columns);
void diag_clear(Diag *d);

#endif
