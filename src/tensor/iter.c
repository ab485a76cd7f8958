/* Walking several tensors at once; see iter.h.
 *
 * The order of dims follows PyTorch's TensorIterator: an insertion sort by the
 * strides of the operands in turn, ambiguous (broadcast) dims left where they
 * are. It also decides the memory order of a new output, which users see through
 * stride() and is_contiguous().
 */
#include "config.h"

#include "tensor/iter.h"

#include "base/stop.h"
#include "tensor/interrupt.h"
#include "tensor/shapetext.h"

/* One operand's strides in bytes over the broadcast dims, outermost first. */
static void operand_strides(const Tensor *t, int ndim, const int64_t *shape, int64_t *out) {
    int64_t size = (int64_t)dtype_size((DType)t->dtype);
    int lead = ndim - t->ndim;
    for (int i = 0; i < lead; i++) out[i] = 0;
    for (int i = lead; i < ndim; i++) {
        bool broadcast = t->shape[i - lead] == 1 && shape[i] != 1;
        out[i] = broadcast ? 0 : t->stride[i - lead] * size;
    }
}

/* > 0: dim a must come after (outside) dim b; < 0: they are in order; 0: no operand cares. */
static int dim_order(int64_t (*stride)[TENSOR_MAX_DIM], int nops, const int64_t *shape, int a,
                     int b) {
    for (int k = 0; k < nops; k++) {
        int64_t sa = stride[k][a], sb = stride[k][b];
        if (sa == 0 || sb == 0) continue;
        if (sa != sb) return sa < sb ? -1 : 1;
        if (shape[a] > shape[b]) return 1;
    }
    return 0;
}

/* perm: dims from the innermost outwards. True when that is plain row-major order. */
static bool sort_dims(int64_t (*stride)[TENSOR_MAX_DIM], int nops, int ndim, const int64_t *shape,
                      int *perm) {
    for (int i = 0; i < ndim; i++) perm[i] = ndim - 1 - i;
    for (int i = 1; i < ndim; i++) {
        int at = i;
        for (int j = i - 1; j >= 0; j--) {
            int order = dim_order(stride, nops, shape, perm[j], perm[at]);
            if (order < 0) break;
            if (order == 0) continue;
            int swap = perm[j];
            perm[j] = perm[at];
            perm[at] = swap;
            at = j;
        }
    }
    for (int i = 0; i < ndim; i++)
        if (perm[i] != ndim - 1 - i) return false;
    return true;
}

/* Stores the dims in walking order and merges neighbours that every operand can merge. */
static void set_dims(Iter *it, int ndim, const int64_t *shape, const int *perm,
                     int64_t (*stride)[TENSOR_MAX_DIM]) {
    int n = 0;
    for (int i = 0; i < ndim; i++) {
        int d = perm[i];
        if (shape[d] == 1) continue;
        bool merge = n > 0;
        for (int k = 0; merge && k < it->nops; k++)
            merge = stride[k][d] == it->stride[k][n - 1] * it->shape[n - 1];
        if (merge) {
            it->shape[n - 1] *= shape[d];
            continue;
        }
        it->shape[n] = shape[d];
        for (int k = 0; k < it->nops; k++) it->stride[k][n] = stride[k][d];
        n++;
    }
    if (n == 0) {
        it->shape[0] = 1;
        for (int k = 0; k < it->nops; k++) it->stride[k][0] = 0;
        n = 1;
    }
    it->ndim = n;
}

static void set_operands(Iter *it, int first, int n, const Tensor *const *ops) {
    for (int k = 0; k < n; k++) it->ptr[first + k] = tensor_data(ops[k]);
}

/* A single dim: every operand either dense over all n elements or one element. */
static void set_flat(Iter *it, int64_t n, const int64_t *numel, const Tensor *const *ops) {
    it->ndim = 1;
    it->shape[0] = n;
    for (int k = 0; k < it->nops; k++) {
        it->ptr[k] = tensor_data(ops[k]);
        it->stride[k][0] = numel[k] == 1 ? 0 : (int64_t)dtype_size((DType)ops[k]->dtype);
    }
}

/* The common case without any sorting: contiguous operands of one shape, and scalars. like: the
 * operand with the shape. */
static bool flat_case(int nin, const Tensor *const *in, const Tensor **like, int64_t *numel) {
    const Tensor *big = in[0];
    for (int k = 1; k < nin; k++)
        if (in[k]->ndim > big->ndim) big = in[k];
    for (int k = 0; k < nin; k++) {
        const Tensor *t = in[k];
        numel[k] = 1;
        if (t->ndim == 0 && t != big) continue;
        if (t != big && !tensor_same_shape(t, big)) return false;
        if (!tensor_is_contiguous(t)) return false;
        numel[k] = tensor_numel(t);
    }
    *like = big;
    return true;
}

static bool common_shape(int nin, const Tensor *const *in, int *ndim, int64_t *shape, Err *err) {
    *ndim = 0;
    for (int k = 0; k < nin; k++)
        if (!shape_broadcast(*ndim, shape, in[k]->ndim, in[k]->shape, ndim, shape, err))
            return false;
    return true;
}

bool iter_output(Iter *it, DType dt, int nin, const Tensor *const *in, Tensor **out, Err *err) {
    const Tensor *ops[ITER_MAX], *like;
    int64_t numel[ITER_MAX];
    it->nops = nin + 1;
    if (LIKELY(flat_case(nin, in, &like, numel + 1))) {
        if (!tensor_empty(dt, like->ndim, like->shape, out, err)) return false;
        ops[0] = *out;
        for (int k = 0; k < nin; k++) ops[k + 1] = in[k];
        numel[0] = tensor_numel(like);
        set_flat(it, numel[0], numel, ops);
        return true;
    }

    int ndim, perm[TENSOR_MAX_DIM];
    int64_t shape[TENSOR_MAX_DIM], stride[ITER_MAX][TENSOR_MAX_DIM];
    if (!common_shape(nin, in, &ndim, shape, err)) return false;
    if (!tensor_empty(dt, ndim, shape, out, err)) return false;
    for (int k = 0; k < nin; k++) operand_strides(in[k], ndim, shape, stride[k + 1]);
    if (!sort_dims(stride + 1, nin, ndim, shape, perm)) {
        int64_t step = 1;
        for (int i = 0; i < ndim; i++) {
            (*out)->stride[perm[i]] = step;
            step *= MAX(shape[perm[i]], 1);
        }
    }
    operand_strides(*out, ndim, shape, stride[0]);
    it->ptr[0] = tensor_data(*out);
    set_operands(it, 1, nin, in);
    set_dims(it, ndim, shape, perm, stride);
    return true;
}

void iter_over(Iter *it, int ndim, const int64_t *shape, int nops, const Tensor *const *ops) {
    int perm[TENSOR_MAX_DIM];
    int64_t stride[ITER_MAX][TENSOR_MAX_DIM];
    it->nops = nops;
    for (int k = 0; k < nops; k++) operand_strides(ops[k], ndim, shape, stride[k]);
    sort_dims(stride, nops, ndim, shape, perm);
    set_operands(it, 0, nops, ops);
    set_dims(it, ndim, shape, perm, stride);
}

COLD bool iter_refuse_shape(const Tensor *dst, int ndim, const int64_t *shape, Err *err) {
    return err_set(err, ERR_RUNTIME, "output with shape %s doesn't match the broadcast shape %s",
                   list_text(dst->ndim, dst->shape).text, list_text(ndim, shape).text);
}

bool iter_inplace(Iter *it, Tensor *dst, int nin, const Tensor *const *in, Err *err) {
    const Tensor *ops[ITER_MAX], *like;
    int64_t numel[ITER_MAX];
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    ops[0] = dst;
    for (int k = 0; k < nin; k++) ops[k + 1] = in[k];
    if (!tensor_check_write(dst, nin, in, err)) return false;
    it->nops = nin + 1;
    if (flat_case(nin + 1, ops, &like, numel) && tensor_same_shape(like, dst)) {
        set_flat(it, numel[0], numel, ops);
        return true;
    }
    if (!common_shape(nin + 1, ops, &ndim, shape, err)) return false;
    bool same = ndim == dst->ndim;
    for (int i = 0; same && i < ndim; i++) same = shape[i] == dst->shape[i];
    if (!same) return iter_refuse_shape(dst, ndim, shape, err);
    iter_over(it, ndim, shape, nin + 1, ops);
    return true;
}

/* ---- the walk -------------------------------------------------------------- */

bool iter_start(Iter *it) {
    it->stopped = false;
    it->done = it->work = 0;
    for (int k = 0; k < it->nops; k++) it->step[k] = it->stride[k][0];
    it->n = MIN(it->shape[0], ITER_RUN);
    bool some = it->shape[0] > 0;
    for (int i = 1; i < it->ndim; i++) {
        it->at[i] = 0;
        some &= it->shape[i] > 0;
    }
    return some;
}

/* From the end of one innermost row to the start of the next. */
static bool next_row(Iter *it) {
    int64_t back = it->done;
    for (int k = 0; k < it->nops; k++) it->ptr[k] -= back * it->step[k];
    it->done = 0;
    for (int i = 1; i < it->ndim; i++) {
        if (++it->at[i] < it->shape[i]) {
            for (int k = 0; k < it->nops; k++) it->ptr[k] += it->stride[k][i];
            return true;
        }
        it->at[i] = 0;
        for (int k = 0; k < it->nops; k++) it->ptr[k] -= it->stride[k][i] * (it->shape[i] - 1);
    }
    return false;
}

bool iter_next(Iter *it) {
    it->work += it->n;
    if (UNLIKELY(it->work >= 1 << 19)) {
        it->work = 0;
        it->stopped = INTERRUPTED();
        if (it->stopped) return false;
    }
    for (int k = 0; k < it->nops; k++) it->ptr[k] += it->n * it->step[k];
    it->done += it->n;
    if (it->done == it->shape[0] && !next_row(it)) return false;
    it->n = MIN(it->shape[0] - it->done, ITER_RUN);
    return true;
}

bool iter_finish(const Iter *it, Err *err) {
    return it->stopped ? tensor_interrupted(err) : true;
}

bool tensor_interrupted(Err *err) {
    return interrupt_error(err, "interrupted");
}

/* ---- overlap --------------------------------------------------------------- */

bool tensor_overlaps_itself(const Tensor *t) {
    bool shared = false;
    for (int i = 0; i < t->ndim; i++) {
        if (t->shape[i] == 0) return false;
        shared |= t->stride[i] == 0 && t->shape[i] > 1;
    }
    return shared;
}

/* Bytes [lo, hi) that a tensor touches; false for an empty one. */
static bool byte_range(const Tensor *t, const char **lo, const char **hi) {
    int64_t last = 0;
    for (int i = 0; i < t->ndim; i++) {
        if (t->shape[i] == 0) return false;
        last += (t->shape[i] - 1) * t->stride[i];
    }
    *lo = tensor_data(t);
    *hi = *lo + (last + 1) * (int64_t)dtype_size((DType)t->dtype);
    return true;
}

/* The same elements in the same order; dimensions of one element do not count. */
static bool same_geometry(const Tensor *a, const Tensor *b) {
    int i = 0, j = 0;
    if (a->offset != b->offset) return false;
    for (;; i++, j++) {
        while (i < a->ndim && a->shape[i] == 1) i++;
        while (j < b->ndim && b->shape[j] == 1) j++;
        if (i == a->ndim || j == b->ndim) return i == a->ndim && j == b->ndim;
        if (a->shape[i] != b->shape[j] || a->stride[i] != b->stride[j]) return false;
    }
}

/* The elements fill their byte range without holes or sharing. Only for such
 * tensors is overlapping ranges the same as overlapping elements. */
static bool is_dense(const Tensor *t) {
    const char *lo, *hi;
    if (tensor_overlaps_itself(t) || !byte_range(t, &lo, &hi)) return false;
    return hi - lo == tensor_numel(t) * (int64_t)dtype_size((DType)t->dtype);
}

COLD bool iter_refuse_overlap(Err *err) {
    return err_set(err, ERR_RUNTIME,
                   "unsupported operation: more than one element of the written-to tensor "
                   "refers to a single memory location. Please clone() the tensor before "
                   "performing the operation.");
}

bool tensor_check_write(const Tensor *dst, int nin, const Tensor *const *in, Err *err) {
    if (UNLIKELY(tensor_overlaps_itself(dst))) return iter_refuse_overlap(err);
    for (int k = 0; k < nin; k++) {
        const char *lo, *hi, *from, *to;
        if (LIKELY(in[k]->st != dst->st) || in[k] == dst) continue;
        if (same_geometry(in[k], dst) || !is_dense(in[k]) || !is_dense(dst)) continue;
        if (!byte_range(dst, &lo, &hi) || !byte_range(in[k], &from, &to)) continue;
        if (from < hi && lo < to)
            return err_set(err, ERR_RUNTIME,
                           "unsupported operation: some elements of the input tensor and the "
                           "written-to tensor refer to a single memory location. Please clone() "
                           "the tensor before performing the operation.");
    }
    return true;
}
