/* Selection by boolean masks: fill, select, scatter, nonzero. */
#include "config.h"

#include "tensor/copy.h"
#include "tensor/index.h"
#include "tensor/index_elements.h"
#include "tensor/interrupt.h"
#include "tensor/iter.h"
#include "tensor/pointwise.h"
#include "tensor/view.h"

static bool check_value(const Tensor *value, Err *err) {
    if (value->ndim == 0) return true;
    return err_set(
        err, ERR_RUNTIME,
        "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with %d "
        "dimension(s).",
        value->ndim);
}

bool tensor_masked_fill(const Tensor *t, const Tensor *mask, const Tensor *value, Tensor **out,
                        Err *err) {
    Tensor *m = NULL, *v = NULL, *r = NULL;
    bool ok = check_value(value, err) && tensor_cast(mask, DT_BOOL, &m, err) &&
              tensor_cast(value, (DType)t->dtype, &v, err) && tensor_where(m, v, t, &r, err) &&
              tensor_contiguous(r, out, err);
    tensor_release(m);
    tensor_release(v);
    tensor_release(r);
    return ok;
}

bool tensor_masked_fill_(Tensor *t, const Tensor *mask, const Tensor *value, Err *err) {
    Tensor *m = NULL, *v = NULL;
    Iter it;
    size_t size = dtype_size((DType)t->dtype);
    bool ok = check_value(value, err) && tensor_cast(mask, DT_BOOL, &m, err) &&
              tensor_cast(value, (DType)t->dtype, &v, err) &&
              iter_inplace(&it, t, 1, (const Tensor *[]){m}, err);
    if (ok) {
        const char *element = tensor_data(v);
        t->st->version++;
        for (bool more = iter_start(&it); more; more = iter_next(&it))
            for (int64_t i = 0; i < it.n; i++)
                if (it.ptr[1][i * it.step[1]])
                    copy_element(it.ptr[0] + i * it.step[0], element, size);
        ok = iter_finish(&it, err);
    }
    tensor_release(m);
    tensor_release(v);
    return ok;
}

/* t in the given shape, row-major. */
static bool spread(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    Tensor *wide = NULL;
    bool ok = tensor_expand(t, ndim, shape, &wide, err) && tensor_contiguous(wide, out, err);
    tensor_release(wide);
    return ok;
}

static int64_t count_true(const Tensor *mask) {
    const uint8_t *m = tensor_data(mask);
    int64_t n = tensor_numel(mask), count = 0;
    for (int64_t i = 0; i < n; i++) count += m[i] != 0;
    return count;
}

bool tensor_masked_select(const Tensor *t, const Tensor *mask, Tensor **out, Err *err) {
    Tensor *m = NULL, *x = NULL, *r = NULL;
    int64_t shape[TENSOR_MAX_DIM];
    int ndim;
    bool ok = false;
    if (mask->dtype > DT_U8)
        return err_set(err, ERR_RUNTIME,
                       "masked_select: expected BoolTensor or ByteTensor for mask");
    if (!shape_broadcast(mask->ndim, mask->shape, t->ndim, t->shape, &ndim, shape, err))
        return false;
    if (!spread(mask, ndim, shape, &m, err) || !spread(t, ndim, shape, &x, err)) goto out;
    int64_t count = count_true(m), n = tensor_numel(m);
    if (!tensor_empty((DType)t->dtype, 1, &count, &r, err)) goto out;
    const uint8_t *on = tensor_data(m);
    size_t size = dtype_size((DType)t->dtype);
    const char *src = tensor_data(x);
    char *dst = tensor_data(r);
    for (int64_t i = 0, work = 0; i < n; i++, src += size) {
        if (i % 65536 == 0 && !tensor_poll(&work, 65536, err)) goto out;
        if (!on[i]) continue;
        copy_element(dst, src, size);
        dst += size;
    }
    *out = r;
    r = NULL;
    ok = true;
out:
    tensor_release(m);
    tensor_release(x);
    tensor_release(r);
    return ok;
}

bool tensor_masked_scatter_(Tensor *t, const Tensor *mask, const Tensor *source, Err *err) {
    Tensor *m = NULL, *x = NULL, *s = NULL, *on = NULL;
    bool ok = false;
    if (t->dtype != source->dtype)
        return err_set(err, ERR_RUNTIME,
                       "masked_scatter: expected self and source to have same dtypes but got%s and "
                       "%s",
                       dtype_class_name((DType)t->dtype), dtype_class_name((DType)source->dtype));
    if (!tensor_cast(mask, DT_BOOL, &on, err) || !spread(on, t->ndim, t->shape, &m, err)) goto out;
    if (!tensor_contiguous(source, &s, err)) goto out;
    if (count_true(m) > tensor_numel(s)) {
        err_set(err, ERR_RUNTIME, "Number of elements of source < number of ones in mask");
        goto out;
    }
    if (!tensor_clone_contiguous(t, (DType)t->dtype, &x, err)) goto out;
    const uint8_t *p = tensor_data(m);
    size_t size = dtype_size((DType)t->dtype);
    const char *src = tensor_data(s);
    char *dst = tensor_data(x);
    for (int64_t i = 0, n = tensor_numel(m), work = 0; i < n; i++, dst += size) {
        if (i % 65536 == 0 && !tensor_poll(&work, 65536, err)) goto out;
        if (!p[i]) continue;
        copy_element(dst, src, size);
        src += size;
    }
    ok = tensor_copy_(t, x, err);
out:
    tensor_release(on);
    tensor_release(m);
    tensor_release(s);
    tensor_release(x);
    return ok;
}

/* Built as (ndim, count) and handed out transposed: PyTorch's memory order. */
bool tensor_nonzero(const Tensor *t, Tensor **out, Err *err) {
    Tensor *b = NULL, *m = NULL, *r = NULL;
    bool ok = false;
    if (!tensor_cast(t, DT_BOOL, &b, err) || !tensor_contiguous(b, &m, err)) goto out;
    int64_t count = count_true(m), n = tensor_numel(m), k = 0, work = 0;
    if (!tensor_empty(DT_I64, 2, (int64_t[]){t->ndim, count}, &r, err)) goto out;
    const uint8_t *on = tensor_data(m);
    int64_t *at = tensor_data(r);
    for (int64_t i = 0; i < n; i++) {
        if (i % 65536 == 0 && !tensor_poll(&work, 65536, err)) goto out;
        if (!on[i]) continue;
        int64_t left = i;
        for (int d = t->ndim; d-- > 0; left /= t->shape[d]) at[d * count + k] = left % t->shape[d];
        k++;
    }
    ok = tensor_transpose(r, 0, 1, out, err);
out:
    tensor_release(b);
    tensor_release(m);
    tensor_release(r);
    return ok;
}
