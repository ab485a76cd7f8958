/* Table layout; see grid.h. */
#include "config.h"

#include "view/grid.h"

/* A word wider than LONGEST_KEPT_WORD may be broken when a table is too wide; text
 * that wraps keeps at least TEXT_MIN columns. */
enum { LONGEST_KEPT_WORD = 14, TEXT_MIN = 12 };

void grid_init(Grid *g, size_t rows, size_t columns, bool ascii) {
    *g = (Grid){.rows = rows, .columns = columns};
    g->cells = mem_zero(rows * columns * sizeof *g->cells);
    g->align = mem_zero(columns * sizeof *g->align);
    for (size_t k = 0; k < columns; k++) g->align[k] = VIEW_LEFT;
    for (size_t i = 0; i < rows * columns; i++) g->cells[i].ascii = ascii;
}

void grid_clear(Grid *g) {
    for (size_t i = 0; i < g->rows * g->columns; i++) flow_clear(&g->cells[i]);
    mem_free(g->cells);
    mem_free(g->align);
    *g = (Grid){0};
}

Flow *grid_cell(Grid *g, size_t row, size_t column) {
    return &g->cells[row * g->columns + column];
}

static const Flow *cell_of(const Grid *g, size_t row, size_t column) {
    return &g->cells[row * g->columns + column];
}

/* The natural and the least bearable width of every column. */
static void measure(const Grid *g, int *natural, int *least) {
    for (size_t k = 0; k < g->columns; k++) {
        natural[k] = least[k] = 1;
        for (size_t r = 0; r < g->rows; r++) {
            const Flow *f = cell_of(g, r, k);
            natural[k] = MAX(natural[k], flow_longest_line(f));
            least[k] = MAX(least[k], MIN(flow_longest_word(f), LONGEST_KEPT_WORD));
        }
        least[k] = MAX(least[k], MIN(natural[k], TEXT_MIN));
        /* numbers with their units stay on one line */
        if (g->align[k] == VIEW_RIGHT) least[k] = natural[k];
    }
}

static int64_t sum(const int *widths, size_t n) {
    int64_t total = 0;
    for (size_t i = 0; i < n; i++) total += widths[i];
    return total;
}

/* Widths of the columns and the gap between them; false: they cannot stand side by
 * side. What is left after the least widths goes to columns in proportion to what
 * they want. */
static bool fit(const Grid *g, int width, int *widths, int *gap) {
    size_t n = g->columns;
    int *natural = mem_alloc(n * sizeof *natural), *least = mem_alloc(n * sizeof *least);
    measure(g, natural, least);
    int64_t between = (int64_t)n - 1;
    bool whole = sum(natural, n) + between <= width;
    *gap = sum(whole ? natural : least, n) + 2 * between <= width ? 2 : 1;
    int64_t room = width - *gap * between, wants = sum(natural, n) - sum(least, n);
    int64_t spare = room - sum(least, n);
    for (size_t k = 0; k < n && spare >= 0; k++) {
        int64_t more = natural[k] - least[k];
        widths[k] =
            (int)(least[k] + (whole || wants == 0 ? more : MIN(more, spare * more / wants)));
    }
    mem_free(natural);
    mem_free(least);
    return spare >= 0;
}

static int draw_row(const Grid *g, size_t r, Canvas *c, int row, int col, const int *widths,
                    int gap) {
    int rows = 1;
    for (size_t k = 0; k < g->columns; k++) {
        rows = MAX(rows, flow_draw(cell_of(g, r, k), c, row, col, widths[k], g->align[k]));
        col += widths[k] + gap;
    }
    return rows;
}

static int draw_columns(const Grid *g, Canvas *c, int row, int col, const int *widths, int gap) {
    int at = row, top = row;
    int across = (int)sum(widths, g->columns) + gap * ((int)g->columns - 1);
    for (size_t r = 0; r < g->rows; r++) {
        bool last = r == g->rows - 1;
        if (last && r > 1 && g->total) canvas_repeat(c, at++, col, STYLE_FAINT, 0x2500, across);
        at += draw_row(g, r, c, at, col, widths, gap);
        if (r > 0) continue;
        canvas_repeat(c, at++, col, STYLE_FAINT, 0x2500, across);
        canvas_role(c, row, at, ROW_HEAD);
        row = at;
    }
    canvas_role(c, row, at, ROW_BODY);
    return at - top;
}

/* A copy that stays together if it fits a line. */
static void copy_flow(Flow *to, const Flow *from, int width) {
    size_t first = to->atoms.count;
    for (size_t i = 0; i < from->atoms.count; i++) {
        const FlowAtom *a = &from->atoms.items[i];
        flow_add(to, (Style)a->style, from->text.buf + a->offset, a->bytes);
    }
    if (flow_longest_line(from) <= width) flow_keep_spaces(to, first);
}

/* Row by row: the first cell as a title, then the others as pairs. */
static int draw_records(const Grid *g, Canvas *c, int row, int col, int width) {
    int at = row, indent = MIN(2, width - 1), room = width - indent;
    for (size_t r = 1; r < g->rows; r++) {
        at += flow_draw(cell_of(g, r, 0), c, at, col, width, VIEW_LEFT);
        Flow pairs = {0};
        for (size_t k = 1; k < g->columns; k++) {
            if (cell_of(g, r, k)->atoms.count == 0) continue;
            if (pairs.atoms.count) flow_adds(&pairs, STYLE_PLAIN, "  ");
            const Flow *head = cell_of(g, 0, k), *value = cell_of(g, r, k);
            bool fits = flow_longest_line(head) + 1 + flow_longest_line(value) <= room;
            copy_flow(&pairs, head, room);
            if (head->atoms.count) flow_adds(&pairs, STYLE_PLAIN, fits ? "\xc2\xa0" : " ");
            copy_flow(&pairs, value, room);
        }
        if (pairs.atoms.count) at += flow_draw(&pairs, c, at, col + indent, room, VIEW_LEFT);
        flow_clear(&pairs);
    }
    return at - row;
}

int grid_draw(const Grid *g, Canvas *c, int row, int col, int width) {
    int *widths = mem_alloc(g->columns * sizeof *widths), gap;
    int rows = fit(g, width, widths, &gap) ? draw_columns(g, c, row, col, widths, gap)
                                           : draw_records(g, c, row, col, width);
    mem_free(widths);
    return rows;
}
