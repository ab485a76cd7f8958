/* Distinct values, counts, histograms, and places in a sorted sequence. */
#include "config.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/shapetext.h"
#include "tensor/sort.h"
#include "tensor/sort_keys.h"

/* ---- unique ------------------------------------------------------------------- */

/* The elements in the order in which equal ones are neighbours, and what comes of them. */
typedef struct Groups {
    const Tensor *t; /* contiguous */
    Keyed *items;    /* 2 * n: the second half is scratch */
    int64_t n, groups;
    Tensor *values, *inverse, *counts;
} Groups;

/* nan differs from itself, so each one is a group of its own. */
static bool starts_group(const Groups *g, int64_t i) {
    if (i == 0 || g->items[i].key != g->items[i - 1].key) return true;
    return g->items[i].key == UINT64_MAX && dtype_is_float((DType)g->t->dtype);
}

static bool groups_alloc(Groups *g, Err *err) {
    for (int64_t i = 0; i < g->n; i++) g->groups += starts_group(g, i);
    return tensor_empty((DType)g->t->dtype, 1, &g->groups, &g->values, err) &&
           tensor_empty(DT_I64, g->t->ndim, g->t->shape, &g->inverse, err) &&
           tensor_zeros(DT_I64, 1, &g->groups, &g->counts, err);
}

static void groups_write(Groups *g) {
    size_t size = dtype_size((DType)g->t->dtype);
    char *values = tensor_data(g->values);
    const char *in = tensor_data(g->t);
    int64_t *inverse = tensor_data(g->inverse), *counts = tensor_data(g->counts), group = -1;
    for (int64_t i = 0; i < g->n; i++) {
        int64_t at = g->items[i].index;
        if (starts_group(g, i)) {
            group++;
            memcpy(values + (size_t)group * size, in + (size_t)at * size, size);
        }
        counts[group]++;
        inverse[at] = group;
    }
}

static bool unique(const Tensor *t, bool sorted, Tensor **values, Tensor **inverse, Tensor **counts,
                   Err *err) {
    if (dtype_is_complex((DType)t->dtype))
        return err_set(err, ERR_RUNTIME, "\"unique\" not implemented for 'ComplexFloat'");
    Tensor *flat = NULL;
    Groups g = {.n = tensor_numel(t)};
    size_t bytes = sizeof *g.items * 2 * (size_t)g.n;
    bool ok = memory_admit(bytes, "unique", err) && tensor_contiguous(t, &flat, err);
    if (!ok) return false;
    g.t = flat;
    g.items = mem_alloc(MAX(bytes, 1));
    for (int64_t i = 0; i < g.n; i++) g.items[i] = (Keyed){order_key(flat, flat->offset + i), i};
    ok = (!sorted || keyed_sort(g.items, g.items + g.n, g.n, err)) && groups_alloc(&g, err);
    if (ok) {
        groups_write(&g);
        *values = tensor_retain(g.values);
        if (inverse) *inverse = tensor_retain(g.inverse);
        if (counts) *counts = tensor_retain(g.counts);
    }
    tensor_release(g.values);
    tensor_release(g.inverse);
    tensor_release(g.counts);
    tensor_release(flat);
    mem_free(g.items);
    return ok;
}

bool tensor_unique(const Tensor *t, Tensor **values, Tensor **inverse, Tensor **counts, Err *err) {
    return unique(t, true, values, inverse, counts, err);
}

bool tensor_unique_consecutive(const Tensor *t, Tensor **values, Tensor **inverse, Tensor **counts,
                               Err *err) {
    return unique(t, false, values, inverse, counts, err);
}

/* ---- counts ---------------------------------------------------------------------- */

static bool bincount_args(const Tensor *t, const Tensor *weights, int64_t minlength, Err *err) {
    if (minlength < 0) return err_set(err, ERR_RUNTIME, "minlength should be >= 0");
    if (!dtype_is_int((DType)t->dtype))
        return err_set(err, ERR_RUNTIME, "\"bincount_cpu\" not implemented for '%s'",
                       dtype_class_name((DType)t->dtype));
    if (t->ndim != 1)
        return err_set(err, ERR_RUNTIME,
                       "bincount only supports 1-d non-negative integral inputs.");
    if (weights && (weights->ndim != 1 || weights->shape[0] != t->shape[0]))
        return err_set(err, ERR_RUNTIME, "weights should be 1-d and have the same length as input");
    return true;
}

bool tensor_bincount(const Tensor *t, const Tensor *weights, int64_t minlength, Tensor **out,
                     Err *err) {
    if (!bincount_args(t, weights, minlength, err)) return false;
    Tensor *ids = NULL, *w = NULL, *counts = NULL;
    bool ok = false;
    DType acc = !weights ? DT_I64 : weights->dtype == DT_F32 ? DT_F32 : DT_F64;
    if (!tensor_clone_contiguous(t, DT_I64, &ids, err)) goto out;
    if (weights && !tensor_clone_contiguous(weights, acc, &w, err)) goto out;
    const int64_t *id = tensor_data(ids);
    int64_t n = t->shape[0], size = minlength;
    for (int64_t i = 0; i < n; i++) {
        if (id[i] < 0) {
            err_set(err, ERR_RUNTIME, "bincount only supports 1-d non-negative integral inputs.");
            goto out;
        }
        if (id[i] >= size) size = id[i] == INT64_MAX ? INT64_MAX : id[i] + 1;
    }
    if (!tensor_zeros(acc, 1, &size, &counts, err)) goto out;
    for (int64_t i = 0; i < n; i++) {
        if (!w)
            ((int64_t *)tensor_data(counts))[id[i]]++;
        else if (acc == DT_F32)
            ((float *)tensor_data(counts))[id[i]] += ((const float *)tensor_data(w))[i];
        else
            ((double *)tensor_data(counts))[id[i]] += ((const double *)tensor_data(w))[i];
    }
    *out = counts;
    ok = true;
out:
    tensor_release(ids);
    tensor_release(w);
    return ok;
}

static void data_range(const double *x, int64_t n, double *lo, double *hi) {
    *lo = *hi = n ? x[0] : 0;
    for (int64_t i = 0; i < n; i++) {
        if (x[i] < *lo || isnan(x[i])) *lo = x[i];
        if (x[i] > *hi || isnan(x[i])) *hi = x[i];
    }
}

/* The cell of x: (x - lo) * bins / (hi - lo) in the input's precision; hi belongs to the last. */
static int64_t cell_of(double x, double lo, double hi, int64_t bins, bool single) {
    double place = single ? ((float)x - (float)lo) * (float)bins / ((float)hi - (float)lo)
                          : (x - lo) * (double)bins / (hi - lo);
    int64_t cell = (int64_t)place;
    return cell == bins ? bins - 1 : cell;
}

bool tensor_histc(const Tensor *t, int64_t bins, double lo, double hi, Tensor **out, Err *err) {
    if (t->dtype != DT_F32 && t->dtype != DT_F64)
        return err_set(err, ERR_RUNTIME, "\"histogram_cpu\" not implemented for '%s'",
                       dtype_class_name((DType)t->dtype));
    if (bins <= 0)
        return err_set(err, ERR_RUNTIME,
                       "torch.histogram(): bins must be > 0, but got %lld for dimension 0",
                       (long long)bins);
    Tensor *flat = NULL, *hist = NULL;
    bool ok = false;
    if (!tensor_clone_contiguous(t, DT_F64, &flat, err)) return false;
    const double *x = tensor_data(flat);
    int64_t n = tensor_numel(t);
    if (lo == hi && n > 0) data_range(x, n, &lo, &hi);
    if (lo == hi) {
        lo -= 1;
        hi += 1;
    }
    if (!isfinite(lo) || !isfinite(hi)) {
        err_set(err, ERR_RUNTIME, "torch.histc: range of [%g, %g] is not finite", lo, hi);
        goto out;
    }
    if (lo > hi) {
        err_set(err, ERR_RUNTIME, "torch.histc: max must be larger than min");
        goto out;
    }
    if (!tensor_zeros((DType)t->dtype, 1, &bins, &hist, err)) goto out;
    for (int64_t i = 0; i < n; i++) {
        if (!(x[i] >= lo && x[i] <= hi)) continue;
        int64_t cell = cell_of(x[i], lo, hi, bins, t->dtype == DT_F32);
        if (t->dtype == DT_F32)
            ((float *)tensor_data(hist))[cell]++;
        else
            ((double *)tensor_data(hist))[cell]++;
    }
    *out = hist;
    ok = true;
out:
    tensor_release(flat);
    return ok;
}

/* ---- places in a sorted sequence -------------------------------------------------------- */

/* First place i with seq[i] >= v, or > v to the right of equals. */
static int64_t place_of(const double *seq, int64_t n, double v, bool right) {
    int64_t lo = 0, hi = n;
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        bool stop = right ? seq[mid] > v : seq[mid] >= v;
        if (stop)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

static bool searchsorted_args(const Tensor *sorted, const Tensor *v, Err *err) {
    if (sorted->ndim == 0)
        return err_set(err, ERR_RUNTIME,
                       "torch.searchsorted(): boundaries tensor should have positive dimension, "
                       "but got 0 dimension");
    bool fits = sorted->ndim == v->ndim;
    for (int d = 0; fits && d < v->ndim - 1; d++) fits = sorted->shape[d] == v->shape[d];
    if (sorted->ndim == 1 || fits) return true;
    return err_set(err, ERR_RUNTIME,
                   "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 "
                   "dimensions of boundaries tensor and input value tensor must match, but we got "
                   "boundaries tensor %s and input value tensor %s",
                   list_text(sorted->ndim, sorted->shape).text, list_text(v->ndim, v->shape).text);
}

bool tensor_searchsorted(const Tensor *sorted, const Tensor *v, bool right, Tensor **out,
                         Err *err) {
    if (!searchsorted_args(sorted, v, err)) return false;
    Tensor *seq = NULL, *x = NULL, *places = NULL;
    bool ok = tensor_clone_contiguous(sorted, DT_F64, &seq, err) &&
              tensor_clone_contiguous(v, DT_F64, &x, err) &&
              tensor_empty(DT_I64, v->ndim, v->shape, &places, err);
    if (ok) {
        int64_t n = sorted->shape[sorted->ndim - 1], total = tensor_numel(v);
        int64_t row = sorted->ndim == 1 ? MAX(total, 1) : v->shape[v->ndim - 1];
        const double *s = tensor_data(seq), *value = tensor_data(x);
        for (int64_t i = 0; i < total; i++)
            ((int64_t *)tensor_data(places))[i] = place_of(s + i / row * n, n, value[i], right);
        *out = places;
    }
    tensor_release(seq);
    tensor_release(x);
    return ok;
}
