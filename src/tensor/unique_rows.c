/* torch.unique and unique_consecutive along a dim: the slices are rows of numbers, ordered one
 * element after the other. */
#include "config.h"

#include "tensor/sort.h"

#include "tensor/copy.h"
#include "tensor/index.h"
#include "tensor/view.h"

typedef struct Rows {
    int64_t n, width;
    const double *f64; /* one of the two */
    const int64_t *i64;
} Rows;

static int compare(const Rows *r, int64_t a, int64_t b) {
    for (int64_t k = 0; k < r->width; k++) {
        int64_t i = a * r->width + k, j = b * r->width + k;
        if (r->f64 ? r->f64[i] < r->f64[j] : r->i64[i] < r->i64[j]) return -1;
        if (r->f64 ? r->f64[i] != r->f64[j] : r->i64[i] != r->i64[j]) return 1;
    }
    return 0;
}

/* Merge sort of row numbers; room holds n more. */
static void sort_rows(const Rows *r, int64_t *order, int64_t n, int64_t *room) {
    if (n < 2) return;
    int64_t half = n / 2, i = 0, j = half, k = 0;
    sort_rows(r, order, half, room);
    sort_rows(r, order + half, n - half, room);
    while (i < half && j < n)
        room[k++] = compare(r, order[i], order[j]) <= 0 ? order[i++] : order[j++];
    while (i < half) room[k++] = order[i++];
    while (j < n) room[k++] = order[j++];
    for (k = 0; k < n; k++) order[k] = room[k];
}

/* first[u]: the row that stands for group u; returns how many groups. */
static int64_t group(const Rows *r, const int64_t *order, int64_t *first, int64_t *inverse,
                     int64_t *counts) {
    int64_t groups = 0;
    for (int64_t i = 0; i < r->n; i++) {
        if (i == 0 || compare(r, order[i - 1], order[i]) != 0) {
            first[groups] = order[i];
            counts[groups++] = 0;
        }
        inverse[order[i]] = groups - 1;
        counts[groups - 1]++;
    }
    return groups;
}

bool tensor_unique_dim(const Tensor *t, int64_t dim, bool consecutive, Tensor **values,
                       Tensor **inverse, Tensor **counts, Err *err) {
    int d;
    Tensor *moved = NULL, *rows = NULL, *first = NULL, *c = NULL, *which = NULL;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    DType dt = dtype_is_float((DType)t->dtype) ? DT_F64 : DT_I64;
    int64_t n = t->ndim ? t->shape[d] : 1, *order = NULL;
    bool ok = tensor_transpose(t, 0, d, &moved, err) &&
              tensor_clone_contiguous(moved, dt, &rows, err) &&
              tensor_empty(DT_I64, 1, &n, &first, err) && tensor_empty(DT_I64, 1, &n, &c, err) &&
              tensor_empty(DT_I64, 1, &n, inverse, err);
    if (ok) {
        Rows r = {.n = n, .width = n ? tensor_numel(t) / n : 0};
        if (dt == DT_F64)
            r.f64 = tensor_data(rows);
        else
            r.i64 = tensor_data(rows);
        order = mem_alloc((size_t)MAX(n, 1) * 2 * sizeof *order);
        for (int64_t i = 0; i < n; i++) order[i] = i;
        if (!consecutive) sort_rows(&r, order, n, order + n);
        int64_t groups =
            group(&r, order, tensor_data(first), tensor_data(*inverse), tensor_data(c));
        mem_free(order);
        ok = tensor_narrow(first, 0, 0, groups, &which, err) &&
             tensor_narrow(c, 0, 0, groups, counts, err) &&
             tensor_index_select(t, d, which, values, err);
        if (!ok) tensor_release(*inverse), tensor_release(*counts);
    }
    tensor_release(moved);
    tensor_release(rows);
    tensor_release(first);
    tensor_release(c);
    tensor_release(which);
    return ok;
}
