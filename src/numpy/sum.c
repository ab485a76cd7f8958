/* Sums with NumPy's bits. print(x.sum()) of a float64 array shows 16 digits, so the order of
 * additions is part of what a user sees. NumPy walks the axes in the order of their strides,
 * neighbours that lie end to end as one; along the innermost axis it sums pairwise (Higham 1993:
 * eight lanes up to 128 elements, halves above) so many elements at a time, along the others in
 * order. Several innermost axes that do not lie end to end are gathered first. */
#include "config.h"

#include "numpy/numpy.h"
#include "tensor/interrupt.h"

enum { BLOCK = 128, LANES = 8, BUFFER = 8192 };

/* One axis after sorting and joining. */
typedef struct Axis {
    int64_t size, from, to; /* strides in elements of the input and of the sums */
    bool reduced;
} Axis;

/* ---- along one axis -------------------------------------------------------------------- */

#define PAIRWISE(T, name)                                                                          \
    static T name(const T *x, int64_t n, int64_t stride) {                                         \
        if (n < LANES) {                                                                           \
            T sum = 0;                                                                             \
            for (int64_t i = 0; i < n; i++) sum += x[i * stride];                                  \
            return sum;                                                                            \
        }                                                                                          \
        if (n > BLOCK) {                                                                           \
            int64_t half = n / 2;                                                                  \
            half -= half % LANES;                                                                  \
            return name(x, half, stride) + name(x + half * stride, n - half, stride);              \
        }                                                                                          \
        T r[LANES];                                                                                \
        int64_t i;                                                                                 \
        for (int k = 0; k < LANES; k++) r[k] = x[k * stride];                                      \
        for (i = LANES; i < n - n % LANES; i += LANES)                                             \
            for (int k = 0; k < LANES; k++) r[k] += x[(i + k) * stride];                           \
        T sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));                 \
        for (; i < n; i++) sum += x[i * stride];                                                   \
        return sum;                                                                                \
    }
PAIRWISE(float, pairwise_f32)
PAIRWISE(double, pairwise_f64)

#define INNER(T, name, pairwise)                                                                   \
    static void name(const Axis *a, const T *x, T *sum) {                                          \
        for (int64_t i = 0; a->reduced && i < a->size && !INTERRUPTED(); i += BUFFER)              \
            *sum += pairwise(x + i * a->from, MIN(a->size - i, BUFFER), a->from);                  \
        if (a->reduced) return;                                                                    \
        for (int64_t i = 0; i < a->size; i++) sum[i * a->to] += x[i * a->from];                    \
    }
INNER(float, inner_f32, pairwise_f32)
INNER(double, inner_f64, pairwise_f64)

/* ---- along several reduced axes ---------------------------------------------------------- */

typedef struct Gather {
    DType dt;
    int64_t held;
    char *sum;
    union {
        float f32[BUFFER];
        double f64[BUFFER];
    } buffer;
} Gather;

static void gather_flush(Gather *g) {
    if (g->dt == DT_F32)
        *(float *)g->sum += pairwise_f32(g->buffer.f32, g->held, 1);
    else
        *(double *)g->sum += pairwise_f64(g->buffer.f64, g->held, 1);
    g->held = 0;
}

static void gather(Gather *g, const Axis *a, int n, const char *x) {
    int64_t size = (int64_t)dtype_size(g->dt);
    for (int64_t i = 0; i < a->size; i++, x += a->from * size) {
        if (n > 1) {
            gather(g, a + 1, n - 1, x);
            continue;
        }
        if (g->held == BUFFER) gather_flush(g);
        if (g->held == 0 && INTERRUPTED()) return;
        if (g->dt == DT_F32)
            g->buffer.f32[g->held++] = *(const float *)x;
        else
            g->buffer.f64[g->held++] = *(const double *)x;
    }
}

/* How many axes at the end are reduced. */
static int reduced_tail(const Axis *a, int n) {
    int tail = 0;
    while (tail < n && a[n - 1 - tail].reduced) tail++;
    return tail;
}

static void walk(const Axis *a, int n, DType dt, const char *x, char *sum) {
    int64_t size = (int64_t)dtype_size(dt);
    if (n > 1 && reduced_tail(a, n) == n) {
        Gather g = {.dt = dt, .sum = sum};
        gather(&g, a, n, x);
        gather_flush(&g);
    } else if (n > 1) {
        for (int64_t i = 0; i < a->size && !INTERRUPTED(); i++)
            walk(a + 1, n - 1, dt, x + i * a->from * size, sum + i * a->to * size);
    } else if (dt == DT_F32) {
        inner_f32(a, (const float *)x, (float *)sum);
    } else {
        inner_f64(a, (const double *)x, (double *)sum);
    }
}

/* ---- the axes ------------------------------------------------------------------------------ */

/* Largest stride first; equal strides keep their order. */
static void sort_axes(Axis *a, int n) {
    for (int i = 1; i < n; i++) {
        Axis held = a[i];
        int k = i;
        for (; k > 0 && a[k - 1].from < held.from; k--) a[k] = a[k - 1];
        a[k] = held;
    }
}

static int join_axes(Axis *a, int n) {
    int m = 0;
    for (int i = 1; i < n; i++) {
        bool ends_meet = a[m].from == a[i].from * a[i].size && a[m].to == a[i].to * a[i].size;
        if (a[m].reduced == a[i].reduced && ends_meet) {
            a[i].size *= a[m].size;
            a[m] = a[i];
        } else {
            a[++m] = a[i];
        }
    }
    return m + 1;
}

/* Zeros of t's shape with the reduced dims 1, laid out in the order of t's strides, as NumPy lays
 * out results. */
static bool zeros_like(const Tensor *t, unsigned reduced, Tensor **out, Err *err) {
    int order[TENSOR_MAX_DIM], n = t->ndim;
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM], step = 1;
    Tensor *flat = NULL;
    for (int d = 0; d < n; d++) {
        int k = d;
        for (; k > 0 && t->stride[order[k - 1]] < t->stride[d]; k--) order[k] = order[k - 1];
        order[k] = d;
        shape[d] = reduced >> d & 1 ? 1 : t->shape[d];
    }
    for (int k = n - 1; k >= 0; k--) {
        stride[order[k]] = step;
        step *= MAX(shape[order[k]], 1);
    }
    if (!tensor_zeros((DType)t->dtype, n, shape, &flat, err)) return false;
    *out = tensor_view_raw(flat, n, shape, stride, flat->offset);
    tensor_release(flat);
    return true;
}

bool np_sum(const Tensor *t, unsigned reduced, Tensor **out, Err *err) {
    Axis axes[TENSOR_MAX_DIM + 1];
    int n = 0;
    if (t->dtype != DT_F32 && t->dtype != DT_F64)
        return err_set(err, ERR_TYPE, "sums in NumPy's order are of float32 and float64, not %s",
                       dtype_name((DType)t->dtype));
    if (!zeros_like(t, reduced, out, err)) return false;
    if (tensor_numel(t) == 0) return true;
    for (int d = 0; d < t->ndim; d++) {
        bool gone = reduced >> d & 1;
        if (t->shape[d] == 1) continue;
        axes[n++] = (Axis){t->shape[d], t->stride[d], gone ? 0 : (*out)->stride[d], gone};
    }
    if (n == 0) axes[n++] = (Axis){1, 0, 0, true};
    sort_axes(axes, n);
    n = join_axes(axes, n);
    walk(axes, n, (DType)t->dtype, tensor_data(t), tensor_data(*out));
    if (!INTERRUPTED()) return true;
    tensor_release(*out);
    *out = NULL;
    return tensor_interrupted(err);
}
