/* Joining and rearranging with a copy: cat, stack, repeat, roll, tril, diag, ... */
#include "config.h"

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "tensor/convert.h"
#include "tensor/create.h"

/* ---- cat and stack ------------------------------------------------------------------ */

typedef bool (*JoinFn)(int n, Tensor *const *ts, int64_t dim, Tensor **out, Err *err);

static bool join(Interp *in, const char *fn, JoinFn op, Value *args, int64_t dim, Value *out,
                 Err *err) {
    TensorList l;
    Tensor *y = NULL;
    bool ok;
    if (!arg_tensors(in, fn, 0, args[0], &l, err)) return false;
    if (l.n == 0) {
        ok = err_set(err, ERR_RUNTIME, "%s expects a non-empty TensorList", arg_fn_name(fn));
    } else {
        ok = op(l.n, l.t, dim, &y, err);
    }
    tensor_list_clear(&l);
    return tensor_return(ok, &y, out);
}

static bool do_cat(Interp *in, Value *args, Value *out, Err *err) {
    int64_t dim;
    return ARG_INT(1, &dim) && join(in, __func__, op_cat, args, dim, out, err);
}

static bool do_stack(Interp *in, Value *args, Value *out, Err *err) {
    int64_t dim;
    return ARG_INT(1, &dim) && join(in, __func__, op_stack, args, dim, out, err);
}

/* hstack, vstack: 0-dim tensors become 1-dim (vstack: 2-dim rows) first. */
static bool raised(Interp *in, const char *fn, Value *args, int rank, int64_t dim, Value *out,
                   Err *err) {
    TensorList l;
    Tensor *y = NULL;
    bool ok = true;
    int made = 0;
    if (!arg_tensors(in, fn, 0, args[0], &l, err)) return false;
    for (; ok && made < l.n; made++) {
        Tensor *x = l.t[made];
        if (x->ndim >= rank) {
            l.t[made] = tensor_retain(x);
        } else {
            int64_t shape[2] = {1, 1};
            if (x->ndim == 1) shape[rank - 1] = x->shape[0];
            ok = op_reshape(x, rank, shape, &l.t[made], err);
            if (!ok) break;
        }
    }
    if (ok && l.n && l.t[0]->ndim == 1) dim = 0;
    ok = ok && op_cat(l.n, l.t, dim, &y, err);
    for (int i = 0; i < made; i++) tensor_release(l.t[i]);
    tensor_list_clear(&l);
    return tensor_return(ok, &y, out);
}

static bool do_hstack(Interp *in, Value *args, Value *out, Err *err) {
    return raised(in, __func__, args, 1, 1, out, err);
}

static bool do_vstack(Interp *in, Value *args, Value *out, Err *err) {
    return raised(in, __func__, args, 2, 0, out, err);
}

/* ---- repeating ------------------------------------------------------------------------- */

static bool do_repeat(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d)) return false;
    if (d.n < x->ndim) {
        return err_set(err, ERR_RUNTIME,
                       "Number of dimensions of repeat dims can not be smaller "
                       "than number of dimensions of tensor");
    }
    return tensor_return(op_repeat(x, d.n, d.d, &y, err), &y, out);
}

static bool do_tile(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d, full = {0};
    int lead;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d)) return false;
    full.n = MAX(d.n, (int)x->ndim);
    lead = full.n - d.n;
    for (int i = 0; i < full.n; i++) full.d[i] = i < lead ? 1 : d.d[i - lead];
    return tensor_return(op_repeat(x, full.n, full.d, &y, err), &y, out);
}

/* output_size is a promise: the size along dim must be that. */
static bool size_kept(const Tensor *y, int64_t dim, Interp *in, Value promised, Err *err) {
    int64_t size;
    if (promised.tag == VT_NONE) return true;
    if (!arg_int(in, "do_repeat_interleave", 3, promised, &size, err)) return false;
    if (y->ndim == 0 || y->shape[dim < 0 ? dim + y->ndim : dim] == size) return true;
    return err_set(err, ERR_RUNTIME,
                   "repeat_interleave: Invalid output_size, expected %lld but got %lld",
                   (long long)y->shape[dim < 0 ? dim + y->ndim : dim], (long long)size);
}

/* repeat_interleave(repeats): each index as often as repeats says. */
static bool repeat_indices(Tensor *reps, Tensor **out, Err *err) {
    Tensor *index = NULL;
    bool ok = reps->ndim == 1 ||
              err_set(err, ERR_RUNTIME, "repeat_interleave only accept 1D vector as repeat");
    ok = ok && tensor_arange_i64(DT_I64, 0, reps->shape[0], 1, &index, err) &&
         op_repeat_interleave(index, reps, NULL, out, err);
    tensor_release(index);
    return ok;
}

static bool do_repeat_interleave(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, REPEATS, DIM, OUTPUT_SIZE };
    Tensor *x, *reps, *y = NULL;
    int64_t dim = 0;
    bool ok, flat = args[DIM].tag == VT_NONE;
    if (!ARG_TENSOR(INPUT, &x)) return false;
    if (args[REPEATS].tag == VT_NONE) {
        ok = repeat_indices(x, &y, err);
    } else {
        if (!ARG_OPERAND(REPEATS, &reps)) return false;
        ok = (flat || ARG_INT(DIM, &dim)) &&
             op_repeat_interleave(x, reps, flat ? NULL : &dim, &y, err);
        tensor_release(reps);
    }
    ok = ok && size_kept(y, dim, in, args[OUTPUT_SIZE], err);
    if (!ok) tensor_release(y);
    return tensor_return(ok, &y, out);
}

/* ---- moving -------------------------------------------------------------------------------- */

static bool do_roll(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims shifts, dims;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &shifts) || !ARG_DIMS(2, &dims)) return false;
    if (dims.n > 0 && dims.n != shifts.n) {
        return err_set(err, ERR_RUNTIME, "shifts and dimensions must align. shifts: %d, dims:%d",
                       shifts.n, dims.n);
    }
    return tensor_return(op_roll(x, shifts.n, shifts.d, dims.n > 0 ? dims.d : NULL, &y, err), &y,
                         out);
}

static bool do_flip(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    return ARG_TENSOR(0, &x) && ARG_DIMS(1, &d) &&
           tensor_return(op_flip(x, d.n, d.d, &y, err), &y, out);
}

/* ---- triangles and diagonals ---------------------------------------------------------------- */

/* In the words of the dimension that PyTorch asks for. */
static bool two_dims(const Tensor *x, Err *err) {
    int last;
    if (x->ndim >= 2) return true;
    if (x->ndim == 0)
        err_set(err, ERR_INDEX, "Dimension specified as -2 but tensor has no dimensions");
    else
        dim_wrap(-2, x->ndim, &last, err);
    return err_hint(err, "a triangle is taken of a matrix: two dimensions at least");
}

#define TRIANGLE(name)                                                                             \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x, *y = NULL;                                                                      \
        int64_t diagonal;                                                                          \
        if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &diagonal)) return false;                            \
        if (!two_dims(x, err)) return false;                                                       \
        return tensor_return(op_##name(x, diagonal, &y, err), &y, out);                            \
    }                                                                                              \
    static bool do_##name##_(Interp *in, Value *args, Value *out, Err *err) {                      \
        Tensor *x;                                                                                 \
        int64_t diagonal;                                                                          \
        if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &diagonal)) return false;                            \
        if (!op_##name##_(x, diagonal, err)) return false;                                         \
        *out = value_retain(args[0]);                                                              \
        return true;                                                                               \
    }
TRIANGLE(tril)
TRIANGLE(triu)

static bool do_diag(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t diagonal;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &diagonal) &&
           tensor_return(op_diag(x, diagonal, &y, err), &y, out);
}

static bool do_diag_embed(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, OFFSET, DIM1, DIM2 };
    Tensor *x, *y = NULL, *moved = NULL;
    int64_t offset, to[2];
    int wrapped[2];
    if (!ARG_TENSOR(INPUT, &x) || !ARG_INT(OFFSET, &offset) || !ARG_INT(DIM1, &to[0]) ||
        !ARG_INT(DIM2, &to[1]))
        return false;
    for (int i = 0; i < 2; i++)
        if (!dim_wrap(to[i], x->ndim + 1, &wrapped[i], err)) return false;
    if (wrapped[0] == wrapped[1])
        return err_set(err, ERR_RUNTIME, "diagonal dimensions cannot be identical %lld, %lld",
                       (long long)to[0], (long long)to[1]);
    if (!op_diag_embed(x, offset, &y, err)) return false;
    if (wrapped[0] == x->ndim - 1 && wrapped[1] == x->ndim) return tensor_return(true, &y, out);
    bool ok = op_movedim(y, 2, (int64_t[]){-2, -1}, to, &moved, err);
    if (ok) grad_fn_rename(moved, "DiagEmbedBackward0");
    tensor_release(y);
    return tensor_return(ok, &moved, out);
}

static bool do_fill_diagonal_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *v, *d = NULL;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_OPERAND(1, &v)) return false;
    ok = number_fits((DType)x->dtype, v, err) && op_diagonal(x, 0, 0, 1, &d, err) &&
         op_fill_(d, v, err);
    tensor_release(d);
    tensor_release(v);
    if (ok) *out = value_retain(args[0]);
    return ok;
}

/* ---- grids ---------------------------------------------------------------------------------- */

static bool do_meshgrid(Interp *in, Value *args, Value *out, Err *err) {
    TensorList l;
    Value from = args[0], *items;
    int64_t n;
    bool ok, xy = str_eq_cstr(args[1], "xy");
    if (seq_items(from, &items, &n) && n == 1 && !value_tensor(items[0])) from = items[0];
    if (!arg_tensors(in, __func__, 0, from, &l, err)) return false;
    Tensor **grid = mem_zero(sizeof *grid * (size_t)(l.n + 1));
    ok = op_meshgrid(l.n, l.t, xy, grid, err);
    if (ok) *out = tensors_tuple_take(l.n, grid);
    mem_free(grid);
    tensor_list_clear(&l);
    return ok;
}

#define B TORCH_BOTH
#define BO TORCH_BOTH_OUT
#define F TORCH_FN
#define FO TORCH_FN_OUT
#define MM (TORCH_METHOD | NATIVE_MUTATES)
#define AB ">>> a, b = torch.tensor([[1, 2]]), torch.tensor([[3, 4]])\n"
#define X33 ">>> x = torch.arange(9).reshape(3, 3)\n"

const NativeRow torch_join_rows[] = {
    {"cat(tensors, dim: int = 0) -> Tensor", do_cat, FO,
     "One after the other along a dim; the other sizes must agree.",
     AB ">>> torch.cat((a, b), dim=0)\n"
        "tensor([[1, 2],\n"
        "        [3, 4]])"},
    {"concat(tensors, dim: int = 0) -> Tensor", do_cat, FO, "Same as cat.",
     AB ">>> torch.concat([a, b], dim=1)\n"
        "tensor([[1, 2, 3, 4]])"},
    {"concatenate(tensors, dim: int = 0) -> Tensor", do_cat, FO, "Same as cat.", NULL},
    {"stack(tensors, dim: int = 0) -> Tensor", do_stack, FO,
     "Along a new dim; all must have the same shape.",
     AB ">>> torch.stack([a, b]).shape\n"
        "torch.Size([2, 1, 2])"},
    {"hstack(tensors) -> Tensor", do_hstack, FO, "Side by side.",
     AB ">>> torch.hstack([a, b])\n"
        "tensor([[1, 2, 3, 4]])"},
    {"vstack(tensors) -> Tensor", do_vstack, FO, "One under another.",
     AB ">>> torch.vstack([a, b])\n"
        "tensor([[1, 2],\n"
        "        [3, 4]])"},
    {"repeat(self, *repeats) -> Tensor", do_repeat, TORCH_METHOD | NATIVE_SIZES,
     "The whole tensor again and again along each dim, copied.",
     ">>> torch.tensor([1, 2]).repeat(2, 2)\n"
     "tensor([[1, 2, 1, 2],\n"
     "        [1, 2, 1, 2]])"},
    {"tile(input: Tensor, *dims) -> Tensor", do_tile, B | NATIVE_SIZES,
     "repeat, with 1 for missing leading dims.",
     ">>> torch.tensor([1, 2]).tile(2)\n"
     "tensor([1, 2, 1, 2])"},
    {"repeat_interleave(input: Tensor, repeats=None, dim: int = None, *, output_size: int = None) "
     "-> Tensor",
     do_repeat_interleave, B,
     "Each place of dim repeated in a row: how grouped-query attention shares its keys.",
     ">>> torch.tensor([1, 2]).repeat_interleave(2)\n"
     "tensor([1, 1, 2, 2])"},
    {"roll(input: Tensor, shifts, dims=None) -> Tensor", do_roll, B,
     "Shifted along dims; what falls out comes in at the other end.",
     ">>> torch.roll(torch.arange(4), 1)\n"
     "tensor([3, 0, 1, 2])"},
    {"flip(input: Tensor, *dims) -> Tensor", do_flip, B | NATIVE_SIZES, "Reversed along dims.",
     ">>> torch.arange(3).flip(0)\n"
     "tensor([2, 1, 0])"},
    {"tril(input: Tensor, diagonal: int = 0) -> Tensor", do_tril, BO,
     "Lower triangle of the last two dims; 0 elsewhere. The causal mask.",
     ">>> torch.tril(torch.ones(3, 3))\n"
     "tensor([[1., 0., 0.],\n"
     "        [1., 1., 0.],\n"
     "        [1., 1., 1.]])"},
    {"triu(input: Tensor, diagonal: int = 0) -> Tensor", do_triu, BO,
     "Upper triangle of the last two dims; 0 elsewhere.",
     ">>> torch.triu(torch.ones(3, 3), diagonal=1)\n"
     "tensor([[0., 1., 1.],\n"
     "        [0., 0., 1.],\n"
     "        [0., 0., 0.]])"},
    {"tril_(self, diagonal: int = 0) -> Tensor", do_tril_, MM, "tril in place.", NULL},
    {"triu_(self, diagonal: int = 0) -> Tensor", do_triu_, MM, "triu in place.", NULL},
    {"diag(input: Tensor, diagonal: int = 0) -> Tensor", do_diag, BO,
     "A vector as a diagonal matrix, or a matrix's diagonal.",
     ">>> torch.diag(torch.tensor([1, 2]))\n"
     "tensor([[1, 0],\n"
     "        [0, 2]])"},
    {"diag_embed(input: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor",
     do_diag_embed, B, "The last dim as the diagonal of two new ones, dim1 and dim2.",
     ">>> torch.diag_embed(torch.tensor([1, 2]))\n"
     "tensor([[1, 0],\n"
     "        [0, 2]])"},
    {"fill_diagonal_(self, fill_value) -> Tensor", do_fill_diagonal_, MM,
     "The diagonal becomes fill_value.",
     X33 ">>> x.fill_diagonal_(0)\n"
         "tensor([[0, 1, 2],\n"
         "        [3, 0, 5],\n"
         "        [6, 7, 0]])"},
    {"meshgrid(*tensors, indexing: str = 'ij')", do_meshgrid, F,
     "The coordinates of a grid over 1-dim tensors.",
     ">>> a, b = torch.meshgrid(torch.arange(2), torch.arange(3), indexing='ij')\n"
     ">>> a\n"
     "tensor([[0, 0, 0],\n"
     "        [1, 1, 1]])"},
    {0},
};
