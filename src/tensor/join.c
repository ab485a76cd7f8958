/* Joining, repeating, rolling, padding; see join.h. All of it is views and copies. */
#include "config.h"

#include "tensor/join.h"

#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/index.h"
#include "tensor/interrupt.h"
#include "tensor/shapetext.h"
#include "tensor/view.h"

/* dst.narrow(dim, start, length) = src */
static bool copy_part(Tensor *dst, int dim, int64_t start, int64_t length, const Tensor *src,
                      Err *err) {
    Tensor *part = NULL;
    bool ok = tensor_narrow(dst, dim, start, length, &part, err) && tensor_copy_(part, src, err);
    tensor_release(part);
    return ok;
}

/* Hands t over when the step that fills it went well. */
static bool finish(Tensor *t, bool ok, Tensor **out) {
    if (ok)
        *out = t;
    else
        tensor_release(t);
    return ok;
}

/* ---- cat, stack, split ----------------------------------------------------- */

/* PyTorch's exception for old code: an empty 1-dim tensor joins with anything. */
static bool skipped(const Tensor *t) {
    return t->ndim == 1 && t->shape[0] == 0;
}

static bool check_joins(const Tensor *first, const Tensor *t, int at, int dim, Err *err) {
    if (t->ndim != first->ndim)
        return err_set(err, ERR_RUNTIME,
                       "Tensors must have same number of dimensions: got %d and %d", first->ndim,
                       t->ndim);
    for (int i = 0; i < t->ndim; i++)
        if (i != dim && t->shape[i] != first->shape[i])
            return err_set(err, ERR_RUNTIME,
                           "Sizes of tensors must match except in dimension %d. Expected size %lld "
                           "but got size %lld for tensor number %d in the list.",
                           dim, (long long)first->shape[i], (long long)t->shape[i], at);
    return true;
}

bool tensor_cat(int n, Tensor *const *ts, int64_t dim, Tensor **out, Err *err) {
    const Tensor *first = NULL;
    int d;
    int64_t shape[TENSOR_MAX_DIM], total = 0;
    if (n == 0)
        return err_set(err, ERR_RUNTIME, "torch.cat(): expected a non-empty list of Tensors");
    for (int i = 0; i < n; i++) {
        if (ts[i]->ndim == 0)
            return err_set(err, ERR_RUNTIME,
                           "zero-dimensional tensor (at position %d) cannot be concatenated", i);
        if (!first && !skipped(ts[i])) first = ts[i];
    }
    if (!first) first = ts[0];
    if (!dim_wrap(dim, first->ndim, &d, err)) return false;
    for (int i = 0; i < n; i++) {
        if (skipped(ts[i])) continue;
        if (!check_joins(first, ts[i], i, d, err)) return false;
        if (__builtin_add_overflow(total, ts[i]->shape[d], &total))
            return err_set(err, ERR_RUNTIME, "torch.cat(): the sizes along dimension %d overflow",
                           d);
    }
    for (int i = 0; i < first->ndim; i++) shape[i] = first->shape[i];
    shape[d] = total;

    Tensor *t = NULL;
    int64_t at = 0;
    bool ok = true;
    if (!tensor_empty(tensor_result_type(n, ts), first->ndim, shape, &t, err)) return false;
    for (int i = 0; ok && i < n; i++) {
        if (skipped(ts[i])) continue;
        ok = copy_part(t, d, at, ts[i]->shape[d], ts[i], err);
        at += ts[i]->shape[d];
    }
    return finish(t, ok, out);
}

bool tensor_stack(int n, Tensor *const *ts, int64_t dim, Tensor **out, Err *err) {
    int d;
    int64_t shape[TENSOR_MAX_DIM];
    if (n == 0) return err_set(err, ERR_RUNTIME, "stack expects a non-empty TensorList");
    if (!dim_wrap(dim, ts[0]->ndim + 1, &d, err)) return false;
    if (ts[0]->ndim == TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    for (int i = 1; i < n; i++)
        if (!tensor_same_shape(ts[0], ts[i]))
            return err_set(err, ERR_RUNTIME,
                           "stack expects each tensor to be equal size, but got %s at entry 0 and "
                           "%s at entry %d",
                           list_text(ts[0]->ndim, ts[0]->shape).text,
                           list_text(ts[i]->ndim, ts[i]->shape).text, i);
    for (int i = 0; i <= ts[0]->ndim; i++) shape[i] = i == d ? n : ts[0]->shape[i - (i > d)];

    Tensor *t = NULL;
    bool ok = true;
    if (!tensor_empty(tensor_result_type(n, ts), ts[0]->ndim + 1, shape, &t, err)) return false;
    for (int i = 0; ok && i < n; i++) {
        Tensor *part = NULL;
        ok = tensor_select(t, d, i, &part, err) && tensor_copy_(part, ts[i], err);
        tensor_release(part);
    }
    return finish(t, ok, out);
}

bool tensor_split_sizes(const Tensor *t, int n, const int64_t *sizes, int64_t dim, Tensor **outs,
                        Err *err) {
    int d, made = 0;
    int64_t total = 0, at = 0;
    bool over = false;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    if (t->ndim == 0)
        return err_set(err, ERR_RUNTIME, "split expects at least a 1-dimensional tensor");
    for (int i = 0; i < n; i++) {
        if (sizes[i] < 0)
            return err_set(err, ERR_RUNTIME,
                           "split_with_sizes expects split_sizes have only non-negative entries");
        over |= sizes[i] > t->shape[d] - total;
        if (!over) total += sizes[i];
    }
    if (over || total != t->shape[d]) {
        Str list = STR_INIT;
        for (int i = 0; i < n; i++) str_printf(&list, "%s%lld", i ? ", " : "", (long long)sizes[i]);
        err_set(
            err, ERR_RUNTIME,
            "split_with_sizes expects split_sizes to sum exactly to %lld (input tensor's size at "
            "dimension %d), but got split_sizes=[%s]",
            (long long)t->shape[d], d, str_cstr(&list));
        str_clear(&list);
        return false;
    }
    for (; made < n; at += sizes[made++])
        if (!tensor_narrow(t, d, at, sizes[made], &outs[made], err)) break;
    if (made == n) return true;
    while (made > 0) {
        tensor_release(outs[--made]);
        outs[made] = NULL;
    }
    return false;
}

/* ---- repeating ------------------------------------------------------------- */

/* The result seen as (r0, s0, r1, s1, ...) is the source with every r expanded; pairs with r = 1
 * take one dim, so that TENSOR_MAX_DIM suffices for all that is practical. */
bool tensor_repeat(const Tensor *t, int n, const int64_t *reps, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM] = {0};
    int64_t pair[2 * TENSOR_MAX_DIM], to[2 * TENSOR_MAX_DIM], from[2 * TENSOR_MAX_DIM];
    int lead = n - t->ndim, pairs = 0;
    if (lead < 0)
        return err_set(err, ERR_RUNTIME,
                       "Number of dimensions of repeat dims can not be smaller than number of "
                       "dimensions of tensor");
    if (n > TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    for (int i = 0; i < n; i++)
        if (__builtin_mul_overflow(reps[i], i < lead ? 1 : t->shape[i - lead], &shape[i]))
            shape[i] = INT64_MAX; /* tensor_empty says the rest */
    Tensor *r = NULL;
    if (!tensor_empty((DType)t->dtype, n, shape, &r, err)) return false;
    for (int i = 0; i < n; i++) {
        int64_t size = i < lead ? 1 : t->shape[i - lead];
        if (reps[i] != 1) {
            pair[pairs] = reps[i];
            to[pairs] = r->stride[i] * size;
            from[pairs++] = 0;
        }
        if (size != 1) {
            pair[pairs] = size;
            to[pairs] = r->stride[i];
            from[pairs++] = t->stride[i - lead];
        }
    }
    if (pairs > TENSOR_MAX_DIM) {
        tensor_release(r);
        return err_set(err, ERR_RUNTIME, "repeat: too many dimensions are repeated at once");
    }
    if (tensor_numel(r) == 0) return finish(r, true, out);
    Tensor *dst = tensor_view_raw(r, pairs, pair, to, 0);
    Tensor *src = tensor_view_raw(t, pairs, pair, from, t->offset);
    bool ok = tensor_copy_(dst, src, err);
    tensor_release(dst);
    tensor_release(src);
    return finish(r, ok, out);
}

/* t and a dim in it: t itself for a given dim, t flattened for none. */
static bool along(const Tensor *t, const int64_t *dim, Tensor **v, int *d, Err *err) {
    if (!dim) {
        *d = 0;
        return tensor_reshape(t, 1, (int64_t[]){-1}, v, err);
    }
    return dim_wrap(*dim, t->ndim, d, err) && tensor_alias(t, v, err);
}

/* index: place i stands repeats[i] times. */
static bool repeated_places(const Tensor *repeats, int64_t size, Tensor **out, Err *err) {
    int64_t total = 0, at = 0, last = repeats->ndim ? repeats->shape[0] - 1 : 0;
    for (int64_t i = 0; i < size; i++) {
        int64_t r = tensor_get_i64(repeats, (int64_t[]){MIN(i, last)});
        if (r < 0) return err_set(err, ERR_RUNTIME, "repeats can not be negative");
        if (__builtin_add_overflow(total, r, &total)) total = INT64_MAX;
    }
    Tensor *t = NULL;
    bool ok = true;
    int64_t work = 0;
    if (!tensor_empty(DT_I64, 1, &total, &t, err)) return false;
    int64_t *p = tensor_data(t);
    for (int64_t i = 0; ok && i < size; i++)
        for (int64_t r = tensor_get_i64(repeats, (int64_t[]){MIN(i, last)}); ok && r > 0; r--) {
            p[at++] = i;
            ok = tensor_poll(&work, 1, err);
        }
    return finish(t, ok, out);
}

bool tensor_repeat_interleave_each(const Tensor *t, const Tensor *repeats, const int64_t *dim,
                                   Tensor **out, Err *err) {
    Tensor *v = NULL, *index = NULL;
    int d;
    bool ok = false;
    if (repeats->ndim > 1)
        return err_set(err, ERR_RUNTIME, "repeat_interleave only accept 0D or 1D repeat tensor");
    if (!dtype_is_int((DType)repeats->dtype))
        return err_set(err, ERR_RUNTIME, "repeats has to be Long or Int tensor");
    if (!along(t, dim, &v, &d, err)) goto out;
    int64_t size = v->ndim ? v->shape[d] : 1;
    if (tensor_numel(repeats) != 1 && tensor_numel(repeats) != size) {
        err_set(err, ERR_RUNTIME, "repeats must have the same size as input along dim");
        goto out;
    }
    ok = repeated_places(repeats, size, &index, err) && tensor_index_select(v, d, index, out, err);
out:
    tensor_release(v);
    tensor_release(index);
    return ok;
}

/* ---- moving ---------------------------------------------------------------- */

static bool roll_one(const Tensor *t, int dim, int64_t shift, Tensor **out, Err *err) {
    int64_t n = t->shape[dim];
    Tensor *r = NULL, *head = NULL, *tail = NULL;
    if (n == 0) return tensor_clone_contiguous(t, (DType)t->dtype, out, err);
    if (!tensor_empty((DType)t->dtype, t->ndim, t->shape, &r, err)) return false;
    shift = (shift % n + n) % n;
    bool ok = tensor_narrow(t, dim, 0, n - shift, &head, err) &&
              tensor_narrow(t, dim, n - shift, shift, &tail, err) &&
              copy_part(r, dim, shift, n - shift, head, err) &&
              copy_part(r, dim, 0, shift, tail, err);
    tensor_release(head);
    tensor_release(tail);
    return finish(r, ok, out);
}

static bool roll_flat(const Tensor *t, int64_t shift, Tensor **out, Err *err) {
    Tensor *flat = NULL, *rolled = NULL;
    bool ok = tensor_reshape(t, 1, (int64_t[]){-1}, &flat, err) &&
              roll_one(flat, 0, shift, &rolled, err) &&
              tensor_view(rolled, t->ndim, t->shape, out, err);
    tensor_release(flat);
    tensor_release(rolled);
    return ok;
}

bool tensor_roll(const Tensor *t, int n, const int64_t *shifts, const int64_t *dims, Tensor **out,
                 Err *err) {
    if (!dims && n != 1)
        return err_set(err, ERR_RUNTIME, "shifts and dimensions must align. shifts: %d, dims:0", n);
    if (!dims) return roll_flat(t, shifts[0], out, err);
    Tensor *now = tensor_retain((Tensor *)t);
    bool ok = true;
    for (int i = 0; ok && i < n; i++) {
        int d;
        Tensor *next = NULL;
        ok = dim_wrap(dims[i], t->ndim, &d, err) &&
             (t->ndim ? roll_one(now, d, shifts[i], &next, err) : tensor_clone(now, &next, err));
        if (!ok) break;
        tensor_release(now);
        now = next;
    }
    return finish(now, ok, out);
}

/* Walks the source backwards: a private view with negative strides that no one else sees. */
bool tensor_flip(const Tensor *t, int n, const int64_t *dims, Tensor **out, Err *err) {
    unsigned seen = 0;
    int64_t stride[TENSOR_MAX_DIM], offset = t->offset;
    for (int i = 0; i < t->ndim; i++) stride[i] = t->stride[i];
    for (int i = 0; i < n; i++) {
        int d;
        if (!dim_wrap(dims[i], t->ndim, &d, err)) return false;
        if (seen & 1u << d)
            return err_set(err, ERR_RUNTIME, "dim %d appears multiple times in the list of dims",
                           d);
        seen |= 1u << d;
        if (t->ndim == 0) continue;
        offset += (t->shape[d] - 1) * t->stride[d];
        stride[d] = -t->stride[d];
    }
    Tensor *r = NULL;
    if (!tensor_empty_like(t, (DType)t->dtype, &r, err)) return false;
    if (tensor_numel(t) == 0) return finish(r, true, out);
    Tensor *back = tensor_view_raw(t, t->ndim, t->shape, stride, offset);
    bool ok = tensor_copy_(r, back, err);
    tensor_release(back);
    return finish(r, ok, out);
}

/* ---- triangles and diagonals ----------------------------------------------- */

static bool triangle(const Tensor *t, int64_t diagonal, bool upper, Tensor **out, Err *err) {
    int unused;
    if (t->ndim < 2 && !dim_wrap(-2, t->ndim, &unused, err)) return false;
    Tensor *r = NULL;
    if (!tensor_clone_contiguous(t, (DType)t->dtype, &r, err)) return false;
    int64_t rows = t->shape[t->ndim - 2], cols = t->shape[t->ndim - 1];
    int64_t all = cols ? tensor_numel(r) / cols : 0;
    int64_t shift = MAX(MIN(diagonal, cols), -rows); /* beyond that nothing changes */
    size_t size = dtype_size((DType)t->dtype);
    char *p = tensor_data(r);
    bool ok = true;
    for (int64_t i = 0, work = 0; ok && i < all; i++, p += (size_t)cols * size) {
        int64_t cut = i % rows + shift + (upper ? 0 : 1); /* first column of the upper part */
        cut = MAX(MIN(cut, cols), 0);
        if (upper)
            memset(p, 0, (size_t)cut * size);
        else
            memset(p + (size_t)cut * size, 0, (size_t)(cols - cut) * size);
        ok = tensor_poll(&work, cols / 8 + 1, err);
    }
    return finish(r, ok, out);
}

bool tensor_tril(const Tensor *t, int64_t diagonal, Tensor **out, Err *err) {
    return triangle(t, diagonal, false, out, err);
}

bool tensor_triu(const Tensor *t, int64_t diagonal, Tensor **out, Err *err) {
    return triangle(t, diagonal, true, out, err);
}

bool tensor_diag_embed(const Tensor *t, int64_t offset, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM], size;
    Tensor *r = NULL, *d = NULL;
    if (t->ndim == 0 || t->ndim == TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "diag_embed needs 1 to %d dimensions, got %d",
                       TENSOR_MAX_DIM - 1, t->ndim);
    for (int i = 0; i < t->ndim - 1; i++) shape[i] = t->shape[i];
    if (offset < 0 ? __builtin_sub_overflow(t->shape[t->ndim - 1], offset, &size)
                   : __builtin_add_overflow(t->shape[t->ndim - 1], offset, &size))
        size = INT64_MAX; /* tensor_zeros says the rest */
    shape[t->ndim - 1] = shape[t->ndim] = size;
    if (!tensor_zeros((DType)t->dtype, t->ndim + 1, shape, &r, err)) return false;
    bool ok = tensor_diagonal(r, offset, -2, -1, &d, err) && tensor_copy_(d, t, err);
    tensor_release(d);
    return finish(r, ok, out);
}

bool tensor_diag(const Tensor *t, int64_t diagonal, Tensor **out, Err *err) {
    if (t->ndim == 1) return tensor_diag_embed(t, diagonal, out, err);
    if (t->ndim != 2) return err_set(err, ERR_RUNTIME, "matrix or a vector expected");
    Tensor *d = NULL;
    bool ok = tensor_diagonal(t, diagonal, 0, 1, &d, err) &&
              tensor_clone_contiguous(d, (DType)t->dtype, out, err);
    tensor_release(d);
    return ok;
}

/* ---- padding, grids -------------------------------------------------------- */

static COLD bool pad_error(const Tensor *t, int d, const int64_t pads[2], Err *err) {
    return err_set(
        err, ERR_RUNTIME,
        "The input size %lld, plus negative padding %lld and %lld resulted in a negative "
        "output size, which is invalid. Check dimension %d of your input.",
        (long long)t->shape[d], (long long)pads[0], (long long)pads[1], d);
}

bool tensor_pad(const Tensor *t, int n, const int64_t *pads, double value, Tensor **out, Err *err) {
    Tensor *src = NULL, *r = NULL, *dst = NULL, *v = NULL;
    int64_t shape[TENSOR_MAX_DIM], more;
    bool ok = false, grows = false; /* PyTorch lets a pure crop end empty */
    if (n > t->ndim) return err_set(err, ERR_RUNTIME, "Padding length too large");
    if (!tensor_alias(t, &src, err)) return false;
    for (int i = 0; i < t->ndim; i++) shape[i] = t->shape[i];
    for (int k = 0; k < n; k++) {
        int d = t->ndim - 1 - k;
        int64_t before = pads[2 * k], after = pads[2 * k + 1];
        if (before < -shape[d] || after < -shape[d] ||
            __builtin_add_overflow(before, after, &more) ||
            __builtin_add_overflow(shape[d], more, &shape[d])) {
            pad_error(t, d, pads + 2 * k, err);
            goto out;
        }
        grows |= before > 0 || after > 0;
        if (before >= 0 && after >= 0) continue;
        int64_t skip = before < 0 ? -before : 0, cut = after < 0 ? -after : 0;
        if (!tensor_narrow(src, d, skip, t->shape[d] - skip - cut, &v, err)) goto out;
        tensor_release(src);
        src = v;
        v = NULL;
    }
    for (int k = 0; grows && k < n; k++) {
        int d = t->ndim - 1 - k;
        if (shape[d] > 0) continue;
        pad_error(t, d, pads + 2 * k, err);
        goto out;
    }
    if (!tensor_full_f64((DType)t->dtype, t->ndim, shape, value, &r, err)) goto out;
    if (!tensor_alias(r, &dst, err)) goto out;
    for (int k = 0; k < n; k++) {
        int d = t->ndim - 1 - k;
        if (!tensor_narrow(dst, d, MAX(pads[2 * k], 0), src->shape[d], &v, err)) goto out;
        tensor_release(dst);
        dst = v;
        v = NULL;
    }
    if (!tensor_copy_(dst, src, err)) goto out;
    *out = r;
    r = NULL;
    ok = true;
out:
    tensor_release(src);
    tensor_release(dst);
    tensor_release(r);
    return ok;
}
