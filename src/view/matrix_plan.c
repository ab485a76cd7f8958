/* What a matrix's values need: kinds of cells, range, decimals, columns. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "base/utf8.h"
#include "view/number.h"

enum { EXPONENT_WIDTH = 8 };

/* From here on a single value is given with an exponent; the others stay as they are. */
static const double exponent_from = 1e8;

/* ---- cells ------------------------------------------------------------------------ */

static void cell_index(const MatrixPlan *p, int64_t slice, int64_t row, int64_t col,
                       int64_t *index) {
    const Tensor *t = p->m->t;
    int d = t->ndim;
    if (d >= 1) index[d - 1] = col;
    if (d >= 2) index[d - 2] = row;
    for (d -= 3; d >= 0; d--) {
        index[d] = slice % t->shape[d];
        slice /= t->shape[d];
    }
}

/* The mask's entry for an index of the tensor; it broadcasts. */
static bool attends(const MatrixNode *m, const int64_t *index) {
    if (!m->mask) return true;
    int64_t at[TENSOR_MAX_DIM] = {0};
    int lead = m->t->ndim - m->mask->ndim;
    for (int d = 0; d < m->mask->ndim; d++) at[d] = m->mask->shape[d] == 1 ? 0 : index[lead + d];
    return tensor_get_i64(m->mask, at) != 0;
}

static bool zero_underflows(const MatrixNode *m) {
    if (m->zero_underflows != VIEW_AUTO) return m->zero_underflows == VIEW_ON;
    return m->scale == VIEW_WEIGHTS && m->mask;
}

static CellKind kind_of(const MatrixNode *m, double v, bool open) {
    if (m->scale == VIEW_MASK) return v != 0 && open ? CELL_ON : CELL_MASKED;
    if (!open && (m->scale != VIEW_WEIGHTS || v == 0)) return CELL_MASKED;
    if (!isfinite(v)) return CELL_NONFINITE;
    if (v != 0) return CELL_NUMBER;
    return open && zero_underflows(m) ? CELL_UNDERFLOW : CELL_ZERO;
}

MatrixCell matrix_cell(const MatrixPlan *p, int64_t slice, int64_t row, int64_t col) {
    MatrixCell cell = {0};
    cell_index(p, slice, row, col, cell.index);
    cell.v = tensor_get_f64(p->m->t, cell.index);
    cell.closed = !attends(p->m, cell.index);
    cell.kind = kind_of(p->m, cell.v, !cell.closed);
    cell.leaks = cell.closed && cell.kind == CELL_NUMBER;
    return cell;
}

double matrix_row_sum(const MatrixPlan *p, int64_t slice, int64_t row) {
    double sum = 0;
    for (int64_t col = 0; col < p->C; col++) {
        int64_t index[TENSOR_MAX_DIM];
        cell_index(p, slice, row, col, index);
        sum += tensor_get_f64(p->m->t, index);
    }
    return sum;
}

/* ---- the pass over the values -------------------------------------------------------- */

static void see_cell(MatrixPlan *p, const MatrixCell *cell) {
    p->cells++;
    p->leaks += cell->leaks;
    p->survivors += cell->kind == CELL_ON;
    p->masked |= cell->kind == CELL_MASKED;
    p->underflow |= cell->kind == CELL_UNDERFLOW;
    p->zero |= cell->kind == CELL_ZERO;
    if (cell->kind == CELL_NONFINITE) {
        p->nan |= isnan(cell->v);
        p->inf |= cell->v > 0;
        p->neg_inf |= cell->v < 0;
    } else if (cell->kind != CELL_MASKED && cell->kind != CELL_ON) {
        p->lo = fmin(p->lo, cell->v);
        p->hi = fmax(p->hi, cell->v);
        p->whole &= cell->v == rint(cell->v);
    }
}

static void see_dead_row(MatrixPlan *p, int64_t row) {
    for (size_t i = 0; i < p->dead_rows.count; i++)
        if (p->dead_rows.items[i] == row) return;
    vec_push(&p->dead_rows, row);
}

static void scan(MatrixPlan *p) {
    bool masks = p->m->mask || (p->m->scale == VIEW_MASK && !p->m->counts_true && !p->m->marks);
    for (int64_t s = 0; s < p->slices_shown; s++)
        for (int64_t row = 0; row < p->R && !INTERRUPTED(); row++) {
            bool dead = masks;
            for (int64_t col = 0; col < p->C; col++) {
                MatrixCell cell = matrix_cell(p, s, row, col);
                see_cell(p, &cell);
                dead &= cell.closed || cell.kind == CELL_MASKED;
            }
            if (dead) see_dead_row(p, row);
        }
}

/* ---- columns that a number takes --------------------------------------------------------- */

static bool is_integer(const MatrixNode *m) {
    return dtype_is_int((DType)m->t->dtype) || m->t->dtype == DT_BOOL;
}

static int decimals_of(const MatrixPlan *p) {
    const MatrixNode *m = p->m;
    if (is_integer(m)) return 0;
    if (m->decimals >= 0) return m->decimals;
    if (p->style->precision_set) return MIN(MAX(p->style->precision, 0), 17);
    if (m->scale == VIEW_WEIGHTS) return 2;
    return number_decimals(p->lo > p->hi ? 0 : fmax(fabs(p->lo), fabs(p->hi)), p->whole);
}

static void complex_text(const MatrixPlan *p, const int64_t *index, Str *out) {
    const Tensor *t = p->m->t;
    int64_t at = 0;
    for (int d = 0; d < t->ndim; d++) at += index[d] * t->stride[d];
    const float *z = (const float *)tensor_data(t) + 2 * at;
    str_printf(out, "%.*f%+.*fj", p->decimals, (double)z[0], p->decimals, (double)z[1]);
}

static void number_text(const MatrixPlan *p, const MatrixCell *cell, Str *out) {
    if (dtype_is_complex((DType)p->m->t->dtype))
        complex_text(p, cell->index, out);
    else if (is_integer(p->m))
        str_printf(out, "%lld", (long long)tensor_get_i64(p->m->t, cell->index));
    else if (fabs(cell->v) >= exponent_from)
        str_printf(out, "%.1e", cell->v);
    else
        str_printf(out, "%.*f", p->decimals, cell->v);
}

static int digits_before_point(double v) {
    char buf[32];
    return snprintf(buf, sizeof buf, "%.0f", v) + (v < 0 && v > -0.5);
}

static void measure(MatrixPlan *p) {
    p->right = p->decimals > 0 ? p->decimals + 1 : 0;
    p->left = p->underflow ? 2 : 1;
    bool big = false;
    if (p->lo <= p->hi) {
        double limit = is_integer(p->m) ? INFINITY : exponent_from - 1;
        big = p->hi >= exponent_from || p->lo <= -exponent_from;
        p->left = MAX(p->left, digits_before_point(fmin(p->hi, limit)));
        p->left = MAX(p->left, digits_before_point(fmax(p->lo, -limit)));
        /* 9.99 may round up to 10.0, -0.4 to -0 */
        p->left = MAX(p->left, (int)(p->lo < 0) + 1);
        double round = 0.5 * pow(10, -p->decimals);
        if (p->hi < limit) p->left = MAX(p->left, digits_before_point(floor(p->hi + round)));
        if (p->lo < 0 && p->lo > -limit)
            p->left = MAX(p->left, digits_before_point(ceil(p->lo - round)));
    }
    p->width = p->left + p->right;
    if (p->nan || p->inf) p->width = MAX(p->width, 3);
    if (p->neg_inf) p->width = MAX(p->width, 4);
    if (big && !is_integer(p->m)) p->width = MAX(p->width, EXPONENT_WIDTH);
    if (p->m->scale == VIEW_MASK) p->left = p->width = 1, p->right = 0;
    if (dtype_is_complex((DType)p->m->t->dtype)) p->width = 2 * (p->left + p->right) + 3;
    p->left = p->width - p->right;
}

/* Weights from 0 to the greatest shown, so that a picture of many keys is not blank; scores as far
 * to either side of 0. A ramp that was asked for (ramp_to) counts instead. */
static void set_ramp(MatrixPlan *p) {
    const MatrixNode *m = p->m;
    p->from = p->to = 0;
    if (p->lo > p->hi || m->scale == VIEW_MASK) return;
    p->to = m->ramp_to > 0               ? m->ramp_to
            : m->scale == VIEW_DIVERGING ? fmax(fabs(p->lo), fabs(p->hi))
                                         : p->hi;
    if (m->scale == VIEW_DIVERGING) p->from = -p->to;
    if (m->scale == VIEW_WEIGHTS && !(p->to > 0)) p->to = 1;
    if (m->scale == VIEW_SEQUENTIAL || m->scale == VIEW_SCALE_AUTO) p->from = p->lo;
}

void matrix_plan_join(MatrixPlan *p, const MatrixPlan *q) {
    p->lo = fmin(p->lo, q->lo);
    p->hi = fmax(p->hi, q->hi);
    p->whole &= q->whole;
    p->nan |= q->nan, p->inf |= q->inf, p->neg_inf |= q->neg_inf;
    p->masked |= q->masked, p->underflow |= q->underflow, p->zero |= q->zero;
    p->survivors += q->survivors;
    p->cells += q->cells;
    p->leaks += q->leaks;
    p->decimals = MAX(p->decimals, q->decimals);
    set_ramp(p);
}

void matrix_plan(MatrixPlan *p, const MatrixNode *m, const ViewStyle *style, int64_t slices) {
    const Tensor *t = m->t;
    *p = (MatrixPlan){.m = m, .style = style, .lo = INFINITY, .hi = -INFINITY, .whole = true};
    p->C = t->ndim >= 1 ? t->shape[t->ndim - 1] : 1;
    p->R = t->ndim >= 2 ? t->shape[t->ndim - 2] : 1;
    p->slices = 1;
    for (int d = 0; d < t->ndim - 2; d++) p->slices *= t->shape[d];
    p->slices_shown = style->wide ? p->slices : MIN(p->slices, slices);
    scan(p);
    set_ramp(p);
    p->decimals = decimals_of(p);
    p->sums = m->row_sums == VIEW_ON || (m->row_sums == VIEW_AUTO && m->scale == VIEW_WEIGHTS);
    p->sums = p->sums && p->C > 0 && !dtype_is_complex((DType)t->dtype);
    measure(p);
}

void matrix_plan_clear(MatrixPlan *p) {
    vec_clear(&p->dead_rows);
}

/* ---- text and colour of a cell -------------------------------------------------------------- */

/* Glyph whose last column is the one before the point, or the point's own. */
static void put_glyph(const MatrixPlan *p, const char *glyph, bool on_point, Str *out) {
    int columns = utf8_columns(glyph, strlen(glyph));
    int before = p->left - columns + (on_point && p->right > 0);
    str_fill(out, ' ', (size_t)MAX(before, 0));
    str_add(out, glyph);
    str_fill(out, ' ', (size_t)MAX(p->width - before - columns, 0));
}

static Style put_right(const MatrixPlan *p, const char *text, Style style, Str *out) {
    str_fill(out, ' ', (size_t)MAX(p->width - (int)strlen(text), 0));
    str_add(out, text);
    return style;
}

Style matrix_text(const MatrixPlan *p, const MatrixCell *cell, Str *out) {
    Str number = STR_INIT;
    Style style = cell->leaks ? STYLE_BAD : STYLE_PLAIN;
    switch (cell->kind) {
    case CELL_MASKED:
        if (p->m->counts_true)
            put_glyph(p, "0", false, out);
        else
            put_glyph(p, "·", true, out);
        return STYLE_MASKED;
    case CELL_ON:
        put_glyph(p, p->m->counts_true ? "1" : "■", false, out);
        return style;
    case CELL_UNDERFLOW:
        put_glyph(p, "~0", false, out);
        return STYLE_UNDERFLOW;
    case CELL_ZERO:
        if (dtype_is_complex((DType)p->m->t->dtype)) break;
        put_glyph(p, "0", false, out);
        return style;
    case CELL_NONFINITE:
        if (dtype_is_complex((DType)p->m->t->dtype)) break;
        /* -inf among scores is how masking is done, no accident */
        if (cell->v < 0) return put_right(p, "-inf", STYLE_MASKED, out);
        return put_right(p, isnan(cell->v) ? "nan" : "inf", STYLE_NONFINITE, out);
    case CELL_NUMBER:
        break;
    }
    number_text(p, cell, &number);
    put_right(p, str_cstr(&number), style, out);
    str_clear(&number);
    return style;
}

double matrix_ramp(const MatrixPlan *p, double v) {
    switch (p->m->scale) {
    case VIEW_MASK:
    case VIEW_MARKS:
        return fmin(fmax(v, 0), 1);
    case VIEW_DIVERGING:
        return p->to > 0 ? fmin(fmax(v / p->to, -1), 1) : 0;
    case VIEW_WEIGHTS:
    case VIEW_SEQUENTIAL:
    case VIEW_SCALE_AUTO:
        return p->to > p->from ? fmin(fmax((v - p->from) / (p->to - p->from), 0), 1) : 0.5;
    }
    return 0;
}

Rgb matrix_ramp_color(const MatrixPlan *p, double at) {
    const ViewStyle *style = p->style;
    if (p->m->scale == VIEW_DIVERGING)
        return theme_diverging(style->theme, at, style->ground, style->depth);
    return theme_sequential(style->theme, at, style->depth);
}

bool matrix_color(const MatrixPlan *p, const MatrixCell *cell, Rgb *out) {
    if (p->style->depth == DEPTH_NONE || cell->kind == CELL_MASKED ||
        cell->kind == CELL_NONFINITE || cell->leaks)
        return false;
    /* counts and ids have no order that a colour should show */
    if (p->m->scale == VIEW_SCALE_AUTO || p->m->counts_true) return false;
    if (p->m->scale == VIEW_SEQUENTIAL && !(p->from < p->to)) return false;
    double at = cell->kind == CELL_ON ? 0.7 : matrix_ramp(p, cell->v);
    *out = matrix_ramp_color(p, at);
    return true;
}

Shown shown_fit(int64_t n, int64_t room, int64_t each, int64_t dots) {
    if (n * each <= room) return (Shown){n, n, 0};
    int64_t k = MIN(MAX((room - dots) / each, 1), n);
    return (Shown){n, (k + 1) / 2, k / 2};
}

const char *matrix_label(const Labels *l, int64_t index, char buf[24], Style *style) {
    const char *token = label_at(l, index);
    *style = token ? STYLE_LABEL : STYLE_FAINT;
    if (token) return token;
    snprintf(buf, 24, "%lld", (long long)index);
    return buf;
}

void put_fitted(Canvas *c, int row, int col, int width, Style style, const char *text, bool right) {
    size_t n = strlen(text);
    int columns = utf8_columns(text, n);
    if (columns <= width) {
        canvas_put(c, row, right ? col + width - columns : col, style, text);
        return;
    }
    size_t end = 0;
    for (int used = 0; end < n;) {
        uint32_t cp;
        int k = utf8_decode(text + end, n - end, &cp);
        used += utf8_width(cp);
        if (used > width - 1) break;
        end += (size_t)k;
    }
    int used = utf8_columns(text, end);
    int at = right ? col + width - used - 1 : col;
    at = canvas_putn(c, row, at, style, text, end);
    canvas_put(c, row, at, STYLE_FAINT, "…");
}
