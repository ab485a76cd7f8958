/* Element selection: by index tensors, masks, and Python's t[...] forms.
 *
 * Index tensors are int64 (int32 and smaller are converted where PyTorch allows);
 * out of range is ERR_INDEX or ERR_RUNTIME as PyTorch raises it. Where several
 * writes hit one element, the last in row-major order wins.
 */
#ifndef QKV_TENSOR_INDEX_H
#define QKV_TENSOR_INDEX_H

#include "tensor/tensor.h"

/* One item of t[a, b, ...] as the parser met it. */
typedef enum IndexKind {
    IDX_INT,      /* at */
    IDX_SLICE,    /* start, stop, step; has_start / has_stop false: to the end */
    IDX_NEWAXIS,  /* None; also True: a dim of size 1 */
    IDX_ELLIPSIS, /* at most one */
    IDX_TENSOR    /* int64 indices (0-dim: as IDX_INT), or a bool / uint8 mask over t's next
                     mask->ndim dims (0-dim: a new dim of size 1 or 0) */
} IndexKind;

typedef struct IndexItem {
    IndexKind kind;
    bool has_start, has_stop;
    int64_t at;
    int64_t start, stop, step; /* step >= 1; 0 counts as 1 */
    Tensor *tensor;            /* borrowed */
} IndexItem;

/* True when no item is an index tensor or mask: tensor_index_get then answers a view. */
bool index_is_basic(int n, const IndexItem *items);
/* t[items]: a view for basic items, else a copy whose advanced dims stand where PyTorch and numpy
 * put them (in place when adjacent, first otherwise). */
bool tensor_index_get(const Tensor *t, int n, const IndexItem *items, Tensor **out, Err *err);
/* t[items] = value, broadcast; accumulate adds, duplicates included. Basic items convert value;
 * with index tensors only a wrapped number is converted (ERR_RUNTIME as PyTorch). */
bool tensor_index_put_(Tensor *t, int n, const IndexItem *items, const Tensor *value,
                       bool accumulate, Err *err);

/* index 1-d or 0-d. */
bool tensor_index_select(const Tensor *t, int64_t dim, const Tensor *index, Tensor **out, Err *err);
/* t[.., index[i], ..] += alpha * source[.., i, ..]. */
bool tensor_index_add_(Tensor *t, int64_t dim, const Tensor *index, const Tensor *source,
                       double alpha, Err *err);
bool tensor_index_copy_(Tensor *t, int64_t dim, const Tensor *index, const Tensor *source,
                        Err *err);
bool tensor_index_fill_(Tensor *t, int64_t dim, const Tensor *index, double value, Err *err);

/* out[i][j] = t[index[i][j]][j] for dim 0, and so on; index no larger than t elsewhere. */
bool tensor_gather(const Tensor *t, int64_t dim, const Tensor *index, Tensor **out, Err *err);
/* indices into the flattened tensor; shape of index. */
bool tensor_take(const Tensor *t, const Tensor *index, Tensor **out, Err *err);

typedef enum ScatterMode {
    SCATTER_SET,
    SCATTER_ADD,
    SCATTER_MUL,
    SCATTER_AMAX,
    SCATTER_AMIN
} ScatterMode;
/* t[index[i][j]][j] = src[i][j] for dim 0. src: at least index's size, or a 0-dim number. */
bool tensor_scatter_(Tensor *t, int64_t dim, const Tensor *index, const Tensor *src,
                     ScatterMode mode, Err *err);

/* mask broadcasts to t (to the common shape for the out-of-place form). value: one element. */
bool tensor_masked_fill(const Tensor *t, const Tensor *mask, const Tensor *value, Tensor **out,
                        Err *err);
bool tensor_masked_fill_(Tensor *t, const Tensor *mask, const Tensor *value, Err *err);
/* 1-d, in row-major order of the broadcast shape. */
bool tensor_masked_select(const Tensor *t, const Tensor *mask, Tensor **out, Err *err);
/* Elements of source in order go where mask is true. */
bool tensor_masked_scatter_(Tensor *t, const Tensor *mask, const Tensor *source, Err *err);

/* (count, ndim) int64. */
bool tensor_nonzero(const Tensor *t, Tensor **out, Err *err);
/* classes < 0: largest + 1. int64. */
bool tensor_one_hot(const Tensor *t, int64_t classes, Tensor **out, Err *err);
/* weight (V, D), index any shape -> index.shape + (D,). ERR_INDEX "index out of range in self". */
bool tensor_embedding(const Tensor *weight, const Tensor *index, Tensor **out, Err *err);
/* (V, D) gradient: rows of g (index.shape + (D,)) added at their index; padding_idx < 0: none. */
bool tensor_embedding_vjp(const Tensor *g, const Tensor *index, int64_t rows, int64_t padding_idx,
                          Tensor **out, Err *err);

#endif
