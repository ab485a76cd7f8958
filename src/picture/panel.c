/* See panel.h. */
#include "config.h"

#include "picture/panel.h"

#include <math.h>

#include "base/utf8.h"

enum {
    CELLS_MAX = 200,   /* along an axis: more are left out in the middle */
    DIGITS_MAX = 2500, /* cells whose digits are measured at all */
    TIPS_MAX = 2500,   /* cells that say their value under a pointer */
    CUT_MAX = 8,       /* cut tokens that are given in full */
    CUT_LONG = 200     /* columns of one of them */
};

static const double gap = 4; /* between labels and cells */
static const double digits_best = 8.5, digits_least = 5;
static const double cell_best = 24, heat_best = 14;
static const double label_share = 0.3; /* of the room, at most */
static const double line = 1.25;       /* height of a line, of its size */

/* ---- labels ------------------------------------------------------------------------------ */

static const char *label_of(const Labels *l, int64_t i, char buf[24]) {
    Style style;
    return matrix_label(l, i, buf, &style);
}

static double longest_label(const Labels *l, const Shown *shown, double size, bool *tokens) {
    double longest = 0;
    *tokens = l->count > 0;
    for (int64_t k = 0; k < shown_count(shown); k++) {
        char buf[24];
        int64_t i = shown_index(shown, k);
        if (i >= 0)
            longest = fmax(longest, sketch_width(label_of(l, i, buf), size, SKETCH_SANS, false));
    }
    return longest;
}

static PanelAxis axis_of(const Labels *l, int64_t n, double size, double room) {
    PanelAxis a = {.shown = shown_fit(n, CELLS_MAX, 1, 1), .every = 1};
    a.longest = longest_label(l, &a.shown, size, &a.tokens);
    a.label = fmin(a.longest, room);
    return a;
}

/* So many cells for a label that needs `need` of the axis; indexes in round steps. */
static int64_t step_for(const PanelAxis *a, double need) {
    static const int64_t round[] = {1, 2, 5, 10, 20, 25, 50, 100, 200};
    int64_t every = (int64_t)ceil(need / a->each - 1e-9);
    if (every < 1) every = 1;
    for (size_t i = 0; !a->tokens && i < ARRAY_LEN(round); i++)
        if (round[i] >= every) return round[i];
    return every;
}

/* Whether the label at a place is drawn. Indexes count in steps; the last ones keep their distance
 * from the ellipsis. */
static bool labelled(const PanelAxis *a, int64_t place) {
    int64_t i = shown_index(&a->shown, place);
    if (i < 0) return false;
    bool behind = !shown_all(&a->shown) && place > a->shown.head;
    int64_t at = behind ? place - a->shown.head - 1 : place;
    if (!shown_all(&a->shown) && !behind && a->every > 1 && place + a->every > a->shown.head)
        return false;
    return at % a->every == 0;
}

/* ---- layout ------------------------------------------------------------------------------ */

static void cell_text(const MatrixPlan *p, const MatrixCell *cell, Str *out, Style *style) {
    Str padded = STR_INIT;
    *style = matrix_text(p, cell, &padded);
    const char *from = str_cstr(&padded);
    while (*from == ' ') from++;
    size_t n = strlen(from);
    while (n && from[n - 1] == ' ') n--;
    str_reset(out);
    str_addn(out, from, n);
    str_clear(&padded);
}

static bool wants_digits(const Panel *p) {
    const MatrixNode *m = p->plan->m;
    int64_t cells = shown_count(&p->rows.shown) * shown_count(&p->cols.shown);
    if (m->digits == VIEW_OFF || cells > DIGITS_MAX) return false;
    return m->scale != VIEW_MASK || m->counts_true;
}

/* The widest number of all slices, at size 1, so that panels side by side agree. */
static double widest_digits(const Panel *p) {
    double widest = 0;
    Str text = STR_INIT;
    for (int64_t r = 0; r < shown_count(&p->rows.shown); r++)
        for (int64_t c = 0; c < shown_count(&p->cols.shown); c++) {
            int64_t row = shown_index(&p->rows.shown, r), col = shown_index(&p->cols.shown, c);
            if (row < 0 || col < 0) continue;
            MatrixCell cell = matrix_cell(p->plan, p->slice, row, col);
            Style style;
            cell_text(p->plan, &cell, &text, &style);
            widest = fmax(widest, sketch_width(str_cstr(&text), 1, SKETCH_SANS, false));
        }
    str_clear(&text);
    return widest;
}

static double sums_width(const Panel *p) {
    double widest = sketch_width("Σ", p->text, SKETCH_SANS, false);
    for (int64_t r = 0; r < shown_count(&p->rows.shown); r++) {
        int64_t row = shown_index(&p->rows.shown, r);
        Str s = STR_INIT;
        if (row >= 0) matrix_number(p->plan, matrix_row_sum(p->plan, p->slice, row), &s);
        widest = fmax(widest, sketch_width(str_cstr(&s), p->text, SKETCH_SANS, false));
        str_clear(&s);
    }
    return widest;
}

/* Cells as large as their digits want, as far as the room goes; without digits when they would be
 * too small to read. */
static void size_cells(Panel *p, double width, double height) {
    int64_t R = MAX(shown_count(&p->rows.shown), 1), C = MAX(shown_count(&p->cols.shown), 1);
    double w = fmax(width, 1) / (double)C, h = fmax(height, 1) / (double)R;
    double one = wants_digits(p) ? fmax(widest_digits(p), 0.6) : 0;
    p->digits = one > 0 ? fmin(digits_best, fmin((w - 3) / one, h / line)) : 0;
    if (p->digits >= digits_least) {
        p->cols.each = fmin(w, fmax(cell_best, one * p->digits + 6));
        p->rows.each = fmin(h, fmin(fmax(p->cols.each, 14), 20));
        return;
    }
    p->digits = 0;
    p->cols.each = fmin(w, heat_best);
    p->rows.each = fmin(h, heat_best);
    bool alike = R >= 2 && C >= 2 && R <= 4 * C && C <= 4 * R;
    if (alike) p->cols.each = p->rows.each = fmin(p->cols.each, p->rows.each);
}

/* The cells below labels that take `label` points. */
static void size_below(Panel *p, double label, double axis, double width, double height) {
    p->cols.label = label;
    p->top = axis + label + gap;
    size_cells(p, width - p->left - p->sum, height - p->top);
}

Panel panel_fit(const MatrixPlan *plan, int64_t slice, const Inks *inks, double width,
                double height, double text, bool names) {
    const MatrixNode *m = plan->m;
    Panel p = {.plan = plan, .inks = inks, .slice = slice, .text = text, .names = names};
    p.rows = axis_of(&m->rows, plan->R, text, width * label_share);
    p.cols = axis_of(&m->cols, plan->C, text, height * label_share);
    if (plan->sums && plan->R) p.sum = sums_width(&p) + 2 * gap;
    p.left = p.rows.label + gap + (names && m->row_axis ? text * line + gap : 0);
    double axis = names && m->col_axis ? text * line + gap : 0;
    double high = text * line, turned = p.cols.label;
    size_below(&p, high, axis, width, height);
    p.cols.upright = p.cols.tokens && p.cols.longest > p.cols.each - 3;
    if (p.cols.upright) size_below(&p, turned, axis, width, height);
    p.rows.every = step_for(&p.rows, high);
    p.cols.every = step_for(&p.cols, p.cols.upright ? high : p.cols.longest + 3);
    p.width = p.left + p.cols.each * (double)shown_count(&p.cols.shown) + p.sum;
    p.height = p.top + p.rows.each * (double)shown_count(&p.rows.shown);
    return p;
}

/* ---- drawing ----------------------------------------------------------------------------- */

static void draw_words(Sketch *s, double x, double y, SketchText how, const char *text) {
    if (*text) sketch_text(s, x, y, how, text);
}

/* Where the baseline stands for text whose middle is at y. */
static double baseline(double y, double size) {
    return y + size * 0.34;
}

static void draw_row_labels(const Panel *p, Sketch *s, double x, double y) {
    const MatrixNode *m = p->plan->m;
    for (int64_t k = 0; k < shown_count(&p->rows.shown); k++) {
        char buf[24];
        int64_t row = shown_index(&p->rows.shown, k);
        double middle = y + p->top + ((double)k + 0.5) * p->rows.each;
        if (!labelled(&p->rows, k)) continue;
        bool token = label_at(&m->rows, row) != NULL;
        SketchText how = {.size = p->text,
                          .anchor = SKETCH_END,
                          .ink = token ? p->inks->text : p->inks->faint,
                          .room = p->rows.label + 0.01};
        draw_words(s, x + p->left - gap, baseline(middle, p->text), how,
                   label_of(&m->rows, row, buf));
        if (!p->sum) continue;
        Str sum = STR_INIT;
        matrix_number(p->plan, matrix_row_sum(p->plan, p->slice, row), &sum);
        how = (SketchText){.size = p->text, .anchor = SKETCH_END, .ink = p->inks->faint};
        draw_words(s, x + p->width, baseline(middle, p->text), how, str_cstr(&sum));
        str_clear(&sum);
    }
}

/* What a column's label may take along its text. */
static double col_room(const Panel *p) {
    if (p->cols.upright) return p->cols.label + 0.01;
    return fmax(p->cols.each * (double)p->cols.every - 2, p->text);
}

static void draw_col_labels(const Panel *p, Sketch *s, double x, double y) {
    const MatrixNode *m = p->plan->m;
    double foot = y + p->top - gap;
    for (int64_t k = 0; k < shown_count(&p->cols.shown); k++) {
        char buf[24];
        int64_t col = shown_index(&p->cols.shown, k);
        double middle = x + p->left + ((double)k + 0.5) * p->cols.each;
        if (!labelled(&p->cols, k)) continue;
        bool token = label_at(&m->cols, col) != NULL;
        SketchText how = {.size = p->text,
                          .anchor = p->cols.upright ? SKETCH_START : SKETCH_MIDDLE,
                          .upward = p->cols.upright,
                          .ink = token ? p->inks->text : p->inks->faint};
        how.room = col_room(p);
        double at = p->cols.upright ? baseline(middle, p->text) : middle;
        draw_words(s, at, p->cols.upright ? foot : foot - p->text * 0.24, how,
                   label_of(&m->cols, col, buf));
    }
    if (p->sum) {
        SketchText how = {.size = p->text, .anchor = SKETCH_END, .ink = p->inks->faint};
        draw_words(s, x + p->width, foot - p->text * 0.24, how, "Σ");
    }
}

static void draw_names(const Panel *p, Sketch *s, double x, double y) {
    const MatrixNode *m = p->plan->m;
    SketchText how = {.size = p->text, .anchor = SKETCH_MIDDLE, .ink = p->inks->faint};
    double wide = p->width - p->left - p->sum, high = p->height - p->top;
    if (!p->names) return;
    if (m->col_axis) {
        how.room = fmax(wide, p->width - p->left);
        double width = fmin(sketch_width(m->col_axis, p->text, SKETCH_SANS, false), how.room);
        double middle = x + p->left + fmax(wide / 2, width / 2);
        draw_words(s, middle, y + p->text, how, m->col_axis);
    }
    if (m->row_axis) {
        how.upward = true;
        how.room = fmax(high, p->text * 2);
        draw_words(s, x + p->text, y + p->top + high / 2, how, m->row_axis);
    }
}

/* "the → cat: 0.62": what a pointer over a cell says. */
static void cell_tip(const Panel *p, int64_t row, int64_t col, const char *text, Str *out) {
    char a[24], b[24];
    str_reset(out);
    str_printf(out, "%s → %s: %s", label_of(&p->plan->m->rows, row, a),
               label_of(&p->plan->m->cols, col, b), text);
}

static void draw_digits(const Panel *p, Sketch *s, double x, double y, Style style, Rgb ground,
                        const char *text) {
    Rgb ink = style == STYLE_BAD || style == STYLE_NONFINITE ? p->inks->bad : inks_on(ground);
    SketchText how = {.size = p->digits,
                      .anchor = SKETCH_MIDDLE,
                      .ink = ink,
                      .bold = style == STYLE_BAD || style == STYLE_NONFINITE};
    how.room = p->cols.each - 1;
    draw_words(s, x + p->cols.each / 2, baseline(y + p->rows.each / 2, p->digits), how, text);
}

static void draw_cell(const Panel *p, Sketch *s, double x, double y, int64_t row, int64_t col,
                      bool tips) {
    MatrixCell cell = matrix_cell(p->plan, p->slice, row, col);
    bool hatched = inks_hatched(&cell) && !p->plan->m->counts_true;
    Rgb ground = p->inks->paper;
    double w = p->cols.each, h = p->rows.each;
    Style style;
    Str text = STR_INIT, tip = STR_INIT;
    cell_text(p->plan, &cell, &text, &style);
    bool colored = inks_cell(p->inks, p->plan, &cell, &ground);
    if (hatched)
        sketch_hatch(s, x, y, w, h, p->inks->hatch, p->inks->hatch_ground);
    else if (colored || tips)
        sketch_rect(s, x, y, w, h, ground);
    if (tips && (hatched || colored)) {
        cell_tip(p, row, col, hatched ? "masked" : str_cstr(&text), &tip);
        sketch_tip(s, str_cstr(&tip));
    }
    bool broken = cell.kind == CELL_NONFINITE && !hatched;
    if (p->digits > 0 && !hatched)
        draw_digits(p, s, x, y, style, ground, str_cstr(&text));
    else if (broken) {
        sketch_line(s, x, y, w, h, p->inks->bad, fmin(1, w / 6), 0);
        sketch_line(s, x, y + h, w, -h, p->inks->bad, fmin(1, w / 6), 0);
    }
    str_clear(&text);
    str_clear(&tip);
}

/* What was left out is a dot in each cell of its gap. */
static void draw_gap(const Panel *p, Sketch *s, double x, double y) {
    double size = fmin(p->rows.each, p->cols.each) / 3;
    sketch_rect(s, x + p->cols.each / 2 - size / 2, y + p->rows.each / 2 - size / 2, size, size,
                p->inks->faint);
}

void panel_draw(const Panel *p, Sketch *s, double x, double y) {
    int64_t R = shown_count(&p->rows.shown), C = shown_count(&p->cols.shown);
    bool tips = R * C <= TIPS_MAX;
    draw_names(p, s, x, y);
    draw_col_labels(p, s, x, y);
    draw_row_labels(p, s, x, y);
    for (int64_t r = 0; r < R && !INTERRUPTED(); r++)
        for (int64_t c = 0; c < C; c++) {
            int64_t row = shown_index(&p->rows.shown, r), col = shown_index(&p->cols.shown, c);
            double at_x = x + p->left + (double)c * p->cols.each;
            double at_y = y + p->top + (double)r * p->rows.each;
            if (row >= 0 && col >= 0)
                draw_cell(p, s, at_x, at_y, row, col, tips);
            else
                draw_gap(p, s, at_x, at_y);
        }
    double w = p->cols.each * (double)C, h = p->rows.each * (double)R;
    double x0 = x + p->left, y0 = y + p->top;
    if (R == 0 || C == 0) return;
    sketch_line(s, x0, y0, w, 0, p->inks->faint, 0.5, 0);
    sketch_line(s, x0, y0 + h, w, 0, p->inks->faint, 0.5, 0);
    sketch_line(s, x0, y0, 0, h, p->inks->faint, 0.5, 0);
    sketch_line(s, x0 + w, y0, 0, h, p->inks->faint, 0.5, 0);
}

/* ---- notes ------------------------------------------------------------------------------- */

static void left_out(const PanelAxis *a, const char *what, Str *out) {
    const Shown *s = &a->shown;
    if (!shown_all(s))
        str_printf(out, "%lld %s: 0 to %lld and %lld to %lld are drawn\n", (long long)s->n, what,
                   (long long)s->head - 1, (long long)(s->n - s->tail), (long long)s->n - 1);
    if (a->tokens && a->every > 1)
        str_printf(out, "one in %lld of the %s has its label\n", (long long)a->every, what);
}

static void cut_tokens(const Panel *p, const Labels *l, const PanelAxis *a, double room,
                       const char *what, Str *out) {
    size_t cut = 0;
    for (int64_t k = 0; k < shown_count(&a->shown); k++) {
        int64_t i = shown_index(&a->shown, k);
        const char *token = i >= 0 && labelled(a, k) ? label_at(l, i) : NULL;
        if (!token || sketch_width(token, p->text, SKETCH_SANS, false) <= room) continue;
        if (cut++ >= CUT_MAX) continue;
        char *full = sketch_cut(token, 1, SKETCH_MONO, false, CUT_LONG * 0.61);
        str_printf(out, "%s %lld: %s\n", what, (long long)i, full);
        mem_free(full);
    }
    if (cut > CUT_MAX) str_printf(out, "and %zu more labels are cut\n", cut - CUT_MAX);
}

void panel_notes(const Panel *p, Str *out) {
    const MatrixNode *m = p->plan->m;
    left_out(&p->rows, "rows", out);
    left_out(&p->cols, "columns", out);
    cut_tokens(p, &m->rows, &p->rows, p->rows.label + 0.01, "row", out);
    cut_tokens(p, &m->cols, &p->cols, col_room(p), "column", out);
}
