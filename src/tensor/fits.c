/* Which numbers fit a dtype; see convert.h. */
#include "config.h"

#include <float.h>
#include <math.h>

#include "tensor/convert.h"

/* By c10::overflows: the largest value, and the C++ name that the message has. */
static const struct Range {
    double most;    /* of the floats */
    int64_t lo, hi; /* of the integers; hi 0: no such limit */
    const char *name;
} ranges[DT_COUNT] = {
    [DT_U8] = {.hi = UINT8_MAX, .lo = -UINT8_MAX, .name = "uint8_t"},
    [DT_I8] = {.hi = INT8_MAX, .lo = INT8_MIN, .name = "int8_t"},
    [DT_I16] = {.hi = INT16_MAX, .lo = INT16_MIN, .name = "int16_t"},
    [DT_I32] = {.hi = INT32_MAX, .lo = INT32_MIN, .name = "int"},
    [DT_I64] = {.hi = INT64_MAX, .lo = INT64_MIN, .name = "int64_t"},
    [DT_F16] = {.most = 65504, .name = "at::Half"},
    [DT_BF16] = {.most = 0x1.FEp127, .name = "at::BFloat16"},
    [DT_F32] = {.most = FLT_MAX, .name = "float"},
    [DT_C64] = {.most = FLT_MAX, .name = "c10::complex<float>"},
};

static bool refuse(DType dt, Err *err) {
    return err_set(err, ERR_RUNTIME, "value cannot be converted to type %s without overflow",
                   ranges[dt].name);
}

bool number_fits_f64(DType dt, double v, Err *err) {
    const struct Range *r = &ranges[dt];
    if (!r->name) return true;
    if (!r->hi) return isfinite(v) && fabs(v) > r->most ? refuse(dt, err) : true;
    double lo = dt == DT_U8 ? 0 : (double)r->lo;
    return v >= lo && v <= (double)r->hi ? true : refuse(dt, err);
}

bool number_fits_i64(DType dt, int64_t v, Err *err) {
    const struct Range *r = &ranges[dt];
    if (!r->name) return true;
    if (!r->hi) return fabs((double)v) > r->most ? refuse(dt, err) : true;
    return v >= r->lo && v <= r->hi ? true : refuse(dt, err);
}

bool number_fits(DType dt, const Tensor *number, Err *err) {
    static const int64_t zeros[TENSOR_MAX_DIM];
    if (tensor_numel(number) != 1 || number->dtype == DT_BOOL) return true;
    if (number->dtype == DT_C64) {
        const float *z = tensor_data(number);
        if (z[1] != 0 && dt != DT_C64 && ranges[dt].name) return refuse(dt, err);
        return number_fits_f64(dt, (double)z[0], err);
    }
    if (dtype_is_float((DType)number->dtype))
        return number_fits_f64(dt, tensor_get_f64(number, zeros), err);
    return number_fits_i64(dt, tensor_get_i64(number, zeros), err);
}
