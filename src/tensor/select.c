/* Picking whole slices by index: index_select and its writers, embedding, one-hot. */
#include "config.h"

#include "tensor/convert.h"
#include "tensor/copy.h"
#include "tensor/index.h"
#include "tensor/index_elements.h"
#include "tensor/interrupt.h"
#include "tensor/pointwise.h"
#include "tensor/view.h"

bool index_array(const Tensor *index, Tensor **out, Err *err) {
    Tensor *wide = NULL;
    if (!tensor_cast(index, DT_I64, &wide, err)) return false;
    bool ok = tensor_contiguous(wide, out, err);
    tensor_release(wide);
    return ok;
}

/* *dst = *dst op *src for one compute class. Sequential: duplicates of one place must add up. */
#define COMBINE(cls, T)                                                                            \
    static void combine_##cls(CombineOp op, T *dst, const T *src) {                                \
        T a = *dst, b = *src;                                                                      \
        switch (op) {                                                                              \
        case COMBINE_ADD:                                                                          \
            *dst = a + b;                                                                          \
            break;                                                                                 \
        case COMBINE_MUL:                                                                          \
            *dst = a * b;                                                                          \
            break;                                                                                 \
        case COMBINE_MAX:                                                                          \
            *dst = b > a || b != b ? b : a;                                                        \
            break;                                                                                 \
        case COMBINE_MIN:                                                                          \
            *dst = b < a || b != b ? b : a;                                                        \
            break;                                                                                 \
        }                                                                                          \
    }
COMBINE(f32, float)
COMBINE(f64, double)
COMBINE(i64, int64_t)

void combine_strided(CombineOp op, DType dt, int64_t n, char *dst, int64_t dstep, const char *src,
                     int64_t sstep) {
    DType cls = convert_class(dt);
    for (int64_t i = 0; i < n; i++, dst += dstep, src += sstep) {
        if (dt == DT_F32) {
            combine_f32(op, (float *)(void *)dst, (const float *)(const void *)src);
            continue;
        }
        union {
            float f;
            double d;
            int64_t i;
            C64 c;
        } a, b;
        convert_load(cls, dt, 1, dst, 0, &a);
        convert_load(cls, dt, 1, src, 0, &b);
        if (cls == DT_F32)
            combine_f32(op, &a.f, &b.f);
        else if (cls == DT_F64)
            combine_f64(op, &a.d, &b.d);
        else if (cls == DT_I64)
            combine_i64(op, &a.i, &b.i);
        else
            a.c = (C64){a.c.re + b.c.re, a.c.im + b.c.im};
        convert_store(dt, cls, 1, &a, dst, 0);
    }
}

/* ---- index_select ---------------------------------------------------------- */

/* PyTorch words it by the path that its own kernel takes. */
static bool check_places(const Tensor *t, int dim, const int64_t *at, int64_t n, Err *err) {
    int64_t size = t->shape[dim];
    for (int64_t i = 0; i < n; i++) {
        if (at[i] >= 0 && at[i] < size) continue;
        if (t->ndim == 1 || !tensor_is_contiguous(t))
            return err_set(err, ERR_INDEX, "index out of range in self");
        return err_set(err, ERR_RUNTIME,
                       "INDICES element is out of DATA bounds, id=%lld axis_dim=%lld",
                       (long long)at[i], (long long)size);
    }
    return true;
}

/* out (outer, n, inner) from t (outer, size, inner), both contiguous: rows of bytes. */
static bool pick_rows(const char *src, char *dst, int64_t outer, int64_t size, size_t row,
                      int64_t n, const int64_t *at, Err *err) {
    int64_t work = 0;
    for (int64_t o = 0; o < outer; o++) {
        for (int64_t i = 0; i < n; i++, dst += row) {
            memcpy(dst, src + (size_t)at[i] * row, row);
            if (!tensor_poll(&work, (int64_t)row / 8 + 2, err)) return false;
        }
        src += (size_t)size * row;
    }
    return true;
}

/* Any strides: slice by slice. */
static bool pick_slices(const Tensor *t, int dim, int64_t n, const int64_t *at, Tensor *out,
                        Err *err) {
    bool ok = true;
    for (int64_t i = 0; ok && i < n; i++) {
        Tensor *from = NULL, *to = NULL;
        ok = tensor_select(t, dim, at[i], &from, err) && tensor_select(out, dim, i, &to, err) &&
             tensor_copy_(to, from, err);
        tensor_release(from);
        tensor_release(to);
    }
    return ok;
}

bool tensor_index_select(const Tensor *t, int64_t dim, const Tensor *index, Tensor **out,
                         Err *err) {
    int d;
    Tensor *at = NULL, *r = NULL, *line = NULL;
    int64_t shape[TENSOR_MAX_DIM], outer = 1;
    bool ok = false;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    if (index->ndim > 1)
        return err_set(err, ERR_INDEX, "index_select(): Index is supposed to be a vector");
    if (index->dtype != DT_I32 && index->dtype != DT_I64)
        return err_set(err, ERR_RUNTIME, "index_select(): Expected dtype int32 or int64 for index");
    if (t->ndim == 0) { /* a scalar is picked from as if it had one element */
        if (!tensor_view(t, 1, (int64_t[]){1}, &line, err)) return false;
        t = line;
    }
    if (!index_array(index, &at, err)) goto out;
    int64_t n = tensor_numel(at), inner = 1;
    const int64_t *places = tensor_data(at);
    if (!check_places(t, d, places, n, err)) goto out;
    for (int i = 0; i < t->ndim; i++) {
        shape[i] = i == d ? n : t->shape[i];
        if (i < d) outer *= t->shape[i];
        if (i > d) inner *= t->shape[i];
    }
    if (!tensor_empty((DType)t->dtype, line && index->ndim == 0 ? 0 : t->ndim, shape, &r, err))
        goto out;
    size_t row = (size_t)inner * dtype_size((DType)t->dtype);
    if (tensor_is_contiguous(t) || line)
        ok = pick_rows(tensor_data(t), tensor_data(r), outer, t->shape[d], row, n, places, err);
    else
        ok = pick_slices(t, d, n, places, r, err);
    if (ok) *out = r, r = NULL;
out:
    tensor_release(at);
    tensor_release(r);
    tensor_release(line);
    return ok;
}

/* ---- writing slices -------------------------------------------------------- */

/* What happens to slice number i of source (NULL for a fill) and its place in t. */
typedef bool SliceFn(Tensor *to, const Tensor *from, double number, Err *err);

static bool add_slice(Tensor *to, const Tensor *from, double alpha, Err *err) {
    return tensor_add_scaled_(to, from, alpha, err);
}
static bool copy_slice(Tensor *to, const Tensor *from, double number, Err *err) {
    UNUSED(number);
    return tensor_copy_(to, from, err);
}
static bool fill_slice(Tensor *to, const Tensor *from, double number, Err *err) {
    UNUSED(from);
    return tensor_fill_f64_(to, number, err);
}

static bool each_slice(SliceFn *fn, Tensor *t, int d, const Tensor *at, const Tensor *source,
                       double number, const char *bad, Err *err) {
    const int64_t *places = tensor_data(at);
    int64_t n = tensor_numel(at), size = t->ndim ? t->shape[d] : 1;
    bool ok = true;
    for (int64_t i = 0; i < n; i++) {
        int64_t p = places[i];
        if (p >= (bad ? 0 : -size) && p < size) continue;
        if (bad) return err_set(err, ERR_INDEX, "%s", bad);
        return err_set(err, ERR_INDEX,
                       "index %lld is out of bounds for dimension %d with size %lld", (long long)p,
                       d, (long long)size);
    }
    for (int64_t i = 0; ok && i < n; i++) {
        Tensor *to = NULL, *from = NULL;
        ok = t->ndim == 0 ? tensor_alias(t, &to, err) : tensor_select(t, d, places[i], &to, err);
        if (ok && source)
            ok = source->ndim == 0 ? tensor_alias(source, &from, err)
                                   : tensor_select(source, d, i, &from, err);
        ok = ok && fn(to, from, number, err);
        tensor_release(to);
        tensor_release(from);
    }
    return ok;
}

bool tensor_index_add_(Tensor *t, int64_t dim, const Tensor *index, const Tensor *source,
                       double alpha, Err *err) {
    int d;
    Tensor *at = NULL;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    if (t->dtype != source->dtype)
        return err_set(err, ERR_RUNTIME,
                       "index_add_(): self (%s) and source (%s) must have the same scalar type",
                       dtype_class_name((DType)t->dtype), dtype_class_name((DType)source->dtype));
    int64_t n = tensor_numel(index),
            have = source->ndim ? source->shape[MIN(d, source->ndim - 1)] : 1;
    if (n != have)
        return err_set(err, ERR_RUNTIME,
                       "index_add_(): Number of indices (%lld) should be equal to "
                       "source.size(dim): (%lld), for dim: %d",
                       (long long)n, (long long)have, d);
    bool ok = index_array(index, &at, err) &&
              each_slice(add_slice, t, d, at, source, alpha, "index out of range in self", err);
    tensor_release(at);
    return ok;
}

/* What is copied has the sizes of what is written, but along d. */
static bool slices_fit(const Tensor *t, const Tensor *source, int d, Err *err) {
    if (t->ndim == 0 || source->ndim == 0) return true;
    if (t->ndim != source->ndim)
        return err_set(err, ERR_INDEX,
                       "index_copy_(): When source and destination are not scalars, their "
                       "dimensionality must match. Source dimensionality (%d), destination "
                       "dimensionality (%d)",
                       source->ndim, t->ndim);
    for (int i = 0; i < t->ndim; i++) {
        if (i == d || t->shape[i] == source->shape[i]) continue;
        Str to = STR_INIT, from = STR_INIT;
        shape_str(&to, t->ndim, t->shape);
        shape_str(&from, source->ndim, source->shape);
        err_set(err, ERR_RUNTIME,
                "index_copy_(): Source/destination tensor must have same slice shapes. Destination "
                "shape: %s at dimension %d and source shape: %s at dimension %d.",
                str_cstr(&to), d, str_cstr(&from), d);
        str_clear(&to);
        str_clear(&from);
        return false;
    }
    return true;
}

bool tensor_index_copy_(Tensor *t, int64_t dim, const Tensor *index, const Tensor *source,
                        Err *err) {
    int d;
    Tensor *at = NULL;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    int64_t n = tensor_numel(index),
            have = source->ndim ? source->shape[MIN(d, source->ndim - 1)] : 1;
    if (n != have)
        return err_set(err, ERR_INDEX,
                       "index_copy_(): Number of indices (%lld) should be equal to "
                       "source.size(dim) (%lld)",
                       (long long)n, (long long)have);
    if (!slices_fit(t, source, d, err)) return false;
    bool ok =
        index_array(index, &at, err) && each_slice(copy_slice, t, d, at, source, 0, NULL, err);
    tensor_release(at);
    return ok;
}

bool tensor_index_fill_(Tensor *t, int64_t dim, const Tensor *index, double value, Err *err) {
    int d;
    Tensor *at = NULL;
    bool ok = dim_wrap(dim, t->ndim, &d, err) && index_array(index, &at, err) &&
              each_slice(fill_slice, t, d, at, NULL, value, NULL, err);
    tensor_release(at);
    return ok;
}

/* ---- embedding, one-hot ---------------------------------------------------- */

static bool check_tokens(const Tensor *index, int64_t rows, Tensor **at, Err *err) {
    if (index->dtype != DT_I32 && index->dtype != DT_I64)
        return err_set(err, ERR_RUNTIME,
                       "Expected tensor for argument #1 'indices' to have one of the following "
                       "scalar types: Long, Int; but got torch.%sTensor instead (while checking "
                       "arguments for embedding)",
                       dtype_class_name((DType)index->dtype));
    if (!index_array(index, at, err)) return false;
    const int64_t *p = tensor_data(*at);
    int64_t n = tensor_numel(*at);
    for (int64_t i = 0; i < n; i++)
        if (p[i] < 0 || p[i] >= rows) {
            err_set(err, ERR_INDEX, "index out of range in self");
            return err_hint(err, "the table has %lld rows, index %lld was asked for",
                            (long long)rows, (long long)p[i]);
        }
    return true;
}

/* Rows of the table into out (..., d), contiguous. A table of other strides is put in order only
 * where that is less than the rows that are asked for: it may be expanded and vast. */
static bool look_up(const Tensor *weight, int64_t n, const int64_t *at, Tensor *out, Err *err) {
    Tensor *w = NULL, *flat = NULL;
    bool ok = false;
    if (!tensor_is_contiguous(weight) && n < weight->shape[0]) {
        ok = tensor_view(out, 2, (int64_t[]){n, weight->shape[1]}, &flat, err) &&
             pick_slices(weight, 0, n, at, flat, err);
    } else if (tensor_contiguous(weight, &w, err)) {
        size_t row = (size_t)w->shape[1] * dtype_size((DType)w->dtype);
        ok = pick_rows(tensor_data(w), tensor_data(out), 1, w->shape[0], row, n, at, err);
    }
    tensor_release(w);
    tensor_release(flat);
    return ok;
}

bool tensor_embedding(const Tensor *weight, const Tensor *index, Tensor **out, Err *err) {
    Tensor *at = NULL, *r = NULL;
    int64_t shape[TENSOR_MAX_DIM];
    bool ok = false;
    if (weight->ndim != 2) return err_set(err, ERR_RUNTIME, "'weight' must be 2-D");
    if (index->ndim == TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    for (int i = 0; i < index->ndim; i++) shape[i] = index->shape[i];
    shape[index->ndim] = weight->shape[1];
    if (!check_tokens(index, weight->shape[0], &at, err)) goto out;
    if (!tensor_empty((DType)weight->dtype, index->ndim + 1, shape, &r, err)) goto out;
    if (!look_up(weight, tensor_numel(at), tensor_data(at), r, err)) goto out;
    *out = r;
    r = NULL;
    ok = true;
out:
    tensor_release(at);
    tensor_release(r);
    return ok;
}

bool tensor_embedding_vjp(const Tensor *g, const Tensor *index, int64_t rows, int64_t padding_idx,
                          Tensor **out, Err *err) {
    Tensor *at = NULL, *dense = NULL, *r = NULL;
    DType dt = (DType)g->dtype;
    int64_t width = g->shape[g->ndim - 1], work = 0, size = (int64_t)dtype_size(dt);
    bool ok = false;
    if (!check_tokens(index, rows, &at, err)) goto out;
    if (!tensor_contiguous(g, &dense, err)) goto out;
    if (!tensor_zeros(dt, 2, (int64_t[]){rows, width}, &r, err)) goto out;
    const int64_t *p = tensor_data(at);
    const char *src = tensor_data(dense);
    char *dst = tensor_data(r);
    for (int64_t i = 0, n = tensor_numel(at); i < n; i++, src += width * size) {
        if (p[i] == padding_idx) continue;
        combine_strided(COMBINE_ADD, dt, width, dst + p[i] * width * size, size, src, size);
        if (!tensor_poll(&work, width, err)) goto out;
    }
    *out = r;
    r = NULL;
    ok = true;
out:
    tensor_release(at);
    tensor_release(dense);
    tensor_release(r);
    return ok;
}

bool tensor_one_hot(const Tensor *t, int64_t classes, Tensor **out, Err *err) {
    Tensor *at = NULL, *r = NULL;
    int64_t shape[TENSOR_MAX_DIM], top = -1, n = tensor_numel(t);
    bool ok = false;
    if (t->dtype != DT_I64)
        return err_set(err, ERR_RUNTIME, "one_hot is only applicable to index tensor.");
    if (n == 0 && classes <= 0)
        return err_set(err, ERR_RUNTIME,
                       "Can not infer total number of classes from empty tensor.");
    if (t->ndim == TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    if (!index_array(t, &at, err)) return false;
    const int64_t *p = tensor_data(at);
    for (int64_t i = 0; i < n; i++) {
        if (p[i] < 0) {
            err_set(err, ERR_RUNTIME, "Class values must be non-negative.");
            goto out;
        }
        top = MAX(top, p[i]);
    }
    if (classes < 0) classes = top + 1;
    if (top >= classes) {
        err_set(err, ERR_RUNTIME, "Class values must be smaller than num_classes.");
        goto out;
    }
    for (int i = 0; i < t->ndim; i++) shape[i] = t->shape[i];
    shape[t->ndim] = classes;
    if (!tensor_zeros(DT_I64, t->ndim + 1, shape, &r, err)) goto out;
    int64_t *hot = tensor_data(r);
    for (int64_t i = 0; i < n; i++) hot[i * classes + p[i]] = 1;
    *out = r;
    ok = true;
out:
    tensor_release(at);
    return ok;
}
