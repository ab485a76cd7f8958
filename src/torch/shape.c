/* Views and shapes: reshape, transpose, expand, squeeze, split, unbind, ... */
#include "config.h"

#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "grad/ops.h"
#include "tensor/view.h"

/* ---- reshaping ------------------------------------------------------------------ */

/* x.view(dtype): the same bytes read as another dtype; the last dim grows or shrinks with them. */
static bool view_bytes(Tensor *x, DType dt, Value *out, Err *err) {
    Tensor *y = NULL;
    if (dt == (DType)x->dtype) return tensor_return(op_alias(x, &y, err), &y, out);
    return tensor_return(tensor_view_dtype(x, dt, &y, err), &y, out);
}

static bool do_view(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    DType dt;
    if (tuple_count(args[1]) == 1 && value_dtype(tuple_items(args[1])[0], &dt))
        return ARG_TENSOR(0, &x) && view_bytes(x, dt, out, err);
    return ARG_TENSOR(0, &x) && ARG_DIMS(1, &d) &&
           tensor_return(op_view(x, d.n, d.d, &y, err), &y, out);
}

static bool do_reshape(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    return ARG_TENSOR(0, &x) && ARG_DIMS(1, &d) &&
           tensor_return(op_reshape(x, d.n, d.d, &y, err), &y, out);
}

static bool do_view_as(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *like, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &like) &&
           tensor_return(op_view(x, like->ndim, like->shape, &y, err), &y, out);
}

static bool do_flatten(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t start, end;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &start) && ARG_INT(2, &end) &&
           tensor_return(op_flatten(x, start, end, &y, err), &y, out);
}

static bool do_ravel(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    UNUSED(in);
    Tensor *dense = NULL;
    if (!ARG_TENSOR(0, &x)) return false;
    bool ok = op_contiguous(x, &dense, err) && op_view(dense, 1, (int64_t[]){-1}, &y, err);
    tensor_release(dense);
    return tensor_return(ok, &y, out);
}

static bool do_unflatten(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t dim;
    Dims d;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) && ARG_DIMS(2, &d) &&
           tensor_return(op_unflatten(x, dim, d.n, d.d, &y, err), &y, out);
}

/* ---- order of dims -------------------------------------------------------------------- */

static bool do_transpose(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t a, b;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &a) && ARG_INT(2, &b) &&
           tensor_return(op_transpose(x, a, b, &y, err), &y, out);
}

static bool do_t(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && tensor_return(op_t(x, &y, err), &y, out);
}

static bool do_permute(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d)) return false;
    if (d.n != x->ndim) {
        return err_set(err, ERR_RUNTIME,
                       "permute(sparse_coo): number of dimensions in the tensor input does not "
                       "match the length of the desired ordering of dimensions i.e. input.dim() = "
                       "%d is not equal to len(dims) = %d",
                       x->ndim, d.n);
    }
    return tensor_return(op_permute(x, d.n, d.d, &y, err), &y, out);
}

static bool do_movedim(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims from, to;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &from) || !ARG_DIMS(2, &to)) return false;
    if (from.n != to.n) {
        return err_set(err, ERR_RUNTIME,
                       "movedim: Invalid source or destination dims: source (%d "
                       "dims) should contain the same number of dims as "
                       "destination (%d dims)",
                       from.n, to.n);
    }
    return tensor_return(op_movedim(x, from.n, from.d, to.d, &y, err), &y, out);
}

/* ---- dims of size 1 --------------------------------------------------------------------- */

static bool do_squeeze(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d)) return false;
    if (d.n < 0) return tensor_return(op_squeeze(x, &y, err), &y, out);
    if (d.n == 1) return tensor_return(op_squeeze_dim(x, d.d[0], &y, err), &y, out);
    tensor_retain(x); /* several dims, from the last on, so that numbers stay right */
    for (int dim = x->ndim - 1, nd = x->ndim; dim >= 0; dim--) {
        bool named = false;
        for (int i = 0; i < d.n; i++) named = named || d.d[i] == dim || d.d[i] + nd == dim;
        if (!named) continue;
        ok = op_squeeze_dim(x, dim, &y, err);
        tensor_release(x);
        if (!ok) return false;
        x = y;
    }
    return tensor_return(true, &x, out);
}

static bool do_unsqueeze(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t dim;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) &&
           tensor_return(op_unsqueeze(x, dim, &y, err), &y, out);
}

/* squeeze_, unsqueeze_, transpose_: the tensor itself gets the view's geometry. */
static bool itself(Value self, bool ok, Value *out) {
    if (ok) *out = value_retain(self);
    return ok;
}

static bool do_unsqueeze_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    int64_t dim;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) &&
           itself(args[0], op_inplace(CALL1(unsqueeze, x, CALL_INTS(dim)), err), out);
}

static bool do_squeeze_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    int64_t dim;
    if (!ARG_TENSOR(0, &x)) return false;
    if (args[1].tag == VT_NONE) return itself(args[0], op_inplace(CALL1(squeeze, x), err), out);
    return ARG_INT(1, &dim) &&
           itself(args[0], op_inplace(CALL1(squeeze_dim, x, CALL_INTS(dim)), err), out);
}

static bool do_transpose_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    int64_t a, b;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &a) && ARG_INT(2, &b) &&
           itself(args[0], op_inplace(CALL1(transpose, x, CALL_INTS(a, b)), err), out);
}

static bool do_t_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x)) return false;
    if (x->ndim > 2)
        return err_set(err, ERR_RUNTIME,
                       "t_() expects a tensor with <= 2 dimensions, but self is %dD", x->ndim);
    return itself(args[0], op_inplace(CALL1(t, x, .nint = 0), err), out);
}

/* ---- broadcasting --------------------------------------------------------------------------- */

static bool do_expand(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    return ARG_TENSOR(0, &x) && ARG_DIMS(1, &d) &&
           tensor_return(op_expand(x, d.n, d.d, &y, err), &y, out);
}

static bool do_expand_as(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *like, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &like) &&
           tensor_return(op_expand(x, like->ndim, like->shape, &y, err), &y, out);
}

/* The common shape of all, then each expanded to it; what has it already is returned itself. */
static bool do_broadcast_tensors(Interp *in, Value *args, Value *out, Err *err) {
    TensorList l;
    int n = 0;
    int64_t shape[TENSOR_MAX_DIM];
    bool ok = true;
    if (!ARG_TENSORS(0, &l)) return false;
    for (int i = 0; ok && i < l.n; i++) {
        ok = shape_broadcast(n, shape, l.t[i]->ndim, l.t[i]->shape, &n, shape, err);
    }
    Value *given;
    int64_t count;
    seq_items(l.hold, &given, &count);
    if (ok) *out = tuple_new(l.n);
    for (int i = 0; ok && i < l.n; i++) {
        Tensor *y = NULL;
        if (l.t[i]->ndim == n && memcmp(l.t[i]->shape, shape, sizeof *shape * (size_t)n) == 0) {
            tuple_items(*out)[i] = value_retain(given[i]);
            continue;
        }
        ok = op_expand(l.t[i], n, shape, &y, err);
        if (ok)
            tuple_items(*out)[i] = tensor_wrap_take(y);
        else
            value_release(*out);
    }
    tensor_list_clear(&l);
    return ok;
}

/* ---- pieces --------------------------------------------------------------------------------- */

static bool do_narrow(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, DIM, START, LENGTH };
    Tensor *x, *y = NULL;
    int64_t dim, start, length;
    return ARG_TENSOR(INPUT, &x) && ARG_INT(DIM, &dim) && ARG_INT(START, &start) &&
           ARG_INT(LENGTH, &length) &&
           tensor_return(op_narrow(x, dim, start, length, &y, err), &y, out);
}

static bool do_select(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t dim, index;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) && ARG_INT(2, &index) &&
           tensor_return(op_select(x, dim, index, &y, err), &y, out);
}

/* Room for n pieces (one at least), each of which becomes an object; NULL with err set. */
static Tensor **pieces_new(int64_t n, Err *err) {
    enum { PIECE_BYTES = sizeof(Tensor) + 128, PIECES = INT32_MAX };
    size_t bytes = n < PIECES ? (size_t)n * PIECE_BYTES : SIZE_MAX;
    if (!memory_admit(bytes, "a tuple of pieces", err)) return NULL;
    return mem_alloc(sizeof(Tensor *) * (size_t)(n + 1));
}

/* Wraps n pieces as a tuple; pieces is freed. */
static bool pieces_out(bool ok, int n, Tensor **pieces, Value *out) {
    if (ok) *out = tensors_tuple_take(n, pieces);
    mem_free(pieces);
    return ok;
}

static bool do_split(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, **pieces;
    int64_t dim, size, n;
    Value *items;
    int d;
    bool ok = true;
    if (!ARG_TENSOR(0, &x) || !ARG_INT(2, &dim) || !dim_wrap(dim, x->ndim, &d, err)) return false;
    if (seq_items(args[1], &items, &n)) {
        if (!(pieces = pieces_new(n, err))) return false;
        int64_t *sizes = mem_alloc(sizeof *sizes * (size_t)(n + 1));
        for (int64_t i = 0; ok && i < n; i++)
            ok = arg_int(in, __func__, 1, items[i], &sizes[i], err);
        ok = ok && op_split_sizes(x, (int)n, sizes, d, pieces, err);
        mem_free(sizes);
        return pieces_out(ok, (int)n, pieces, out);
    }
    if (!ARG_INT(1, &size)) return false;
    if (size <= 0 && x->shape[d] != 0) {
        return err_set(err, ERR_RUNTIME,
                       "split expects split_size be non-negative, but got "
                       "split_size=%lld",
                       (long long)size);
    }
    n = op_split_count(x, size, d);
    if (!(pieces = pieces_new(n, err))) return false;
    ok = op_split(x, size, d, pieces, err);
    return pieces_out(ok, (int)n, pieces, out);
}

static bool do_chunk(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, **pieces;
    int64_t dim, chunks;
    int n = 0, d;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &chunks) || !ARG_INT(2, &dim) ||
        !dim_wrap(dim, x->ndim, &d, err))
        return false;
    if (chunks <= 0) {
        return err_set(err, ERR_RUNTIME, "chunk expects `chunks` to be greater than 0, got: %lld",
                       (long long)chunks);
    }
    if (x->ndim && x->shape[d]) chunks = MIN(chunks, x->shape[d]);
    if (!(pieces = pieces_new(chunks, err))) return false;
    ok = op_chunk(x, chunks, dim, pieces, &n, err);
    return pieces_out(ok, n, pieces, out);
}

static bool do_unbind(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, **pieces;
    int64_t dim;
    int d;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &dim) || !dim_wrap(dim, x->ndim, &d, err)) return false;
    if (x->ndim == 0)
        return err_set(err, ERR_INDEX, "Dimension specified as 0 but tensor has no dimensions");
    if (!(pieces = pieces_new(x->shape[d], err))) return false;
    ok = op_unbind(x, d, pieces, err);
    return pieces_out(ok, (int)x->shape[d], pieces, out);
}

static bool do_diagonal(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, OFFSET, DIM1, DIM2 };
    Tensor *x, *y = NULL;
    int64_t offset, a, b;
    return ARG_TENSOR(INPUT, &x) && ARG_INT(OFFSET, &offset) && ARG_INT(DIM1, &a) &&
           ARG_INT(DIM2, &b) && tensor_return(op_diagonal(x, offset, a, b, &y, err), &y, out);
}

static bool do_unfold(Interp *in, Value *args, Value *out, Err *err) {
    enum { SELF, DIMENSION, SIZE, STEP };
    Tensor *x, *y = NULL;
    int64_t dim, size, step;
    return ARG_TENSOR(SELF, &x) && ARG_INT(DIMENSION, &dim) && ARG_INT(SIZE, &size) &&
           ARG_INT(STEP, &step) && tensor_return(op_unfold(x, dim, size, step, &y, err), &y, out);
}

static bool do_as_strided(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, SIZE, STRIDE, STORAGE_OFFSET };
    Tensor *x, *y = NULL;
    Dims size, stride;
    int64_t offset = 0;
    if (!ARG_TENSOR(INPUT, &x) || !ARG_DIMS(SIZE, &size) || !ARG_DIMS(STRIDE, &stride) ||
        (args[STORAGE_OFFSET].tag != VT_NONE && !ARG_INT(STORAGE_OFFSET, &offset))) {
        return false;
    }
    if (size.n != stride.n) {
        return err_set(err, ERR_RUNTIME, "mismatch in length of strides and shape");
    }
    if (args[STORAGE_OFFSET].tag == VT_NONE) offset = x->offset;
    return tensor_return(op_as_strided(x, size.n, size.d, stride.d, offset, &y, err), &y, out);
}

#define B TORCH_BOTH
#define F TORCH_FN
#define M TORCH_METHOD
#define MM (TORCH_METHOD | NATIVE_MUTATES)
#define X6 ">>> x = torch.arange(6)\n"
#define X23 ">>> x = torch.arange(6).reshape(2, 3)\n"

const NativeRow torch_shape_rows[] = {
    {"view(self, *size) -> Tensor", do_view, M | NATIVE_SIZES,
     "The same storage as another shape; one size may be -1. An error where strides forbid it. Or "
     "the same bytes as another dtype.",
     X6 ">>> x.view(2, 3)\n"
        "tensor([[0, 1, 2],\n"
        "        [3, 4, 5]])"},
    {"view_as(self, other: Tensor) -> Tensor", do_view_as, M, "view(other.shape)",
     X6 ">>> x.view_as(torch.zeros(3, 2)).shape\n"
        "torch.Size([3, 2])"},
    {"reshape(input: Tensor, shape) -> Tensor", do_reshape, F,
     "Another shape: a view where possible, else a copy.",
     X6 ">>> torch.reshape(x, (3, -1))\n"
        "tensor([[0, 1],\n"
        "        [2, 3],\n"
        "        [4, 5]])"},
    {"reshape(self, *shape) -> Tensor", do_reshape, M | NATIVE_SIZES,
     "Another shape: a view where possible, else a copy.",
     X6 ">>> x.reshape(3, 2)\n"
        "tensor([[0, 1],\n"
        "        [2, 3],\n"
        "        [4, 5]])"},
    {"reshape_as(self, other: Tensor) -> Tensor", do_view_as, M, "reshape(other.shape)",
     X6 ">>> x.reshape_as(torch.zeros(3, 2)).shape\n"
        "torch.Size([3, 2])"},
    {"flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor", do_flatten, B,
     "Dims start_dim..end_dim become one.",
     ">>> torch.zeros(2, 3, 4).flatten(1).shape\n"
     "torch.Size([2, 12])"},
    {"ravel(input: Tensor) -> Tensor", do_ravel, B, "All dims become one.",
     X23 ">>> x.ravel()\n"
         "tensor([0, 1, 2, 3, 4, 5])"},
    {"unflatten(input: Tensor, dim: int, sizes) -> Tensor", do_unflatten, B,
     "One dim becomes several.",
     X6 ">>> x.unflatten(0, (2, 3)).shape\n"
        "torch.Size([2, 3])"},
    {"transpose(input: Tensor, dim0: int, dim1: int) -> Tensor", do_transpose, B,
     "Two dims swapped; a view.",
     X23 ">>> torch.transpose(x, 0, 1)\n"
         "tensor([[0, 3],\n"
         "        [1, 4],\n"
         "        [2, 5]])"},
    {"swapaxes(input: Tensor, axis0: int, axis1: int) -> Tensor", do_transpose, B,
     "Same as transpose.",
     X23 ">>> x.swapaxes(0, 1).shape\n"
         "torch.Size([3, 2])"},
    {"swapdims(input: Tensor, dim0: int, dim1: int) -> Tensor", do_transpose, B,
     "Same as transpose.",
     X23 ">>> x.swapdims(0, 1).shape\n"
         "torch.Size([3, 2])"},
    {"t(input: Tensor) -> Tensor", do_t, B, "A matrix transposed; a view.",
     X23 ">>> x.t()\n"
         "tensor([[0, 3],\n"
         "        [1, 4],\n"
         "        [2, 5]])"},
    {"permute(input: Tensor, dims) -> Tensor", do_permute, F, "Dims in another order; a view.",
     ">>> torch.permute(torch.zeros(2, 3, 4), (2, 0, 1)).shape\n"
     "torch.Size([4, 2, 3])"},
    {"permute(self, *dims) -> Tensor", do_permute, M | NATIVE_SIZES,
     "Dims in another order; a view.",
     ">>> torch.zeros(2, 3, 4).permute(2, 0, 1).shape\n"
     "torch.Size([4, 2, 3])"},
    {"movedim(input: Tensor, source, destination) -> Tensor", do_movedim, B,
     "Dims moved to other places.",
     ">>> torch.zeros(2, 3, 4).movedim(0, -1).shape\n"
     "torch.Size([3, 4, 2])"},
    {"moveaxis(input: Tensor, source, destination) -> Tensor", do_movedim, B, "Same as movedim.",
     NULL},
    {"squeeze(input: Tensor, dim=None) -> Tensor", do_squeeze, B,
     "Without dims of size 1: all, or the ones named.",
     ">>> torch.zeros(1, 3, 1).squeeze().shape\n"
     "torch.Size([3])"},
    {"unsqueeze(input: Tensor, dim: int) -> Tensor", do_unsqueeze, B,
     "A new dim of size 1 before dim.",
     ">>> torch.zeros(3).unsqueeze(0).shape\n"
     "torch.Size([1, 3])"},
    {"squeeze_(self, dim: int = None) -> Tensor", do_squeeze_, MM, "squeeze in place.", NULL},
    {"unsqueeze_(self, dim: int) -> Tensor", do_unsqueeze_, MM, "unsqueeze in place.",
     ">>> x = torch.zeros(3)\n"
     ">>> x.unsqueeze_(0).shape\n"
     "torch.Size([1, 3])"},
    {"t_(self) -> Tensor", do_t_, MM, "t in place.", NULL},
    {"transpose_(self, dim0: int, dim1: int) -> Tensor", do_transpose_, MM, "transpose in place.",
     NULL},
    {"expand(self, *size) -> Tensor", do_expand, M | NATIVE_SIZES,
     "Dims of size 1 repeated without a copy (stride 0); -1 keeps a size.",
     ">>> torch.tensor([[1], [2]]).expand(-1, 3)\n"
     "tensor([[1, 1, 1],\n"
     "        [2, 2, 2]])"},
    {"expand_as(self, other: Tensor) -> Tensor", do_expand_as, M, "expand(other.shape)",
     ">>> torch.ones(1, 3).expand_as(torch.zeros(2, 3)).shape\n"
     "torch.Size([2, 3])"},
    {"broadcast_to(self, *size) -> Tensor", do_expand, M | NATIVE_SIZES, "Same as expand.",
     ">>> torch.tensor([1, 2]).broadcast_to(2, 2).shape\n"
     "torch.Size([2, 2])"},
    {"broadcast_to(input: Tensor, shape) -> Tensor", do_expand, F, "Same as expand.",
     ">>> torch.broadcast_to(torch.tensor([1, 2]), (2, 2))\n"
     "tensor([[1, 2],\n"
     "        [1, 2]])"},
    {"broadcast_tensors(*tensors)", do_broadcast_tensors, F, "All expanded to their common shape.",
     ">>> a, b = torch.broadcast_tensors(torch.ones(3, 1), torch.ones(2))\n"
     ">>> a.shape\n"
     "torch.Size([3, 2])"},
    {"narrow(input: Tensor, dim: int, start, length: int) -> Tensor", do_narrow, B,
     "length places of dim from start on; a view.",
     X6 ">>> x.narrow(0, 2, 3)\n"
        "tensor([2, 3, 4])"},
    {"select(input: Tensor, dim: int, index: int) -> Tensor", do_select, B,
     "One place of dim, which disappears; a view.",
     X23 ">>> x.select(1, 0)\n"
         "tensor([0, 3])"},
    {"split(tensor: Tensor, split_size_or_sections, dim: int = 0)", do_split, F,
     "Views of that size along dim (the last may be smaller), or of the sizes in a list.",
     X6 ">>> torch.split(x, 4)\n"
        "(tensor([0, 1, 2, 3]), tensor([4, 5]))"},
    {"split(self, split_size, dim: int = 0)", do_split, M,
     "Views of that size along dim (the last may be smaller), or of the sizes in a list.",
     X6 ">>> x.split([1, 5])\n"
        "(tensor([0]), tensor([1, 2, 3, 4, 5]))"},
    {"split_with_sizes(input: Tensor, split_sizes, dim: int = 0)", do_split, B,
     "Views of these sizes along dim.",
     X6 ">>> x.split_with_sizes([2, 4])\n"
        "(tensor([0, 1]), tensor([2, 3, 4, 5]))"},
    {"chunk(input: Tensor, chunks: int, dim: int = 0)", do_chunk, B,
     "At most that many equal views along dim.",
     X6 ">>> x.chunk(3)\n"
        "(tensor([0, 1]), tensor([2, 3]), tensor([4, 5]))"},
    {"unbind(input: Tensor, dim: int = 0)", do_unbind, B, "Every place of dim, as a tuple.",
     X23 ">>> x.unbind(0)\n"
         "(tensor([0, 1, 2]), tensor([3, 4, 5]))"},
    {"diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor",
     do_diagonal, B, "The diagonal; a view.",
     ">>> torch.eye(3).diagonal()\n"
     "tensor([1., 1., 1.])"},
    {"unfold(self, dimension: int, size: int, step: int) -> Tensor", do_unfold, M,
     "Windows along a dim as a new last dim; a view.",
     X6 ">>> x.unfold(0, 2, 2)\n"
        "tensor([[0, 1],\n"
        "        [2, 3],\n"
        "        [4, 5]])"},
    {"as_strided(input: Tensor, size, stride, storage_offset: int = None) -> Tensor", do_as_strided,
     B, "Any view of the storage; bounds are checked.",
     X6 ">>> x.as_strided((2, 2), (3, 1))\n"
        "tensor([[0, 1],\n"
        "        [3, 4]])"},
    {0},
};
