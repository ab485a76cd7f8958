/* Between stored elements and the four types that kernels compute in.
 *
 * Kernels see only int64, float, double and complex64, contiguous. Everything
 * else is converted a chunk at a time on the way in and out, which stays in L1.
 * convert_class says which of the four a dtype computes in.
 */
#ifndef QKV_TENSOR_CONVERT_H
#define QKV_TENSOR_CONVERT_H

#include "tensor/tensor.h"

typedef struct C64 {
    float re, im;
} C64;

#define CONVERT_CHUNK 512 /* elements: three operands of 8 bytes fit in L1 */

/* DT_I64, DT_F32, DT_F64 or DT_C64. */
static inline DType convert_class(DType dt) {
    if (dt <= DT_I64) return DT_I64;
    return dt <= DT_F32 ? DT_F32 : dt;
}

/* n elements of dtype `from` at src, `stride` bytes apart -> dst, contiguous, of class `to`. */
void convert_load(DType to, DType from, int64_t n, const char *src, int64_t stride, void *dst);
/* n contiguous elements of class `from` -> dtype `to`, `stride` bytes apart. */
void convert_store(DType to, DType from, int64_t n, const void *src, char *dst, int64_t stride);
/* Any dtype to any other; src and dst do not overlap. */
void convert_strided(DType to, DType from, int64_t n, const char *src, int64_t sstride, char *dst,
                     int64_t dstride);

/* Whether a number may stand in a tensor of dtype dt; ERR_RUNTIME in PyTorch's words: "value cannot
 * be converted to type at::Half without overflow". Infinities fit floats, nan does too; a negative
 * number in uint8's width wraps, as in PyTorch. For what fills: arithmetic rounds to inf instead.
 */
bool number_fits_f64(DType dt, double v, Err *err);
bool number_fits_i64(DType dt, int64_t v, Err *err);
/* The same for a tensor of one element. */
bool number_fits(DType dt, const Tensor *number, Err *err);

#endif
