/* Float sums with PyTorch's bits; see cascade.h.
 *
 * The walk: dims sorted as PyTorch's reduction iterator sorts them (reduced ones
 * innermost), neighbours merged, the two innermost handed to one of four loops by
 * where memory is dense. A loop's result is added to the output, so that further
 * reduced dims accumulate in order.
 */
#include "config.h"

#include "tensor/float_sum.h"

#include "tensor/ewise.h" /* KERNEL */
#include "tensor/interrupt.h"

#define LEVELS 4
#define ROWS 4 /* sums that run side by side to hide the adder's latency */
#define LONG_ROW (INT64_C(1) << 24) /* is given up when an interrupt comes; the poll behind says so */

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

/* T: element, V: elements of a vector, W: V or 1, the width in use. acc[r] of `rows` sums, each W
 * wide: element (i, r, lane) lies at i * row + r * col + lane. */
#define MULTI_ROW(cls, T, W)                                                                       \
    KERNEL static void multi_row_##cls##_##W(const char *in, int64_t row, int64_t col, int64_t n,  \
                                             int rows, T acc[ROWS][W]) {                           \
        T level[LEVELS][ROWS][W] = {0};                                                            \
        memset(acc, 0, sizeof(T[ROWS][W]));                                                        \
        int power = MAX(4, ceil_log2(n) / LEVELS);                                                 \
        int64_t step = INT64_C(1) << power, i = 0;                                                 \
        while (i + step <= n) {                                                                    \
            if (n > LONG_ROW && INTERRUPTED()) {                                                   \
                n = 0;                                                                             \
                break;                                                                             \
            }                                                                                      \
            for (int64_t j = 0; j < step; j++, i++)                                                \
                for (int r = 0; r < rows; r++) {                                                   \
                    const T *x = (const T *)(const void *)(in + i * row + r * col);                \
                    for (int l = 0; l < W; l++) level[0][r][l] += x[l];                            \
                }                                                                                  \
            for (int k = 1; k < LEVELS; k++) {                                                     \
                for (int r = 0; r < rows; r++)                                                     \
                    for (int l = 0; l < W; l++) {                                                  \
                        level[k][r][l] += level[k - 1][r][l];                                      \
                        level[k - 1][r][l] = 0;                                                    \
                    }                                                                              \
                if (i & (step - 1) << (k * power)) break;                                          \
            }                                                                                      \
            if (INTERRUPTED()) return; /* cascade_sum says so */                                   \
        }                                                                                          \
        for (; i < n; i++)                                                                         \
            for (int r = 0; r < rows; r++) {                                                       \
                const T *x = (const T *)(const void *)(in + i * row + r * col);                    \
                for (int l = 0; l < W; l++) level[0][r][l] += x[l];                                \
            }                                                                                      \
        for (int r = 0; r < rows; r++)                                                             \
            for (int l = 0; l < W; l++) {                                                          \
                T sum = level[0][r][l];                                                            \
                for (int k = 1; k < LEVELS; k++) sum += level[k][r][l];                            \
                acc[r][l] = sum;                                                                   \
            }                                                                                      \
    }                                                                                              \
    /* one sum of n elements `step` apart, as four interleaved ones */                             \
    static void row_sum_##cls##_##W(const char *in, int64_t step, int64_t n, T sum[W]) {           \
        T acc[ROWS][W];                                                                            \
        int64_t whole = n / ROWS;                                                                  \
        multi_row_##cls##_##W(in, step *ROWS, step, whole, ROWS, acc);                             \
        for (int64_t i = whole * ROWS; i < n; i++) {                                               \
            const T *x = (const T *)(const void *)(in + i * step);                                 \
            for (int l = 0; l < W; l++) acc[0][l] += x[l];                                         \
        }                                                                                          \
        for (int r = 1; r < ROWS; r++)                                                             \
            for (int l = 0; l < W; l++) acc[0][l] += acc[r][l];                                    \
        for (int l = 0; l < W; l++) sum[l] = acc[0][l];                                            \
    }

#define PLANE(cls, T, V)                                                                           \
    MULTI_ROW(cls, T, 1)                                                                           \
    MULTI_ROW(cls, T, V)                                                                           \
    static inline void add_##cls(const Plane *p, int64_t j, T v) {                                 \
        *(T *)(void *)(p->out + j * p->out1) += v;                                                 \
    }                                                                                              \
    static void inner_vectors_##cls(const Plane *p, int64_t j) {                                   \
        const char *row = p->in + j * p->in1;                                                      \
        const T *x = (const T *)(const void *)row;                                                 \
        T part[V], sum = 0;                                                                        \
        row_sum_##cls##_##V(row, V * sizeof(T), p->n0 / V, part);                                  \
        for (int64_t k = p->n0 / V * V; k < p->n0; k++) sum += x[k];                               \
        for (int l = 0; l < V; l++) sum += part[l];                                                \
        add_##cls(p, j, sum);                                                                      \
    }                                                                                              \
    static void inner_scalar_##cls(const Plane *p, int64_t j) {                                    \
        T sum[1];                                                                                  \
        row_sum_##cls##_1(p->in + j * p->in1, p->in0, p->n0, sum);                                 \
        add_##cls(p, j, sum[0]);                                                                   \
    }                                                                                              \
    /* outputs side by side from j on, W at a time; returns the first one left over */             \
    static int64_t outer_##cls(const Plane *p, int64_t j, int64_t n1, bool vectors) {              \
        int64_t width = vectors ? V : 1, step = width * p->in1;                                    \
        T acc[ROWS][V], one[ROWS][1];                                                              \
        for (; j + ROWS * width <= n1; j += ROWS * width) {                                        \
            const char *in = p->in + j * p->in1;                                                   \
            if (vectors)                                                                           \
                multi_row_##cls##_##V(in, p->in0, step, p->n0, ROWS, acc);                         \
            else                                                                                   \
                multi_row_##cls##_1(in, p->in0, step, p->n0, ROWS, one);                           \
            for (int r = 0; r < ROWS; r++)                                                         \
                for (int l = 0; l < width; l++)                                                    \
                    add_##cls(p, j + r * width + l, vectors ? acc[r][l] : one[r][0]);              \
        }                                                                                          \
        for (; vectors && j + V <= n1; j += V) {                                                   \
            row_sum_##cls##_##V(p->in + j * p->in1, p->in0, p->n0, acc[0]);                        \
            for (int l = 0; l < V; l++) add_##cls(p, j + l, acc[0][l]);                            \
        }                                                                                          \
        for (; j < n1; j++) inner_scalar_##cls(p, j);                                              \
        return j;                                                                                  \
    }                                                                                              \
    static bool plane_##cls(const Plane *p, int64_t *work, Err *err) {                             \
        bool inner = p->in0 == sizeof(T) && p->n0 >= V;                                            \
        bool vectors = p->in1 == sizeof(T) && p->n1 >= V;                                          \
        if (inner || (!vectors && p->in0 < p->in1)) {                                              \
            for (int64_t j = 0; j < p->n1; j++) {                                                  \
                if (inner)                                                                         \
                    inner_vectors_##cls(p, j);                                                     \
                else                                                                               \
                    inner_scalar_##cls(p, j);                                                      \
                if (!tensor_poll(work, p->n0 + 10, err)) return false;                             \
            }                                                                                      \
            return true;                                                                           \
        }                                                                                          \
        int64_t block = ROWS * V;                                                                  \
        for (int64_t j = 0; j < p->n1;) {                                                          \
            j = outer_##cls(p, j, p->n1 - j >= 2 * block ? j + block : p->n1, vectors);            \
            if (!tensor_poll(work, p->n0 * block + 10, err)) return false;                         \
        }                                                                                          \
        return true;                                                                               \
    }
PLANE(f32, float, 8)
PLANE(f64, double, 4)

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
