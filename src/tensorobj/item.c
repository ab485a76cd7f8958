/* From the elements of a tensor to Python's numbers and lists. */
#include "config.h"

#include "value/complex.h"
#include "tensorobj/tensorobj.h"

Value tensor_number(const Tensor *t, const int64_t *index) {
    if (t->dtype == DT_BOOL) return value_bool(tensor_get_i64(t, index) != 0);
    if (dtype_is_float((DType)t->dtype)) return value_float(tensor_get_f64(t, index));
    if (dtype_is_complex((DType)t->dtype)) {
        int64_t at = t->offset;
        for (int d = 0; d < t->ndim; d++) at += index[d] * t->stride[d];
        const float *z = (const float *)t->st->data + 2 * at;
        return complex_value(z[0], z[1]);
    }
    return value_int(tensor_get_i64(t, index));
}

bool tensor_item(const Tensor *t, Value *out, Err *err) {
    static const int64_t zeros[TENSOR_MAX_DIM];
    if (tensor_numel(t) != 1) {
        err_set(err, ERR_VALUE, "only one element tensors can be converted to Python scalars");
        return err_hint(err, "this one has %lld elements; .tolist() gives them all",
                        (long long)tensor_numel(t));
    }
    *out = tensor_number(t, zeros);
    return true;
}

static Value list_level(const Tensor *t, int dim, int64_t *index) {
    Value list;
    if (dim == t->ndim) return tensor_number(t, index);
    list = list_new();
    for (int64_t i = 0; i < t->shape[dim]; i++) {
        index[dim] = i;
        list_push_take(list, list_level(t, dim + 1, index));
    }
    return list;
}

bool tensor_tolist(const Tensor *t, Value *out, Err *err) {
    int64_t index[TENSOR_MAX_DIM] = {0};
    size_t bytes;
    if (!size_mul((size_t)tensor_numel(t), sizeof(Value), &bytes) ||
        !memory_admit(bytes, "a list", err)) {
        return false;
    }
    *out = list_level(t, 0, index);
    return true;
}
