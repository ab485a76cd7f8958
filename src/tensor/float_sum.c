/* Float sums with PyTorch's bits; see float_sum.h.
 *
 * The walk: dims sorted as PyTorch's reduction iterator sorts them (reduced ones
 * innermost), neighbours merged, the two innermost handed to one of four loops by
 * where memory is dense. A loop's result is added to the output, so that further
 * reduced dims accumulate in order.
 */
#include "config.h"

#include "tensor/float_sum.h"

#include "base/isa.h"
#include "tensor/interrupt.h"

#define LEVELS 4
#define ROWS 4 /* sums that run side by side to hide the adder's latency */
#define LONG_ROW                                                                                   \
    (INT64_C(1) << 24) /* is given up when an interrupt comes; the poll behind says so */

typedef struct Plane {
    const char *in;
    char *out;
    int64_t in0, in1; /* byte strides of the inner (reduced) and outer dim */
    int64_t out1;     /* byte stride of the output along the outer dim */
    int64_t n0, n1;
} Plane;

static int ceil_log2(int64_t n) {
    return n <= 1 ? 0 : 64 - __builtin_clzll((unsigned long long)n - 1);
}

#define T float
#define LANES 8
#define NAME(x) x##_f32
#include "tensor/float_sum_plane.h"

#define T double
#define LANES 4
#define NAME(x) x##_f64
#include "tensor/float_sum_plane.h"

/* ---- the walk -------------------------------------------------------------- */

typedef struct Dim {
    int64_t size, in, out; /* byte strides; out 0: reduced */
} Dim;

/* > 0: a must come outside b. */
static int dim_order(const Dim *a, const Dim *b) {
    if ((a->out == 0) != (b->out == 0)) return b->out == 0 ? 1 : -1;
    if (a->out != b->out) return a->out < b->out ? -1 : 1;
    if (a->in == 0 || b->in == 0) return 0;
    if (a->in != b->in) return a->in < b->in ? -1 : 1;
    return a->size > b->size ? 1 : 0;
}

static int sorted_dims(const Tensor *t, unsigned reduced, Dim *d) {
    int64_t size = (int64_t)dtype_size((DType)t->dtype), out = size;
    int n = 0, merged = 0;
    for (int i = t->ndim; i-- > 0;) {
        if (t->shape[i] == 1) continue;
        bool gone = reduced & 1u << i;
        d[n++] = (Dim){t->shape[i], t->stride[i] * size, gone ? 0 : out};
        if (!gone) out *= t->shape[i];
    }
    for (int i = 1; i < n; i++)
        for (int j = i - 1, at = i; j >= 0; j--) {
            int order = dim_order(&d[j], &d[at]);
            if (order < 0) break;
            if (order == 0) continue;
            Dim swap = d[j];
            d[j] = d[at];
            d[at] = swap;
            at = j;
        }
    for (int i = 0; i < n; i++) {
        Dim *last = merged ? &d[merged - 1] : NULL;
        if (last && d[i].in == last->in * last->size && d[i].out == last->out * last->size)
            last->size *= d[i].size;
        else
            d[merged++] = d[i];
    }
    return merged;
}

bool cascade_sum(const Tensor *t, unsigned reduced, Tensor *out, Err *err) {
    Dim d[TENSOR_MAX_DIM + 2];
    int64_t at[TENSOR_MAX_DIM + 2] = {0}, work = 0;
    memset(tensor_data(out), 0, out->st->bytes);
    if (tensor_numel(t) == 0) return true;
    int n = sorted_dims(t, reduced, d);
    /* nothing reduced: the inner loop runs over one element of each */
    if (n == 0 || d[0].out != 0) {
        memmove(d + 1, d, (size_t)n++ * sizeof *d);
        d[0] = (Dim){1, 0, 0};
    }
    if (n == 1) d[n++] = (Dim){1, 0, 0};
    Plane p = {.in = tensor_data(t),
               .out = tensor_data(out),
               .in0 = d[0].in,
               .in1 = d[1].in,
               .out1 = d[1].out,
               .n0 = d[0].size,
               .n1 = d[1].size};
    for (;;) {
        if (!(t->dtype == DT_F64 ? plane_f64 : plane_f32)(&p, &work, err)) return false;
        int k = 2;
        for (; k < n; k++) {
            p.in += d[k].in;
            p.out += d[k].out;
            if (++at[k] < d[k].size) break;
            p.in -= d[k].in * d[k].size;
            p.out -= d[k].out * d[k].size;
            at[k] = 0;
        }
        if (INTERRUPTED()) return tensor_interrupted(err);
        if (k == n) return true;
    }
}

/* ---- eight lanes ----------------------------------------------------------- */

float lanes_sum_f32(int64_t n, const float *x) {
    float lane[8], sum;
    if (n < 8) {
        sum = x[0];
        for (int64_t i = 1; i < n; i++) sum += x[i];
        return sum;
    }
    for (int l = 0; l < 8; l++) lane[l] = x[l];
    int64_t i = 8;
    for (; i + 8 <= n; i += 8)
        for (int l = 0; l < 8; l++) lane[l] += x[i + l];
    for (int l = 0; i < n; i++, l++) lane[l] += x[i];
    for (int w = 4; w > 0; w /= 2)
        for (int l = 0; l < w; l++) lane[l] += lane[l + w];
    return lane[0];
}
