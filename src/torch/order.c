/* Order and counting: topk, sort, argsort, median, unique, bincount, histc, ... */
#include "config.h"

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "tensor/sort.h"

static Value pair_take(const ReturnKind *kind, Tensor *values, Tensor *indices) {
    return return_tuple_take(kind, (Value[]){tensor_wrap_take(values), tensor_wrap_take(indices)});
}

/* ---- sorting --------------------------------------------------------------------- */

static bool do_topk(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, K, DIM, LARGEST, SORTED };
    static const ReturnKind kind = {"topk", 2, {"values", "indices"}};
    Tensor *x, *v = NULL, *i = NULL;
    int64_t k, dim;
    bool largest;
    if (!ARG_TENSOR(INPUT, &x) || !ARG_INT(K, &k) || !ARG_INT(DIM, &dim) ||
        !ARG_BOOL(LARGEST, &largest) || !op_topk(x, k, dim, largest, &v, &i, err)) {
        return false;
    }
    *out = pair_take(&kind, v, i);
    return true;
}

static bool do_sort(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"sort", 2, {"values", "indices"}};
    Tensor *x, *v = NULL, *i = NULL;
    int64_t dim;
    bool descending;
    if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &dim) || !ARG_BOOL(2, &descending) ||
        !op_sort(x, dim, descending, &v, &i, err)) {
        return false;
    }
    *out = pair_take(&kind, v, i);
    return true;
}

static bool do_argsort(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *v = NULL, *i = NULL;
    int64_t dim;
    bool descending;
    if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &dim) || !ARG_BOOL(2, &descending) ||
        !op_sort(x, dim, descending, &v, &i, err)) {
        return false;
    }
    tensor_release(v);
    return tensor_return(true, &i, out);
}

static bool do_kthvalue(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, K, DIM, KEEPDIM };
    static const ReturnKind kind = {"kthvalue", 2, {"values", "indices"}};
    Tensor *x, *v = NULL, *i = NULL;
    int64_t k, dim;
    bool keepdim;
    if (!ARG_TENSOR(INPUT, &x) || !ARG_INT(K, &k) || !ARG_INT(DIM, &dim) ||
        !ARG_BOOL(KEEPDIM, &keepdim) || !op_kthvalue(x, k, dim, keepdim, &v, &i, err)) {
        return false;
    }
    *out = pair_take(&kind, v, i);
    return true;
}

static bool do_median(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"median", 2, {"values", "indices"}};
    Tensor *x, *v = NULL, *i = NULL;
    int64_t dim;
    bool keepdim;
    if (!ARG_TENSOR(0, &x) || !ARG_BOOL(2, &keepdim)) return false;
    if (args[1].tag == VT_NONE) return tensor_return(op_median(x, &v, err), &v, out);
    if (!ARG_INT(1, &dim) || !op_median_dim(x, dim, keepdim, &v, &i, err)) return false;
    *out = pair_take(&kind, v, i);
    return true;
}

static bool do_mode(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"mode", 2, {"values", "indices"}};
    Tensor *x, *v = NULL, *i = NULL;
    int64_t dim;
    bool keepdim;
    if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &dim) || !ARG_BOOL(2, &keepdim) ||
        !op_mode(x, dim, keepdim, &v, &i, err)) {
        return false;
    }
    *out = pair_take(&kind, v, i);
    return true;
}

/* ---- distinct values and counts ------------------------------------------------------------ */

typedef bool (*UniqueFn)(const Tensor *t, Tensor **values, Tensor **inverse, Tensor **counts,
                         Err *err);

/* dim None: of all elements. */
static bool distinct(Interp *in, const char *fn, bool consecutive, Value *args, Value dim,
                     bool want_inverse, bool want_counts, Value *out, Err *err) {
    Tensor *x, *ts[3] = {NULL, NULL, NULL};
    int n = 1;
    int64_t d;
    UniqueFn op = consecutive ? tensor_unique_consecutive : tensor_unique;
    if (!arg_tensor(fn, 0, args[0], &x, err)) return false;
    if (dim.tag == VT_NONE) {
        if (!op(x, &ts[0], &ts[1], &ts[2], err)) return false;
    } else if (!arg_int(in, fn, 4, dim, &d, err) ||
               !tensor_unique_dim(x, d, consecutive, &ts[0], &ts[1], &ts[2], err)) {
        return false;
    }
    if (want_inverse)
        n++;
    else
        tensor_release(ts[1]);
    if (want_counts)
        ts[n++] = ts[2];
    else
        tensor_release(ts[2]);
    if (n == 1)
        *out = tensor_wrap_take(ts[0]);
    else
        *out = tensors_tuple_take(n, ts);
    return true;
}

static bool do_unique(Interp *in, Value *args, Value *out, Err *err) {
    bool inverse, counts;
    if (!ARG_BOOL(2, &inverse) || !ARG_BOOL(3, &counts)) return false;
    return distinct(in, __func__, false, args, args[4], inverse, counts, out, err);
}

static bool do_unique_consecutive(Interp *in, Value *args, Value *out, Err *err) {
    bool inverse, counts;
    return ARG_BOOL(1, &inverse) && ARG_BOOL(2, &counts) &&
           distinct(in, __func__, true, args, args[3], inverse, counts, out, err);
}

static bool do_bincount(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *w, *y = NULL;
    int64_t least;
    return ARG_TENSOR(0, &x) && arg_tensor_or_none(__func__, 1, args[1], &w, err) &&
           ARG_INT(2, &least) && tensor_return(tensor_bincount(x, w, least, &y, err), &y, out);
}

static bool do_histc(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, BINS, MIN, MAX };
    Tensor *x, *y = NULL;
    int64_t bins;
    double lo, hi;
    return ARG_TENSOR(INPUT, &x) && ARG_INT(BINS, &bins) && ARG_FLOAT(MIN, &lo) &&
           ARG_FLOAT(MAX, &hi) && tensor_return(tensor_histc(x, bins, lo, hi, &y, err), &y, out);
}

/* side, where it is given, and right must not contradict each other. */
static bool sided(Value side, bool *right, Err *err) {
    if (side.tag == VT_NONE) return true;
    bool is_right = str_eq_cstr(side, "right");
    if (!is_right && !str_eq_cstr(side, "left"))
        return err_set(err, ERR_RUNTIME,
                       "torch.searchsorted(): side can only be 'left' or 'right' but got %s",
                       value_is(side, &type_str) ? str_of(side)->s : value_type(side)->name);
    if (*right && !is_right)
        return err_set(
            err, ERR_RUNTIME,
            "torch.searchsorted(): side and right can't be set to opposites, got side of "
            "left while right was True");
    *right = is_right;
    return true;
}

/* Places of v in the sorted s, whose order the sorter tells when it is not NULL. */
static bool places(Tensor *s, Tensor *v, bool right, bool narrow, Tensor *sorter, Value *out,
                   Err *err) {
    Tensor *ordered = NULL, *y = NULL, *small = NULL;
    if (sorter && !op_gather(s, -1, sorter, &ordered, err)) return false;
    bool ok = tensor_searchsorted(ordered ? ordered : s, v, right, &y, err);
    tensor_release(ordered);
    if (!ok || !narrow) return tensor_return(ok, &y, out);
    ok = op_to(y, DT_I32, &small, err);
    tensor_release(y);
    return tensor_return(ok, &small, out);
}

static bool do_searchsorted(Interp *in, Value *args, Value *out, Err *err) {
    enum { SORTED_SEQUENCE, INPUT, OUT_INT32, RIGHT, SIDE, SORTER };
    Tensor *s, *v, *sorter;
    bool right, narrow, ok;
    if (!ARG_TENSOR(SORTED_SEQUENCE, &s) || !ARG_BOOL(OUT_INT32, &narrow) ||
        !ARG_BOOL(RIGHT, &right) || !sided(args[SIDE], &right, err) ||
        !arg_tensor_or_none(__func__, SORTER, args[SORTER], &sorter, err) ||
        !ARG_OPERAND(INPUT, &v))
        return false;
    ok = places(s, v, right, narrow, sorter, out, err);
    tensor_release(v);
    return ok;
}

static bool do_bucketize(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, BOUNDARIES, OUT_INT32, RIGHT };
    Value call[6] = {args[BOUNDARIES], args[INPUT], args[OUT_INT32],
                     args[RIGHT],      VALUE_NONE,  VALUE_NONE};
    return do_searchsorted(in, call, out, err);
}

#define B TORCH_BOTH_OUT
#define F TORCH_FN_OUT
#define X4 ">>> x = torch.tensor([3., 1., 2., 1.])\n"

const NativeRow torch_order_rows[] = {
    {"topk(input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True)",
     do_topk, B, "The k greatest (least) along dim and where they stand.",
     X4 ">>> torch.topk(x, 2)\n"
        "torch.return_types.topk(\n"
        "values=tensor([3., 2.]),\n"
        "indices=tensor([0, 2]))"},
    {"sort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = False)", do_sort,
     B, "Sorted along dim, and where each came from.",
     X4 ">>> x.sort(stable=True)\n"
        "torch.return_types.sort(\n"
        "values=tensor([1., 1., 2., 3.]),\n"
        "indices=tensor([1, 3, 2, 0]))"},
    {"argsort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = False) -> "
     "Tensor",
     do_argsort, B, "The order that sorts.",
     ">>> torch.tensor([3., 1., 2.]).argsort()\n"
     "tensor([1, 2, 0])"},
    {"kthvalue(input: Tensor, k: int, dim: int = -1, keepdim: bool = False)", do_kthvalue, B,
     "The k-th least along dim, k from 1.",
     ">>> torch.tensor([3., 1., 2.]).kthvalue(2).values\n"
     "tensor(2.)"},
    {"median(input: Tensor, dim: int = None, keepdim: bool = False)", do_median, B,
     "The middle value (the lower of two).",
     ">>> torch.tensor([3., 1., 2.]).median()\n"
     "tensor(2.)"},
    {"mode(input: Tensor, dim: int = -1, keepdim: bool = False)", do_mode, B,
     "The most frequent value along dim.",
     ">>> torch.tensor([3, 1, 1]).mode().values\n"
     "tensor(1)"},
    {"unique(input: Tensor, sorted: bool = True, return_inverse: bool = False, return_counts: bool "
     "= False, dim=None)",
     do_unique, B, "Distinct values, sorted; where each element went; how often each came.",
     X4 ">>> torch.unique(x)\n"
        "tensor([1., 2., 3.])\n"
        ">>> torch.unique(x, return_counts=True)\n"
        "(tensor([1., 2., 3.]), tensor([2, 1, 1]))"},
    {"unique_consecutive(input: Tensor, return_inverse: bool = False, return_counts: bool = False, "
     "dim=None)",
     do_unique_consecutive, B, "Runs of equal neighbours as one.",
     ">>> torch.unique_consecutive(torch.tensor([1, 1, 2, 1]))\n"
     "tensor([1, 2, 1])"},
    {"bincount(input: Tensor, weights: Tensor = None, minlength: int = 0) -> Tensor", do_bincount,
     B, "How often each of 0, 1, 2, ... occurs.",
     ">>> torch.bincount(torch.tensor([0, 2, 2]))\n"
     "tensor([1, 0, 2])"},
    {"histc(input: Tensor, bins: int = 100, min: float = 0, max: float = 0) -> Tensor", do_histc, B,
     "How many elements fall into each of equal cells.",
     X4 ">>> torch.histc(x, bins=3)\n"
        "tensor([2., 1., 1.])"},
    {"searchsorted(sorted_sequence: Tensor, input, *, out_int32: bool = False, right: bool = "
     "False, "
     "side: str = None, sorter: Tensor = None) -> Tensor",
     do_searchsorted, F, "Where each value would go in a sorted sequence.",
     ">>> torch.searchsorted(torch.tensor([1., 2., 3.]), torch.tensor([2.5, 0.]))\n"
     "tensor([2, 0])"},
    {"bucketize(input, boundaries: Tensor, *, out_int32: bool = False, right: bool = False) -> "
     "Tensor",
     do_bucketize, F, "Which cell of sorted boundaries each value falls into.",
     ">>> torch.bucketize(torch.tensor([2.5, 0.]), torch.tensor([1., 2., 3.]))\n"
     "tensor([2, 0])"},
    {0},
};
