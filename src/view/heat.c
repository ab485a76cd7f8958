/* A slice as heat cells, for matrices too big for digits. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "base/utf8.h"

enum { ROWS_MAX = 40, UPRIGHT_MAX = 8, TICK = 8, LABEL_MAX = 12 };

typedef struct Mark {
    enum { MARK_VALUE, MARK_ZERO, MARK_UNDERFLOW, MARK_MASKED, MARK_BAD } kind;
    double at; /* on the ramp */
} Mark;

/* ---- values -------------------------------------------------------------------------- */

static Mark mark_at(const MatrixPlan *p, const HeatLayout *l, int64_t slice, int64_t row,
                    int64_t col) {
    int64_t r1 = MIN((row + 1) * l->block_rows, p->R), c1 = MIN((col + 1) * l->block_cols, p->C);
    double sum = 0, greatest = -INFINITY;
    int64_t open = 0, all = 0, zero = 0, underflow = 0;
    for (int64_t r = row * l->block_rows; r < r1; r++)
        for (int64_t c = col * l->block_cols; c < c1; c++) {
            MatrixCell cell = matrix_cell(p, slice, r, c);
            bool minus_inf = cell.kind == CELL_NONFINITE && cell.v < 0;
            if (cell.kind == CELL_NONFINITE && !minus_inf) return (Mark){MARK_BAD, 0};
            all++;
            if (cell.kind == CELL_MASKED || minus_inf) continue;
            open++;
            zero += cell.kind == CELL_ZERO || cell.kind == CELL_UNDERFLOW;
            underflow += cell.kind == CELL_UNDERFLOW;
            sum += cell.v;
            greatest = fmax(greatest, cell.v);
        }
    if (open == 0) return (Mark){MARK_MASKED, 0};
    if (p->m->scale == VIEW_MASK) return (Mark){MARK_VALUE, (double)open / (double)all};
    double at = matrix_ramp(p, p->m->scale == VIEW_WEIGHTS ? greatest : sum / (double)open);
    return (Mark){zero < open ? MARK_VALUE : underflow ? MARK_UNDERFLOW : MARK_ZERO, at};
}

uint32_t heat_shade(const MatrixPlan *p, double at) {
    static const uint32_t shades[4] = {0x2591, 0x2592, 0x2593, 0x2588};
    static const uint32_t signs[4] = {'=', '-', '+', '#'};
    bool diverging = p->m->scale == VIEW_DIVERGING;
    double place = diverging ? (at + 1) / 2 : at;
    int i = MIN(MAX((int)floor(place * 4), 0), 3);
    return diverging ? signs[i] : shades[i];
}

/* ---- layout ----------------------------------------------------------------------------- */

static int longest_row_label(const MatrixPlan *p) {
    int longest = 0;
    for (int64_t i = 0; i < p->R; i++) {
        char buf[24];
        Style style;
        const char *text = matrix_label(&p->m->rows, i, buf, &style);
        longest = MAX(longest, utf8_columns(text, strlen(text)));
        if (!label_at(&p->m->rows, i)) i = MAX(i, p->R - 2); /* indexes: the last is longest */
    }
    return longest;
}

static int upright_rows(const MatrixPlan *p) {
    int longest = 1;
    for (size_t i = 0; i < p->m->cols.count; i++) {
        const char *text = p->m->cols.items[i];
        longest = MAX(longest, utf8_columns(text, strlen(text)));
    }
    return MIN(longest, UPRIGHT_MAX);
}

static int64_t blocks(int64_t n, int64_t most) {
    return n <= most ? 1 : (n + most - 1) / most;
}

HeatLayout heat_bare(const MatrixPlan *p, int mark, int64_t block_rows, int64_t block_cols) {
    HeatLayout l = {.mark = mark, .block_rows = block_rows, .block_cols = block_cols};
    l.color = p->style->depth >= DEPTH_256;
    l.half = l.color && mark == 1;
    l.rows = (p->R + block_rows - 1) / block_rows;
    l.cols = (p->C + block_cols - 1) / block_cols;
    l.width = (int)l.cols * mark;
    l.height = (int)(l.half ? (l.rows + 1) / 2 : l.rows);
    return l;
}

/* Square marks two columns wide if they fit, else half-blocks in colour or narrow
 * shades, else blocks of entries. */
HeatLayout heat_layout(const MatrixPlan *p, int width) {
    bool color = p->style->depth >= DEPTH_256;
    int label = MIN(MIN(longest_row_label(p), LABEL_MAX), width / 4) + 1, mark = 2;
    int64_t most = p->style->no_bars && p->style->max_rows ? p->style->max_rows : ROWS_MAX;
    int64_t room = MAX(width - label, 1), rows_max = p->style->wide ? p->R : most;
    int64_t block_rows = 1, block_cols = 1;
    if (p->C * 2 > room || p->R > rows_max) {
        mark = 1;
        block_cols = blocks(p->C, room);
        block_rows = blocks(p->R, color ? 2 * rows_max : rows_max);
        if (block_cols > 1 || block_rows > 1) block_rows = MAX(block_rows, color ? block_cols : 1);
    }
    HeatLayout l = heat_bare(p, mark, block_rows, block_cols);
    l.label = label;
    l.head_rows = p->m->cols.count && mark == 2 ? upright_rows(p) : 1;
    l.width += label;
    l.height += l.head_rows;
    return l;
}

/* ---- drawing ------------------------------------------------------------------------------ */

static void draw_upright(const MatrixPlan *p, const HeatLayout *l, Canvas *c, int row, int col) {
    for (int64_t k = 0; k < l->cols; k++) {
        const char *text = label_at(&p->m->cols, k);
        if (!text) continue;
        size_t n = strlen(text), i = 0;
        int total = (int)MIN(utf8_columns(text, n), l->head_rows), down = 0;
        while (i < n && down < total) {
            uint32_t cp;
            int bytes = utf8_decode(text + i, n - i, &cp);
            if (utf8_width(cp) > 0)
                canvas_putn(c, row + l->head_rows - total + down++, col + (int)k * 2, STYLE_LABEL,
                            text + i, (size_t)bytes);
            i += (size_t)bytes;
        }
    }
}

/* Indexes over every eighth mark, as far as they do not touch. */
static void draw_ticks(const HeatLayout *l, Canvas *c, int row, int col) {
    int free_from = col;
    for (int64_t k = 0; k < l->cols; k += TICK) {
        int at = col + (int)k * l->mark;
        if (at < free_from) continue;
        free_from =
            canvas_printf(c, row, at, STYLE_FAINT, "%lld", (long long)(k * l->block_cols)) + 1;
    }
}

/* What stands in a cell in place of a shade, or on its colour: 0 differs from what is small. */
static const char *mark_glyph(const MatrixPlan *p, const HeatLayout *l, Mark m) {
    bool one = l->block_rows == 1 && l->block_cols == 1;
    switch (m.kind) {
    case MARK_MASKED:
        return "·";
    case MARK_BAD:
        return "!";
    case MARK_ZERO:
        return "0";
    case MARK_UNDERFLOW:
        return l->mark > 1 ? "~0" : "~";
    case MARK_VALUE:
        break;
    }
    return p->m->scale == VIEW_MASK && one && !l->color ? "■" : NULL;
}

static void draw_mark(const MatrixPlan *p, const HeatLayout *l, Mark m, Canvas *c, int row,
                      int col) {
    static const Style styles[] = {[MARK_VALUE] = STYLE_PLAIN,
                                   [MARK_ZERO] = STYLE_PLAIN,
                                   [MARK_UNDERFLOW] = STYLE_UNDERFLOW,
                                   [MARK_MASKED] = STYLE_MASKED,
                                   [MARK_BAD] = STYLE_NONFINITE};
    const char *glyph = mark_glyph(p, l, m);
    if (glyph) canvas_put(c, row, col, styles[m.kind], glyph);
    if (m.kind == MARK_MASKED || m.kind == MARK_BAD) return;
    if (l->color)
        canvas_bg(c, row, col, l->mark, matrix_ramp_color(p, m.at));
    else if (!glyph)
        canvas_repeat(c, row, col, STYLE_PLAIN, heat_shade(p, m.at), l->mark);
}

/* Two marks in one cell: the upper half block takes the upper one's colour as its
 * ink and the lower one's as its ground; a masked half stays empty. */
static void draw_half(const MatrixPlan *p, const HeatLayout *l, Mark up, Mark down, Canvas *c,
                      int row, int col) {
    if (up.kind == MARK_BAD || down.kind == MARK_BAD) {
        canvas_put(c, row, col, STYLE_NONFINITE, "!");
    } else if (up.kind == MARK_MASKED && down.kind == MARK_MASKED) {
        draw_mark(p, l, up, c, row, col);
    } else if (up.kind == MARK_MASKED) {
        canvas_put(c, row, col, STYLE_PLAIN, "▄");
        canvas_fg(c, row, col, 1, matrix_ramp_color(p, down.at));
    } else {
        canvas_put(c, row, col, STYLE_PLAIN, "▀");
        canvas_fg(c, row, col, 1, matrix_ramp_color(p, up.at));
        if (down.kind != MARK_MASKED) canvas_bg(c, row, col, 1, matrix_ramp_color(p, down.at));
    }
}

static void draw_row_label(const MatrixPlan *p, const HeatLayout *l, int64_t mark_row, Canvas *c,
                           int row, int col) {
    int64_t index = mark_row * l->block_rows;
    if (l->block_rows > 1 || !label_at(&p->m->rows, index)) {
        int64_t every = l->half ? TICK : TICK / 2;
        if (mark_row % every) return;
    }
    char buf[24];
    Style style;
    const char *text = matrix_label(&p->m->rows, index, buf, &style);
    if (l->block_rows > 1) {
        snprintf(buf, sizeof buf, "%lld", (long long)index);
        text = buf, style = STYLE_FAINT;
    }
    put_fitted(c, row, col, l->label - 1, style, text, style == STYLE_FAINT);
}

void heat_draw(const MatrixPlan *p, const HeatLayout *l, int64_t slice, Canvas *c, int row,
               int col) {
    int left = col + l->label;
    if (l->mark == 2 && p->m->cols.count && l->head_rows)
        draw_upright(p, l, c, row, left);
    else if (l->head_rows)
        draw_ticks(l, c, row, left);
    int step = l->half ? 2 : 1, at = row + l->head_rows;
    for (int64_t r = 0; r < l->rows && !INTERRUPTED(); r += step, at++) {
        if (l->label) draw_row_label(p, l, r, c, at, col);
        for (int64_t k = 0; k < l->cols; k++) {
            Mark up = mark_at(p, l, slice, r, k);
            int x = left + (int)k * l->mark;
            if (!l->half) {
                draw_mark(p, l, up, c, at, x);
                continue;
            }
            Mark none = {MARK_MASKED, 0};
            Mark down = r + 1 < l->rows ? mark_at(p, l, slice, r + 1, k) : none;
            draw_half(p, l, up, down, c, at, x);
        }
    }
}
