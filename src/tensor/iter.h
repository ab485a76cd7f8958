/* Walking several tensors at once in one broadcast shape.
 *
 * An Iter holds byte pointers into up to ITER_MAX operands and visits all
 * elements as runs: `n` elements, each operand `step[k]` bytes apart (0 for a
 * broadcast one). Dims are sorted by the operands' strides and merged where they
 * can be, so that contiguous tensors are a single dim and a transposed pair is
 * walked in memory order. Operand 0 is the output where there is one.
 *
 *     Iter it;
 *     if (!iter_output(&it, dt, 2, (const Tensor *[]){a, b}, &out, err)) return false;
 *     for (bool more = iter_start(&it); more; more = iter_next(&it)) kernel(it.n, it.ptr, it.step);
 *     return iter_finish(&it, err);
 */
#ifndef QKV_TENSOR_ITER_H
#define QKV_TENSOR_ITER_H

#include "tensor/tensor.h"

#define ITER_MAX 4
#define ITER_RUN 16384 /* longest run: what is done between two looks at Ctrl-C */

typedef struct Iter {
    char *ptr[ITER_MAX];
    int64_t step[ITER_MAX];
    int64_t n; /* elements in this run */

    /* private: dims innermost first */
    int nops, ndim;
    bool stopped;
    int64_t done; /* elements of the innermost dim before this run */
    int64_t work;
    int64_t shape[TENSOR_MAX_DIM], at[TENSOR_MAX_DIM];
    int64_t stride[ITER_MAX][TENSOR_MAX_DIM]; /* bytes */
} Iter;

/* Makes *out: the broadcast shape of the inputs, dtype dt, laid out in the inputs' memory order
 * as PyTorch does. Operand 0 = out, then the inputs. */
bool iter_output(Iter *it, DType dt, int nin, const Tensor *const *in, Tensor **out, Err *err);
/* Writes into dst, to whose shape the inputs broadcast. ERR_RUNTIME in PyTorch's words when they
 * do not, when dst overlaps itself, or partly overlaps an input. */
bool iter_inplace(Iter *it, Tensor *dst, int nin, const Tensor *const *in, Err *err);
/* Only reads; the shapes of the operands are equal already, or size-1 dims broadcast to `shape`. */
void iter_over(Iter *it, int ndim, const int64_t *shape, int nops, const Tensor *const *ops);

/* False when there is nothing to visit. */
bool iter_start(Iter *it);
bool iter_next(Iter *it);
/* False and ERR_INTERRUPT when Ctrl-C ended the walk. */
bool iter_finish(const Iter *it, Err *err);

/* PyTorch's errors of a write into dst: the result broadcasts to another shape; elements of dst
 * share memory. Both return false. */
bool iter_refuse_shape(const Tensor *dst, int ndim, const int64_t *shape, Err *err);
bool iter_refuse_overlap(Err *err);
/* dst[] elements share memory (stride 0 or crossing strides). */
bool tensor_overlaps_itself(const Tensor *t);
/* The error of an in-place write that PyTorch refuses; true when the write is fine. */
bool tensor_check_write(const Tensor *dst, int nin, const Tensor *const *in, Err *err);

#endif
