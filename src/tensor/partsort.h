/* The k smallest of a sequence, in order, with equal ones in the order that PyTorch's topk
 * leaves them: it calls the GNU C++ library's partial_sort (k * 64 <= n) or nth_element and sort,
 * none of which is stable, so the same steps are taken here. */
#ifndef QKV_TENSOR_PARTSORT_H
#define QKV_TENSOR_PARTSORT_H

#include "tensor/sort_keys.h"

/* a[0, k) become the k smallest keys of a[0, n), rising; 1 <= k <= n. O(n + k log k) on average. */
void select_first(Keyed *a, int64_t n, int64_t k);

#endif
