/* From a View to a canvas: titles, text, notes, code; the rest is dispatched. */
#include "config.h"

#include "base/utf8.h"
#include "view/flow.h"
#include "view/markdown.h"
#include "view/node.h"

enum { WIDTH_MIN = 20, CODE_INDENT = 4 };

ViewStyle view_style(const TermFacts *facts) {
    return (ViewStyle){.depth = facts->depth, .ground = facts->ground, .ascii = !facts->utf8};
}

/* ---- text ------------------------------------------------------------------------------- */

static Canvas *flow_canvas(const char *text, Style style, int width, bool ascii) {
    Canvas *c = canvas_new(width);
    Flow f = {.ascii = ascii};
    size_t n = strlen(text);
    if (n && text[n - 1] == '\n') n--;
    flow_add(&f, style, text, n);
    flow_draw(&f, c, 0, 0, width, VIEW_LEFT);
    flow_clear(&f);
    return c;
}

/* Tabs become four spaces; the widest line decides how wide a wide canvas is. */
static Canvas *verbatim_draw(const TextNode *t, int width, const ViewStyle *style) {
    Flow f = {.ascii = style->ascii};
    size_t n = strlen(t->text);
    if (n && t->text[n - 1] == '\n') n--;
    flow_add(&f, t->style, t->text, n);
    int natural = flow_longest_line(&f);
    Canvas *c = canvas_new(style->wide ? MAX(natural, width) : width);
    int row = 0, col = 0;
    canvas_grow(c, 1);
    for (size_t i = 0; i < f.atoms.count; i++) {
        const FlowAtom *a = &f.atoms.items[i];
        if (a->kind == '\n') {
            canvas_grow(c, ++row + 1);
            col = 0;
        } else {
            col = canvas_putn(c, row, col, t->style, f.text.buf + a->offset, a->bytes);
            bool cut = col > canvas_width(c);
            if (cut) canvas_put(c, row, canvas_width(c) - 1, STYLE_FAINT, "…");
        }
    }
    flow_clear(&f);
    return c;
}

/* A line of code. One that is too wide goes on deeper than it began; if it begins in the right
 * half of a narrow screen it is moved to the middle first. */
static int code_line(Canvas *c, int row, const char *line, size_t n, int width, bool ascii) {
    int deep = (int)strspn(line, " "), most = MAX(width / 2, 4), step = width < 60 ? 4 : 8;
    if (utf8_columns(line, n) > width && deep > most) {
        line += deep - most;
        n -= (size_t)(deep - most);
        deep = most;
    }
    Flow f = {.ascii = ascii, .code = true, .hang = MIN(deep + step, width - 1)};
    flow_add(&f, STYLE_CODE, line, n);
    int rows = flow_draw(&f, c, row, CODE_INDENT, width, VIEW_LEFT);
    flow_clear(&f);
    return rows;
}

static Canvas *code_draw(const TextNode *t, int width, bool ascii) {
    Canvas *c = canvas_new(width);
    int row = 0;
    for (const char *p = t->text, *end = p + strlen(p); p < end;) {
        size_t n = strcspn(p, "\n");
        row += code_line(c, row, p, n, width - CODE_INDENT, ascii);
        p += n + (p[n] == '\n');
    }
    canvas_role(c, 0, row, ROW_LEAD);
    return c;
}

static Canvas *note_draw(const TextNode *t, int width, bool ascii) {
    static const struct {
        const char *word;
        Style style;
    } kinds[] = {{"note: ", STYLE_NOTE},
                 {"warning: ", STYLE_WARNING},
                 {"error: ", STYLE_ERROR},
                 {"ok: ", STYLE_GOOD}};
    Canvas *c = canvas_new(width);
    int indent = canvas_put(c, 0, 0, kinds[t->note].style, kinds[t->note].word);
    Flow f = {.ascii = ascii};
    flow_adds(&f, STYLE_PLAIN, t->text);
    flow_draw(&f, c, 0, indent, width - indent, VIEW_LEFT);
    flow_clear(&f);
    return c;
}

Canvas *text_draw(const View *v, int width, const ViewStyle *style) {
    switch (v->kind) {
    case KIND_MARKDOWN:
        return markdown_draw(v->text.text, strlen(v->text.text), width, style->ascii);
    case KIND_VERBATIM:
        return verbatim_draw(&v->text, width, style);
    case KIND_CODE:
        return code_draw(&v->text, width, style->ascii);
    case KIND_NOTE:
        return note_draw(&v->text, width, style->ascii);
    default:
        return flow_canvas(v->text.text, v->text.style, width, style->ascii);
    }
}

/* A picture: what is not its head is its body. */
static Canvas *picture(Canvas *c) {
    for (int row = 0; row < canvas_rows(c); row++)
        if (canvas_row_role(c, row) == ROW_PLAIN) canvas_role(c, row, row + 1, ROW_BODY);
    return c;
}

/* ---- any view ------------------------------------------------------------------------------ */

static Canvas *kind_draw(const View *v, int width, const ViewStyle *style) {
    switch (v->kind) {
    case KIND_MATRIX:
        return picture(matrix_draw(&v->matrix, width, style));
    case KIND_THUMBS:
        return picture(thumbs_draw(&v->thumbs, width, style));
    case KIND_TABLE:
        return table_draw(&v->table, width, style);
    case KIND_LEDGER:
        return ledger_draw(&v->ledger, width, style);
    case KIND_CURVE:
        return picture(curve_draw(&v->curve, width, style));
    case KIND_BARS:
        return picture(bars_draw(&v->bars, width));
    default:
        return text_draw(v, width, style);
    }
}

Canvas *view_draw(const View *v, int width, const ViewStyle *style) {
    static const ViewStyle plain = {0};
    if (!style) style = &plain;
    width = MAX(width, WIDTH_MIN);
    Canvas *body = kind_draw(v, width, style);
    if (!v->title) return body;
    Canvas *c = canvas_new(canvas_width(body));
    Flow title = {.ascii = style->ascii};
    flow_adds(&title, STYLE_SUBHEADING, v->title);
    int rows = flow_draw(&title, c, 0, 0, width, VIEW_LEFT);
    flow_clear(&title);
    canvas_role(c, 0, rows, ROW_HEAD);
    canvas_paste(c, rows, 0, body);
    canvas_free(body);
    return c;
}
