/* CommonMark with GitHub's tables and strikethrough (cmark-gfm) -> canvas: headings,
 * emphasis, nested lists, quotes, tables fitted to the width, code, rules. Words
 * wrap at the width by display columns. Formulas are Unicode text and pass
 * unchanged; raw HTML is shown as text; a link shows its text, then its address
 * where the two differ. Escapes are shown, never sent.
 */
#ifndef QKV_VIEW_MARKDOWN_H
#define QKV_VIEW_MARKDOWN_H

#include "base/str.h"
#include "term/canvas.h"

/* Owned by the caller; nothing wider than width (20 at least). ascii: as in ViewStyle. */
Canvas *markdown_draw(const char *text, size_t len, int width, bool ascii);

/* Appends a text as a cell of a table: its bars would end it. */
void markdown_cell(Str *out, const char *text);

#endif
