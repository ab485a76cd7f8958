/* Running sums, products and extremes along a dimension. */
#include "config.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/dim_lines.h"
#include "tensor/interrupt.h"
#include "tensor/sort.h"
#include "tensor/sort_keys.h"

/* Loops over typed lines: in and out are contiguous-typed pointers, ACC the accumulator. */
#define RUN_LINES(T, ACC, op, first)                                                               \
    do {                                                                                           \
        const T *in = t->st->data;                                                                 \
        T *out = tensor_data(result);                                                              \
        for (Lines l = lines_begin(t, dim, len); l.left > 0; lines_next(&l)) {                     \
            ACC acc = (first);                                                                     \
            for (int64_t i = 0; i < l.len; i++) {                                                  \
                acc = acc op(ACC) in[l.in + i * l.in_step];                                        \
                out[l.out + i * l.out_step] = (T)acc;                                              \
            }                                                                                      \
            if (!tensor_poll(&work, l.len * 2, err)) return false;                                 \
        }                                                                                          \
    } while (0)

typedef struct Complex {
    float re, im;
} Complex;

static Complex complex_step(bool product, Complex a, Complex x) {
    if (!product) return (Complex){a.re + x.re, a.im + x.im};
    return (Complex){a.re * x.re - a.im * x.im, a.re * x.im + a.im * x.re};
}

static bool run_complex(const Tensor *t, int dim, int64_t len, bool product, Tensor *result,
                        Err *err) {
    const Complex *in = t->st->data;
    Complex *out = tensor_data(result);
    int64_t work = 0;
    for (Lines l = lines_begin(t, dim, len); l.left > 0; lines_next(&l)) {
        Complex acc = {product ? 1 : 0, 0};
        for (int64_t i = 0; i < l.len; i++) {
            acc = complex_step(product, acc, in[l.in + i * l.in_step]);
            out[l.out + i * l.out_step] = acc;
        }
        if (!tensor_poll(&work, l.len * 4, err)) return false;
    }
    return true;
}

/* float accumulates in double and rounds each element, as PyTorch; integers wrap. */
static bool run(const Tensor *t, int dim, bool product, Tensor *result, Err *err) {
    int64_t work = 0, len = t->ndim ? t->shape[dim] : 1;
    switch ((DType)t->dtype) {
    case DT_F32:
        if (product)
            RUN_LINES(float, double, *, 1);
        else
            RUN_LINES(float, double, +, 0);
        return true;
    case DT_F64:
        if (product)
            RUN_LINES(double, double, *, 1);
        else
            RUN_LINES(double, double, +, 0);
        return true;
    case DT_C64:
        return run_complex(t, dim, len, product, result, err);
    default:
        if (product)
            RUN_LINES(int64_t, uint64_t, *, 1);
        else
            RUN_LINES(int64_t, uint64_t, +, 0);
        return true;
    }
}

/* float16 and bfloat16 accumulate in float: run as float32, then rounded element by element,
 * which is the same because the accumulator is not what is rounded. */
static bool cumulate(const Tensor *t, int dim, bool product, Tensor **out, Err *err) {
    DType dt = (DType)t->dtype, end = dt;
    DType in_dt = dt == DT_F16 || dt == DT_BF16 ? DT_F32 : dt <= DT_I64 ? DT_I64 : dt;
    if (dt <= DT_I64) end = DT_I64;
    Tensor *in = NULL, *result = NULL, *rounded = NULL;
    bool ok = tensor_cast(t, in_dt, &in, err) &&
              tensor_empty(in_dt, t->ndim, t->shape, &result, err) &&
              run(in, dim, product, result, err) && tensor_cast(result, end, &rounded, err);
    tensor_release(in);
    tensor_release(result);
    if (ok) *out = rounded;
    return ok;
}

bool tensor_cumsum(const Tensor *t, int dim, Tensor **out, Err *err) {
    return cumulate(t, dim, false, out, err);
}

bool tensor_cumprod(const Tensor *t, int dim, Tensor **out, Err *err) {
    return cumulate(t, dim, true, out, err);
}

/* nan, once met, stays: its key is above all. For minima the keys are turned round and nan is
 * put on top again. */
static uint64_t extreme_key(const Tensor *t, int64_t at, bool least) {
    uint64_t key = order_key(t, at);
    bool nan = key == UINT64_MAX && dtype_is_float((DType)t->dtype);
    return least && !nan ? ~key : key;
}

static bool extremes(const Tensor *t, int dim, bool least, Tensor **values, Tensor **indices,
                     Err *err) {
    if (dtype_is_complex((DType)t->dtype))
        return err_set(err, ERR_RUNTIME, "\"%s\" not implemented for 'ComplexFloat'",
                       least ? "cummin_cpu" : "cummax_cpu");
    int64_t len = t->ndim ? t->shape[dim] : 1, work = 0;
    size_t size = dtype_size((DType)t->dtype);
    Tensor *v = NULL, *where = NULL;
    bool ok = tensor_empty((DType)t->dtype, t->ndim, t->shape, &v, err) &&
              tensor_empty(DT_I64, t->ndim, t->shape, &where, err);
    if (!ok) goto out;
    for (Lines l = lines_begin(t, dim, len); ok && l.left > 0; lines_next(&l)) {
        uint64_t best = 0;
        int64_t at = 0;
        for (int64_t i = 0; i < l.len; i++) {
            uint64_t key = extreme_key(t, l.in + i * l.in_step, least);
            if (i == 0 || key >= best) {
                best = key;
                at = i;
            }
            int64_t o = l.out + i * l.out_step;
            memcpy((char *)tensor_data(v) + (size_t)o * size,
                   (const char *)t->st->data + (size_t)(l.in + at * l.in_step) * size, size);
            ((int64_t *)tensor_data(where))[o] = at;
        }
        ok = tensor_poll(&work, l.len * 5, err);
    }
    if (ok) {
        *values = v;
        *indices = where;
        return true;
    }
out:
    tensor_release(v);
    tensor_release(where);
    return false;
}

bool tensor_cummax(const Tensor *t, int dim, Tensor **values, Tensor **indices, Err *err) {
    return extremes(t, dim, false, values, indices, err);
}

bool tensor_cummin(const Tensor *t, int dim, Tensor **values, Tensor **indices, Err *err) {
    return extremes(t, dim, true, values, indices, err);
}
