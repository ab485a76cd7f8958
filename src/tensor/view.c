/* Views: new geometry on the same storage; see view.h. */
#include "config.h"

#include "tensor/view.h"

#include "tensor/copy.h"
#include "tensor/shapetext.h"

static bool made(Tensor *t, Tensor **out) {
    *out = t;
    return true;
}

/* ---- reshaping ------------------------------------------------------------- */

static COLD bool bad_view(int64_t numel, int ndim, const int64_t *shape, Err *err) {
    ListText s = list_text(ndim, shape);
    return err_set(err, ERR_RUNTIME, "shape '%s' is invalid for input of size %lld", s.text,
                   (long long)numel);
}

bool shape_infer(int64_t numel, int ndim, const int64_t *shape, int64_t *out, Err *err) {
    int64_t known = 1;
    int hole = -1;
    if (ndim > TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions, got %d",
                       TENSOR_MAX_DIM, ndim);
    for (int i = 0; i < ndim; i++) {
        out[i] = shape[i];
        if (shape[i] == -1) {
            if (hole >= 0) return err_set(err, ERR_RUNTIME, "only one dimension can be inferred");
            hole = i;
        } else if (shape[i] < 0) {
            return err_set(err, ERR_RUNTIME, "invalid shape dimension %lld", (long long)shape[i]);
        } else if (__builtin_mul_overflow(known, shape[i], &known)) {
            return bad_view(numel, ndim, shape, err);
        }
    }
    if (hole < 0)
        return known == numel ? shape_check(ndim, out, err) : bad_view(numel, ndim, shape, err);
    if (known == 0 && numel == 0)
        return err_set(err, ERR_RUNTIME,
                       "cannot reshape tensor of 0 elements into shape %s because the unspecified "
                       "dimension size -1 can be any value and is ambiguous",
                       list_text(ndim, shape).text);
    if (known == 0 || numel % known) return bad_view(numel, ndim, shape, err);
    out[hole] = numel / known;
    return shape_check(ndim, out, err);
}

/* Walks old dims from the last one in runs that lie contiguous to each other, and
 * lays new dims into each run; a new dim that would span two runs has no stride. */
bool view_strides(const Tensor *t, int ndim, const int64_t *shape, int64_t *stride) {
    int64_t numel = tensor_numel(t);
    if (numel == 0 || t->ndim == 0) {
        shape_contiguous_strides(ndim, shape, stride);
        return true;
    }
    int at = ndim - 1;
    int64_t base = t->stride[t->ndim - 1], run = 1, placed = 1;
    for (int d = t->ndim - 1; d >= 0; d--) {
        run *= t->shape[d];
        bool ends = d == 0 || (t->shape[d - 1] != 1 && t->stride[d - 1] != run * base);
        if (!ends) continue;
        while (at >= 0 && (placed < run || shape[at] == 1)) {
            stride[at] = placed * base;
            placed *= shape[at--];
        }
        if (placed != run) return false;
        if (d > 0) {
            base = t->stride[d - 1];
            run = placed = 1;
        }
    }
    return at < 0;
}

bool tensor_alias(const Tensor *t, Tensor **out, Err *err) {
    UNUSED(err);
    return made(tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset), out);
}

bool tensor_view(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    int64_t size[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    if (!shape_infer(tensor_numel(t), ndim, shape, size, err)) return false;
    if (!view_strides(t, ndim, size, stride))
        return err_set(err, ERR_RUNTIME,
                       "view size is not compatible with input tensor's size and stride (at least "
                       "one dimension spans across two contiguous subspaces). Use .reshape(...) "
                       "instead.");
    return made(tensor_view_raw(t, ndim, size, stride, t->offset), out);
}

bool tensor_reshape(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    int64_t size[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    if (!shape_infer(tensor_numel(t), ndim, shape, size, err)) return false;
    if (view_strides(t, ndim, size, stride))
        return made(tensor_view_raw(t, ndim, size, stride, t->offset), out);
    Tensor *dense = NULL;
    if (!tensor_clone_contiguous(t, (DType)t->dtype, &dense, err)) return false;
    shape_contiguous_strides(ndim, size, stride);
    Tensor *v = tensor_view_raw(dense, ndim, size, stride, 0);
    tensor_release(dense);
    return made(v, out);
}

/* ---- order of dims --------------------------------------------------------- */

bool tensor_transpose(const Tensor *t, int64_t d0, int64_t d1, Tensor **out, Err *err) {
    int a, b;
    if (!dim_wrap(d0, t->ndim, &a, err) || !dim_wrap(d1, t->ndim, &b, err)) return false;
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset);
    if (t->ndim > 0) {
        v->shape[a] = t->shape[b], v->stride[a] = t->stride[b];
        v->shape[b] = t->shape[a], v->stride[b] = t->stride[a];
    }
    return made(v, out);
}

bool tensor_t(const Tensor *t, Tensor **out, Err *err) {
    if (t->ndim > 2)
        return err_set(err, ERR_RUNTIME,
                       "t() expects a tensor with <= 2 dimensions, but self is %dD", t->ndim);
    return t->ndim == 2 ? tensor_transpose(t, 0, 1, out, err) : tensor_alias(t, out, err);
}

bool tensor_permute(const Tensor *t, int n, const int64_t *dims, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    unsigned seen = 0;
    if (n != t->ndim)
        return err_set(err, ERR_RUNTIME,
                       "permute(sparse_coo): number of dimensions in the tensor input does not "
                       "match the length of the desired ordering of dimensions i.e. input.dim() = "
                       "%d is not equal to len(dims) = %d",
                       t->ndim, n);
    for (int i = 0; i < n; i++) {
        int d;
        if (!dim_wrap(dims[i], n, &d, err)) return false;
        if (seen & 1u << d)
            return err_set(err, ERR_RUNTIME, "permute(): duplicate dims are not allowed.");
        seen |= 1u << d;
        shape[i] = t->shape[d];
        stride[i] = t->stride[d];
    }
    return made(tensor_view_raw(t, n, shape, stride, t->offset), out);
}

/* Wraps dims that must differ; what: "source" or "destination". */
static bool distinct_dims(int n, const int64_t *dims, int ndim, const char *what, int *out,
                          Err *err) {
    unsigned seen = 0;
    for (int i = 0; i < n; i++) {
        if (!dim_wrap(dims[i], ndim, &out[i], err)) return false;
        if (seen & 1u << out[i])
            return err_set(err, ERR_RUNTIME, "movedim: repeated dim in `%s` (%s)", what,
                           list_text(n, dims).text);
        seen |= 1u << out[i];
    }
    return true;
}

bool movedim_order(int ndim, int n, const int64_t *from, const int64_t *to, int64_t *order,
                   Err *err) {
    int src[TENSOR_MAX_DIM], dst[TENSOR_MAX_DIM];
    unsigned moved = 0;
    if (n > TENSOR_MAX_DIM) return err_set(err, ERR_RUNTIME, "movedim: too many dims");
    if (!distinct_dims(n, from, ndim, "source", src, err)) return false;
    if (!distinct_dims(n, to, ndim, "destination", dst, err)) return false;
    for (int i = 0; i < ndim; i++) order[i] = -1;
    for (int i = 0; i < n; i++) {
        order[dst[i]] = src[i];
        moved |= 1u << src[i];
    }
    for (int i = 0, next = 0; i < ndim; i++) {
        if (order[i] >= 0) continue;
        while (moved & 1u << next) next++;
        order[i] = next++;
    }
    return true;
}

bool tensor_movedim(const Tensor *t, int n, const int64_t *from, const int64_t *to, Tensor **out,
                    Err *err) {
    int64_t order[TENSOR_MAX_DIM];
    return movedim_order(t->ndim, n, from, to, order, err) &&
           tensor_permute(t, t->ndim, order, out, err);
}

/* ---- dims of size 1, broadcasting ------------------------------------------ */

bool tensor_squeeze(const Tensor *t, Tensor **out, Err *err) {
    UNUSED(err);
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    int n = 0;
    for (int i = 0; i < t->ndim; i++) {
        if (t->shape[i] == 1) continue;
        shape[n] = t->shape[i];
        stride[n++] = t->stride[i];
    }
    return made(tensor_view_raw(t, n, shape, stride, t->offset), out);
}

/* t without dim d. */
static Tensor *without_dim(const Tensor *t, int d, int64_t offset) {
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, offset);
    v->ndim--;
    for (int i = d; i < v->ndim; i++) {
        v->shape[i] = t->shape[i + 1];
        v->stride[i] = t->stride[i + 1];
    }
    return v;
}

bool tensor_squeeze_dim(const Tensor *t, int64_t dim, Tensor **out, Err *err) {
    int d;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    if (t->ndim == 0 || t->shape[d] != 1) return tensor_alias(t, out, err);
    return made(without_dim(t, d, t->offset), out);
}

bool tensor_unsqueeze(const Tensor *t, int64_t dim, Tensor **out, Err *err) {
    int d;
    if (t->ndim == TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    if (!dim_wrap(dim, t->ndim + 1, &d, err)) return false;
    int64_t stride = d < t->ndim ? t->shape[d] * t->stride[d] : 1;
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset);
    for (int i = t->ndim; i > d; i--) {
        v->shape[i] = t->shape[i - 1];
        v->stride[i] = t->stride[i - 1];
    }
    v->shape[d] = 1;
    v->stride[d] = stride;
    v->ndim++;
    return made(v, out);
}

static COLD bool bad_expand(const Tensor *t, int ndim, const int64_t *shape, int at, Err *err) {
    int own = at - (ndim - t->ndim);
    if (own < 0)
        return err_set(err, ERR_RUNTIME,
                       "The expanded size of the tensor (%lld) isn't allowed in a leading, "
                       "non-existing dimension %d",
                       (long long)shape[at], at);
    return err_set(err, ERR_RUNTIME,
                   "The expanded size of the tensor (%lld) must match the existing size (%lld) at "
                   "non-singleton dimension %d.  Target sizes: %s.  Tensor sizes: %s",
                   (long long)shape[at], (long long)t->shape[own], at, list_text(ndim, shape).text,
                   list_text(t->ndim, t->shape).text);
}

bool tensor_expand(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    int64_t size[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    int lead = ndim - t->ndim;
    if (lead < 0 || ndim > TENSOR_MAX_DIM)
        return err_set(
            err, ERR_RUNTIME,
            "expand(torch.%sTensor{%s}, size=%s): the number of sizes provided (%d) must "
            "be greater or equal to the number of dimensions in the tensor (%d)",
            dtype_class_name((DType)t->dtype), list_text(t->ndim, t->shape).text,
            list_text(ndim, shape).text, ndim, t->ndim);
    for (int i = ndim - 1; i >= 0; i--) {
        int64_t own = i < lead ? 1 : t->shape[i - lead];
        size[i] = shape[i] == -1 && i >= lead ? own : shape[i];
        if (size[i] < 0 || (own != 1 && size[i] != own)) return bad_expand(t, ndim, shape, i, err);
        bool keeps = i >= lead && size[i] == own;
        stride[i] = keeps ? t->stride[i - lead] : 0;
        if (i < lead && size[i] == 1) stride[i] = i + 1 < ndim ? size[i + 1] * stride[i + 1] : 1;
    }
    if (!shape_check(ndim, size, err)) return false;
    return made(tensor_view_raw(t, ndim, size, stride, t->offset), out);
}

bool tensor_broadcast_to(const Tensor *t, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    return tensor_expand(t, ndim, shape, out, err);
}

/* ---- parts ----------------------------------------------------------------- */

bool narrow_range(const Tensor *t, int64_t dim, int64_t *start, int64_t length, int *d, Err *err) {
    if (t->ndim == 0)
        return err_set(err, ERR_RUNTIME, "narrow() cannot be applied to a 0-dim tensor.");
    if (!dim_wrap(dim, t->ndim, d, err)) return false;
    int64_t size = t->shape[*d];
    if (length < 0) return err_set(err, ERR_RUNTIME, "narrow(): length must be non-negative.");
    if (*start < -size || *start > size)
        return err_set(
            err, ERR_INDEX,
            "start out of range (expected to be in range of [-%lld, %lld], but got %lld)",
            (long long)size, (long long)size, (long long)*start);
    if (*start < 0) *start += size;
    return *start <= size - length ||
           err_set(err, ERR_RUNTIME, "start (%lld) + length (%lld) exceeds dimension size (%lld).",
                   (long long)*start, (long long)length, (long long)size);
}

bool tensor_narrow(const Tensor *t, int64_t dim, int64_t start, int64_t length, Tensor **out,
                   Err *err) {
    int d;
    if (!narrow_range(t, dim, &start, length, &d, err)) return false;
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset + start * t->stride[d]);
    v->shape[d] = length;
    return made(v, out);
}

bool tensor_select(const Tensor *t, int64_t dim, int64_t index, Tensor **out, Err *err) {
    int d;
    if (t->ndim == 0)
        return err_set(err, ERR_INDEX, "select() cannot be applied to a 0-dim tensor.");
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    int64_t size = t->shape[d], i = index < 0 ? index + size : index;
    if (i < 0 || i >= size)
        return err_set(err, ERR_INDEX,
                       "index %lld is out of bounds for dimension %d with size %lld",
                       (long long)index, d, (long long)size);
    return made(without_dim(t, d, t->offset + i * t->stride[d]), out);
}

static int64_t clamp_end(int64_t i, int64_t size) {
    if (i < 0) i = i < -size ? 0 : i + size;
    return MIN(i, size);
}

bool tensor_slice(const Tensor *t, int64_t dim, int64_t start, int64_t stop, int64_t step,
                  Tensor **out, Err *err) {
    int d;
    if (t->ndim == 0)
        return err_set(err, ERR_INDEX, "slice() cannot be applied to a 0-dim tensor.");
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    if (step == 0) return err_set(err, ERR_VALUE, "slice step cannot be zero");
    if (step < 0) {
        err_set(err, ERR_VALUE, "step must be greater than zero");
        return err_hint(err, "torch.flip(x, [%d]) reverses a dimension", d);
    }
    int64_t size = t->shape[d], from = clamp_end(start, size), to = clamp_end(stop, size);
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset + from * t->stride[d]);
    v->shape[d] = to > from ? (to - from - 1) / step + 1 : 0;
    v->stride[d] = v->shape[d] > 1 ? t->stride[d] * step : t->stride[d] * MIN(step, MAX(size, 1));
    return made(v, out);
}

/* Bytes of storage that the geometry reaches, SIZE_MAX when that overflows. An empty tensor
 * reaches nothing, but its strides must be sane as well. */
static size_t reach(int ndim, const int64_t *shape, const int64_t *stride, int64_t offset,
                    size_t size) {
    size_t last = (size_t)offset, bytes = 0;
    bool empty = false;
    for (int i = 0; i < ndim; i++) {
        size_t span = 0;
        empty |= shape[i] == 0;
        if (!size_mul((size_t)MAX(shape[i] - 1, 1), (size_t)stride[i], &span) ||
            !size_add(last, shape[i] > 1 ? span : 0, &last) || span > SIZE_MAX >> 5)
            return SIZE_MAX;
    }
    if (empty) return 0;
    return size_add(last, 1, &last) && size_mul(last, size, &bytes) ? bytes : SIZE_MAX;
}

bool tensor_as_strided(const Tensor *t, int ndim, const int64_t *shape, const int64_t *stride,
                       int64_t offset, Tensor **out, Err *err) {
    bool negative = offset < 0;
    if (ndim > TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    for (int i = 0; i < ndim; i++) {
        negative |= shape[i] < 0;
        if (stride[i] < 0)
            return err_set(err, ERR_RUNTIME,
                           "as_strided: Negative strides are not supported at the moment, got "
                           "strides: %s",
                           list_text(ndim, stride).text);
    }
    if (negative)
        return err_set(err, ERR_RUNTIME,
                       "as_strided: sizes and the storage offset must not be negative, got sizes: "
                       "%s, storage offset: %lld",
                       list_text(ndim, shape).text, (long long)offset);
    size_t size = dtype_size((DType)t->dtype), bytes = reach(ndim, shape, stride, offset, size);
    if (bytes > t->st->bytes)
        return err_set(err, ERR_RUNTIME,
                       "setStorage: sizes %s, strides %s, storage offset %lld, and itemsize %zu "
                       "requiring a storage size of %zu are out of bounds for storage of size %zu",
                       list_text(ndim, shape).text, list_text(ndim, stride).text, (long long)offset,
                       size, bytes, t->st->bytes);
    if (!shape_check(ndim, shape, err)) return false;
    return made(tensor_view_raw(t, ndim, shape, stride, bytes ? offset : 0), out);
}

bool tensor_unfold(const Tensor *t, int64_t dim, int64_t size, int64_t step, Tensor **out,
                   Err *err) {
    int d;
    if (!dim_wrap(dim, t->ndim, &d, err)) return false;
    int64_t have = t->ndim ? t->shape[d] : 1, move = t->ndim ? t->stride[d] : 1;
    if (size < 0 || size > have)
        return err_set(err, ERR_RUNTIME,
                       "maximum size for tensor at dimension %d is %lld but size is %lld", d,
                       (long long)have, (long long)size);
    if (step <= 0)
        return err_set(err, ERR_RUNTIME, "step is %lld but must be > 0", (long long)step);
    if (t->ndim == TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset);
    if (t->ndim > 0) {
        v->shape[d] = (have - size) / step + 1;
        v->stride[d] = move * MIN(step, MAX(have, 1));
    }
    v->shape[t->ndim] = size;
    v->stride[t->ndim] = move;
    v->ndim++;
    return made(v, out);
}

bool tensor_diagonal(const Tensor *t, int64_t offset, int64_t d0, int64_t d1, Tensor **out,
                     Err *err) {
    int a, b, n = 0;
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    if (!dim_wrap(d0, t->ndim, &a, err) || !dim_wrap(d1, t->ndim, &b, err)) return false;
    if (a == b)
        return err_set(err, ERR_RUNTIME, "diagonal dimensions cannot be identical %lld, %lld",
                       (long long)d0, (long long)d1);
    int64_t rows = t->shape[a], cols = t->shape[b];
    int64_t length = offset >= 0 ? MIN(rows, cols - offset) : MIN(rows + offset, cols);
    int64_t shift = 0; /* where something is left, |offset| is below a size */
    if (length > 0) shift = offset >= 0 ? offset * t->stride[b] : -offset * t->stride[a];
    for (int i = 0; i < t->ndim; i++) {
        if (i == a || i == b) continue;
        shape[n] = t->shape[i];
        stride[n++] = t->stride[i];
    }
    shape[n] = MAX(length, 0);
    stride[n++] = t->stride[a] + t->stride[b];
    return made(tensor_view_raw(t, n, shape, stride, t->offset + shift), out);
}

/* ---- complex --------------------------------------------------------------- */

bool tensor_view_as_real(const Tensor *t, Tensor **out, Err *err) {
    if (t->dtype != DT_C64)
        return err_set(err, ERR_RUNTIME, "view_as_real is only supported for complex tensors");
    if (t->ndim == TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset * 2);
    for (int i = 0; i < t->ndim; i++) v->stride[i] *= 2;
    v->dtype = DT_F32;
    v->shape[v->ndim] = 2;
    v->stride[v->ndim++] = 1;
    return made(v, out);
}

bool tensor_view_as_complex(const Tensor *t, Tensor **out, Err *err) {
    int last = t->ndim - 1;
    if (t->dtype != DT_F32)
        return err_set(err, ERR_RUNTIME,
                       "view_as_complex is only supported for half, float and double tensors, but "
                       "got a tensor of scalar type: %s",
                       dtype_class_name((DType)t->dtype));
    if (t->ndim == 0)
        return err_set(err, ERR_RUNTIME, "Input tensor must have one or more dimensions");
    if (t->shape[last] != 2)
        return err_set(err, ERR_RUNTIME, "Tensor must have a last dimension of size 2");
    if (t->stride[last] != 1)
        return err_set(err, ERR_RUNTIME, "Tensor must have a last dimension with stride 1");
    bool even = t->offset % 2 == 0;
    for (int i = 0; i < last; i++) even &= t->stride[i] % 2 == 0;
    if (!even)
        return err_set(err, ERR_RUNTIME,
                       "Tensor must have a stride divisible by 2 for all but last dimension");
    Tensor *v = tensor_view_raw(t, last, t->shape, t->stride, t->offset / 2);
    for (int i = 0; i < last; i++) v->stride[i] /= 2;
    v->dtype = DT_C64;
    return made(v, out);
}

/* ---- another dtype ------------------------------------------------------------------------- */

static bool view_larger(const Tensor *t, DType dt, int64_t times, Tensor *v, Err *err) {
    int last = t->ndim - 1;
    if (t->shape[last] % times)
        return err_set(err, ERR_RUNTIME,
                       "self.size(-1) must be divisible by %d to view %s as %s (different element "
                       "sizes), but got %lld",
                       (int)times, dtype_class_name((DType)t->dtype), dtype_class_name(dt),
                       (long long)t->shape[last]);
    if (t->offset % times)
        return err_set(err, ERR_RUNTIME,
                       "self.storage_offset() must be divisible by %d to view %s as %s (different "
                       "element sizes), but got %lld",
                       (int)times, dtype_class_name((DType)t->dtype), dtype_class_name(dt),
                       (long long)t->offset);
    for (int d = 0; d < last; d++) {
        if (t->stride[d] % times)
            return err_set(err, ERR_RUNTIME,
                           "self.stride(%d) must be divisible by %d to view %s as %s (different "
                           "element sizes), but got %lld",
                           d, (int)times, dtype_class_name((DType)t->dtype), dtype_class_name(dt),
                           (long long)t->stride[d]);
        v->stride[d] /= times;
    }
    v->shape[last] /= times;
    v->offset /= times;
    return true;
}

bool tensor_view_dtype(const Tensor *t, DType dt, Tensor **out, Err *err) {
    int64_t from = (int64_t)dtype_size((DType)t->dtype), to = (int64_t)dtype_size(dt);
    int last = t->ndim - 1;
    if (from != to && t->ndim == 0)
        return err_set(err, ERR_RUNTIME,
                       "self.dim() cannot be 0 to view %s as %s (different element sizes)",
                       dtype_class_name((DType)t->dtype), dtype_class_name(dt));
    if (from != to && t->stride[last] != 1)
        return err_set(err, ERR_RUNTIME,
                       "self.stride(-1) must be 1 to view %s as %s (different element sizes), but "
                       "got %lld",
                       dtype_class_name((DType)t->dtype), dtype_class_name(dt),
                       (long long)t->stride[last]);
    Tensor *v = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset);
    v->dtype = dt;
    if (from > to) {
        for (int d = 0; d < last; d++) v->stride[d] *= from / to;
        v->shape[last] *= from / to;
        v->offset *= from / to;
    } else if (from < to && !view_larger(t, dt, to / from, v, err)) {
        tensor_release(v);
        return false;
    }
    *out = v;
    return true;
}
