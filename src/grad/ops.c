/* The functions of ops.h that are more than one call's attributes. */
#include "config.h"

#include "grad/ops.h"

#include "tensor/view.h"

/* ---- shapes ------------------------------------------------------------------------ */

bool op_flatten(Tensor *x, int64_t start, int64_t end, Tensor **out, Err *err) {
    int a, b, n = 0;
    int64_t shape[TENSOR_MAX_DIM];
    if (x->ndim == 0) return op_reshape(x, 1, (int64_t[]){1}, out, err);
    if (!dim_wrap(start, x->ndim, &a, err) || !dim_wrap(end, x->ndim, &b, err)) return false;
    if (a > b)
        return err_set(err, ERR_RUNTIME,
                       "flatten() has invalid args: start_dim cannot come after "
                       "end_dim");
    if (a == b) {
        *out = tensor_retain(x);
        return true;
    }
    for (int d = 0; d < x->ndim; d++) {
        if (d > a && d <= b)
            shape[n - 1] *= x->shape[d];
        else
            shape[n++] = x->shape[d];
    }
    return op_reshape(x, n, shape, out, err);
}

bool op_unflatten(Tensor *x, int64_t dim, int n, const int64_t *sizes, Tensor **out, Err *err) {
    int at, k = 0;
    int64_t shape[TENSOR_MAX_DIM];
    if (!dim_wrap(dim, x->ndim, &at, err)) return false;
    if (n < 1) return err_set(err, ERR_RUNTIME, "unflatten: sizes must be non-empty");
    if (x->ndim - 1 + n > TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "unflatten: more than %d dims", TENSOR_MAX_DIM);
    for (int d = 0; d < x->ndim; d++) {
        if (d != at) {
            shape[k++] = x->shape[d];
            continue;
        }
        if (!shape_infer(x->shape[d], n, sizes, shape + k, err)) return false;
        k += n;
    }
    return op_view(x, k, shape, out, err);
}

bool op_movedim(Tensor *x, int n, const int64_t *from, const int64_t *to, Tensor **out, Err *err) {
    int64_t order[TENSOR_MAX_DIM];
    return movedim_order(x->ndim, n, from, to, order, err) &&
           op_permute(x, x->ndim, order, out, err);
}

bool op_narrow(Tensor *x, int64_t dim, int64_t start, int64_t length, Tensor **out, Err *err) {
    int d;
    return narrow_range(x, dim, &start, length, &d, err) &&
           op_slice(x, d, start, start + length, 1, out, err);
}

bool op_as_strided(Tensor *x, int n, const int64_t *shape, const int64_t *stride, int64_t offset,
                   Tensor **out, Err *err) {
    int64_t ints[2 * TENSOR_MAX_DIM + 1];
    if (n > TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "as_strided: more than %d dims", TENSOR_MAX_DIM);
    for (int i = 0; i < n; i++) {
        ints[i] = shape[i];
        ints[n + i] = stride[i];
    }
    ints[2 * n] = offset;
    return op_apply(&CALL1(as_strided, x, .nint = 2 * n + 1, .ints = ints), out, err);
}

/* t, 0- or 1-dim, along dim `at` of the grid. */
static bool grid_axis(Tensor *t, int at, int n, const int64_t *shape, Tensor **out, Err *err) {
    int64_t line[TENSOR_MAX_DIM];
    Tensor *shaped = NULL;
    for (int d = 0; d < n; d++) line[d] = d == at ? shape[d] : 1;
    bool ok = op_view(t, n, line, &shaped, err) && op_expand(shaped, n, shape, out, err);
    tensor_release(shaped);
    return ok;
}

static bool grid_check(int n, Tensor *const *ts, Err *err) {
    if (n == 0) return err_set(err, ERR_RUNTIME, "meshgrid expects a non-empty TensorList");
    if (n > TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "meshgrid: more than %d tensors", TENSOR_MAX_DIM);
    for (int i = 0; i < n; i++) {
        if (ts[i]->ndim > 1)
            return err_set(err, ERR_RUNTIME,
                           "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got a "
                           "tensor of %d dims",
                           ts[i]->ndim);
        if (ts[i]->dtype != ts[0]->dtype)
            return err_set(err, ERR_RUNTIME,
                           "torch.meshgrid expects all tensors to have the same dtype");
    }
    return true;
}

bool op_meshgrid(int n, Tensor *const *ts, bool xy, Tensor **outs, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    int axis[TENSOR_MAX_DIM], done = 0;
    if (!grid_check(n, ts, err)) return false;
    for (int i = 0; i < n; i++) {
        axis[i] = xy && n > 1 && i < 2 ? 1 - i : i;
        shape[axis[i]] = tensor_numel(ts[i]);
    }
    while (done < n && grid_axis(ts[done], axis[done], n, shape, &outs[done], err)) done++;
    if (done == n) return true;
    while (done-- > 0) tensor_release(outs[done]);
    return false;
}

/* ---- pieces ------------------------------------------------------------------------ */

static bool pieces(const OpDef *op, Tensor *x, int64_t dim, int n, const int64_t *sizes,
                   Tensor **outs, Err *err) {
    int64_t *ints = mem_alloc((size_t)(n + 1) * sizeof *ints);
    ints[0] = dim;
    for (int i = 0; i < n; i++) ints[i + 1] = sizes[i];
    OpCall c = {.op = op, .nin = 1, .in = {x}, .nout = n, .nint = n + 1, .ints = ints};
    bool ok = op_apply(&c, outs, err);
    mem_free(ints);
    return ok;
}

static int64_t size_of_dim(const Tensor *x, int64_t dim) {
    return x->ndim ? x->shape[dim < 0 ? dim + x->ndim : dim] : 1;
}

int64_t op_split_count(const Tensor *x, int64_t size, int64_t dim) {
    int64_t n = size_of_dim(x, dim);
    if (n == 0 || size <= 0) return 1;
    return (n - 1) / size + 1;
}

bool op_split(Tensor *x, int64_t size, int64_t dim, Tensor **outs, Err *err) {
    int d;
    if (x->ndim == 0)
        return err_set(err, ERR_RUNTIME, "split expects at least a 1-dimensional tensor");
    if (!dim_wrap(dim, x->ndim, &d, err)) return false;
    int64_t n = x->shape[d], left = n;
    if (size < 0)
        return err_set(err, ERR_RUNTIME,
                       "split expects split_size be non-negative, but got split_size=%lld",
                       (long long)size);
    if (size == 0 && n != 0)
        return err_set(err, ERR_RUNTIME,
                       "split_size can only be 0 if dimension size is 0, but got dimension size of "
                       "%lld",
                       (long long)n);
    int64_t count = op_split_count(x, size, d);
    int64_t *sizes = mem_alloc((size_t)count * sizeof *sizes);
    for (int64_t i = 0; i < count; i++, left -= size) sizes[i] = MIN(size, left);
    bool ok = pieces(&opdef_split, x, d, (int)count, sizes, outs, err);
    mem_free(sizes);
    return ok;
}

bool op_split_sizes(Tensor *x, int n, const int64_t *sizes, int64_t dim, Tensor **outs, Err *err) {
    return pieces(&opdef_split_sizes, x, dim, n, sizes, outs, err);
}

bool op_chunk(Tensor *x, int64_t chunks, int64_t dim, Tensor **outs, int *count, Err *err) {
    int d;
    if (x->ndim == 0)
        return err_set(err, ERR_RUNTIME, "chunk expects at least a 1-dimensional tensor");
    if (chunks <= 0)
        return err_set(err, ERR_RUNTIME, "chunk expects `chunks` to be greater than 0, got: %lld",
                       (long long)chunks);
    if (!dim_wrap(dim, x->ndim, &d, err)) return false;
    int64_t n = x->shape[d], size = n ? (n - 1) / chunks + 1 : 0;
    if (n == 0) { /* as many empty pieces as were asked for */
        int64_t *sizes = mem_zero((size_t)chunks * sizeof *sizes);
        bool ok = pieces(&opdef_split_sizes, x, d, (int)chunks, sizes, outs, err);
        mem_free(sizes);
        *count = (int)chunks;
        return ok;
    }
    *count = (int)op_split_count(x, size, d);
    return op_split(x, size, d, outs, err);
}

bool op_unbind(Tensor *x, int64_t dim, Tensor **outs, Err *err) {
    int d;
    if (!dim_wrap(dim, x->ndim, &d, err)) return false;
    if (x->ndim == 0)
        return err_set(err, ERR_INDEX, "Dimension specified as 0 but tensor has no dimensions");
    int64_t n = x->shape[d], at = d;
    if (n == 0) return true;
    OpCall c = {.op = &opdef_unbind, .nin = 1, .in = {x}, .nout = (int)n, .nint = 1, .ints = &at};
    return op_apply(&c, outs, err);
}

/* ---- index lists ------------------------------------------------------------------- */

static bool index_call(const OpDef *op, Tensor *x, Tensor *value, int n, Tensor *const *idx,
                       bool accumulate, bool inplace, Tensor **out, Err *err) {
    Tensor *in[TENSOR_MAX_DIM + 2];
    int k = 0;
    if (n > TENSOR_MAX_DIM)
        return err_set(err, ERR_INDEX, "too many indices for tensor of dimension %d", x->ndim);
    in[k++] = x;
    if (value) in[k++] = value;
    for (int i = 0; i < n; i++) in[k++] = idx[i];
    OpCall c = {.op = op, .nin = k, .many = in, .flags = {accumulate}, .inplace = inplace};
    return op_apply(&c, out, err);
}

bool op_index(Tensor *x, int n, Tensor *const *idx, Tensor **out, Err *err) {
    return index_call(&opdef_index, x, NULL, n, idx, false, false, out, err);
}
bool op_index_put_(Tensor *x, int n, Tensor *const *idx, Tensor *value, bool accumulate, Err *err) {
    return index_call(&opdef_index_put, x, value, n, idx, accumulate, true, NULL, err);
}
bool op_index_put(Tensor *x, int n, Tensor *const *idx, Tensor *value, bool accumulate,
                  Tensor **out, Err *err) {
    return index_call(&opdef_index_put, x, value, n, idx, accumulate, false, out, err);
}

/* ---- other small compositions ------------------------------------------------------ */

bool op_repeat_interleave(Tensor *x, Tensor *repeats, const int64_t *dim, Tensor **out, Err *err) {
    Tensor *flat = NULL;
    int d = 0;
    if (dim && !dim_wrap(*dim, x->ndim, &d, err)) return false;
    if (!dim && x->ndim != 1) {
        if (!op_reshape(x, 1, (int64_t[]){-1}, &flat, err)) return false;
        x = flat;
    }
    int64_t at = d;
    bool ok = op_apply(&CALL2(repeat_interleave, x, repeats, .nint = 1, .ints = &at), out, err);
    tensor_release(flat);
    return ok;
}

bool op_roll(Tensor *x, int n, const int64_t *shifts, const int64_t *dims, Tensor **out, Err *err) {
    int64_t ints[2 * TENSOR_MAX_DIM];
    if (n < 1 || n > TENSOR_MAX_DIM) return err_set(err, ERR_RUNTIME, "`shifts` required");
    for (int i = 0; i < n; i++) {
        ints[i] = shifts[i];
        if (dims) ints[n + i] = dims[i];
    }
    return op_apply(&CALL1(roll, x, .nint = dims ? 2 * n : 1, .ints = ints), out, err);
}

bool op_take_along_dim(Tensor *x, Tensor *index, int64_t dim, Tensor **out, Err *err) {
    int64_t xs[TENSOR_MAX_DIM], is[TENSOR_MAX_DIM], both[TENSOR_MAX_DIM];
    Tensor *wide = NULL, *wide_index = NULL;
    int d, n;
    if (!dim_wrap(dim, x->ndim, &d, err)) return false;
    if (x->ndim != index->ndim)
        return err_set(err, ERR_RUNTIME,
                       "torch.take_along_dim(): input and indices should have the same number of "
                       "dimensions, but got %d dimensions for input, and %d dimensions for indices",
                       x->ndim, index->ndim);
    for (int i = 0; i < x->ndim; i++) {
        xs[i] = i == d ? 1 : x->shape[i];
        is[i] = i == d ? 1 : index->shape[i];
    }
    if (!shape_broadcast(x->ndim, xs, x->ndim, is, &n, both, err)) return false;
    memcpy(xs, both, sizeof xs);
    memcpy(is, both, sizeof is);
    if (x->ndim) {
        xs[d] = x->shape[d];
        is[d] = index->shape[d];
    }
    bool ok = op_expand(x, n, xs, &wide, err) && op_expand(index, n, is, &wide_index, err) &&
              op_gather(wide, d, wide_index, out, err);
    tensor_release(wide);
    tensor_release(wide_index);
    return ok;
}

bool op_rdiv(Tensor *x, Tensor *number, Tensor **out, Err *err) {
    Tensor *inverse = NULL;
    if (!op_reciprocal(x, &inverse, err)) return false;
    bool ok = op_mul(inverse, number, out, err);
    tensor_release(inverse);
    return ok;
}

bool op_batch_norm(Tensor *x, Tensor *w, Tensor *b, Tensor *mean, Tensor *var, bool training,
                   double momentum, double eps, Tensor **out, Err *err) {
    OpCall c = {.op = &opdef_batch_norm,
                .nin = 5,
                .in = {x, w, b, mean, var},
                .flags = {training || !mean},
                .reals = {momentum, eps}};
    return op_apply(&c, out, err);
}

bool op_bce_with_logits(Tensor *x, Tensor *y, Tensor *weight, Tensor *pos_weight, LossReduction r,
                        Tensor **out, Err *err) {
    OpCall c = {.op = &opdef_bce_with_logits,
                .nin = 4,
                .in = {x, y, weight, pos_weight},
                .nint = 1,
                .ints = &(int64_t){r}};
    return op_apply(&c, out, err);
}
