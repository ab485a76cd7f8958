/* What the indexing files share: index tensors as plain arrays, checked places. */
#ifndef QKV_TENSOR_INDEX_ELEMENTS_H
#define QKV_TENSOR_INDEX_ELEMENTS_H

#include "tensor/tensor.h"

/* index (int64, or int32 and smaller converted) as contiguous int64. */
bool index_array(const Tensor *index, Tensor **out, Err *err);
/* Moves single elements of `size` 1, 2, 4 or 8 bytes. */
static inline void copy_element(char *dst, const char *src, size_t size) {
    switch (size) {
    case 1:
        memcpy(dst, src, 1);
        break;
    case 2:
        memcpy(dst, src, 2);
        break;
    case 4:
        memcpy(dst, src, 4);
        break;
    default:
        memcpy(dst, src, 8);
        break;
    }
}

/* *dst = *dst op *src, one element of dtype dt at a time, in the dtype's compute class; rows of n
 * with byte steps, in order, so that duplicates of one place add up. Extremes: nan wins; complex
 * only adds. */
typedef enum CombineOp { COMBINE_ADD, COMBINE_MUL, COMBINE_MAX, COMBINE_MIN } CombineOp;
void combine_strided(CombineOp op, DType dt, int64_t n, char *dst, int64_t dstep, const char *src,
                     int64_t sstep);

#endif
