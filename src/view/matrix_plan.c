/* What a matrix's values are: kinds of cells, range, colours. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "base/utf8.h"
#include "view/number.h"

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

bool matrix_attends(const MatrixNode *m, const int64_t *index) {
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

static double imaginary(const Tensor *t, const int64_t *index) {
    if (!dtype_is_complex((DType)t->dtype)) return 0;
    int64_t at = 0;
    for (int d = 0; d < t->ndim; d++) at += index[d] * t->stride[d];
    return (double)((const float *)tensor_data(t))[2 * at + 1];
}

static CellKind kind_of(const MatrixNode *m, double v, double im, bool open) {
    if (m->scale == VIEW_MASK) return v != 0 && open ? CELL_ON : CELL_MASKED;
    if (!open && (m->scale != VIEW_WEIGHTS || v == 0)) return CELL_MASKED;
    if (!isfinite(v) || !isfinite(im)) return CELL_NONFINITE;
    if (v != 0 || im != 0) return CELL_NUMBER;
    return open && zero_underflows(m) ? CELL_UNDERFLOW : CELL_ZERO;
}

MatrixCell matrix_cell(const MatrixPlan *p, int64_t slice, int64_t row, int64_t col) {
    MatrixCell cell = {0};
    cell_index(p, slice, row, col, cell.index);
    cell.v = tensor_get_f64(p->m->t, cell.index);
    cell.im = imaginary(p->m->t, cell.index);
    cell.closed = !matrix_attends(p->m, cell.index);
    cell.kind = kind_of(p->m, cell.v, cell.im, !cell.closed);
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

static void see_number(MatrixPlan *p, double v) {
    double size = fabs(v);
    p->lo = fmin(p->lo, v);
    p->hi = fmax(p->hi, v);
    p->whole &= v == rint(v);
    p->minus_zero |= v == 0 && signbit(v);
    if (size > 0) p->least = fmin(p->least, size);
    if (size >= NUMBER_FIXED_END) return;
    p->fixed = fmax(p->fixed, size);
    p->fixed_lo = fmin(p->fixed_lo, v);
    p->fixed_hi = fmax(p->fixed_hi, v);
}

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
        see_number(p, cell->v);
        if (cell->im != 0) see_number(p, cell->im);
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
    p->least = fmin(p->least, q->least);
    p->fixed = fmax(p->fixed, q->fixed);
    p->fixed_lo = fmin(p->fixed_lo, q->fixed_lo);
    p->fixed_hi = fmax(p->fixed_hi, q->fixed_hi);
    p->whole &= q->whole;
    p->nan |= q->nan, p->inf |= q->inf, p->neg_inf |= q->neg_inf;
    p->masked |= q->masked, p->underflow |= q->underflow, p->zero |= q->zero;
    p->survivors += q->survivors;
    p->cells += q->cells;
    p->leaks += q->leaks;
    set_ramp(p);
    matrix_measure(p);
}

void matrix_plan(MatrixPlan *p, const MatrixNode *m, const ViewStyle *style, int64_t slices) {
    const Tensor *t = m->t;
    *p = (MatrixPlan){.m = m, .style = style, .whole = true};
    p->lo = p->least = INFINITY;
    p->hi = -INFINITY;
    p->C = t->ndim >= 1 ? t->shape[t->ndim - 1] : 1;
    p->R = t->ndim >= 2 ? t->shape[t->ndim - 2] : 1;
    p->slices = 1;
    for (int d = 0; d < t->ndim - 2; d++) p->slices *= t->shape[d];
    p->slices_shown = style->wide ? p->slices : MIN(p->slices, slices);
    scan(p);
    set_ramp(p);
    p->sums = m->row_sums == VIEW_ON || (m->row_sums == VIEW_AUTO && m->scale == VIEW_WEIGHTS);
    p->sums = p->sums && p->C > 0 && !dtype_is_complex((DType)t->dtype);
    matrix_measure(p);
}

void matrix_plan_clear(MatrixPlan *p) {
    vec_clear(&p->dead_rows);
}

/* ---- colour of a cell --------------------------------------------------------------------- */

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
