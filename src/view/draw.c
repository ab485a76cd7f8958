/* From a View to a canvas: titles, text, notes, stacks; the rest is dispatched. */
#include "config.h"

#include "view/flow.h"
#include "view/markdown.h"
#include "view/node.h"

enum { WIDTH_MIN = 20, BESIDE_GAP = 3, DEPTH_MAX = 32 };

ViewStyle view_style(const TermFacts *facts) {
    return (ViewStyle){.depth = facts->depth, .light = facts->light, .ascii = !facts->utf8};
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
    case KIND_NOTE:
        return note_draw(&v->text, width, style->ascii);
    default:
        return flow_canvas(v->text.text, v->text.style, width, style->ascii);
    }
}

/* ---- stacks ------------------------------------------------------------------------------- */

static Canvas *draw_at(const View *v, int width, const ViewStyle *style, int depth);

static Canvas *below_draw(Canvas **parts, size_t n, int width) {
    Canvas *c = canvas_new(width);
    for (size_t i = 0; i < n; i++) {
        int row = canvas_rows(c);
        canvas_paste(c, row + (row > 0), 0, parts[i]);
    }
    return c;
}

/* A part goes to the right of the last one if it fits there, else on a new band. */
static Canvas *beside_draw(Canvas **parts, size_t n, int width) {
    Canvas *c = canvas_new(width);
    int top = 0, col = 0;
    for (size_t i = 0; i < n; i++) {
        int used = canvas_used_width(parts[i]);
        if (col > 0 && col + used > width) {
            top = canvas_rows(c) + 1;
            col = 0;
        }
        canvas_paste(c, top, col, parts[i]);
        col += used + BESIDE_GAP;
    }
    return c;
}

static Canvas *stack_draw(const StackNode *s, int width, const ViewStyle *style, int depth) {
    size_t n = s->items.count;
    Canvas **parts = mem_alloc(MAX(n, 1) * sizeof(Canvas *));
    int widest = width;
    for (size_t i = 0; i < n; i++) {
        parts[i] = draw_at(s->items.items[i], width, style, depth + 1);
        widest = MAX(widest, canvas_width(parts[i]));
    }
    Canvas *c =
        s->kind == VIEW_BELOW ? below_draw(parts, n, widest) : beside_draw(parts, n, widest);
    for (size_t i = 0; i < n; i++) canvas_free(parts[i]);
    mem_free(parts);
    return c;
}

/* ---- any view ---------------------------------------------------------------------------------
 */

static Canvas *kind_draw(const View *v, int width, const ViewStyle *style, int depth) {
    switch (v->kind) {
    case KIND_MATRIX:
        return matrix_draw(&v->matrix, width, style);
    case KIND_TABLE:
        return table_draw(&v->table, width, style);
    case KIND_LEDGER:
        return ledger_draw(&v->ledger, width, style);
    case KIND_CURVE:
        return curve_draw(&v->curve, width);
    case KIND_BARS:
        return bars_draw(&v->bars, width);
    case KIND_STACK:
        return stack_draw(&v->stack, width, style, depth);
    default:
        return text_draw(v, width, style);
    }
}

static Canvas *draw_at(const View *v, int width, const ViewStyle *style, int depth) {
    if (depth > DEPTH_MAX)
        return flow_canvas("(nested too deep to draw)", STYLE_FAINT, width, true);
    Canvas *body = kind_draw(v, width, style, depth);
    if (!v->title) return body;
    Canvas *c = canvas_new(canvas_width(body));
    Flow title = {.ascii = style->ascii};
    flow_adds(&title, STYLE_SUBHEADING, v->title);
    int rows = flow_draw(&title, c, 0, 0, width, VIEW_LEFT);
    flow_clear(&title);
    canvas_paste(c, rows, 0, body);
    canvas_free(body);
    return c;
}

Canvas *view_draw(const View *v, int width, const ViewStyle *style) {
    static const ViewStyle plain = {0};
    return draw_at(v, MAX(width, WIDTH_MIN), style ? style : &plain, 0);
}
