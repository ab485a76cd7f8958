/* Sorting and selection along a dimension: every line becomes keys with indices,
 * the keys are sorted stably, values are fetched by index.
 */
#include "config.h"

#include "tensor/sort.h"

#include "tensor/dim_lines.h"
#include "tensor/interrupt.h"
#include "tensor/partsort.h"
#include "tensor/sort_keys.h"
#include "tensor/view.h"

/* Two results of the same shape and the room to sort one line in. */
typedef struct Sorter {
    const Tensor *t;
    Tensor *values, *indices;
    Keyed *items; /* 2 * len */
    Lines l;
} Sorter;

/* PyTorch sorts everything but complex numbers; what selects takes no bool either. */
static bool orderable(const Tensor *t, const char *kernel, bool with_bool, Err *err) {
    bool is_bool = t->dtype == DT_BOOL;
    if (!dtype_is_complex((DType)t->dtype) && (with_bool || !is_bool)) return true;
    err_set(err, ERR_RUNTIME, "\"%s\" not implemented for '%s'", kernel,
            dtype_class_name((DType)t->dtype));
    if (is_bool) return err_hint(err, "convert it: .int()");
    return err_hint(err, "complex numbers have no order; take .abs() or .real");
}

static void sorter_clear(Sorter *s) {
    tensor_release(s->values);
    tensor_release(s->indices);
    mem_free(s->items);
}

/* out_len elements a line; keep = 0 drops the dim from the results' shape. */
static bool sorter_init(Sorter *s, const Tensor *t, int dim, int64_t out_len, bool keep, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    int ndim = lines_shape(t, dim, keep ? out_len : -1, shape);
    *s = (Sorter){.t = t, .l = lines_begin(t, dim, out_len)};
    size_t bytes = sizeof(Keyed) * 2 * (size_t)s->l.len;
    if (!memory_admit(bytes, "sorting", err)) return false;
    if (tensor_empty((DType)t->dtype, ndim, shape, &s->values, err) &&
        tensor_empty(DT_I64, ndim, shape, &s->indices, err)) {
        s->items = mem_alloc(MAX(bytes, 1));
        return true;
    }
    sorter_clear(s);
    return false;
}

/* Hands the results out; those not wanted are released. */
static bool sorter_finish(Sorter *s, bool ok, Tensor **values, Tensor **indices) {
    if (ok && values) {
        *values = s->values;
        s->values = NULL;
    }
    if (ok && indices) {
        *indices = s->indices;
        s->indices = NULL;
    }
    sorter_clear(s);
    return ok;
}

static void load_line(Sorter *s, bool descending) {
    const Lines *l = &s->l;
    for (int64_t i = 0; i < l->len; i++) {
        uint64_t key = order_key(s->t, l->in + i * l->in_step);
        s->items[i] = (Keyed){descending ? ~key : key, i};
    }
}

static bool sort_line(Sorter *s, bool descending, Err *err) {
    load_line(s, descending);
    return keyed_sort(s->items, s->items + s->l.len, s->l.len, err);
}

/* Result element number `place` of this line = the line's element `index`. */
static void put(Sorter *s, int64_t place, int64_t index) {
    size_t size = dtype_size((DType)s->t->dtype);
    int64_t out = s->l.out + place * s->l.out_step, in = s->l.in + index * s->l.in_step;
    memcpy((char *)tensor_data(s->values) + (size_t)out * size,
           (const char *)s->t->st->data + (size_t)in * size, size);
    ((int64_t *)tensor_data(s->indices))[out] = index;
}

static bool sort_lines(Sorter *s, bool descending, Err *err) {
    int64_t work = 0;
    for (; s->l.left > 0; lines_next(&s->l)) {
        if (!sort_line(s, descending, err) || !tensor_poll(&work, s->l.len * 20, err)) return false;
        for (int64_t i = 0; i < s->l.len; i++) put(s, i, s->items[i].index);
    }
    return true;
}

/* The first k of each line. */
static bool select_lines(Sorter *s, int64_t k, bool descending, Err *err) {
    int64_t work = 0;
    for (; k > 0 && s->l.left > 0; lines_next(&s->l)) {
        load_line(s, descending);
        select_first(s->items, s->l.len, k);
        for (int64_t i = 0; i < k; i++) put(s, i, s->items[i].index);
        if (!tensor_poll(&work, s->l.len * 10, err)) return false;
    }
    return true;
}

bool tensor_sort(const Tensor *t, int dim, bool descending, Tensor **values, Tensor **indices,
                 Err *err) {
    Sorter s;
    int64_t len = t->ndim ? t->shape[dim] : 1;
    if (!orderable(t, "sorting_kernel_method_name", true, err) ||
        !sorter_init(&s, t, dim, len, true, err))
        return false;
    return sorter_finish(&s, sort_lines(&s, descending, err), values, indices);
}

bool tensor_topk(const Tensor *t, int64_t k, int dim, bool largest, Tensor **values,
                 Tensor **indices, Err *err) {
    Sorter s;
    int64_t len = t->ndim ? t->shape[dim] : 1;
    if (k < 0 || k > len) {
        err_set(err, ERR_RUNTIME, "selected index k out of range");
        return err_hint(err, "k is %lld, dimension %d has %lld elements", (long long)k, dim,
                        (long long)len);
    }
    if (t->ndim == 0) k = 1; /* its only element, even for k = 0 */
    if (!orderable(t, "topk_cpu", false, err) || !sorter_init(&s, t, dim, k, true, err))
        return false;
    return sorter_finish(&s, select_lines(&s, k, largest, err), values, indices);
}

bool tensor_kthvalue(const Tensor *t, int64_t k, int dim, bool keepdim, Tensor **values,
                     Tensor **indices, Err *err) {
    Sorter s;
    int64_t len = t->ndim ? t->shape[dim] : 1;
    if (len == 0)
        return err_set(err, ERR_INDEX,
                       "kthvalue(): Expected reduction dim %d to have non-zero size.", dim);
    if (k < 1 || k > len)
        return err_set(err, ERR_RUNTIME,
                       "kthvalue(): selected number k out of range for dimension %d", dim);
    if (!orderable(t, "kthvalue_cpu", false, err) || !sorter_init(&s, t, dim, 1, keepdim, err))
        return false;
    bool ok = true;
    for (; ok && s.l.left > 0; lines_next(&s.l)) {
        ok = sort_line(&s, false, err);
        if (ok) put(&s, 0, s.items[k - 1].index);
    }
    return sorter_finish(&s, ok, values, indices);
}

bool tensor_median(const Tensor *t, int dim, bool keepdim, Tensor **values, Tensor **indices,
                   Err *err) {
    Sorter s;
    if (t->ndim && t->shape[dim] == 0) {
        err_set(err, ERR_INDEX, "median(): Expected reduction dim %d to have non-zero size.", dim);
        return false;
    }
    if (!orderable(t, "median_out", false, err) || !sorter_init(&s, t, dim, 1, keepdim, err))
        return false;
    bool ok = true;
    for (; ok && s.l.left > 0; lines_next(&s.l)) {
        ok = sort_line(&s, false, err);
        if (!ok) break;
        int64_t pick = s.items[(s.l.len - 1) / 2].index, n = s.l.len;
        if (s.items[n - 1].key == UINT64_MAX && dtype_is_float((DType)t->dtype))
            for (int64_t i = n - 1; i >= 0 && s.items[i].key == UINT64_MAX; i--)
                pick = s.items[i].index; /* the first nan */
        put(&s, 0, pick);
    }
    return sorter_finish(&s, ok, values, indices);
}

bool tensor_median_all(const Tensor *t, Tensor **out, Err *err) {
    Tensor *flat = NULL;
    int64_t n = tensor_numel(t);
    if (n == 0) {
        bool real = dtype_is_float((DType)t->dtype);
        if (real) return tensor_scalar_f64((DType)t->dtype, 0.0 / 0.0, out, err);
        return tensor_scalar_i64((DType)t->dtype, INT64_MIN, out, err);
    }
    if (!orderable(t, "median_cpu", false, err) || !tensor_reshape(t, 1, &n, &flat, err))
        return false;
    bool ok = tensor_median(flat, 0, false, out, NULL, err);
    tensor_release(flat);
    return ok;
}

/* The longest run of equal keys in a sorted line; the first (smallest value) of several. */
static int64_t longest_run_last(const Keyed *items, int64_t n) {
    int64_t best = 0, best_len = 0;
    for (int64_t i = 0; i < n;) {
        int64_t j = i;
        while (j < n && items[j].key == items[i].key) j++;
        if (j - i > best_len) {
            best_len = j - i;
            best = j - 1;
        }
        i = j;
    }
    return items[best].index;
}

bool tensor_mode(const Tensor *t, int dim, bool keepdim, Tensor **values, Tensor **indices,
                 Err *err) {
    Sorter s;
    if (t->ndim && t->shape[dim] == 0)
        return err_set(err, ERR_INDEX, "mode(): Expected reduction dim %d to have non-zero size.",
                       dim);
    if (!orderable(t, "mode", true, err) || !sorter_init(&s, t, dim, 1, keepdim, err)) return false;
    bool ok = true;
    for (; ok && s.l.left > 0; lines_next(&s.l)) {
        ok = sort_line(&s, false, err);
        if (ok) put(&s, 0, longest_run_last(s.items, s.l.len));
    }
    return sorter_finish(&s, ok, values, indices);
}
