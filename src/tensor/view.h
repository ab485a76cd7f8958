/* Views: the same storage under another geometry. No element moves, except where
 * a function says "copies when it must".
 *
 * Every result is a new Tensor (never t itself) that retains t's storage; it has
 * no GradMeta. Dims may be negative and are wrapped. Errors are PyTorch's, in its
 * words: ERR_INDEX for a dim or index out of range, ERR_RUNTIME for the rest.
 */
#ifndef QKV_TENSOR_VIEW_H
#define QKV_TENSOR_VIEW_H

#include "tensor/tensor.h"

/* Fills the one -1 of `shape` (PyTorch: "shape '[2, 3]' is invalid for input of size 5") into
 * out[ndim]. */
bool shape_infer(int64_t numel, int ndim, const int64_t *shape, int64_t *out, Err *err);
/* ERR_RUNTIME "numel: integer multiplication overflow" unless the product of the sizes, each taken
 * as at least 1, stays below 2^59: strides and byte offsets then never overflow. */
bool shape_check(int ndim, const int64_t *shape, Err *err);
/* Strides under which t's elements appear as `shape` (same numel) without a copy; false: none. */
bool view_strides(const Tensor *t, int ndim, const int64_t *shape, int64_t *stride);
/* Row-major strides of a shape; returns the number of elements. */
int64_t shape_contiguous_strides(int ndim, const int64_t *shape, int64_t *stride);

/* The bytes of t as another dtype: the last dim counts elements of it. ERR_RUNTIME, in PyTorch's
 * words, where sizes or strides do not divide. */
bool tensor_view_dtype(const Tensor *t, DType dt, Tensor **out, Err *err);
bool tensor_alias(const Tensor *t, Tensor **out, Err *err); /* same geometry, new Tensor */
bool tensor_view(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err);
/* A view when strides allow, else a contiguous copy. */
bool tensor_reshape(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err);

bool tensor_transpose(const Tensor *t, int64_t d0, int64_t d1, Tensor **out, Err *err);
/* t() for ndim <= 2. */
bool tensor_t(const Tensor *t, Tensor **out, Err *err);
bool tensor_permute(const Tensor *t, int n, const int64_t *dims, Tensor **out, Err *err);
/* The order of dims that puts dim from[i] at to[i] and keeps the others in theirs. */
bool movedim_order(int ndim, int n, const int64_t *from, const int64_t *to, int64_t *order,
                   Err *err);
bool tensor_movedim(const Tensor *t, int n, const int64_t *from, const int64_t *to, Tensor **out,
                    Err *err);

bool tensor_squeeze(const Tensor *t, Tensor **out, Err *err); /* every dim of size 1 */
/* That dim, when its size is 1; otherwise unchanged. */
bool tensor_squeeze_dim(const Tensor *t, int64_t dim, Tensor **out, Err *err);
bool tensor_unsqueeze(const Tensor *t, int64_t dim, Tensor **out, Err *err);

/* Sizes -1 keep; new dims lead; stride 0 where broadcast. */
bool tensor_expand(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err);
bool tensor_broadcast_to(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err);

/* Wraps dim into *d and *start, and checks that `length` elements of t are there. */
bool narrow_range(const Tensor *t, int64_t dim, int64_t *start, int64_t length, int *d, Err *err);
bool tensor_narrow(const Tensor *t, int64_t dim, int64_t start, int64_t length, Tensor **out,
                   Err *err);
/* Drops the dim. ERR_INDEX: "index 3 is out of bounds for dimension 0 with size 3". */
bool tensor_select(const Tensor *t, int64_t dim, int64_t index, Tensor **out, Err *err);
/* Python's t[start:stop:step] along dim: negative and far ends are clamped; step > 0. */
bool tensor_slice(const Tensor *t, int64_t dim, int64_t start, int64_t stop, int64_t step,
                  Tensor **out, Err *err);
/* Bounds against the storage are checked. */
bool tensor_as_strided(const Tensor *t, int ndim, const int64_t *shape, const int64_t *stride,
                       int64_t offset, Tensor **out, Err *err);
/* Windows of `size` every `step` along dim; they become the last dim. */
bool tensor_unfold(const Tensor *t, int64_t dim, int64_t size, int64_t step, Tensor **out,
                   Err *err);
/* The diagonal d0, d1 becomes the last dim. */
bool tensor_diagonal(const Tensor *t, int64_t offset, int64_t d0, int64_t d1, Tensor **out,
                     Err *err);

/* complex64 (..) <-> float32 (.., 2), sharing storage. */
bool tensor_view_as_real(const Tensor *t, Tensor **out, Err *err);
bool tensor_view_as_complex(const Tensor *t, Tensor **out, Err *err);

#endif
