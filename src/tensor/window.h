/* Sliding windows over images: what convolutions multiply and pools reduce.
 *
 * Letters: N batch, C channels, H x W the image, h x w the kernel, L windows in row-major order of
 * their places. A sequence (N, C, W) is an image of height 1.
 *
 *     Windows win = {.kernel = {3, 3}, .stride = {1, 1}, .pad = {1, 1}, .dilation = {1, 1}};
 *     windows_count(&win, H, W, oh_ow, err) && tensor_windows(x, &win, 0, &cols, err)
 */
#ifndef QKV_TENSOR_WINDOW_H
#define QKV_TENSOR_WINDOW_H

#include "tensor/tensor.h"

typedef struct Windows {
    int64_t kernel[2], stride[2], pad[2], dilation[2]; /* height, width; kernel, stride >= 1 */
} Windows;

/* How many windows fit each way. False, no error set, when the kernel does not fit at all. */
bool windows_count(const Windows *w, int64_t height, int64_t width, int64_t out[2]);
/* x (N, C, H, W), contiguous, float32 or float64 -> (N, C h w, L); places outside are `outside`. */
bool tensor_windows(const Tensor *x, const Windows *w, double outside, Tensor **out, Err *err);
/* The adjoint: adds columns (N, C h w, L) back to where they came from in (N, C, H, W). */
bool tensor_windows_add(const Tensor *cols, const Windows *w, const int64_t nchw[4], Tensor **out,
                        Err *err);

#endif
