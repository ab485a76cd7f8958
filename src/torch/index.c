/* Selecting and writing elements by index tensors and masks: gather, scatter,
 * index_select, masked_select, nonzero, take, ...
 */
#include "config.h"

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "tensor/convert.h"

static bool self_again(bool ok, Value *args, Value *out) {
    if (ok) *out = value_retain(args[0]);
    return ok;
}

/* ---- reading --------------------------------------------------------------------- */

static bool do_gather(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *index, *y = NULL;
    int64_t dim;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) && ARG_TENSOR(2, &index) &&
           tensor_return(op_gather(x, dim, index, &y, err), &y, out);
}

static bool do_index_select(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *index, *y = NULL;
    int64_t dim;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) && ARG_TENSOR(2, &index) &&
           tensor_return(op_index_select(x, dim, index, &y, err), &y, out);
}

static bool do_take_along_dim(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *index, *flat = NULL, *flat_index = NULL, *y = NULL;
    int64_t dim;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_TENSOR(1, &index)) return false;
    if (args[2].tag != VT_NONE) {
        return ARG_INT(2, &dim) &&
               tensor_return(op_take_along_dim(x, index, dim, &y, err), &y, out);
    }
    ok = op_reshape(x, 1, (int64_t[]){-1}, &flat, err) &&
         op_reshape(index, 1, (int64_t[]){-1}, &flat_index, err) &&
         op_take_along_dim(flat, flat_index, 0, &y, err);
    tensor_release(flat);
    tensor_release(flat_index);
    return tensor_return(ok, &y, out);
}

static bool do_take(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *index, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &index) &&
           tensor_return(op_take(x, index, &y, err), &y, out);
}

static bool do_masked_select(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *mask, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &mask) &&
           tensor_return(op_masked_select(x, mask, &y, err), &y, out);
}

/* (count, ndim), or a tuple with one index tensor per dim. */
static bool do_nonzero(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL, **columns;
    bool as_tuple, ok;
    int64_t n;
    if (!ARG_TENSOR(0, &x) || !ARG_BOOL(1, &as_tuple)) return false;
    if (!as_tuple) return tensor_return(op_nonzero(x, &y, err), &y, out);
    Tensor *flat = NULL; /* a number counts as a vector of one here */
    ok = x->ndim == 0 ? op_unsqueeze(x, 0, &flat, err) : (flat = tensor_retain(x), true);
    ok = ok && op_nonzero(flat, &y, err);
    tensor_release(flat);
    if (!ok) return false;
    n = y->shape[1];
    columns = mem_alloc(sizeof *columns * (size_t)(n + 1));
    ok = op_unbind(y, 1, columns, err);
    tensor_release(y);
    if (ok) *out = tensors_tuple_take((int)n, columns);
    mem_free(columns);
    return ok;
}

/* ---- writing: the forms with and without _ from one body each ------------------------- */

/* scatter(dim, index, src or number, reduce): number is the fill form. */
static bool scatter(Interp *in, const char *fn, bool add, bool inplace, Value *args, Value *out,
                    Err *err) {
    Tensor *x, *index, *src, *y = NULL;
    int64_t dim;
    bool ok;
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_int(in, fn, 1, args[1], &dim, err) ||
        !arg_tensor(fn, 2, args[2], &index, err)) {
        return false;
    }
    if (!add && args[4].tag != VT_NONE) {
        add = str_eq_cstr(args[4], "add");
        if (!add) {
            err_set(err, ERR_NOTIMPL, "scatter(reduce=...) here knows 'add' alone");
            return err_hint(err, "for 'multiply', multiply by torch.ones_like(x).scatter(...)");
        }
    }
    if (!arg_operand(in, fn, 3, args[3], &src, err)) return false;
    if (src->wrapped && !number_fits((DType)x->dtype, src, err)) {
        tensor_release(src);
        return false;
    }
    OpCall c = add            ? CALL3(scatter_add, x, index, src, .nint = 1, .ints = &dim)
               : src->wrapped ? CALL3(scatter_value, x, index, src, .nint = 1, .ints = &dim)
                              : CALL3(scatter, x, index, src, .nint = 1, .ints = &dim);
    ok = inplace ? op_inplace(c, err) : op_apply(&c, &y, err);
    tensor_release(src);
    return inplace ? self_again(ok, args, out) : tensor_return(ok, &y, out);
}

#define SCATTER(name, add, inplace)                                                                \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        return scatter(in, __func__, add, inplace, args, out, err);                                \
    }
SCATTER(scatter, false, false)
SCATTER(scatter_, false, true)
SCATTER(scatter_add, true, false)
SCATTER(scatter_add_, true, true)

static bool index_write(Interp *in, const char *fn, const OpDef *row, bool inplace, double alpha,
                        Value *args, Value *out, Err *err) {
    Tensor *x, *index, *src, *y = NULL;
    int64_t dim;
    bool ok;
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_int(in, fn, 1, args[1], &dim, err) ||
        !arg_tensor(fn, 2, args[2], &index, err) || !arg_tensor(fn, 3, args[3], &src, err)) {
        return false;
    }
    OpCall c = {
        .op = row, .nin = 3, .in = {x, index, src}, .nint = 1, .ints = &dim, .reals = {alpha}};
    ok = inplace ? op_inplace(c, err) : op_apply(&c, &y, err);
    return inplace ? self_again(ok, args, out) : tensor_return(ok, &y, out);
}

#define INDEX_ADD(name, inplace)                                                                   \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        double alpha;                                                                              \
        return ARG_FLOAT(4, &alpha) &&                                                             \
               index_write(in, __func__, &opdef_index_add, inplace, alpha, args, out, err);        \
    }
INDEX_ADD(index_add, false)
INDEX_ADD(index_add_, true)

static bool do_index_copy(Interp *in, Value *args, Value *out, Err *err) {
    return index_write(in, __func__, &opdef_index_copy, false, 1, args, out, err);
}

static bool do_index_copy_(Interp *in, Value *args, Value *out, Err *err) {
    return index_write(in, __func__, &opdef_index_copy, true, 1, args, out, err);
}

/* The number of a fill; one that a double cannot hold is refused. */
static bool fill_number(Interp *in, const char *fn, Value v, const Tensor *x, double *out,
                        Err *err) {
    Tensor *number = NULL;
    bool ok = arg_float(in, fn, 3, v, out, err) && arg_operand(in, fn, 3, v, &number, err) &&
              number_fits((DType)x->dtype, number, err);
    tensor_release(number);
    if (!ok || x->dtype != DT_I64 || v.tag != VT_INT || (*out < 0x1p63 && (int64_t)*out == v.i))
        return ok;
    err_set(err, ERR_RUNTIME, "%s(): %lld is kept as a double, which is not exact", arg_fn_name(fn),
            (long long)v.i);
    return err_hint(err, "index_put_ and t[...] = value take it as it is");
}

static bool do_index_fill(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, DIM, INDEX, VALUE };
    Tensor *x, *index, *y = NULL;
    int64_t dim;
    double value;
    return ARG_TENSOR(INPUT, &x) && ARG_INT(DIM, &dim) && ARG_TENSOR(INDEX, &index) &&
           fill_number(in, __func__, args[VALUE], x, &value, err) &&
           tensor_return(op_index_fill(x, dim, index, value, &y, err), &y, out);
}

static bool do_index_fill_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *index;
    int64_t dim;
    double value;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &dim) && ARG_TENSOR(2, &index) &&
           fill_number(in, __func__, args[3], x, &value, err) &&
           self_again(op_index_fill_(x, dim, index, value, err), args, out);
}

static bool do_index_put(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, INDICES, VALUES, ACCUMULATE };
    Tensor *x, *value, *y = NULL;
    TensorList l;
    bool accumulate, ok;
    if (!ARG_TENSOR(INPUT, &x) || !ARG_BOOL(ACCUMULATE, &accumulate) || !ARG_TENSORS(INDICES, &l))
        return false;
    ok = ARG_OPERAND(VALUES, &value);
    if (ok) {
        ok = op_index_put(x, l.n, l.t, value, accumulate, &y, err);
        tensor_release(value);
    }
    tensor_list_clear(&l);
    return tensor_return(ok, &y, out);
}

static bool do_index_put_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *value;
    TensorList l;
    bool accumulate, ok;
    if (!ARG_TENSOR(0, &x) || !ARG_BOOL(3, &accumulate) || !ARG_TENSORS(1, &l)) return false;
    ok = ARG_OPERAND(2, &value);
    if (ok) {
        ok = op_index_put_(x, l.n, l.t, value, accumulate, err);
        tensor_release(value);
    }
    tensor_list_clear(&l);
    return self_again(ok, args, out);
}

static bool do_masked_scatter(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *mask, *src, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &mask) && ARG_TENSOR(2, &src) &&
           tensor_return(op_masked_scatter(x, mask, src, &y, err), &y, out);
}

static bool do_masked_scatter_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *mask, *src;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &mask) && ARG_TENSOR(2, &src) &&
           self_again(op_masked_scatter_(x, mask, src, err), args, out);
}

#define B TORCH_BOTH
#define BO TORCH_BOTH_OUT
#define MM (TORCH_METHOD | NATIVE_MUTATES)
#define X23 ">>> x = torch.tensor([[1, 2, 3], [4, 5, 6]])\n"
#define I01 "torch.tensor([0, 2])"

const NativeRow torch_index_rows[] = {
    {"gather(input: Tensor, dim: int, index: Tensor) -> Tensor", do_gather, BO,
     "out[i][j] = input[i][index[i][j]] for dim 1.",
     X23 ">>> x.gather(1, torch.tensor([[0], [2]]))\n"
         "tensor([[1],\n"
         "        [6]])"},
    {"index_select(input: Tensor, dim: int, index: Tensor) -> Tensor", do_index_select, BO,
     "The places of dim that index names.",
     X23 ">>> x.index_select(1, torch.tensor([0, 2]))\n"
         "tensor([[1, 3],\n"
         "        [4, 6]])"},
    {"take_along_dim(input: Tensor, indices: Tensor, dim: int = None) -> Tensor", do_take_along_dim,
     B, "gather with broadcasting: takes what argsort or argmax found.",
     X23 ">>> x.take_along_dim(x.argmax(1, keepdim=True), dim=1)\n"
         "tensor([[3],\n"
         "        [6]])"},
    {"take(input: Tensor, index: Tensor) -> Tensor", do_take, BO,
     "Elements of the flattened tensor.",
     X23 ">>> x.take(torch.tensor([0, 2]))\n"
         "tensor([1, 3])"},
    {"masked_select(input: Tensor, mask: Tensor) -> Tensor", do_masked_select, BO,
     "The elements where mask is true, 1-dim.",
     X23 ">>> x.masked_select(x > 3)\n"
         "tensor([4, 5, 6])"},
    {"nonzero(input: Tensor, *, as_tuple: bool = False)", do_nonzero, TORCH_FN_OUT,
     "Where the elements that are not 0 stand, (count, ndim).",
     ">>> torch.nonzero(torch.tensor([0, 3, 0, 4]))\n"
     "tensor([[1],\n"
     "        [3]])"},
    {"nonzero(self, as_tuple: bool = False)", do_nonzero, TORCH_METHOD,
     "Where the elements that are not 0 stand, (count, ndim).",
     ">>> torch.tensor([0, 3, 0, 4]).nonzero(as_tuple=True)\n"
     "(tensor([1, 3]),)"},
    {"argwhere(input: Tensor, as_tuple: bool = False) -> Tensor", do_nonzero, B, "Same as nonzero.",
     ">>> torch.argwhere(torch.tensor([0, 3]))\n"
     "tensor([[1]])"},
    {"scatter(input: Tensor, dim: int, index: Tensor, src, reduce: str = None) -> Tensor",
     do_scatter, TORCH_FN, "input with input[i][index[i][j]] = src[i][j] for dim 1.",
     ">>> torch.scatter(torch.zeros(1, 3), 1, torch.tensor([[2]]), 5.)\n"
     "tensor([[0., 0., 5.]])"},
    {"scatter(self, dim: int, index: Tensor, src, reduce: str = None) -> Tensor", do_scatter,
     TORCH_METHOD, "self with self[i][index[i][j]] = src[i][j] for dim 1.",
     ">>> torch.zeros(3).scatter(0, torch.tensor([1]), torch.tensor([7.]))\n"
     "tensor([0., 7., 0.])"},
    {"scatter_(self, dim: int, index: Tensor, src=None, reduce: str = None, *, value=None) -> "
     "Tensor",
     do_scatter_, MM, "scatter in place.",
     ">>> torch.zeros(3).scatter_(0, torch.tensor([1]), 7)\n"
     "tensor([0., 7., 0.])"},
    {"scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor", do_scatter_add,
     B, "Adds src at the places of index.",
     ">>> torch.zeros(2).scatter_add(0, torch.tensor([0, 0]), torch.ones(2))\n"
     "tensor([2., 0.])"},
    {"scatter_add_(self, dim: int, index: Tensor, src: Tensor) -> Tensor", do_scatter_add_, MM,
     "scatter_add in place.", NULL},
    {"index_add(input: Tensor, dim: int, index: Tensor, source: Tensor, *, alpha=1) -> Tensor",
     do_index_add, B, "Adds slices of source at the places of dim that index names.",
     ">>> torch.zeros(3).index_add(0, torch.tensor([0, 2]), torch.ones(2))\n"
     "tensor([1., 0., 1.])"},
    {"index_add_(self, dim: int, index: Tensor, source: Tensor, *, alpha=1) -> Tensor",
     do_index_add_, MM, "index_add in place.", NULL},
    {"index_copy(input: Tensor, dim: int, index: Tensor, source: Tensor) -> Tensor", do_index_copy,
     B, "Copies slices of source to the places of dim that index names.",
     ">>> torch.zeros(3).index_copy(0, torch.tensor([0, 2]), torch.ones(2))\n"
     "tensor([1., 0., 1.])"},
    {"index_copy_(self, dim: int, index: Tensor, source: Tensor) -> Tensor", do_index_copy_, MM,
     "index_copy in place: how a key-value cache is filled.", NULL},
    {"index_fill(input: Tensor, dim: int, index: Tensor, value) -> Tensor", do_index_fill, B,
     "value at the places of dim that index names.",
     ">>> torch.zeros(3).index_fill(0, torch.tensor([0, 2]), 9)\n"
     "tensor([9., 0., 9.])"},
    {"index_fill_(self, dim: int, index: Tensor, value) -> Tensor", do_index_fill_, MM,
     "index_fill in place.", NULL},
    {"index_put(input: Tensor, indices, values, accumulate: bool = False) -> Tensor", do_index_put,
     B, "A copy with x[indices] = values (or += when accumulate).",
     ">>> torch.zeros(3).index_put((torch.tensor([0, 2]),), torch.tensor(1.))\n"
     "tensor([1., 0., 1.])"},
    {"index_put_(self, indices, values, accumulate: bool = False) -> Tensor", do_index_put_, MM,
     "self[indices] = values; accumulate adds.",
     ">>> torch.zeros(3).index_put_((torch.tensor([0, 2]),), torch.tensor(1.))\n"
     "tensor([1., 0., 1.])"},
    {"masked_scatter(input: Tensor, mask: Tensor, source: Tensor) -> Tensor", do_masked_scatter, B,
     "Elements of source in order go where mask is true.",
     ">>> torch.zeros(3).masked_scatter(torch.tensor([True, False, True]), torch.ones(2))\n"
     "tensor([1., 0., 1.])"},
    {"masked_scatter_(self, mask: Tensor, source: Tensor) -> Tensor", do_masked_scatter_, MM,
     "masked_scatter in place.", NULL},
    {0},
};
