/* The loops of float_sum.c over the two innermost dims, for one element type. Included there with
 *
 *     T           the element
 *     LANES       elements of a vector
 *     NAME(x)
 */

typedef T NAME(Lanes) __attribute__((vector_size(LANES * sizeof(T))));

#define W T
#define ROWS_NAME(x) NAME(x##_one)
#include "tensor/float_sum_rows.h"

#define W NAME(Lanes)
#define ROWS_NAME(x) NAME(x##_lanes)
#include "tensor/float_sum_rows.h"

static inline void NAME(add)(const Plane *p, int64_t j, T v) {
    *(T *)(void *)(p->out + j * p->out1) += v;
}

static void NAME(inner_vectors)(const Plane *p, int64_t j) {
    const char *row = p->in + j * p->in1;
    const T *x = (const T *)(const void *)row;
    NAME(Lanes) part;
    T sum = 0;
    NAME(row_sum_lanes)(row, LANES * sizeof(T), p->n0 / LANES, &part);
    for (int64_t k = p->n0 / LANES * LANES; k < p->n0; k++) sum += x[k];
    for (int l = 0; l < LANES; l++) sum += part[l];
    NAME(add)(p, j, sum);
}

static void NAME(inner_scalar)(const Plane *p, int64_t j) {
    T sum;
    NAME(row_sum_one)(p->in + j * p->in1, p->in0, p->n0, &sum);
    NAME(add)(p, j, sum);
}

/* Outputs side by side from j on, a vector or one at a time; returns the first one left over. */
static int64_t NAME(outer)(const Plane *p, int64_t j, int64_t n1, bool vectors) {
    int64_t width = vectors ? LANES : 1, step = width * p->in1;
    NAME(Lanes) acc[ROWS];
    T one[ROWS];
    for (; j + ROWS * width <= n1; j += ROWS * width) {
        const char *in = p->in + j * p->in1;
        if (vectors)
            NAME(multi_row_lanes)(in, p->in0, step, p->n0, acc);
        else
            NAME(multi_row_one)(in, p->in0, step, p->n0, one);
        for (int r = 0; r < ROWS; r++)
            for (int l = 0; l < width; l++)
                NAME(add)(p, j + r * width + l, vectors ? acc[r][l] : one[r]);
    }
    for (; vectors && j + LANES <= n1; j += LANES) {
        NAME(row_sum_lanes)(p->in + j * p->in1, p->in0, p->n0, acc);
        for (int l = 0; l < LANES; l++) NAME(add)(p, j + l, acc[0][l]);
    }
    for (; j < n1; j++) NAME(inner_scalar)(p, j);
    return j;
}

static bool NAME(plane)(const Plane *p, int64_t *work, Err *err) {
    bool inner = p->in0 == sizeof(T) && p->n0 >= LANES;
    bool vectors = p->in1 == sizeof(T) && p->n1 >= LANES;
    if (inner || (!vectors && p->in0 < p->in1)) {
        for (int64_t j = 0; j < p->n1; j++) {
            if (inner)
                NAME(inner_vectors)(p, j);
            else
                NAME(inner_scalar)(p, j);
            if (!tensor_poll(work, p->n0 + 10, err)) return false;
        }
        return true;
    }
    int64_t block = ROWS * LANES;
    for (int64_t j = 0; j < p->n1;) {
        j = NAME(outer)(p, j, p->n1 - j >= 2 * block ? j + block : p->n1, vectors);
        if (!tensor_poll(work, p->n0 * block + 10, err)) return false;
    }
    return true;
}

#undef T
#undef LANES
#undef NAME
