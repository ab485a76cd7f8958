/* Euclidean lengths of float32 tensors, in the order of PyTorch's kernels. */
#ifndef QKV_TENSOR_VECTOR_NORM_H
#define QKV_TENSOR_VECTOR_NORM_H

#include "tensor/tensor.h"

/* sqrt of the sum of squares along dim, one for each index of the others, row-major, into out; dim
 * -1: of all elements. False, with nothing said, for what it does not compute: other dtypes, all
 * elements of a tensor that is not contiguous, an empty dim. */
bool length_along(const Tensor *t, int dim, float *out);

#endif
