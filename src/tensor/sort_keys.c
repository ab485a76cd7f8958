#include "config.h"

#include "tensor/sort_keys.h"

#include <math.h>

#include "tensor/half.h"
#include "tensor/interrupt.h"

/* IEEE numbers order as sign-magnitude integers: flip all bits of negative ones, the sign bit of
 * the others. */
static uint64_t key_f64(double v) {
    uint64_t u;
    if (isnan(v)) return UINT64_MAX;
    if (v == 0) v = 0; /* -0 */
    memcpy(&u, &v, sizeof u);
    return u >> 63 ? ~u : u | 1ull << 63;
}

static uint64_t key_i64(int64_t v) {
    return (uint64_t)v ^ 1ull << 63;
}

uint64_t order_key(const Tensor *t, int64_t at) {
    const void *p = t->st->data;
    switch ((DType)t->dtype) {
    case DT_BOOL:
    case DT_U8:
        return ((const uint8_t *)p)[at];
    case DT_I8:
        return key_i64(((const int8_t *)p)[at]);
    case DT_I16:
        return key_i64(((const int16_t *)p)[at]);
    case DT_I32:
        return key_i64(((const int32_t *)p)[at]);
    case DT_I64:
        return key_i64(((const int64_t *)p)[at]);
    case DT_F16:
        return key_f64(f16_to_f32(((const uint16_t *)p)[at]));
    case DT_BF16:
        return key_f64(bf16_to_f32(((const uint16_t *)p)[at]));
    case DT_F32:
        return key_f64(((const float *)p)[at]);
    case DT_F64:
        return key_f64(((const double *)p)[at]);
    default:
        BUG("no order among %s", dtype_name((DType)t->dtype));
    }
}

enum { RUN = 16 }; /* insertion sort up to here, merged from here */

static void insertion_sort(Keyed *a, int64_t n) {
    for (int64_t i = 1; i < n; i++) {
        Keyed held = a[i];
        int64_t j = i;
        for (; j > 0 && a[j - 1].key > held.key; j--) a[j] = a[j - 1];
        a[j] = held;
    }
}

/* a[0, m) and a[m, n), both sorted -> out; the left one wins a tie. */
static void merge(const Keyed *a, int64_t m, int64_t n, Keyed *out) {
    int64_t i = 0, j = m;
    for (int64_t k = 0; k < n; k++)
        out[k] = j >= n || (i < m && a[i].key <= a[j].key) ? a[i++] : a[j++];
}

bool keyed_sort(Keyed *items, Keyed *scratch, int64_t n, Err *err) {
    Keyed *from = items, *to = scratch;
    int64_t work = 0;
    for (int64_t i = 0; i < n; i += RUN) insertion_sort(items + i, MIN(RUN, n - i));
    for (int64_t width = RUN; width < n; width *= 2) {
        for (int64_t i = 0; i < n; i += 2 * width) {
            int64_t len = MIN(2 * width, n - i);
            merge(from + i, MIN(width, len), len, to + i);
            if (!tensor_poll(&work, len * 4, err)) return false;
        }
        Keyed *held = from;
        from = to;
        to = held;
    }
    if (from != items) memcpy(items, from, sizeof *items * (size_t)n);
    return true;
}
