/* Layer normalisation of float rows with PyTorch's bits: mean and variance by Welford's update in
 * eight lanes, merged by Chan's formula as a tree of blocks of sixteen (Welford 1962; Chan et al.
 * 1979), then one fused multiply-add per element and another for weight and bias. The gradient in
 * the form dx = a dy w + b x + c. All in the order of its AVX2 kernels.
 */
#ifndef QKV_TENSOR_LAYER_ROW_H
#define QKV_TENSOR_LAYER_ROW_H

#include <stdint.h>

/* x, y (n,); w, b (n,) or NULL. Writes the row's mean and 1 / sqrt(var + eps). */
void layer_row(int64_t n, const float *x, const float *w, const float *b, float eps, float *mean,
               float *rstd, float *y);
/* dx (n,); dw, db (n,) or NULL: added to. */
void layer_row_backward(int64_t n, const float *g, const float *x, const float *w, float mean,
                        float rstd, float *dx, float *dw, float *db);

#endif
