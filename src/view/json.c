/* A View as JSON; the shape of the object is described in view.h. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

static json_t *string_or_null(const char *s) {
    return s ? json_string(s) : json_null();
}

/* JSON has no nan and no infinities. */
static json_t *number(double v) {
    if (isfinite(v)) return json_real(v);
    return json_string(isnan(v) ? "nan" : v < 0 ? "-inf" : "inf");
}

static json_t *element(const Tensor *t, const int64_t *index) {
    DType dt = (DType)t->dtype;
    if (dt == DT_BOOL) return json_boolean(tensor_get_i64(t, index) != 0);
    if (dtype_is_int(dt)) return json_integer(tensor_get_i64(t, index));
    if (!dtype_is_complex(dt)) return number(tensor_get_f64(t, index));
    int64_t at = 0;
    for (int d = 0; d < t->ndim; d++) at += index[d] * t->stride[d];
    const float *z = (const float *)tensor_data(t) + 2 * at;
    json_t *pair = json_array();
    json_array_append_new(pair, number((double)z[0]));
    json_array_append_new(pair, number((double)z[1]));
    return pair;
}

/* Nested arrays, one level per dimension; at most TENSOR_MAX_DIM deep. */
static json_t *data(const Tensor *t, int64_t *index, int dim) {
    if (dim == t->ndim) return element(t, index);
    json_t *array = json_array();
    for (index[dim] = 0; index[dim] < t->shape[dim]; index[dim]++)
        json_array_append_new(array, data(t, index, dim + 1));
    return array;
}

static json_t *strings(char *const *items, size_t n) {
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(array, json_string(items[i]));
    return array;
}

static json_t *numbers(const double *v, size_t n) {
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(array, number(v[i]));
    return array;
}

/* Counts are whole; those beyond a 64-bit integer stay what they are. */
static json_t *known(double v) {
    if (v < 0) return json_null();
    return v < 9.2e18 ? json_integer(llround(v)) : json_real(v);
}

static json_t *shape_list(int ndim, const int64_t *size) {
    if (ndim < 0) return json_null();
    json_t *array = json_array();
    for (int d = 0; d < ndim; d++) json_array_append_new(array, json_integer(size[d]));
    return array;
}

/* Of a mask, broadcast to the tensor: true = may attend. */
static json_t *mask_data(const MatrixNode *m, int64_t *index, int dim) {
    if (dim == m->t->ndim) return json_boolean(matrix_attends(m, index));
    json_t *array = json_array();
    for (index[dim] = 0; index[dim] < m->t->shape[dim]; index[dim]++)
        json_array_append_new(array, mask_data(m, index, dim + 1));
    return array;
}

static json_t *matrix_json(const MatrixNode *m, const char *note) {
    json_t *o = json_object();
    int64_t index[TENSOR_MAX_DIM] = {0};
    json_object_set_new(o, "name", string_or_null(m->name));
    json_object_set_new(o, "meaning", string_or_null(m->meaning));
    json_object_set_new(o, "shape", shape_list(m->t->ndim, m->t->shape));
    json_object_set_new(o, "dtype", json_string(dtype_name((DType)m->t->dtype)));
    json_object_set_new(o, "rows", string_or_null(m->row_axis));
    json_object_set_new(o, "columns", string_or_null(m->col_axis));
    json_object_set_new(o, "row_labels", strings(m->rows.items, m->rows.count));
    json_object_set_new(o, "column_labels", strings(m->cols.items, m->cols.count));
    json_object_set_new(o, "data", data(m->t, index, 0));
    json_object_set_new(o, "mask", m->mask ? mask_data(m, index, 0) : json_null());
    json_object_set_new(o, "note", string_or_null(note));
    json_object_set_new(o, "autograd", string_or_null(m->traits));
    return o;
}

static json_t *table_json(const View *v) {
    const TableNode *t = &v->table;
    json_t *o = json_object(), *rows = json_array();
    for (size_t r = 0; r < t->rows; r++)
        json_array_append_new(rows, strings(t->cells.items + r * t->columns, t->columns));
    json_object_set_new(o, "title", string_or_null(v->title));
    json_object_set_new(o, "head", strings(t->head.items, t->head.count));
    json_object_set_new(o, "rows", rows);
    return o;
}

static json_t *series_json(const View *v, const ViewSeries *s) {
    json_t *o = json_object();
    json_object_set_new(o, "title", string_or_null(v->title));
    json_object_set_new(o, "name", json_string(s->name));
    json_object_set_new(o, "x", numbers(s->x, s->n));
    json_object_set_new(o, "y", numbers(s->y, s->n));
    return o;
}

/* Bars are a table of two columns. */
static json_t *bars_json(const View *v) {
    const BarsNode *b = &v->bars;
    json_t *o = json_object(), *rows = json_array(), *head = json_array();
    json_array_append_new(head, json_string("label"));
    json_array_append_new(head, json_string(b->unit ? b->unit : "value"));
    for (size_t i = 0; i < b->n; i++) {
        json_t *row = json_array();
        json_array_append_new(row, string_or_null(label_at(&b->labels, (int64_t)i)));
        json_array_append_new(row, number(b->values[i]));
        json_array_append_new(rows, row);
    }
    json_object_set_new(o, "title", string_or_null(v->title));
    json_object_set_new(o, "head", head);
    json_object_set_new(o, "rows", rows);
    return o;
}

static void add_ledger(json_t *array, const LedgerNode *l) {
    for (size_t i = 0; i < l->n; i++) {
        const ViewLedgerRow *row = &l->rows[i];
        json_t *o = json_object();
        json_object_set_new(o, "step", json_string(row->step));
        json_object_set_new(o, "shape", shape_list(row->shape.ndim, row->shape.size));
        json_object_set_new(o, "times", json_integer(MAX(row->times, 1)));
        json_object_set_new(o, "params", known(row->params));
        json_object_set_new(o, "flops", known(row->flops));
        json_object_set_new(o, "bytes", known(row->bytes));
        json_object_set_new(o, "ns", row->ns < 0 ? json_null() : json_integer(row->ns));
        json_array_append_new(array, o);
    }
}

typedef struct Collect {
    Str text;
    json_t *tensors, *tables, *series, *ledger;
} Collect;

static void add_text(Collect *into, const char *text) {
    if (into->text.len) str_addc(&into->text, '\n');
    str_add(&into->text, text);
}

static void collect(Collect *into, const View *v) {
    switch (v->kind) {
    case KIND_MATRIX:
        json_array_append_new(into->tensors, matrix_json(&v->matrix, NULL));
        break;
    case KIND_THUMBS:
        for (size_t i = 0; i < v->thumbs.n; i++)
            json_array_append_new(into->tensors,
                                  matrix_json(&v->thumbs.matrices[i]->matrix,
                                              label_at(&v->thumbs.notes, (int64_t)i)));
        break;
    case KIND_TABLE:
        json_array_append_new(into->tables, table_json(v));
        break;
    case KIND_BARS:
        json_array_append_new(into->tables, bars_json(v));
        break;
    case KIND_LEDGER:
        add_ledger(into->ledger, &v->ledger);
        break;
    case KIND_CURVE:
        for (size_t i = 0; i < v->curve.n; i++)
            json_array_append_new(into->series, series_json(v, &v->curve.series[i]));
        break;
    default:
        add_text(into, v->text.text);
        break;
    }
}

json_t *view_json(const View *v) {
    Collect all = {.tensors = json_array(),
                   .tables = json_array(),
                   .series = json_array(),
                   .ledger = json_array()};
    collect(&all, v);
    json_t *o = json_object();
    json_object_set_new(o, "title", string_or_null(v->title));
    json_object_set_new(o, "text", json_string(str_cstr(&all.text)));
    json_object_set_new(o, "tensors", all.tensors);
    json_object_set_new(o, "tables", all.tables);
    json_object_set_new(o, "series", all.series);
    json_object_set_new(o, "ledger", all.ledger);
    str_clear(&all.text);
    return o;
}
