/* Elements by index along one dim: gather, scatter, take.
 *
 * All walk the index tensor; beside it goes a view of t whose stride along dim is
 * 0, so that the walk supplies every coordinate but the one that the index gives.
 */
#include "config.h"

#include "tensor/copy.h"
#include "tensor/index.h"
#include "tensor/index_elements.h"
#include "tensor/iter.h"
#include "tensor/shapetext.h"

static bool check_index(const Tensor *t, int dim, const Tensor *index, const char *name,
                        const char *whose, Err *err) {
    if (index->dtype != DT_I64)
        return err_set(err, ERR_RUNTIME, "%s(): Expected dtype int64 for index", name);
    if (index->ndim != t->ndim && tensor_numel(index) > 0 && MAX(index->ndim, t->ndim) > 1)
        return err_set(err, ERR_RUNTIME,
                       "Index tensor must have the same number of dimensions as %s tensor", whose);
    UNUSED(dim);
    return true;
}

static COLD bool out_of_bounds(int64_t i, int dim, int64_t size, Err *err) {
    return err_set(err, ERR_RUNTIME, "index %lld is out of bounds for dimension %d with size %lld",
                   (long long)i, dim, (long long)size);
}

/* t with the shape of index and stride 0 along dim. */
static Tensor *base_view(const Tensor *t, int dim, const Tensor *index) {
    int64_t stride[TENSOR_MAX_DIM];
    for (int i = 0; i < index->ndim; i++) stride[i] = i == dim || i >= t->ndim ? 0 : t->stride[i];
    return tensor_view_raw(t, index->ndim, index->shape, stride, t->offset);
}

static int64_t dim_step(const Tensor *t, int dim) {
    return (t->ndim ? t->stride[dim] : 1) * (int64_t)dtype_size((DType)t->dtype);
}

bool tensor_gather(const Tensor *t, int64_t dim, const Tensor *index, Tensor **out, Err *err) {
    int d;
    Iter it;
    Tensor *r = NULL;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    if (!check_index(t, d, index, "gather", "input", err)) return false;
    for (int i = 0; i < MIN(t->ndim, index->ndim); i++)
        if (i != d && index->shape[i] > t->shape[i])
            return err_set(err, ERR_RUNTIME,
                           "Size does not match at dimension %d expected index %s to be smaller "
                           "than self %s apart from dimension %d",
                           i, list_text(index->ndim, index->shape).text,
                           list_text(t->ndim, t->shape).text, d);
    if (!tensor_empty((DType)t->dtype, index->ndim, index->shape, &r, err)) return false;
    Tensor *base = base_view(t, d, index);
    iter_over(&it, index->ndim, index->shape, 3, (const Tensor *[]){r, base, index});
    int64_t size = t->ndim ? t->shape[d] : 1, step = dim_step(t, d);
    size_t bytes = dtype_size((DType)t->dtype);
    bool ok = true;
    for (bool more = iter_start(&it); more && ok; more = iter_next(&it))
        for (int64_t i = 0; i < it.n; i++) {
            int64_t at = *(int64_t *)(void *)(it.ptr[2] + i * it.step[2]);
            if (at < 0 || at >= size) {
                ok = out_of_bounds(at, d, size, err);
                break;
            }
            copy_element(it.ptr[0] + i * it.step[0], it.ptr[1] + i * it.step[1] + at * step, bytes);
        }
    ok = ok && iter_finish(&it, err);
    tensor_release(base);
    if (ok)
        *out = r;
    else
        tensor_release(r);
    return ok;
}

bool tensor_take(const Tensor *t, const Tensor *index, Tensor **out, Err *err) {
    Tensor *flat = NULL, *at = NULL, *r = NULL;
    int64_t n = tensor_numel(t), count = tensor_numel(index);
    bool ok = false;
    if (index->dtype != DT_I64)
        return err_set(err, ERR_RUNTIME, "take(): Expected a long tensor for index, but got %s",
                       dtype_class_name((DType)index->dtype));
    if (!tensor_contiguous(t, &flat, err) || !index_array(index, &at, err)) goto out;
    if (!tensor_empty((DType)t->dtype, index->ndim, index->shape, &r, err)) goto out;
    const int64_t *p = tensor_data(at);
    size_t size = dtype_size((DType)t->dtype);
    const char *src = tensor_data(flat);
    char *dst = tensor_data(r);
    for (int64_t i = 0; i < count; i++) {
        int64_t k = p[i] < 0 ? p[i] + n : p[i];
        if (k < 0 || k >= n) {
            err_set(err, ERR_INDEX,
                    "out of range: tried to access index %lld on a tensor of %lld elements.",
                    (long long)p[i], (long long)n);
            goto out;
        }
        copy_element(dst + (size_t)i * size, src + (size_t)k * size, size);
    }
    *out = r;
    r = NULL;
    ok = true;
out:
    tensor_release(flat);
    tensor_release(at);
    tensor_release(r);
    return ok;
}

/* ---- scatter --------------------------------------------------------------- */

static bool check_scatter(const Tensor *t, int d, const Tensor *index, const Tensor *src,
                          Err *err) {
    bool fits = true, covered = true;
    if (!check_index(t, d, index, "scatter", "self", err)) return false;
    for (int i = 0; i < MIN(t->ndim, index->ndim); i++) {
        fits &= i == d || index->shape[i] <= t->shape[i];
        covered &= src->ndim == 0 || (i < src->ndim && index->shape[i] <= src->shape[i]);
    }
    if (src->ndim > 0 && !(fits && covered))
        return err_set(err, ERR_RUNTIME,
                       "Expected index %s to be smaller than self %s apart from dimension %d and "
                       "to be smaller size than src %s",
                       list_text(index->ndim, index->shape).text, list_text(t->ndim, t->shape).text,
                       d, list_text(src->ndim, src->shape).text);
    if (!fits)
        return err_set(err, ERR_RUNTIME,
                       "Expected index %s to be smaller than self %s apart from dimension %d",
                       list_text(index->ndim, index->shape).text, list_text(t->ndim, t->shape).text,
                       d);
    if (src->dtype != t->dtype && src->ndim > 0)
        return err_set(err, ERR_RUNTIME, "scatter(): Expected self.dtype to be equal to src.dtype");
    return true;
}

/* The part of src that index covers; a number is repeated. */
static Tensor *source_view(const Tensor *src, const Tensor *index) {
    int64_t stride[TENSOR_MAX_DIM];
    for (int i = 0; i < index->ndim; i++) stride[i] = src->ndim ? src->stride[i] : 0;
    return tensor_view_raw(src, index->ndim, index->shape, stride, src->offset);
}

bool tensor_scatter_(Tensor *t, int64_t dim, const Tensor *index, const Tensor *src,
                     ScatterMode mode, Err *err) {
    static const CombineOp combine[] = {[SCATTER_ADD] = COMBINE_ADD,
                                        [SCATTER_MUL] = COMBINE_MUL,
                                        [SCATTER_AMAX] = COMBINE_MAX,
                                        [SCATTER_AMIN] = COMBINE_MIN};
    int d;
    Iter it;
    Tensor *from = NULL;
    DType dt = (DType)t->dtype;
    if (!dim_wrap(dim, t->ndim, &d, err) || !check_scatter(t, d, index, src, err)) return false;
    if (tensor_numel(index) == 0) return true; /* it may have any number of dims */
    if (!tensor_check_write(t, 1, &src, err) || !tensor_cast(src, dt, &from, err)) return false;
    Tensor *base = base_view(t, d, index), *values = source_view(from, index);
    iter_over(&it, index->ndim, index->shape, 3, (const Tensor *[]){values, base, index});
    int64_t size = t->ndim ? t->shape[d] : 1, step = dim_step(t, d);
    size_t bytes = dtype_size(dt);
    bool ok = true;
    t->st->version++;
    for (bool more = iter_start(&it); more && ok; more = iter_next(&it))
        for (int64_t i = 0; i < it.n; i++) {
            int64_t at = *(int64_t *)(void *)(it.ptr[2] + i * it.step[2]);
            if (at < 0 || at >= size) {
                ok = out_of_bounds(at, d, size, err);
                break;
            }
            char *to = it.ptr[1] + i * it.step[1] + at * step;
            const char *value = it.ptr[0] + i * it.step[0];
            if (mode == SCATTER_SET)
                copy_element(to, value, bytes);
            else
                combine_strided(combine[mode], dt, 1, to, 0, value, 0);
        }
    ok = ok && iter_finish(&it, err);
    tensor_release(from);
    tensor_release(base);
    tensor_release(values);
    return ok;
}
