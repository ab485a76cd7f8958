/* Euclidean lengths of float rows with PyTorch's bits: what clip_grad_norm_ prints. */
#include "config.h"

#include "base/isa.h"
#include "tensor/vector_norm.h"

#include <math.h>

/* Contiguous: eight lanes, added from the first to the last; of what is left over its compiler
 * rounds four products by themselves and fuses the rest. */
KERNEL_OF(float, dense_squares, (int64_t n, const float *x), (n, x)) {
    float lane[8] = {0}, sum;
    int64_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (int l = 0; l < 8; l++) lane[l] = fmaf(x[i + l], x[i + l], lane[l]);
    sum = lane[0];
    for (int l = 1; l < 8; l++) sum += lane[l];
    if (n - i >= 4)
        for (int64_t end = i + 4; i < end; i++) sum += x[i] * x[i];
    for (; i < n; i++) sum = fmaf(x[i], x[i], sum);
    return sum;
}

KERNEL_OF(float, strided_squares, (int64_t n, const float *x, int64_t step), (n, x, step)) {
    float sum = 0;
    for (int64_t i = 0; i < n; i++) sum = fmaf(x[i * step], x[i * step], sum);
    return sum;
}

bool length_along(const Tensor *t, int dim, float *out) {
    if (t->dtype != DT_F32) return false;
    const float *x = tensor_data(t);
    if (dim < 0) {
        if (!tensor_is_contiguous(t)) return false;
        *out = sqrtf(dense_squares(tensor_numel(t), x));
        return true;
    }
    int64_t n = t->shape[dim], step = t->stride[dim], index[TENSOR_MAX_DIM] = {0};
    int64_t rows = n ? tensor_numel(t) / n : 0;
    for (int64_t row = 0; row < rows; row++) {
        out[row] = sqrtf(step == 1 ? dense_squares(n, x) : strided_squares(n, x, step));
        for (int d = t->ndim - 1; d >= 0; d--) {
            if (d == dim) continue;
            x += t->stride[d];
            if (++index[d] < t->shape[d]) break;
            x -= t->stride[d] * t->shape[d];
            index[d] = 0;
        }
    }
    return n > 0;
}
