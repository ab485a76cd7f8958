/* Moving elements: contiguous, clone, conversion, assignment.
 *
 * tensor_contiguous and tensor_cast answer t itself (retained, with its GradMeta)
 * when there is nothing to do; the others always make a new storage.
 */
#ifndef QKV_TENSOR_COPY_H
#define QKV_TENSOR_COPY_H

#include "tensor/tensor.h"

bool tensor_contiguous(const Tensor *t, Tensor **out, Err *err);
/* Keeps the memory order of a dense tensor (a transposed one stays so), as PyTorch does. */
bool tensor_clone(const Tensor *t, Tensor **out, Err *err);
/* Always a fresh row-major copy, in dt. */
bool tensor_clone_contiguous(const Tensor *t, DType dt, Tensor **out, Err *err);
/* float -> int truncates; out of range gives what the C conversion on x86 gives; anything ->
 * bool is != 0; complex -> real drops the imaginary part. */
bool tensor_cast(const Tensor *t, DType dt, Tensor **out, Err *err);

/* dst[...] = src, src broadcast to dst's shape and converted; overlap is allowed. */
bool tensor_copy_(Tensor *dst, const Tensor *src, Err *err);
bool tensor_zero_(Tensor *t, Err *err);
bool tensor_fill_f64_(Tensor *t, double v, Err *err);
bool tensor_fill_i64_(Tensor *t, int64_t v, Err *err);
/* value: one element, any dtype. */
bool tensor_fill_(Tensor *t, const Tensor *value, Err *err);

#endif
