/* A matrix: header line, slices side by side, and what stands below (foot.c). */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "view/flow.h"

enum { SLICE_GAP = 3, HEAT_FROM = 12 };

/* The chosen way to draw each slice. */
typedef struct Form {
    bool heat;
    DigitLayout digits;
    HeatLayout marks;
    int width, height;
} Form;

/* ---- header ------------------------------------------------------------------------------ */

void matrix_axes(const MatrixNode *m, Str *out) {
    if (m->row_axis) str_printf(out, "rows = %s", m->row_axis);
    if (m->row_axis && m->col_axis) str_add(out, ", ");
    if (m->col_axis) str_printf(out, "columns = %s", m->col_axis);
}

static void draw_header(const MatrixPlan *p, Canvas *c, int width) {
    const MatrixNode *m = p->m;
    Flow f = {.ascii = p->style->ascii};
    Str text = STR_INIT;
    if (m->name) flow_part(&f, STYLE_NAME, m->name, 2, width);
    shape_str(&text, m->t->ndim, m->t->shape);
    flow_part(&f, STYLE_SHAPE, str_cstr(&text), 1, width);
    if (m->t->dtype != DT_F32) flow_part(&f, STYLE_SHAPE, dtype_name((DType)m->t->dtype), 1, width);
    if (m->traits) flow_part(&f, STYLE_MEANING, m->traits, 1, width);
    if (m->meaning) flow_part(&f, STYLE_MEANING, m->meaning, 2, width);
    str_reset(&text);
    matrix_axes(m, &text);
    if (text.len) flow_part(&f, STYLE_MEANING, str_cstr(&text), 2, width);
    canvas_role(c, 0, flow_draw(&f, c, 0, 0, width, VIEW_LEFT), ROW_HEAD);
    str_clear(&text);
    flow_clear(&f);
}

void matrix_slice_title(const MatrixNode *m, int64_t slice, Str *out) {
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

static int slices_across(const Form *f, int width) {
    return MAX((width + SLICE_GAP) / (f->width + SLICE_GAP), 1);
}

/* Several slices that would leave the screen before the reader has seen them. */
static bool wants_thumbs(const MatrixPlan *p, const Form *f, int width) {
    if (p->m->t->ndim < 3 || p->m->glance || dtype_is_complex((DType)p->m->t->dtype)) return false;
    if (p->m->small != VIEW_AUTO || p->style->wide || !p->style->screen)
        return p->m->small == VIEW_ON;
    int64_t across = slices_across(f, width), deep = (p->slices + across - 1) / across;
    return deep > 1 && deep * (f->height + 2) > p->style->screen;
}

/* Of an echo, whole rows of slices as far as the screen goes; one at least. */
static void cut_slices(MatrixPlan *p, const Form *f, int width) {
    if (!p->m->glance || !p->style->screen || p->style->wide) return;
    int64_t deep = MAX(p->style->screen / (f->height + 2), 1);
    p->slices_shown = MIN(p->slices_shown, deep * slices_across(f, width));
}

static int draw_slices(const MatrixPlan *p, const Form *f, Canvas *c, int row, int width) {
    bool titled = p->m->t->ndim > 2;
    int across = slices_across(f, width), each = f->height + titled;
    for (int64_t s = 0; s < p->slices_shown; s++) {
        int at = row + (int)(s / across) * (each + 1);
        int col = (int)(s % across) * (f->width + SLICE_GAP);
        if (titled) {
            Str title = STR_INIT;
            matrix_slice_title(p->m, s, &title);
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

Canvas *matrix_draw(const MatrixNode *m, int width, const ViewStyle *style) {
    MatrixPlan p;
    matrix_plan(&p, m, style, SLICES_DIGITS);
    Form f = choose_form(&p, width);
    bool thumbs = wants_thumbs(&p, &f, width);
    Canvas *c = canvas_new(MAX(width, style->wide && !thumbs ? f.width : 1));
    draw_header(&p, c, width);
    int row = canvas_rows(c);
    if (tensor_numel(m->t) == 0) {
        canvas_put(c, row, 0, STYLE_FAINT, "(no elements)");
    } else if (thumbs) {
        matrix_plan_clear(&p);
        matrix_plan(&p, m, style, SLICES_SMALL);
        thumbs_draw_slices(&p, c, row, width);
    } else {
        cut_slices(&p, &f, width);
        row = draw_slices(&p, &f, c, row, canvas_width(c));
        matrix_foot(&p, f.heat ? &f.marks : NULL, c, row, width);
    }
    matrix_plan_clear(&p);
    return c;
}
