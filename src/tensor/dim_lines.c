#include "config.h"

#include "tensor/dim_lines.h"

Lines lines_begin(const Tensor *t, int dim, int64_t out_len) {
    Lines l = {.left = 1, .len = 1, .out_len = out_len, .in = t->offset, .out_step = 1};
    if (t->ndim == 0) return l;
    l.len = t->shape[dim];
    l.in_step = t->stride[dim];
    int64_t out_stride = 1;
    for (int d = t->ndim - 1; d >= 0; d--) {
        if (d == dim) {
            l.out_step = out_stride;
            out_stride *= out_len;
            continue;
        }
        l.shape[l.n] = t->shape[d];
        l.in_stride[l.n] = t->stride[d];
        l.out_stride[l.n++] = out_stride;
        out_stride *= t->shape[d];
        l.left *= t->shape[d];
    }
    return l;
}

void lines_next(Lines *l) {
    l->left--;
    for (int d = 0; d < l->n; d++) { /* innermost first */
        l->in += l->in_stride[d];
        l->out += l->out_stride[d];
        if (++l->index[d] < l->shape[d]) return;
        l->in -= l->in_stride[d] * l->shape[d];
        l->out -= l->out_stride[d] * l->shape[d];
        l->index[d] = 0;
    }
}

int lines_shape(const Tensor *t, int dim, int64_t size, int64_t *shape) {
    int n = 0;
    for (int d = 0; d < t->ndim; d++) {
        if (d != dim)
            shape[n++] = t->shape[d];
        else if (size >= 0)
            shape[n++] = size;
    }
    return n;
}
