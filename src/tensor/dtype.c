/* Element types: facts, and PyTorch's promotion rules. */
#include "config.h"

#include "tensor/tensor.h"

static const struct {
    const char *name, *class_name;
    size_t size;
    bool is_float, is_int;
} dtypes[DT_COUNT] = {
    [DT_BOOL] = {"bool", "Bool", 1, false, false},
    [DT_U8] = {"uint8", "Byte", 1, false, true},
    [DT_I8] = {"int8", "Char", 1, false, true},
    [DT_I16] = {"int16", "Short", 2, false, true},
    [DT_I32] = {"int32", "Int", 4, false, true},
    [DT_I64] = {"int64", "Long", 8, false, true},
    [DT_F16] = {"float16", "Half", 2, true, false},
    [DT_BF16] = {"bfloat16", "BFloat16", 2, true, false},
    [DT_F32] = {"float32", "Float", 4, true, false},
    [DT_F64] = {"float64", "Double", 8, true, false},
    [DT_C64] = {"complex64", "ComplexFloat", 8, false, false},
};

static DType default_dtype = DT_F32;

size_t dtype_size(DType dt) {
    return dtypes[dt].size;
}

const char *dtype_name(DType dt) {
    return dtypes[dt].name;
}

const char *dtype_class_name(DType dt) {
    return dtypes[dt].class_name;
}

bool dtype_can_cast(DType from, DType to) {
    if (dtype_is_complex(from)) return dtype_is_complex(to);
    if (dtype_is_float(from)) return to >= DT_F16;
    return from == DT_BOOL || to != DT_BOOL;
}

bool dtype_cast_check(DType from, DType to, Err *err) {
    if (LIKELY(dtype_can_cast(from, to))) return true;
    return err_set(err, ERR_RUNTIME, "result type %s can't be cast to the desired output type %s",
                   dtype_class_name(from), dtype_class_name(to));
}

bool dtype_is_float(DType dt) {
    return dtypes[dt].is_float;
}

bool dtype_is_complex(DType dt) {
    return dt == DT_C64;
}

bool dtype_is_int(DType dt) {
    return dtypes[dt].is_int;
}

DType dtype_default(void) {
    return default_dtype;
}

void dtype_default_set(DType dt) {
    default_dtype = dt;
}

/* The enum's order is the order of promotion but for two pairs: uint8 with a
 * signed type of its width, and the two half types, meet in the next wider one. */
DType dtype_promote(DType a, DType b) {
    DType lo = MIN(a, b), hi = MAX(a, b);
    if (lo == DT_U8 && hi == DT_I8) return DT_I16;
    if (lo == DT_F16 && hi == DT_BF16) return DT_F32;
    return hi;
}

/* DT_COUNT stands for "no tensor of that kind". */
static DType promote_some(DType a, DType b) {
    if (a == DT_COUNT) return b;
    return b == DT_COUNT ? a : dtype_promote(a, b);
}

/* A higher kind (tensors with dims > 0-dim tensors > numbers) yields to a lower one
 * only where the lower one's category is higher: int + 2.5 is float. */
static DType combine(DType higher, DType lower) {
    if (higher == DT_COUNT) return lower;
    if (lower == DT_COUNT || dtype_is_complex(higher)) return higher;
    if (dtype_is_float(higher)) return dtype_is_complex(lower) ? DT_C64 : higher;
    bool lower_wins = higher == DT_BOOL || dtype_is_float(lower) || dtype_is_complex(lower);
    return lower_wins ? dtype_promote(higher, lower) : higher;
}

DType tensor_result_type(int n, Tensor *const *ts) {
    DType dim = DT_COUNT, zero = DT_COUNT, number = DT_COUNT;
    for (int i = 0; i < n; i++) {
        DType dt = (DType)ts[i]->dtype;
        if (ts[i]->wrapped && dtype_is_float(dt)) dt = default_dtype;
        if (ts[i]->ndim > 0)
            dim = promote_some(dim, dt);
        else if (ts[i]->wrapped)
            number = promote_some(number, dt);
        else
            zero = promote_some(zero, dt);
    }
    return combine(dim, combine(zero, number));
}
