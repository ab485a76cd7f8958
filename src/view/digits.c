/* A slice as digits: labels, cells with their colours behind them, row sums. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "base/utf8.h"
#include "view/number.h"

enum { LABEL_MAX = 16, SHORT = 5, UPRIGHT_MAX = 8, READABLE = 4, ROWS_DEFAULT = 24 };

static int label_columns(const Labels *l, int64_t index) {
    char buf[24];
    Style style;
    const char *text = matrix_label(l, index, buf, &style);
    return utf8_columns(text, strlen(text));
}

/* Columns of the longest label among the first and last `limit` of an axis. */
static int longest_label(const Labels *l, int64_t n, int64_t limit) {
    int longest = 0;
    for (int64_t i = 0; i < n; i++) {
        if (i == limit && n - limit > i) i = n - limit;
        longest = MAX(longest, label_columns(l, i));
    }
    return longest;
}

static Labels column_labels(const MatrixPlan *p) {
    bool vector = p->m->t->ndim == 1;
    return vector && !p->m->cols.items ? p->m->rows : p->m->cols;
}

static bool has_row_labels(const MatrixPlan *p) {
    return p->m->t->ndim >= 2;
}

/* Sums take the number's decimals, two at least so that 0.99 is seen. */
static int sum_decimals(const MatrixPlan *p) {
    return p->whole && p->decimals == 0 ? 0 : MAX(p->decimals, 2);
}

static bool sum_is_off(const MatrixPlan *p, double sum) {
    return p->m->scale == VIEW_WEIGHTS && !(fabs(sum - 1) < 1e-3);
}

static void sum_text(const MatrixPlan *p, int64_t slice, int64_t row, Str *out) {
    double sum = matrix_row_sum(p, slice, row);
    if (p->exponents)
        matrix_number(p, sum, out);
    else
        number_fixed(out, sum, sum_decimals(p));
    if (sum_is_off(p, sum)) str_add(out, " ≠ 1");
}

static int sum_columns(const MatrixPlan *p, const Shown *rows) {
    int widest = 3; /* "sum" */
    for (int64_t s = 0; s < p->slices_shown; s++)
        for (int64_t i = 0; i < shown_count(rows); i++) {
            Str text = STR_INIT;
            if (shown_index(rows, i) >= 0) sum_text(p, s, shown_index(rows, i), &text);
            widest = MAX(widest, utf8_columns(str_cstr(&text), text.len));
            str_clear(&text);
        }
    return widest + 2;
}

/* Chooses the columns' width, gap and label form so that all columns fit in room;
 * false when they cannot, then with the narrowest form. In order of preference: whole
 * labels, labels cut to READABLE columns, labels upright. */
static bool fit_columns(const MatrixPlan *p, int64_t room, DigitLayout *l) {
    Labels labels = column_labels(p);
    bool indexes = labels.count == 0;
    int longest = longest_label(&labels, p->C, 200);
    int whole = MAX(p->width, MIN(longest, LABEL_MAX)),
        least = MAX(p->width, MIN(longest, READABLE));
    if (indexes) least = whole;
    l->head_rows = 1;
    for (l->pad = 1; l->pad >= 0; l->pad--)
        for (l->column = whole; l->column >= least; l->column--)
            if (p->C * (l->column + 1 + l->pad) <= room) return true;
    l->pad = 0;
    l->column = p->width;
    if (!indexes && longest > p->width) l->head_rows = MIN(longest, UPRIGHT_MAX);
    if (p->C * (p->width + 1) <= room && (!indexes || longest <= p->width)) return true;
    l->column = least;
    l->head_rows = 1;
    return false;
}

DigitLayout digits_layout(const MatrixPlan *p, int width) {
    DigitLayout l = {0};
    int64_t limit = p->style->max_rows > 0 ? p->style->max_rows : ROWS_DEFAULT;
    int64_t room = p->style->wide ? INT32_MAX : width;
    l.rows = shown_fit(p->R, p->style->wide ? p->R : limit, 1, 1);
    if (p->sums) l.sum = sum_columns(p, &l.rows);
    l.cols = (Shown){p->C, p->C, 0};
    int longest = has_row_labels(p) ? longest_label(&p->m->rows, p->R, limit) : 0;
    int caps[] = {p->style->wide ? LABEL_MAX : MIN(LABEL_MAX, width / 4), SHORT};
    bool fits = false;
    for (size_t i = 0; i < ARRAY_LEN(caps) && !fits; i++) {
        l.label = longest ? MIN(longest, caps[i]) + 1 : 0;
        fits = fit_columns(p, room - l.label - l.sum, &l);
    }
    if (!fits) l.cols = shown_fit(p->C, room - l.label - l.sum, l.column + 1 + l.pad, 2);
    if (p->m->t->ndim == 0) l.head_rows = 0;
    int64_t shown = l.cols.head + l.cols.tail;
    int64_t natural =
        l.label + shown * (l.column + 1 + l.pad) + (shown_all(&l.cols) ? 0 : 2) + l.sum;
    l.width = (int)MIN(natural, p->style->wide ? 100000 : width);
    l.height = l.head_rows + (int)shown_count(&l.rows);
    return l;
}

/* Upright: one cluster per row, the last one just above the digits. */
static void put_upright(Canvas *c, int row, int col, int rows, Style style, const char *text) {
    size_t n = strlen(text), at[UPRIGHT_MAX + 1];
    int count = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        int k = utf8_decode(text + i, n - i, &cp);
        if (utf8_width(cp) > 0) {
            if (count == rows) break;
            at[count++] = i;
        }
        i += (size_t)k;
    }
    bool cut = count == rows && utf8_columns(text, n) > rows;
    for (int i = 0; i < count; i++) {
        size_t end = i + 1 < count ? at[i + 1] : n;
        uint32_t cp;
        if (i + 1 == count) end = at[i] + (size_t)utf8_decode(text + at[i], n - at[i], &cp);
        if (cut && i == count - 1)
            canvas_put(c, row + rows - 1, col, STYLE_FAINT, "…");
        else
            canvas_putn(c, row + rows - count + i, col, style, text + at[i], end - at[i]);
    }
}

static void draw_head(const MatrixPlan *p, const DigitLayout *l, Canvas *c, int row, int col) {
    Labels labels = column_labels(p);
    int at = col + l->label;
    for (int64_t i = 0; i < shown_count(&l->cols); i++) {
        int64_t index = shown_index(&l->cols, i);
        if (index < 0) {
            at += 2;
            continue;
        }
        char buf[24];
        Style style;
        const char *text = matrix_label(&labels, index, buf, &style);
        if (l->head_rows > 1)
            put_upright(c, row, at + 1 + p->left - 1, l->head_rows, style, text);
        else
            put_fitted(c, row, at + 1, l->column, style, text, true);
        at += 1 + l->column + l->pad;
    }
    if (l->sum)
        put_fitted(c, row + l->head_rows - 1, at + 2, l->sum - 2, STYLE_FAINT, "sum", false);
}

static void draw_cell(const MatrixPlan *p, const DigitLayout *l, int64_t slice, int64_t row_index,
                      int64_t col_index, Canvas *c, int row, int at) {
    MatrixCell cell = matrix_cell(p, slice, row_index, col_index);
    Str text = STR_INIT;
    Style style = matrix_text(p, &cell, &text);
    canvas_put(c, row, at + 1 + l->column - p->width, style, str_cstr(&text));
    Rgb bg;
    if (matrix_color(p, &cell, &bg)) canvas_bg(c, row, at, 1 + l->column + l->pad, bg);
    str_clear(&text);
}

static void draw_sum(const MatrixPlan *p, int64_t slice, int64_t index, Canvas *c, int row,
                     int at) {
    Str text = STR_INIT;
    sum_text(p, slice, index, &text);
    bool off = sum_is_off(p, matrix_row_sum(p, slice, index));
    canvas_put(c, row, at + 2, off ? STYLE_WARNING : STYLE_SUM, str_cstr(&text));
    str_clear(&text);
}

static void draw_row(const MatrixPlan *p, const DigitLayout *l, int64_t slice, int64_t index,
                     Canvas *c, int row, int col) {
    char buf[24];
    Style style;
    if (has_row_labels(p) && index < 0)
        put_fitted(c, row, col, l->label - 1, STYLE_FAINT, "⋮", true);
    if (has_row_labels(p) && index >= 0) {
        const char *text = matrix_label(&p->m->rows, index, buf, &style);
        put_fitted(c, row, col, l->label - 1, style, text, style == STYLE_FAINT);
    }
    int at = col + l->label;
    for (int64_t i = 0; i < shown_count(&l->cols); i++) {
        int64_t k = shown_index(&l->cols, i);
        if (k < 0) {
            canvas_put(c, row, at + 1, STYLE_FAINT, "…");
            at += 2;
            continue;
        }
        if (index >= 0)
            draw_cell(p, l, slice, index, k, c, row, at);
        else
            canvas_put(c, row, at + l->column, STYLE_FAINT, "⋮");
        at += 1 + l->column + l->pad;
    }
    if (l->sum && index >= 0) draw_sum(p, slice, index, c, row, at);
}

void digits_draw(const MatrixPlan *p, const DigitLayout *l, int64_t slice, Canvas *c, int row,
                 int col) {
    if (l->head_rows) draw_head(p, l, c, row, col);
    for (int64_t i = 0; i < shown_count(&l->rows); i++)
        draw_row(p, l, slice, shown_index(&l->rows, i), c, row + l->head_rows + (int)i, col);
}
