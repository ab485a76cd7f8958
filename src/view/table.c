/* Tables and ledgers on a canvas. */
#include "config.h"

#include "base/utf8.h"
#include "view/grid.h"
#include "view/node.h"
#include "view/number.h"

Canvas *table_draw(const TableNode *t, int width, const ViewStyle *style) {
    Grid g;
    grid_init(&g, t->rows + 1, t->columns, style->ascii);
    for (size_t k = 0; k < t->columns; k++) {
        g.align[k] = t->align[k];
        const char *head = label_at(&t->head, (int64_t)k);
        flow_adds(grid_cell(&g, 0, k), STYLE_NAME, head ? head : "");
        for (size_t r = 0; r < t->rows; r++) {
            bool sum = t->total && r == t->rows - 1;
            const char *cell = t->cells.items[r * t->columns + k];
            flow_adds(grid_cell(&g, r + 1, k), sum ? STYLE_STRONG : STYLE_PLAIN, cell);
        }
    }
    g.total = t->total;
    Canvas *c = canvas_new(width);
    grid_draw(&g, c, 0, 0, width);
    grid_clear(&g);
    return c;
}

/* ---- ledger --------------------------------------------------------------------- */

enum { SHAPE_KEPT = 24 }; /* a shape no longer than this is not broken */
enum { STEP_LEAST = 12 }; /* a step is not cut to fewer columns */

enum { STEP, SHAPE, PARAMS, FLOPS, BYTES, TIME, LEDGER_COLUMNS };

static void put_number(Grid *g, size_t row, size_t column, Style style, double v,
                       void (*format)(Str *, double)) {
    if (v < 0) return;
    Str s = STR_INIT;
    format(&s, v);
    flow_adds(grid_cell(g, row, column), style, str_cstr(&s));
    str_clear(&s);
}

static void put_time(Grid *g, size_t row, Style style, int64_t ns, bool mask) {
    if (ns < 0) return;
    Str s = STR_INIT;
    if (mask)
        str_add(&s, "(time)");
    else
        number_time(&s, ns);
    flow_adds(grid_cell(g, row, TIME), style, str_cstr(&s));
    str_clear(&s);
}

/* Where the count behind a step begins: " ×24" at its end; the end when there is none. */
static size_t count_at(const char *step) {
    size_t n = strlen(step), at = n;
    while (at > 0 && step[at - 1] >= '0' && step[at - 1] <= '9') at--;
    size_t mark = strlen(" ×");
    return at < n && at >= mark && memcmp(step + at - mark, " ×", mark) == 0 ? at - mark : n;
}

/* The step on one line of `room` columns: cut before its count. */
static void put_step(Grid *g, size_t row, Style style, const char *step, int room) {
    size_t n = strlen(step), end = count_at(step);
    int dots = grid_cell(g, row, STEP)->ascii ? 3 : 1; /* columns of an ellipsis */
    int keep = room - dots - utf8_columns(step + end, n - end);
    if (utf8_columns(step, n) <= room || keep < STEP_LEAST) {
        flow_adds(grid_cell(g, row, STEP), style, step);
        return;
    }
    if (end >= strlen("…") && memcmp(step + end - strlen("…"), "…", strlen("…")) == 0)
        end -= strlen("…");
    Str s = STR_INIT;
    str_addn(&s, step, utf8_offset(step, end, (size_t)keep));
    str_printf(&s, "…%s", step + count_at(step));
    flow_adds(grid_cell(g, row, STEP), style, str_cstr(&s));
    str_clear(&s);
}

static void put_row(Grid *g, size_t at, Style style, const ViewLedgerRow *row, bool masked) {
    if (row->shape) flow_part(grid_cell(g, at, SHAPE), STYLE_SHAPE, row->shape, 0, SHAPE_KEPT);
    put_number(g, at, PARAMS, style, row->params, number_count);
    put_number(g, at, FLOPS, style, row->flops, number_count);
    put_number(g, at, BYTES, style, row->bytes, number_bytes);
    put_time(g, at, style, row->ns, masked);
}

/* Unknown entries are not added; a column without known entries has no total. */
static void add(double *total, double v) {
    if (v >= 0) *total = MAX(*total, 0) + v;
}

static ViewLedgerRow total_of(const LedgerNode *l) {
    ViewLedgerRow total = {"total", NULL, -1, -1, -1, -1};
    for (size_t i = 0; i < l->n; i++) {
        add(&total.params, l->rows[i].params);
        add(&total.flops, l->rows[i].flops);
        add(&total.bytes, l->rows[i].bytes);
        if (l->rows[i].ns >= 0) total.ns = MAX(total.ns, 0) + l->rows[i].ns;
    }
    return total;
}

static void say_count(Str *out, double n, const char *one) {
    if (n <= 0) return;
    str_add(out, ", ");
    number_count(out, n);
    str_printf(out, " %s%s", one, n == 1 ? "" : "s");
}

bool view_ledger_line(const View *v, bool masked, Str *out) {
    if (v->kind != KIND_LEDGER) return false;
    ViewLedgerRow total = total_of(&v->ledger);
    str_printf(out, "%zu step%s", v->ledger.n, v->ledger.n == 1 ? "" : "s");
    say_count(out, total.params, "parameter");
    say_count(out, total.flops, "FLOP");
    if (total.ns < 0) return true;
    str_add(out, ", ");
    if (masked) {
        str_add(out, "(time)");
    } else {
        str_add(out, "≈ ");
        number_time(out, total.ns);
    }
    return true;
}

static int column_width(Grid *g, size_t column) {
    int width = 0;
    for (size_t r = 0; r < g->rows; r++)
        width = MAX(width, flow_longest_line(grid_cell(g, r, column)));
    return width;
}

Canvas *ledger_draw(const LedgerNode *l, int width, const ViewStyle *style) {
    static const char *const head[LEDGER_COLUMNS] = {"step",  "shape", "params",
                                                     "FLOPs", "bytes", "time"};
    Grid g;
    grid_init(&g, l->n + 2, LEDGER_COLUMNS, style->ascii);
    for (size_t k = 0; k < LEDGER_COLUMNS; k++) {
        g.align[k] = k >= PARAMS ? VIEW_RIGHT : VIEW_LEFT;
        flow_adds(grid_cell(&g, 0, k), STYLE_NAME, head[k]);
    }
    for (size_t i = 0; i < l->n; i++) put_row(&g, i + 1, STYLE_PLAIN, &l->rows[i], style->masked);
    ViewLedgerRow total = total_of(l);
    put_row(&g, l->n + 1, STYLE_STRONG, &total, style->masked);
    int room = width - (LEDGER_COLUMNS - 1);
    for (size_t k = SHAPE; k < LEDGER_COLUMNS; k++) room -= column_width(&g, k);
    for (size_t i = 0; i < l->n; i++) put_step(&g, i + 1, STYLE_PLAIN, l->rows[i].step, room);
    put_step(&g, l->n + 1, STYLE_STRONG, total.step, room);
    g.total = true;
    Canvas *c = canvas_new(width);
    grid_draw(&g, c, 0, 0, width);
    grid_clear(&g);
    return c;
}
