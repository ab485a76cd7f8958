/* A matrix: header line, slices side by side, colour bar, legend and warnings. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "view/flow.h"

enum { BAR = 20, SLICE_GAP = 3, HEAT_FROM = 12 };

/* The chosen way to draw each slice. */
typedef struct Form {
    bool heat;
    DigitLayout digits;
    HeatLayout marks;
    int width, height;
} Form;

/* ---- header ------------------------------------------------------------------------------ */

static void draw_header(const MatrixPlan *p, Canvas *c, int width) {
    const MatrixNode *m = p->m;
    Flow f = {.ascii = p->style->ascii};
    Str text = STR_INIT;
    if (m->name) flow_part(&f, STYLE_NAME, m->name, 2, width);
    shape_str(&text, m->t->ndim, m->t->shape);
    flow_part(&f, STYLE_SHAPE, str_cstr(&text), 1, width);
    if (m->t->dtype != DT_F32) flow_part(&f, STYLE_SHAPE, dtype_name((DType)m->t->dtype), 1, width);
    if (m->meaning) flow_part(&f, STYLE_MEANING, m->meaning, 2, width);
    str_reset(&text);
    if (m->row_axis) str_printf(&text, "rows = %s", m->row_axis);
    if (m->row_axis && m->col_axis) str_add(&text, ", ");
    if (m->col_axis) str_printf(&text, "columns = %s", m->col_axis);
    if (text.len) flow_part(&f, STYLE_MEANING, str_cstr(&text), 2, width);
    flow_draw(&f, c, 0, 0, width, VIEW_LEFT);
    str_clear(&text);
    flow_clear(&f);
}

/* "head 0", "batch 1, head 0" or "[1, 0]". */
static void slice_title(const MatrixNode *m, int64_t slice, Str *out) {
    int lead = m->t->ndim - 2;
    int64_t index[TENSOR_MAX_DIM];
    for (int d = lead - 1; d >= 0; d--) {
        index[d] = slice % m->t->shape[d];
        slice /= m->t->shape[d];
    }
    bool named = m->lead_axis_count >= lead;
    if (!named) str_addc(out, '[');
    for (int d = 0; d < lead; d++) {
        if (d) str_add(out, ", ");
        const char *name = named ? m->lead_axes[m->lead_axis_count - lead + d] : NULL;
        if (name) str_printf(out, "%s ", name);
        str_printf(out, "%lld", (long long)index[d]);
    }
    if (!named) str_addc(out, ']');
}

/* ---- form ---------------------------------------------------------------------------------- */

/* Digits where all of them fit. Else heat cells, if the matrix is one to look at as a
 * picture: big both ways, and not to be averaged unless its values are weights. */
static bool wants_heat(const MatrixPlan *p, const Form *f) {
    const MatrixNode *m = p->m;
    if (m->t->ndim < 2 || p->R == 0 || p->C == 0) return false;
    if (m->digits == VIEW_OFF) return !dtype_is_complex((DType)m->t->dtype);
    if (m->digits == VIEW_ON || p->style->wide) return false;
    if (shown_all(&f->digits.cols) && shown_all(&f->digits.rows)) return false;
    if (p->R < HEAT_FROM || p->C < HEAT_FROM || dtype_is_complex((DType)m->t->dtype)) return false;
    bool pooled = f->marks.block_rows > 1 || f->marks.block_cols > 1;
    return !pooled || m->scale == VIEW_WEIGHTS || m->scale == VIEW_MASK;
}

static Form choose_form(const MatrixPlan *p, int width) {
    Form f = {.digits = digits_layout(p, width), .marks = heat_layout(p, width)};
    f.heat = wants_heat(p, &f);
    f.width = f.heat ? f.marks.width : f.digits.width;
    f.height = f.heat ? f.marks.height : f.digits.height;
    return f;
}

static int draw_slices(const MatrixPlan *p, const Form *f, Canvas *c, int row, int width) {
    bool titled = p->m->t->ndim > 2;
    int across = MAX((width + SLICE_GAP) / (f->width + SLICE_GAP), 1);
    int each = f->height + titled;
    for (int64_t s = 0; s < p->slices_shown; s++) {
        int at = row + (int)(s / across) * (each + 1);
        int col = (int)(s % across) * (f->width + SLICE_GAP);
        if (titled) {
            Str title = STR_INIT;
            slice_title(p->m, s, &title);
            put_fitted(c, at, col, f->width, STYLE_SUBHEADING, str_cstr(&title), false);
            str_clear(&title);
        }
        if (f->heat)
            heat_draw(p, &f->marks, s, c, at + titled, col);
        else
            digits_draw(p, &f->digits, s, c, at + titled, col);
    }
    row = canvas_rows(c);
    if (p->slices > p->slices_shown)
        canvas_printf(c, row++, 0, STYLE_FAINT, "… and %lld more",
                      (long long)(p->slices - p->slices_shown));
    return row;
}

/* ---- what stands below ---------------------------------------------------------------------- */

/* "glyph text", or only text; kept on one line. */
static void legend_part(Flow *f, Style style, const char *glyph, const char *text) {
    if (f->atoms.count) flow_adds(f, STYLE_PLAIN, "   ");
    size_t first = f->atoms.count;
    flow_adds(f, style, glyph);
    if (*glyph) flow_adds(f, STYLE_FAINT, " ");
    flow_adds(f, STYLE_FAINT, text);
    flow_keep_spaces(f, first);
}

/* The ramp with its ends: colours, or shades where heat cells have no colour. */
static int draw_bar(const MatrixPlan *p, const Form *f, Canvas *c, int row) {
    bool colored = f->heat ? f->marks.color : p->style->depth != DEPTH_NONE;
    const MatrixNode *m = p->m;
    bool plain = m->scale == VIEW_SCALE_AUTO && !f->heat;
    if (m->scale == VIEW_MASK || p->lo > p->hi || plain || (!colored && !f->heat)) return row;
    bool weights = m->scale == VIEW_WEIGHTS, diverging = m->scale == VIEW_DIVERGING;
    double hi = weights ? 1 : diverging ? fmax(fabs(p->lo), fabs(p->hi)) : p->hi;
    double lo = weights ? 0 : diverging ? -hi : p->lo;
    if (!(lo < hi)) return row;
    int decimals = weights ? 0 : p->decimals, cells = MIN(BAR, canvas_width(c) / 2);
    const char *form = hi >= 1e8 || lo <= -1e8 ? "%.*e" : "%.*f";
    Str end = STR_INIT;
    str_printf(&end, form, decimals, lo);
    int at = canvas_put(c, row, 0, STYLE_FAINT, str_cstr(&end)) + 1;
    if (!colored) canvas_put(c, row, at++, STYLE_FAINT, "[");
    for (int i = 0; i < cells; i++, at++) {
        double place = (double)i / MAX(cells - 1, 1);
        if (diverging) place = 2 * place - 1;
        if (colored)
            canvas_bg(c, row, at, 1, matrix_ramp_color(p, place));
        else
            canvas_repeat(c, row, at, STYLE_PLAIN, heat_shade(p, place), 1);
    }
    if (!colored) canvas_put(c, row, at++, STYLE_FAINT, "]");
    str_reset(&end);
    str_printf(&end, form, decimals, hi);
    canvas_put(c, row, at + 1, STYLE_FAINT, str_cstr(&end));
    str_clear(&end);
    return row + 1;
}

static void mask_legend(const MatrixPlan *p, Flow *f) {
    Str s = STR_INIT;
    str_printf(&s, "%lld of %lld ", (long long)p->survivors, (long long)p->cells);
    if (p->m->counts_true || p->m->marks) {
        str_add(&s, p->m->marks ? "marked ■" : "true");
        legend_part(f, STYLE_PLAIN, "", str_cstr(&s));
    } else {
        str_printf(&s, "scores survive (%.*f %%)", p->survivors == p->cells ? 0 : 1,
                   p->cells ? 100.0 * (double)p->survivors / (double)p->cells : 0);
        legend_part(f, STYLE_PLAIN, "", str_cstr(&s));
        if (p->survivors) legend_part(f, STYLE_PLAIN, "■", "may attend");
        if (p->masked) legend_part(f, STYLE_MASKED, "·", "masked");
    }
    str_clear(&s);
}

static int draw_legend(const MatrixPlan *p, const Form *f, Canvas *c, int row, int width) {
    Flow flow = {.ascii = p->style->ascii};
    if (p->m->scale == VIEW_MASK)
        mask_legend(p, &flow);
    else if (p->masked)
        legend_part(&flow, STYLE_MASKED, "·", "masked");
    if (p->underflow && !f->heat) legend_part(&flow, STYLE_UNDERFLOW, "~0", "underflowed");
    if (f->heat && p->neg_inf) legend_part(&flow, STYLE_MASKED, "·", "-inf");
    if (f->heat && (p->nan || p->inf)) legend_part(&flow, STYLE_NONFINITE, "!", "nan or infinite");
    if (f->heat && (f->marks.block_rows > 1 || f->marks.block_cols > 1)) {
        Str s = STR_INIT;
        const char *what = p->m->scale == VIEW_WEIGHTS ? "greatest" : "mean";
        str_printf(&s, "each mark: the %s of %lld × %lld entries", what,
                   (long long)f->marks.block_rows, (long long)f->marks.block_cols);
        legend_part(&flow, STYLE_PLAIN, "", str_cstr(&s));
        str_clear(&s);
    }
    if (flow.atoms.count) row += flow_draw(&flow, c, row, 0, width, VIEW_LEFT);
    flow_clear(&flow);
    return row;
}

static int draw_warning(const MatrixPlan *p, Canvas *c, int row, int width, const char *text) {
    Flow flow = {.ascii = p->style->ascii};
    flow_adds(&flow, STYLE_WARNING, "! ");
    flow_adds(&flow, STYLE_PLAIN, text);
    row += flow_draw(&flow, c, row, 0, width, VIEW_LEFT);
    flow_clear(&flow);
    return row;
}

static int draw_warnings(const MatrixPlan *p, Canvas *c, int row, int width) {
    Str s = STR_INIT;
    if (p->dead_rows.count) {
        str_printf(&s, "every key is masked in row%s ", p->dead_rows.count > 1 ? "s" : "");
        for (size_t i = 0; i < MIN(p->dead_rows.count, 4); i++) {
            const char *token = label_at(&p->m->rows, p->dead_rows.items[i]);
            str_printf(&s, "%s%lld", i ? ", " : "", (long long)p->dead_rows.items[i]);
            if (token) str_printf(&s, " (%s)", token);
        }
        if (p->dead_rows.count > 4) str_printf(&s, " and %zu more", p->dead_rows.count - 4);
        row = draw_warning(p, c, row, width, str_cstr(&s));
    }
    if (p->leaks) {
        str_reset(&s);
        str_printf(&s, "%lld masked weight%s not 0: the mask leaks", (long long)p->leaks,
                   p->leaks > 1 ? "s are" : " is");
        row = draw_warning(p, c, row, width, str_cstr(&s));
    }
    str_clear(&s);
    return row;
}

Canvas *matrix_draw(const MatrixNode *m, int width, const ViewStyle *style) {
    MatrixPlan p;
    matrix_plan(&p, m, style);
    Form f = choose_form(&p, width);
    Canvas *c = canvas_new(MAX(width, style->wide ? f.width : 1));
    draw_header(&p, c, width);
    int row = canvas_rows(c);
    if (tensor_numel(m->t) == 0) {
        canvas_put(c, row, 0, STYLE_FAINT, "(no elements)");
    } else {
        row = draw_slices(&p, &f, c, row, canvas_width(c));
        row = draw_bar(&p, &f, c, row);
        row = draw_legend(&p, &f, c, row, width);
        draw_warnings(&p, c, row, width);
    }
    matrix_plan_clear(&p);
    return c;
}
