/* See sheet.h. */
#include "config.h"

#include "export/sheet.h"

#include <math.h>

/* Entries of all sheets of a file: what a spreadsheet or a browser can open. */
enum { CELLS_MAX = 2000000, SLICES_MAX = 4096 };

static char *copy(const char *s) {
    return mem_strdup(s ? s : "");
}

/* ---- numbers ----------------------------------------------------------------------------- */

/* The shortest digits that read back as the same number of its type. */
static void put_exact(double v, bool single, Str *out) {
    char text[64];
    if (!isfinite(v)) {
        str_add(out, isnan(v) ? "nan" : v < 0 ? "-inf" : "inf");
        return;
    }
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        double back = single ? (double)strtof(text, NULL) : strtod(text, NULL);
        if (back == v) break;
    }
    str_add(out, text);
}

static char *exact_text(const Tensor *t, const MatrixCell *cell) {
    DType dt = (DType)t->dtype;
    Str s = STR_INIT;
    if (dtype_is_complex(dt)) {
        put_exact(cell->v, true, &s);
        if (!(cell->im < 0)) str_addc(&s, '+');
        put_exact(cell->im, true, &s);
        str_addc(&s, 'j');
    } else if (dtype_is_float(dt)) {
        put_exact(cell->v, dt != DT_F64, &s);
    } else {
        str_printf(&s, "%lld", (long long)tensor_get_i64(t, cell->index));
    }
    return str_detach(&s);
}

static char *shown_text(const MatrixPlan *p, const MatrixCell *cell) {
    Str s = STR_INIT;
    matrix_text(p, cell, &s);
    const char *from = str_cstr(&s);
    while (*from == ' ') from++;
    size_t n = strlen(from);
    while (n && from[n - 1] == ' ') n--;
    char *text = mem_strndup(from, n);
    str_clear(&s);
    return text;
}

/* ---- sheets ------------------------------------------------------------------------------ */

static void sheet_size(Sheet *s, size_t R, size_t C, bool labels) {
    s->R = R;
    s->C = C;
    s->rows = labels ? mem_zero(MAX(R, 1) * sizeof *s->rows) : NULL;
    s->cols = mem_zero(MAX(C, 1) * sizeof *s->cols);
    s->cells = mem_zero(MAX(R * C, 1) * sizeof *s->cells);
}

static void sheet_clear(Sheet *s) {
    for (size_t i = 0; s->rows && i < s->R; i++) mem_free(s->rows[i]);
    for (size_t i = 0; i < s->C; i++) mem_free(s->cols[i]);
    for (size_t i = 0; i < s->R * s->C; i++) {
        mem_free(s->cells[i].exact);
        mem_free(s->cells[i].shown);
    }
    mem_free(s->rows);
    mem_free(s->cols);
    mem_free(s->cells);
    mem_free(s->title);
    mem_free(s->meaning);
    mem_free(s->notes);
    mem_free(s->corner);
}

void sheets_clear(Sheets *s) {
    for (size_t i = 0; i < s->count; i++) sheet_clear(&s->items[i]);
    vec_clear(s);
}

static bool too_many(double cells, Err *err) {
    if (cells <= CELLS_MAX) return true;
    err_set(err, ERR_VALUE, "%.0f entries are too many for a table (%d at most)", cells, CELLS_MAX);
    return err_hint(err, "export one slice of it, or a file of numbers: .npy, .npz, .safetensors");
}

/* "queries \ keys". */
static char *corner_of(const MatrixNode *m) {
    Str s = STR_INIT;
    if (m->row_axis) str_add(&s, m->row_axis);
    if (m->col_axis) str_printf(&s, "%s\\ %s", s.len ? " " : "", m->col_axis);
    str_add(&s, "");
    return str_detach(&s);
}

static char *matrix_title(const MatrixPlan *p, const char *name, int64_t slice) {
    Str s = STR_INIT;
    if (name) str_add(&s, name);
    if (p->slices > 1) {
        if (s.len) str_add(&s, ", ");
        matrix_slice_title(p->m, slice, &s);
    }
    return s.len ? str_detach(&s) : NULL;
}

static char *matrix_notes(const MatrixPlan *p) {
    enum { WIDE = 4000 };
    Canvas *c = canvas_new(WIDE);
    Str line = STR_INIT, all = STR_INIT;
    int rows = matrix_foot(p, NULL, c, 0, WIDE);
    for (int row = 0; row < rows; row++) {
        canvas_row_text(c, row, &line);
        str_printf(&all, "%s\n", str_cstr(&line));
    }
    picture_sums(p, &all);
    canvas_free(c);
    str_clear(&line);
    str_add(&all, "");
    return str_detach(&all);
}

static void add_slice(const MatrixPlan *p, const Inks *inks, const View *v, int64_t slice,
                      Sheets *out) {
    const MatrixNode *m = p->m;
    Sheet s = {.title = matrix_title(p, m->name, slice),
               .meaning = m->meaning ? copy(m->meaning) : NULL,
               .notes = matrix_notes(p),
               .corner = corner_of(m),
               .matrix = true,
               .view = v};
    char buf[24];
    Style style;
    sheet_size(&s, (size_t)p->R, (size_t)p->C, true);
    for (int64_t r = 0; r < p->R; r++) s.rows[r] = copy(matrix_label(&m->rows, r, buf, &style));
    for (int64_t c = 0; c < p->C; c++) s.cols[c] = copy(matrix_label(&m->cols, c, buf, &style));
    for (int64_t r = 0; r < p->R; r++)
        for (int64_t c = 0; c < p->C; c++) {
            MatrixCell cell = matrix_cell(p, slice, r, c);
            SheetCell *to = &s.cells[(size_t)(r * p->C + c)];
            to->exact = exact_text(m->t, &cell);
            to->shown = shown_text(p, &cell);
            to->number = true;
            to->masked = inks_hatched(&cell) && !m->counts_true;
            to->colored = inks_cell(inks, p, &cell, &to->ground);
        }
    vec_push(out, s);
}

static bool add_matrix(const View *v, PictureTheme theme, Sheets *out, Err *err) {
    Inks inks = inks_of(theme);
    MatrixPlan p;
    if (!too_many((double)tensor_numel(v->matrix.t), err)) return false;
    matrix_plan(&p, &v->matrix, &inks.style, SLICES_MAX);
    bool ok =
        p.slices <= SLICES_MAX ||
        err_set(err, ERR_VALUE, "%lld matrices are too many for a file of tables (%d at most)",
                (long long)p.slices, SLICES_MAX);
    for (int64_t s = 0; ok && s < p.slices && !INTERRUPTED(); s++) add_slice(&p, &inks, v, s, out);
    matrix_plan_clear(&p);
    return ok;
}

static void add_table(const View *v, Sheets *out) {
    const TableNode *t = &v->table;
    Sheet s = {.title = v->title ? copy(v->title) : NULL, .notes = copy(""), .corner = copy("")};
    s.view = v;
    sheet_size(&s, t->rows, t->columns, false);
    for (size_t c = 0; c < t->columns; c++) s.cols[c] = copy(label_at(&t->head, (int64_t)c));
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        s.cells[i].exact = copy(t->cells.items[i]);
        s.cells[i].number = t->align[i % t->columns] == VIEW_RIGHT;
    }
    vec_push(out, s);
}

static void put_known(Str *out, double v) {
    if (v >= 0) str_printf(out, "%.0f", v);
    str_add(out, "");
}

static void add_ledger(const View *v, Sheets *out) {
    static const char *const head[] = {"step", "shape", "times", "params", "flops", "bytes", "ns"};
    const LedgerNode *l = &v->ledger;
    Sheet s = {.title = v->title ? copy(v->title) : NULL, .notes = copy(""), .corner = copy("")};
    s.view = v;
    sheet_size(&s, l->n, ARRAY_LEN(head), false);
    for (size_t c = 0; c < ARRAY_LEN(head); c++) s.cols[c] = copy(head[c]);
    for (size_t r = 0; r < l->n; r++) {
        const ViewLedgerRow *row = &l->rows[r];
        SheetCell *cells = &s.cells[r * s.C];
        double numbers[] = {(double)MAX(row->times, 1), row->params, row->flops, row->bytes,
                            (double)row->ns};
        Str text = STR_INIT;
        cells[0].exact = copy(row->step);
        if (row->shape.ndim >= 0) shape_str(&text, row->shape.ndim, row->shape.size);
        cells[1].exact = copy(str_cstr(&text));
        for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
            str_reset(&text);
            put_known(&text, numbers[i]);
            cells[2 + i] = (SheetCell){.exact = copy(str_cstr(&text)), .number = true};
        }
        str_clear(&text);
    }
    vec_push(out, s);
}

static void put_number(SheetCell *cell, double v) {
    Str s = STR_INIT;
    put_exact(v, false, &s);
    *cell = (SheetCell){.exact = str_detach(&s), .number = true};
}

/* Two columns, x and y, for each curve. */
static void add_curve(const View *v, Sheets *out) {
    const CurveNode *k = &v->curve;
    for (size_t i = 0; i < k->n; i++) {
        const ViewSeries *from = &k->series[i];
        Sheet s = {.notes = copy(""), .corner = copy(""), .view = v};
        bool own = k->n > 1 && *from->name;
        if (v->title || own) s.title = copy(own ? from->name : v->title);
        sheet_size(&s, from->n, 2, false);
        s.cols[0] = copy(k->x_label ? k->x_label : "x");
        s.cols[1] = copy(k->y_label ? k->y_label : *from->name ? from->name : "y");
        for (size_t r = 0; r < from->n; r++) {
            put_number(&s.cells[2 * r], from->x[r]);
            put_number(&s.cells[2 * r + 1], from->y[r]);
        }
        vec_push(out, s);
    }
}

static void add_bars(const View *v, Sheets *out) {
    const BarsNode *b = &v->bars;
    Sheet s = {.title = v->title ? copy(v->title) : NULL, .notes = copy(""), .corner = copy("")};
    s.view = v;
    sheet_size(&s, b->n, 1, true);
    s.cols[0] = copy(b->unit ? b->unit : "value");
    for (size_t i = 0; i < b->n; i++) {
        s.rows[i] = copy(label_at(&b->labels, (int64_t)i));
        put_number(&s.cells[i], b->values[i]);
    }
    vec_push(out, s);
}

static bool add_view(const View *v, PictureTheme theme, Sheets *out, Err *err) {
    switch (v->kind) {
    case KIND_MATRIX:
        return add_matrix(v, theme, out, err);
    case KIND_THUMBS:
        for (size_t i = 0; i < v->thumbs.n; i++)
            if (!add_matrix(v->thumbs.matrices[i], theme, out, err)) return false;
        return true;
    case KIND_TABLE:
        add_table(v, out);
        return true;
    case KIND_LEDGER:
        add_ledger(v, out);
        return true;
    case KIND_CURVE:
        add_curve(v, out);
        return true;
    case KIND_BARS:
        add_bars(v, out);
        return true;
    default:
        err_set(err, ERR_VALUE, "text is no table");
        return err_hint(err, ".txt, .json, .svg, .pdf and .png take it");
    }
}

bool sheets_of(View *const *views, size_t n, PictureTheme theme, Sheets *out, Err *err) {
    for (size_t i = 0; i < n; i++) {
        if (!add_view(views[i], theme, out, err)) {
            sheets_clear(out);
            return false;
        }
    }
    return true;
}
