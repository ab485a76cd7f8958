/* Order: sorting, selection, counting, running sums.
 *
 * nan counts as larger than everything. Everything but topk is stable, which PyTorch
 * permits and usually does. Indices are int64. `dim` is wrapped already
 * (0 <= dim < ndim; a 0-dim tensor takes dim 0). Outputs are fresh, contiguous.
 * Either of two outputs may be NULL where it says "optional".
 *
 *     tensor_topk(w, 3, w->ndim - 1, true, &v, &i, err)
 */
#ifndef QKV_TENSOR_SORT_H
#define QKV_TENSOR_SORT_H

#include "tensor/tensor.h"

/* values, indices: t's shape; both optional. ERR_RUNTIME for complex. */
bool tensor_sort(const Tensor *t, int dim, bool descending, Tensor **values, Tensor **indices,
                 Err *err);
/* The k largest (smallest), best first; shape with dim = k. ERR_RUNTIME "selected
 * index k out of range". Equal values stand in PyTorch's order,
 * which is not by index (partsort.h). */
bool tensor_topk(const Tensor *t, int64_t k, int dim, bool largest, Tensor **values,
                 Tensor **indices, Err *err);
/* k-th smallest, k from 1. Shape without dim (or with 1 there: keepdim). */
bool tensor_kthvalue(const Tensor *t, int64_t k, int dim, bool keepdim, Tensor **values,
                     Tensor **indices, Err *err);
/* The lower of two middle values; nan if there is one. */
bool tensor_median_all(const Tensor *t, Tensor **out, Err *err);
bool tensor_median(const Tensor *t, int dim, bool keepdim, Tensor **values, Tensor **indices,
                   Err *err);
/* The most frequent value (the smallest of several), index of its last appearance. */
bool tensor_mode(const Tensor *t, int dim, bool keepdim, Tensor **values, Tensor **indices,
                 Err *err);

/* Sorted distinct values (m,); inverse: t's shape, where each element went; counts (m,).
 * inverse, counts optional. */
bool tensor_unique(const Tensor *t, Tensor **values, Tensor **inverse, Tensor **counts, Err *err);
/* Runs of equal neighbours collapsed. */
bool tensor_unique_consecutive(const Tensor *t, Tensor **values, Tensor **inverse, Tensor **counts,
                               Err *err);
/* Of the slices along dim: values has t's dims with the distinct slices, sorted element after
 * element (consecutive: as they stand); inverse and counts are (size of dim,) and (groups,). */
bool tensor_unique_dim(const Tensor *t, int64_t dim, bool consecutive, Tensor **values,
                       Tensor **inverse, Tensor **counts, Err *err);
/* t: (n,) non-negative integers; weights (n,) or NULL. */
bool tensor_bincount(const Tensor *t, const Tensor *weights, int64_t minlength, Tensor **out,
                     Err *err);
/* bins equal cells of [lo, hi]; lo == hi: the data's range. Outside and nan are not counted. */
bool tensor_histc(const Tensor *t, int64_t bins, double lo, double hi, Tensor **out, Err *err);

/* Along dim; bool and integers give int64, as PyTorch. */
bool tensor_cumsum(const Tensor *t, int dim, Tensor **out, Err *err);
bool tensor_cumprod(const Tensor *t, int dim, Tensor **out, Err *err);
/* Running extreme and where it stands (the last one among equals). */
bool tensor_cummax(const Tensor *t, int dim, Tensor **values, Tensor **indices, Err *err);
bool tensor_cummin(const Tensor *t, int dim, Tensor **values, Tensor **indices, Err *err);
/* Where each v would go in sorted (..., n): leading dimensions equal, or sorted 1-D. Compared as
 * doubles, whatever the dtypes. */
bool tensor_searchsorted(const Tensor *sorted, const Tensor *v, bool right, Tensor **out, Err *err);

#endif
