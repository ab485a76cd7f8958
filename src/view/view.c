/* Life of views: constructors copy, the last release frees; see view.h. */
#include "config.h"

#include "view/node.h"

#include <math.h>
#include <stdarg.h>

#include "base/utf8.h"

char *shown_copy(const char *s, bool keep_ws) {
    if (!s) return NULL;
    Str out = STR_INIT;
    utf8_escape(&out, s, strlen(s), keep_ws);
    str_add(&out, "");
    return str_detach(&out);
}

static Labels labels_copy(const char *const *items, size_t count) {
    Labels l = {0};
    if (!items || count == 0) return l;
    l.items = mem_zero(count * sizeof *l.items);
    l.count = count;
    for (size_t i = 0; i < count; i++) l.items[i] = shown_copy(items[i] ? items[i] : "", false);
    return l;
}

static void labels_clear(Labels *l) {
    for (size_t i = 0; i < l->count; i++) mem_free(l->items[i]);
    mem_free(l->items);
}

static void *bytes_copy(const void *p, size_t bytes) {
    void *copy = mem_alloc(MAX(bytes, 1));
    if (bytes) memcpy(copy, p, bytes);
    return copy;
}

static View *view_new(ViewKind kind, const char *title) {
    View *v = mem_zero(sizeof *v);
    v->refs = 1;
    v->kind = kind;
    v->title = shown_copy(title, false);
    return v;
}

View *view_retain(View *v) {
    v->refs++;
    return v;
}

const char *view_name(const View *v) {
    if (v->kind == KIND_MATRIX) return v->matrix.name;
    return v->kind == KIND_THUMBS && v->thumbs.name ? v->thumbs.name : v->title;
}

bool view_is_figure(const View *v) {
    return v->kind == KIND_MATRIX || v->kind == KIND_THUMBS || v->kind == KIND_TABLE ||
           v->kind == KIND_CURVE || v->kind == KIND_BARS;
}

const Tensor *view_tensor(const View *v) {
    return v->kind == KIND_MATRIX ? v->matrix.t : NULL;
}

/* ---- matrix --------------------------------------------------------------------- */

static bool any_negative(const Tensor *t) {
    int64_t index[TENSOR_MAX_DIM] = {0};
    int64_t n = tensor_numel(t);
    for (int64_t i = 0; i < n && !INTERRUPTED(); i++) {
        if (tensor_get_f64(t, index) < 0) return true;
        for (int d = t->ndim - 1; d >= 0 && ++index[d] == t->shape[d]; d--) index[d] = 0;
    }
    return false;
}

static ViewScale scale_of(const Tensor *t, ViewScale asked) {
    if (asked != VIEW_SCALE_AUTO) return asked;
    if (t->dtype == DT_BOOL) return VIEW_MASK;
    if (!dtype_is_float((DType)t->dtype)) return VIEW_SCALE_AUTO;
    return any_negative(t) ? VIEW_DIVERGING : VIEW_SEQUENTIAL;
}

bool view_mask_fits(const Tensor *mask, const Tensor *t) {
    if (mask->ndim > t->ndim) return false;
    for (int d = 0; d < mask->ndim; d++) {
        int64_t have = mask->shape[d], want = t->shape[t->ndim - mask->ndim + d];
        if (have != 1 && have != want) return false;
    }
    return true;
}

View *view_matrix(const Tensor *t, const ViewMatrixOpts *opts) {
    static const ViewMatrixOpts none = {0};
    if (!opts) opts = &none;
    View *v = view_new(KIND_MATRIX, NULL);
    MatrixNode *m = &v->matrix;
    m->t = tensor_retain((Tensor *)t);
    if (opts->mask && view_mask_fits(opts->mask, t)) m->mask = tensor_retain((Tensor *)opts->mask);
    m->name = shown_copy(opts->name, false);
    m->meaning = shown_copy(opts->meaning, false);
    m->traits = shown_copy(opts->traits, false);
    m->glance = opts->glance;
    m->row_axis = shown_copy(opts->row_axis, false);
    m->col_axis = shown_copy(opts->col_axis, false);
    m->lead_axis_count = MIN(opts->lead_axis_count, VIEW_LEAD_AXES);
    for (int i = 0; i < m->lead_axis_count; i++)
        m->lead_axes[i] = shown_copy(opts->lead_axes[i], false);
    m->rows = labels_copy(opts->row_labels, opts->row_label_count);
    m->cols = labels_copy(opts->col_labels, opts->col_label_count);
    m->scale = scale_of(t, opts->scale);
    m->marks = m->scale == VIEW_MARKS;
    if (m->marks) m->scale = VIEW_MASK;
    m->counts_true = opts->scale == VIEW_SCALE_AUTO && t->dtype == DT_BOOL;
    m->row_sums = opts->row_sums;
    m->digits = opts->digits;
    m->zero_underflows = opts->zero_underflows;
    m->decimals = opts->decimals_set ? MIN(MAX(opts->decimals, 0), 17) : -1;
    m->small = opts->small;
    m->ramp_to = opts->ramp_to;
    return v;
}

static void matrix_clear(MatrixNode *m) {
    tensor_release(m->t);
    tensor_release(m->mask);
    mem_free(m->name);
    mem_free(m->meaning);
    mem_free(m->traits);
    mem_free(m->row_axis);
    mem_free(m->col_axis);
    for (int i = 0; i < m->lead_axis_count; i++) mem_free(m->lead_axes[i]);
    labels_clear(&m->rows);
    labels_clear(&m->cols);
}

View *view_thumbs(View *const *matrices, size_t n, const ViewThumbsOpts *opts) {
    static const ViewThumbsOpts none = {0};
    if (!opts) opts = &none;
    View *v = view_new(KIND_THUMBS, NULL);
    ThumbsNode *t = &v->thumbs;
    t->matrices = mem_zero(MAX(n, 1) * sizeof(View *));
    t->n = n;
    for (size_t i = 0; i < n; i++) {
        if (matrices[i]->kind != KIND_MATRIX) BUG("a thumbnail of what is no matrix");
        t->matrices[i] = view_retain(matrices[i]);
    }
    if (opts->notes) {
        t->notes = (Labels){mem_zero(MAX(n, 1) * sizeof(char *)), n};
        for (size_t i = 0; i < n; i++) t->notes.items[i] = shown_copy(opts->notes[i], false);
    }
    t->name = shown_copy(opts->name, false);
    t->meaning = shown_copy(opts->meaning, false);
    t->across = MAX(opts->across, 0);
    t->own_ramps = opts->own_ramps;
    return v;
}

static void thumbs_clear(ThumbsNode *t) {
    for (size_t i = 0; i < t->n; i++) view_release(t->matrices[i]);
    mem_free(t->matrices);
    labels_clear(&t->notes);
    mem_free(t->name);
    mem_free(t->meaning);
}

/* ---- tables ---------------------------------------------------------------------- */

/* Text that a column of numbers may hold: digits with signs, separators, exponents and one
 * unit ("1.2M", "38 %", "0.4 µs"), ≈ in front where it was measured; empty and dashes too, and
 * "(measured)", which stands for a number that is masked. */
static bool looks_like_number(const char *s) {
    if (!*s || strcmp(s, "-") == 0 || strcmp(s, "–") == 0) return true;
    if (str_starts(s, "≈")) s += strlen("≈");
    if (*s && strchr("+-~<>", *s)) s++;
    if (str_starts(s, "(measured)")) return true;
    if (strcmp(s, "inf") == 0 || strcmp(s, "nan") == 0) return true;
    size_t digits = 0, n = 0;
    for (; s[n] && strchr("0123456789.,e+-_", s[n]); n++) digits += s[n] >= '0' && s[n] <= '9';
    if (digits == 0 || s[0] == 'e') return false;
    if (s[n] == '\0' || (strchr("KMGTP%x", s[n]) && s[n + 1] == '\0')) return true;
    return s[n] == ' ' && utf8_count(s + n, strlen(s + n)) <= 5 && !strchr(s + n + 1, ' ');
}

static ViewAlign align_of_column(const TableNode *t, size_t column, ViewAlign asked) {
    if (asked != VIEW_ALIGN_AUTO) return asked;
    bool some = false;
    for (size_t r = 0; r < t->rows; r++) {
        const char *cell = t->cells.items[r * t->columns + column];
        if (!looks_like_number(cell)) return VIEW_LEFT;
        some = some || *cell;
    }
    return some ? VIEW_RIGHT : VIEW_LEFT;
}

View *view_table(const char *const *head, size_t columns, const char *const *cells, size_t rows,
                 const ViewTableOpts *opts) {
    static const ViewTableOpts none = {0};
    if (!opts) opts = &none;
    if (columns == 0) BUG("a table without columns");
    View *v = view_new(KIND_TABLE, opts->title);
    TableNode *t = &v->table;
    t->head = labels_copy(head, columns);
    t->cells = labels_copy(cells, rows * columns);
    t->columns = columns;
    t->rows = rows;
    t->total = opts->total && rows > 0;
    t->align = mem_zero(columns * sizeof *t->align);
    for (size_t c = 0; c < columns; c++)
        t->align[c] = align_of_column(t, c, opts->align ? opts->align[c] : VIEW_ALIGN_AUTO);
    return v;
}

ViewTable view_table_begin(const char *const *head, size_t columns) {
    return (ViewTable){.head = head, .columns = columns};
}

void view_cell(ViewTable *t, const char *fmt, ...) {
    Str cell = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&cell, fmt, ap);
    va_end(ap);
    vec_push(&t->cells, str_detach(&cell));
}

size_t view_table_rows(const ViewTable *t) {
    return t->cells.count / t->columns;
}

View *view_table_end(ViewTable *t, const ViewTableOpts *opts) {
    if (t->cells.count % t->columns) BUG("a table whose last row lacks cells");
    View *v = view_table(t->head, t->columns, (const char *const *)t->cells.items,
                         view_table_rows(t), opts);
    view_table_drop(t);
    return v;
}

void view_table_drop(ViewTable *t) {
    for (size_t i = 0; i < t->cells.count; i++) mem_free(t->cells.items[i]);
    vec_clear(&t->cells);
}

View *view_ledger(const char *title, const ViewLedgerRow *rows, size_t n) {
    View *v = view_new(KIND_LEDGER, title);
    LedgerNode *l = &v->ledger;
    l->rows = bytes_copy(rows, n * sizeof *rows);
    l->n = n;
    for (size_t i = 0; i < n; i++)
        l->rows[i].step = shown_copy(rows[i].step ? rows[i].step : "", false);
    return v;
}

static void ledger_clear(LedgerNode *l) {
    for (size_t i = 0; i < l->n; i++) mem_free((char *)l->rows[i].step);
    mem_free(l->rows);
}

/* ---- pictures ---------------------------------------------------------------------- */

static ViewSeries series_copy(const ViewSeries *from) {
    ViewSeries s = {shown_copy(from->name ? from->name : "", false), NULL,
                    bytes_copy(from->y, from->n * sizeof(double)), from->n, from->points};
    if (from->x) {
        s.x = bytes_copy(from->x, from->n * sizeof(double));
    } else {
        double *x = mem_alloc(MAX(from->n, 1) * sizeof *x);
        for (size_t i = 0; i < from->n; i++) x[i] = (double)i;
        s.x = x;
    }
    return s;
}

View *view_curve(const ViewSeries *series, size_t n, const ViewCurveOpts *opts) {
    static const ViewCurveOpts none = {0};
    if (!opts) opts = &none;
    View *v = view_new(KIND_CURVE, opts->title);
    CurveNode *c = &v->curve;
    c->series = mem_zero(MAX(n, 1) * sizeof *c->series);
    c->n = n;
    for (size_t i = 0; i < n; i++) c->series[i] = series_copy(&series[i]);
    c->x_label = shown_copy(opts->x_label, false);
    c->y_label = shown_copy(opts->y_label, false);
    c->log_x = opts->log_x;
    c->log_y = opts->log_y;
    c->height = opts->height > 0 ? MIN(MAX(opts->height, 3), 100) : 12;
    return v;
}

static void curve_clear(CurveNode *c) {
    for (size_t i = 0; i < c->n; i++) {
        mem_free((char *)c->series[i].name);
        mem_free((double *)c->series[i].x);
        mem_free((double *)c->series[i].y);
    }
    mem_free(c->series);
    mem_free(c->x_label);
    mem_free(c->y_label);
}

View *view_bars(const char *const *labels, const double *values, size_t n,
                const ViewBarsOpts *opts) {
    static const ViewBarsOpts none = {0};
    if (!opts) opts = &none;
    View *v = view_new(KIND_BARS, opts->title);
    BarsNode *b = &v->bars;
    b->labels = labels_copy(labels, n);
    b->values = bytes_copy(values, n * sizeof *values);
    b->n = n;
    b->unit = shown_copy(opts->unit, false);
    b->max = opts->max;
    b->decimals = opts->decimals_set ? MIN(MAX(opts->decimals, 0), 17) : -1;
    return v;
}

/* ---- text ---------------------------------------------------------------------------- */

static View *text_new(ViewKind kind, Style style, ViewNote note, const char *text) {
    View *v = view_new(kind, NULL);
    v->text.text = shown_copy(text, true);
    v->text.style = style;
    v->text.note = note;
    return v;
}

View *view_markdown(const char *text) {
    return text_new(KIND_MARKDOWN, STYLE_PLAIN, VIEW_NOTE, text);
}

View *view_text(Style style, const char *text) {
    return text_new(KIND_TEXT, style, VIEW_NOTE, text);
}

View *view_verbatim(Style style, const char *text) {
    return text_new(KIND_VERBATIM, style, VIEW_NOTE, text);
}

View *view_code(const char *text) {
    return text_new(KIND_CODE, STYLE_CODE, VIEW_NOTE, text);
}

View *view_note(ViewNote kind, const char *text) {
    return text_new(KIND_NOTE, STYLE_PLAIN, kind, text);
}

/* ---- release ---------------------------------------------------------------------------- */

static void view_free(View *v) {
    switch (v->kind) {
    case KIND_MATRIX:
        matrix_clear(&v->matrix);
        break;
    case KIND_THUMBS:
        thumbs_clear(&v->thumbs);
        break;
    case KIND_TABLE:
        labels_clear(&v->table.head);
        labels_clear(&v->table.cells);
        mem_free(v->table.align);
        break;
    case KIND_LEDGER:
        ledger_clear(&v->ledger);
        break;
    case KIND_CURVE:
        curve_clear(&v->curve);
        break;
    case KIND_BARS:
        labels_clear(&v->bars.labels);
        mem_free(v->bars.values);
        mem_free(v->bars.unit);
        break;
    case KIND_MARKDOWN:
    case KIND_TEXT:
    case KIND_VERBATIM:
    case KIND_CODE:
    case KIND_NOTE:
        mem_free(v->text.text);
        break;
    case KIND_COUNT:
        break;
    }
    mem_free(v->title);
    mem_free(v);
}

void view_release(View *v) {
    if (v && --v->refs == 0) view_free(v);
}
