/* The table of folding kernels, private to the reductions. */
#ifndef QKV_TENSOR_REDUCE_KERNELS_H
#define QKV_TENSOR_REDUCE_KERNELS_H

#include "tensor/reduce_fold.h"

/* cls: DT_F64 or DT_I64. */
const Fold *fold_kernel(FoldOp op, DType cls);

#endif
