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

enum { SHAPE_KEPT = 24 };                 /* a shape no longer than this is not broken */
enum { STEP_LEAST = 12, STEP_MOST = 34 }; /* columns that a step is cut to */

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

/* The step on one line of `room` columns, STEP_MOST at most: cut before its count. */
static void put_step(Grid *g, size_t row, Style style, const ViewLedgerRow *r, int room) {
    size_t n = strlen(r->step);
    int dots = grid_cell(g, row, STEP)->ascii ? 3 : 1; /* columns of an ellipsis */
    Str count = STR_INIT, s = STR_INIT;
    if (r->times > 1) str_printf(&count, " ×%lld", (long long)r->times);
    int behind = utf8_columns(str_cstr(&count), count.len);
    if (room - dots - behind < STEP_LEAST) room = STEP_MOST;
    room = MIN(room, STEP_MOST) - behind;
    if (utf8_columns(r->step, n) <= room) {
        str_add(&s, r->step);
    } else {
        str_addn(&s, r->step, utf8_offset(r->step, n, (size_t)(room - dots)));
        str_add(&s, "…");
    }
    str_add(&s, str_cstr(&count));
    flow_adds(grid_cell(g, row, STEP), style, str_cstr(&s));
    str_clear(&s);
    str_clear(&count);
}

static void put_shape(Grid *g, size_t at, const ViewLedgerRow *row) {
    if (row->shape.ndim < 0) return;
    Str s = STR_INIT;
    shape_str(&s, row->shape.ndim, row->shape.size);
    flow_part(grid_cell(g, at, SHAPE), STYLE_SHAPE, str_cstr(&s), 0, SHAPE_KEPT);
    str_clear(&s);
}

static void put_row(Grid *g, size_t at, Style style, const ViewLedgerRow *row, bool masked) {
    put_shape(g, at, row);
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
    ViewLedgerRow total = {"total", {.ndim = -1}, -1, -1, -1, -1, 0};
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
    for (size_t i = 0; i < l->n; i++) put_step(&g, i + 1, STYLE_PLAIN, &l->rows[i], room);
    put_step(&g, l->n + 1, STYLE_STRONG, &total, room);
    g.total = true;
    Canvas *c = canvas_new(width);
    grid_draw(&g, c, 0, 0, width);
    grid_clear(&g);
    return c;
}
