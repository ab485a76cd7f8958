/* Order of every dtype as order of unsigned numbers, and a stable sort of those.
 *
 *     items[i] = (Keyed){order_key(t, at), i};
 */
#ifndef QKV_TENSOR_SORT_KEYS_H
#define QKV_TENSOR_SORT_KEYS_H

#include "tensor/tensor.h"

/* The element at an offset as an unsigned number in the same order: nan above all, -0 = 0.
 * t: not complex. */
uint64_t order_key(const Tensor *t, int64_t at);

/* Sorts keys with their indices; stable. scratch: n of each. False: interrupted, err set. */
typedef struct Keyed {
    uint64_t key;
    int64_t index;
} Keyed;
bool keyed_sort(Keyed *items, Keyed *scratch, int64_t n, Err *err);

#endif
