/* Moving elements between tensors; see copy.h. */
#include "config.h"

#include "tensor/copy.h"

#include "tensor/convert.h"
#include "tensor/iter.h"

/* Element by element over an Iter whose operand 0 is written, operand 1 read. */
static bool run_copy(Iter *it, DType to, DType from, Err *err) {
    for (bool more = iter_start(it); more; more = iter_next(it))
        convert_strided(to, from, it->n, it->ptr[1], it->step[1], it->ptr[0], it->step[0]);
    return iter_finish(it, err);
}

/* A transposed matrix made row-major: walked in the order of either side, the other one jumps
 * through memory; blocks of 32 x 32 keep both in cache. Batches of matrices have longer inner runs
 * or fit in cache anyway and take the plain walk. */
static bool is_transpose(const Iter *it) {
    return it->ndim == 2 && it->shape[0] >= 16 && it->shape[1] >= 16 &&
           it->stride[0][0] > it->stride[0][1] && it->stride[1][0] < it->stride[1][1];
}

#define TILE 32
static bool run_transpose(Iter *it, size_t size, Err *err) {
    int64_t ds0 = it->stride[0][0], ds1 = it->stride[0][1];
    int64_t ss0 = it->stride[1][0], ss1 = it->stride[1][1];
    it->stopped = false;
    for (int64_t j = 0; j < it->shape[1]; j += TILE) {
        int64_t nj = MIN(TILE, it->shape[1] - j);
        for (int64_t i = 0; i < it->shape[0]; i += TILE) {
            int64_t ni = MIN(TILE, it->shape[0] - i);
            char *d = it->ptr[0] + i * ds0 + j * ds1;
            const char *s = it->ptr[1] + i * ss0 + j * ss1;
            for (int64_t y = 0; y < ni; y++)
                for (int64_t x = 0; x < nj; x++)
                    memcpy(d + y * ds0 + x * ds1, s + y * ss0 + x * ss1, size == 8 ? 8 : 4);
        }
        if ((it->stopped = INTERRUPTED())) break;
    }
    return iter_finish(it, err);
}

/* dst and src have the same shape (or src broadcasts) and do not overlap. */
static bool copy_into(Tensor *dst, const Tensor *src, Err *err) {
    Iter it;
    DType to = (DType)dst->dtype, from = (DType)src->dtype;
    iter_over(&it, dst->ndim, dst->shape, 2, (const Tensor *[]){dst, src});
    size_t size = dtype_size(to);
    if (to == from && size >= 4 && is_transpose(&it)) return run_transpose(&it, size, err);
    return run_copy(&it, to, from, err);
}

bool tensor_clone_contiguous(const Tensor *t, DType dt, Tensor **out, Err *err) {
    Tensor *c = NULL;
    if (!tensor_empty(dt, t->ndim, t->shape, &c, err)) return false;
    bool flat = tensor_is_contiguous(t);
    if (flat && dt == t->dtype && c->st->bytes <= 1 << 20) {
        memcpy(c->st->data, tensor_data(t), c->st->bytes);
    } else if (!copy_into(c, t, err)) {
        tensor_release(c);
        return false;
    }
    *out = c;
    return true;
}

bool tensor_contiguous(const Tensor *t, Tensor **out, Err *err) {
    if (tensor_is_contiguous(t)) {
        *out = tensor_retain((Tensor *)t);
        return true;
    }
    return tensor_clone_contiguous(t, (DType)t->dtype, out, err);
}

static bool clone_as(const Tensor *t, DType dt, Tensor **out, Err *err) {
    if (tensor_is_contiguous(t)) return tensor_clone_contiguous(t, dt, out, err);
    Iter it;
    Tensor *c = NULL;
    if (!iter_output(&it, dt, 1, &t, &c, err)) return false;
    if (!run_copy(&it, dt, (DType)t->dtype, err)) {
        tensor_release(c);
        return false;
    }
    *out = c;
    return true;
}

bool tensor_clone(const Tensor *t, Tensor **out, Err *err) {
    return clone_as(t, (DType)t->dtype, out, err);
}

bool tensor_cast(const Tensor *t, DType dt, Tensor **out, Err *err) {
    if (t->dtype == dt) {
        *out = tensor_retain((Tensor *)t);
        return true;
    }
    return clone_as(t, dt, out, err);
}

bool tensor_copy_(Tensor *dst, const Tensor *src, Err *err) {
    Iter it;
    if (!iter_inplace(&it, dst, 1, &src, err)) return false;
    dst->st->version++;
    return run_copy(&it, (DType)dst->dtype, (DType)src->dtype, err);
}

/* ---- filling --------------------------------------------------------------- */

/* One converted element, repeated. */
static bool fill_bytes(Tensor *t, const void *element, Err *err) {
    Iter it;
    DType dt = (DType)t->dtype;
    iter_over(&it, t->ndim, t->shape, 1, (const Tensor *[]){t});
    t->st->version++;
    for (bool more = iter_start(&it); more; more = iter_next(&it))
        convert_strided(dt, dt, it.n, element, 0, it.ptr[0], it.step[0]);
    return iter_finish(&it, err);
}

bool tensor_zero_(Tensor *t, Err *err) {
    return fill_bytes(t, (uint64_t[]){0}, err);
}

bool tensor_fill_f64_(Tensor *t, double v, Err *err) {
    uint64_t element;
    convert_store((DType)t->dtype, DT_F64, 1, &v, (char *)&element, 0);
    return fill_bytes(t, &element, err);
}

bool tensor_fill_i64_(Tensor *t, int64_t v, Err *err) {
    uint64_t element;
    convert_store((DType)t->dtype, DT_I64, 1, &v, (char *)&element, 0);
    return fill_bytes(t, &element, err);
}

bool tensor_fill_(Tensor *t, const Tensor *value, Err *err) {
    if (value->ndim > 0)
        return err_set(err, ERR_RUNTIME,
                       "fill_ only supports 0-dimension value tensor but got tensor with %d "
                       "dimensions.",
                       value->ndim);
    uint64_t element;
    convert_strided((DType)t->dtype, (DType)value->dtype, 1, tensor_data(value), 0,
                    (char *)&element, 0);
    return fill_bytes(t, &element, err);
}
