/* From data to a tensor: shape and dtype of nested sequences, tensors and arrays, and their
 * elements. */
#include "config.h"

#include <string.h>

#include "tensorobj/array.h"
#include "tensorobj/tensorobj.h"
#include "tensorobj/args.h"
#include "value/complex.h"
#include "tensor/convert.h"
#include "tensor/copy.h"

typedef struct Nest {
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    DType dt; /* DT_NONE until an element was seen */
} Nest;

static DType widen(DType a, DType b) {
    return a == DT_NONE ? b : dtype_promote(a, b);
}

/* Follows the first elements down for the shape. */
static bool nest_shape(Value v, Nest *n, Err *err) {
    Value *items;
    int64_t count;
    Tensor *t = tensor_peek(v);
    if (t) {
        if (n->ndim + t->ndim > TENSOR_MAX_DIM) goto deep;
        memcpy(n->shape + n->ndim, t->shape, sizeof(int64_t) * t->ndim);
        n->ndim += t->ndim;
        return true;
    }
    if (!seq_items(v, &items, &count)) return true;
    if (n->ndim == TENSOR_MAX_DIM) goto deep;
    n->shape[n->ndim++] = count;
    return count == 0 || nest_shape(items[0], n, err);
deep:
    return err_set(err, ERR_VALUE, "too many dimensions: more than %d", TENSOR_MAX_DIM);
}

/* NumPy's arrays and scalars keep their dtype. */
static bool nest_check_array(const Tensor *a, int dim, Nest *n, Err *err) {
    bool fits = dim + a->ndim == n->ndim;
    for (int d = 0; fits && d < a->ndim; d++) fits = a->shape[d] == n->shape[dim + d];
    if (!fits) {
        int at = MIN(dim, n->ndim - 1);
        return err_set(err, ERR_VALUE, "expected sequence of length %lld at dim %d (got %lld)",
                       at < 0 ? 1LL : (long long)n->shape[at], MAX(at, 0),
                       a->ndim ? (long long)a->shape[0] : 1LL);
    }
    n->dt = widen(n->dt, (DType)a->dtype);
    return true;
}

/* Checks that every part has the shape, and widens dt by every element. */
static bool nest_check(Value v, int dim, Nest *n, Err *err) {
    Value *items;
    int64_t count;
    Tensor *t = value_tensor(v);
    if (value_array(v)) return nest_check_array(value_array(v), dim, n, err);
    if (t) {
        if (dim + t->ndim != n->ndim || tensor_numel(t) != 1) {
            return err_set(err, ERR_VALUE,
                           "only one element tensors can be converted to Python scalars");
        }
        n->dt = widen(n->dt, (DType)t->dtype);
        return true;
    }
    if (!seq_items(v, &items, &count)) {
        if (dim < n->ndim) {
            return err_set(err, ERR_TYPE, "not a sequence");
        }
        switch (v.tag) {
        case VT_BOOL:
            n->dt = widen(n->dt, DT_BOOL);
            return true;
        case VT_INT:
            n->dt = widen(n->dt, DT_I64);
            return true;
        case VT_FLOAT:
            n->dt = widen(n->dt, dtype_default());
            return true;
        default:
            break;
        }
        if (value_is(v, &type_complex)) {
            n->dt = widen(n->dt, DT_C64);
            return true;
        }
        if (value_is(v, &type_str)) return err_set(err, ERR_VALUE, "too many dimensions 'str'");
        return err_set(err, ERR_RUNTIME, "Could not infer dtype of %s", value_type(v)->name);
    }
    if (dim == n->ndim || count != n->shape[dim]) {
        return err_set(err, ERR_VALUE, "expected sequence of length %lld at dim %d (got %lld)",
                       dim == n->ndim ? 0LL : (long long)n->shape[dim], dim, (long long)count);
    }
    for (int64_t i = 0; i < count; i++) {
        if (!nest_check(items[i], dim + 1, n, err)) return false;
    }
    return true;
}

/* The elements of an array, in row order from *at on. */
static void part_fill(const Tensor *part, Tensor *flat, int64_t *at) {
    int64_t index[TENSOR_MAX_DIM] = {0};
    for (int64_t n = tensor_numel(part); n > 0; n--, ++*at) {
        if (dtype_is_float((DType)part->dtype))
            tensor_set_f64(flat, at, tensor_get_f64(part, index));
        else
            tensor_set_i64(flat, at, tensor_get_i64(part, index));
        for (int d = part->ndim - 1; d >= 0 && ++index[d] == part->shape[d]; d--) index[d] = 0;
    }
}

/* An integer dtype takes what fits; PyTorch names the dtype here, not the C++ type. */
static bool element_fits(Value v, DType dt, Err *err) {
    Err inner = {0};
    if (!dtype_is_int(dt)) return true;
    double least = dt == DT_U8 ? 0 : -0x1p63;
    bool whole = v.tag != VT_FLOAT || (v.f >= least && v.f < 0x1p63); /* not nan */
    int64_t i = v.tag == VT_INT ? v.i : v.tag == VT_FLOAT && whole ? (int64_t)v.f : 0;
    if (whole && number_fits_i64(dt, i, &inner)) return true;
    err_clear(&inner);
    return err_set(err, ERR_RUNTIME, "value cannot be converted to type %s without overflow",
                   dtype_name(dt));
}

static bool complex_element(Value v, Tensor *t, int64_t at, Err *err) {
    if (t->dtype == DT_BOOL) {
        ((uint8_t *)tensor_data(t))[at] = complex_of(v)->re != 0 || complex_of(v)->im != 0;
        return true;
    }
    if (t->dtype != DT_C64)
        return err_set(err, ERR_TYPE,
                       dtype_is_float((DType)t->dtype)
                           ? "must be real number, not complex"
                           : "'complex' object cannot be interpreted as an integer");
    float *z = (float *)tensor_data(t) + 2 * at;
    z[0] = (float)complex_of(v)->re;
    z[1] = (float)complex_of(v)->im;
    return true;
}

/* Writes the number v at `at`; flat is t with one dim. */
static bool element_fill(Value v, Tensor *t, Tensor *flat, int64_t at, Err *err) {
    if (!element_fits(v, (DType)t->dtype, err)) return false;
    if (value_is(v, &type_complex)) return complex_element(v, t, at, err);
    if (v.tag == VT_FLOAT)
        tensor_set_f64(flat, &at, v.f);
    else
        tensor_set_i64(flat, &at, v.tag == VT_BOOL ? v.b : v.i);
    return true;
}

/* Writes elements in row order at *at. */
static bool nest_fill(Value v, Tensor *t, int64_t *at, Err *err) {
    Value *items;
    int64_t count;
    Tensor *part = tensor_peek(v), flat = *t;
    flat.ndim = 1;
    flat.stride[0] = 1;
    if (part && tensor_numel(part) != 1) {
        part_fill(part, &flat, at);
        return true;
    }
    if (!part && seq_items(v, &items, &count)) {
        for (int64_t i = 0; i < count; i++)
            if (!nest_fill(items[i], t, at, err)) return false;
        return true;
    }
    Value number = part ? tensor_number(part, (int64_t[TENSOR_MAX_DIM]){0}) : value_retain(v);
    bool ok = element_fill(number, t, &flat, (*at)++, err);
    value_release(number);
    return ok;
}

bool tensor_from_nest(Value data, DType dt, Tensor **out, Err *err) {
    Nest n = {.dt = DT_NONE};
    int64_t at = 0;
    if (!nest_shape(data, &n, err) || !nest_check(data, 0, &n, err)) return false;
    if (dt == DT_NONE) dt = n.dt == DT_NONE ? dtype_default() : n.dt;
    if (!tensor_empty(dt, n.ndim, n.shape, out, err)) return false;
    if (nest_fill(data, *out, &at, err)) return true;
    tensor_release(*out);
    *out = NULL;
    return false;
}

bool tensor_of_data(Interp *in, Value data, DType dt, Tensor **out, Err *err) {
    Tensor *x = tensor_peek(data);
    Value list = VALUE_UNSET, *items;
    int64_t n;
    if (x) return tensor_clone_contiguous(x, dt == DT_NONE ? (DType)x->dtype : dt, out, err);
    if (data.tag == VT_OBJ && !seq_items(data, &items, &n) && value_type(data)->iter &&
        !value_is(data, &type_str)) {
        if (!seq_collect(in, data, &list, err)) return false;
        data = list;
    }
    bool ok = tensor_from_nest(data, dt, out, err);
    value_release(list);
    return ok;
}
