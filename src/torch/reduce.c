/* Reductions: sum, mean, var, max, argmax, all, norm, softmax, cumsum, ... */
#include "config.h"

#include <math.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"

static const ReturnKind return_max = {"max", 2, {"values", "indices"}};
static const ReturnKind return_min = {"min", 2, {"values", "indices"}};

/* None and () mean every dim. */
static int ndims(const Dims *d) {
    return d->n < 0 ? 0 : d->n;
}

/* Converts to dt first when one is given: x is replaced by an owned tensor either way. */
static bool as_dtype(Tensor **x, DType dt, Err *err) {
    Tensor *y = NULL;
    if (dt == DT_NONE || dt == (DType)(*x)->dtype) {
        tensor_retain(*x);
        return true;
    }
    if (!op_to(*x, dt, &y, err)) return false;
    *x = y;
    return true;
}

/* ---- over any dims ------------------------------------------------------------------- */

typedef bool (*ReduceFn)(Tensor *x, int n, const int64_t *dims, bool keepdim, Tensor **out,
                         Err *err);

/* (input, dim, keepdim[, dtype]) */
static bool reduce(Interp *in, const char *fn, ReduceFn op, bool has_dtype, Value *args, Value *out,
                   Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    bool keepdim, ok;
    DType dt = DT_NONE;
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_dims(in, fn, 1, args[1], &d, err) ||
        !arg_bool(in, fn, 2, args[2], &keepdim, err) ||
        (has_dtype && !arg_dtype(fn, 3, args[3], &dt, err)) || !as_dtype(&x, dt, err)) {
        return false;
    }
    ok = op(x, ndims(&d), d.d, keepdim, &y, err);
    tensor_release(x);
    return tensor_return(ok, &y, out);
}

#define REDUCE(name, has_dtype)                                                                    \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        return reduce(in, __func__, op_##name, has_dtype, args, out, err);                         \
    }
REDUCE(sum, true)
REDUCE(mean, true)
REDUCE(prod, true)
REDUCE(logsumexp, false)
REDUCE(amax, false)
REDUCE(amin, false)
REDUCE(all, false)
REDUCE(any, false)
REDUCE(argmax, false)
REDUCE(argmin, false)

static bool do_count_nonzero(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    return ARG_TENSOR(0, &x) && ARG_DIMS(1, &d) &&
           tensor_return(op_count_nonzero(x, ndims(&d), d.d, false, &y, err), &y, out);
}

/* nansum, nanmean: nan counts as absent. */
static bool do_nansum(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *clean = NULL, *y = NULL;
    Dims d;
    bool keepdim, ok;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d) || !ARG_BOOL(2, &keepdim)) return false;
    ok = op_nan_to_num(x, 0, INFINITY, -INFINITY, true, true, &clean, err) &&
         op_sum(clean, ndims(&d), d.d, keepdim, &y, err);
    tensor_release(clean);
    return tensor_return(ok, &y, out);
}

/* ---- var and std ------------------------------------------------------------------------- */

typedef bool (*VarFn)(Tensor *x, int n, const int64_t *dims, double correction, bool keepdim,
                      Tensor **out, Err *err);

/* (input, dim, unbiased, keepdim, correction); var(x, False) is var(x, unbiased=False). */
static bool variance_args(Interp *in, const char *fn, Value *args, Tensor **x, Dims *d,
                          double *correction, bool *keepdim, Err *err) {
    bool unbiased = true;
    Value dim = args[1];
    if (dim.tag == VT_BOOL) unbiased = dim.b, dim = VALUE_NONE;
    if (args[2].tag != VT_NONE && !arg_bool(in, fn, 2, args[2], &unbiased, err)) return false;
    *correction = unbiased;
    return arg_tensor(fn, 0, args[0], x, err) && arg_dims(in, fn, 1, dim, d, err) &&
           arg_bool(in, fn, 3, args[3], keepdim, err) &&
           (args[4].tag == VT_NONE || arg_float(in, fn, 4, args[4], correction, err));
}

static bool variance(Interp *in, const char *fn, VarFn op, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    double correction;
    bool keepdim;
    return variance_args(in, fn, args, &x, &d, &correction, &keepdim, err) &&
           tensor_return(op(x, ndims(&d), d.d, correction, keepdim, &y, err), &y, out);
}

static bool do_var(Interp *in, Value *args, Value *out, Err *err) {
    return variance(in, __func__, op_var, args, out, err);
}

static bool do_std(Interp *in, Value *args, Value *out, Err *err) {
    return variance(in, __func__, op_std, args, out, err);
}

static bool do_var_mean(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *ts[2] = {NULL, NULL};
    Dims d;
    double correction;
    bool keepdim;
    if (!variance_args(in, __func__, args, &x, &d, &correction, &keepdim, err)) return false;
    if (!op_var_mean(x, ndims(&d), d.d, correction, keepdim, &ts[0], &ts[1], err)) return false;
    *out = tensors_tuple_take(2, ts);
    return true;
}

static bool do_std_mean(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *ts[2] = {NULL, NULL};
    Dims d;
    double correction;
    bool keepdim;
    if (!variance_args(in, __func__, args, &x, &d, &correction, &keepdim, err)) return false;
    if (!op_std(x, ndims(&d), d.d, correction, keepdim, &ts[0], err)) return false;
    if (!op_mean(x, ndims(&d), d.d, keepdim, &ts[1], err)) {
        tensor_release(ts[0]);
        return false;
    }
    *out = tensors_tuple_take(2, ts);
    return true;
}

/* ---- norm ------------------------------------------------------------------------------------ */

static bool norm_order(Value p, double *order, Err *err) {
    *order = 2;
    if (p.tag == VT_NONE || str_eq_cstr(p, "fro")) return true;
    if (str_eq_cstr(p, "inf")) {
        *order = INFINITY;
        return true;
    }
    return arg_float(NULL, "torch_norm", 1, p, order, err);
}

static bool do_norm(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Dims d;
    double p;
    bool keepdim, ok;
    DType dt;
    if (str_eq_cstr(args[1], "nuc"))
        return import_call(in, "torch.linalg._parts", "norm", args, 5, out, err);
    if (!ARG_TENSOR(0, &x) || !norm_order(args[1], &p, err) || !ARG_DIMS(2, &d) ||
        !ARG_BOOL(3, &keepdim) || !ARG_DTYPE(4, &dt) || !as_dtype(&x, dt, err)) {
        return false;
    }
    ok = op_norm(x, p, ndims(&d), d.d, keepdim, &y, err);
    tensor_release(x);
    return tensor_return(ok, &y, out);
}

/* ---- max and min: three forms in one name --------------------------------------------------- */

typedef bool (*AllFn)(Tensor *x, Tensor **out, Err *err);
typedef bool (*DimFn)(Tensor *x, int64_t dim, bool keepdim, Tensor **values, Tensor **indices,
                      Err *err);

/* max(x), max(x, dim, keepdim) -> (values, indices), max(x, other). */
static bool extreme(Interp *in, const char *fn, AllFn all, DimFn along, const OpDef *pair,
                    const ReturnKind *kind, Value *args, Value *out, Err *err) {
    Tensor *x, *other, *values = NULL, *indices = NULL;
    int64_t dim;
    bool keepdim;
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_bool(in, fn, 2, args[2], &keepdim, err)) {
        return false;
    }
    if (args[1].tag == VT_NONE) {
        if (tensor_numel(x) == 0) {
            return err_set(err, ERR_RUNTIME,
                           "%s(): Expected reduction dim to be specified for input.numel() == 0. "
                           "Specify the reduction dim with the 'dim' argument.",
                           arg_fn_name(fn));
        }
        return tensor_return(all(x, &values, err), &values, out);
    }
    other = value_tensor(args[1]);
    if (other) return tensor_return(op_binary(pair, x, other, &values, err), &values, out);
    if (!arg_int(in, fn, 1, args[1], &dim, err)) return false;
    if (!along(x, dim, keepdim, &values, &indices, err)) return false;
    *out = return_tuple_take(kind, (Value[]){tensor_wrap_take(values), tensor_wrap_take(indices)});
    return true;
}

static bool do_max(Interp *in, Value *args, Value *out, Err *err) {
    return extreme(in, __func__, op_max, op_max_dim, &opdef_maximum, &return_max, args, out, err);
}

static bool do_min(Interp *in, Value *args, Value *out, Err *err) {
    return extreme(in, __func__, op_min, op_min_dim, &opdef_minimum, &return_min, args, out, err);
}

static bool do_aminmax(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"aminmax", 2, {"min", "max"}};
    Tensor *x, *lo = NULL, *hi = NULL;
    Dims d;
    bool keepdim;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d) || !ARG_BOOL(2, &keepdim)) return false;
    if (!op_amin(x, ndims(&d), d.d, keepdim, &lo, err)) return false;
    if (!op_amax(x, ndims(&d), d.d, keepdim, &hi, err)) {
        tensor_release(lo);
        return false;
    }
    *out = return_tuple_take(&kind, (Value[]){tensor_wrap_take(lo), tensor_wrap_take(hi)});
    return true;
}

/* ---- softmax, running sums ------------------------------------------------------------------ */

typedef bool (*AlongFn)(Tensor *x, int64_t dim, Tensor **out, Err *err);

static bool along(Interp *in, const char *fn, AlongFn op, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t dim;
    DType dt;
    bool ok;
    if (!arg_tensor(fn, 0, args[0], &x, err) || !arg_int(in, fn, 1, args[1], &dim, err) ||
        !arg_dtype(fn, 2, args[2], &dt, err) || !as_dtype(&x, dt, err)) {
        return false;
    }
    ok = op(x, dim, &y, err);
    tensor_release(x);
    return tensor_return(ok, &y, out);
}

#define ALONG(name)                                                                                \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        return along(in, __func__, op_##name, args, out, err);                                     \
    }
ALONG(softmax)
ALONG(log_softmax)
ALONG(cumsum)
ALONG(cumprod)

#define ALONG_(name)                                                                               \
    static bool do_##name##_(Interp *in, Value *args, Value *out, Err *err) {                      \
        Tensor *x;                                                                                 \
        int64_t dim;                                                                               \
        if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &dim) || !op_##name##_(x, dim, err)) return false;   \
        *out = value_retain(args[0]);                                                              \
        return true;                                                                               \
    }
ALONG_(cumsum)
ALONG_(cumprod)

#define RUNNING(name)                                                                              \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        static const ReturnKind kind = {#name, 2, {"values", "indices"}};                          \
        Tensor *x, *v = NULL, *i = NULL;                                                           \
        int64_t dim;                                                                               \
        if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &dim) || !op_##name(x, dim, &v, &i, err))            \
            return false;                                                                          \
        *out = return_tuple_take(&kind, (Value[]){tensor_wrap_take(v), tensor_wrap_take(i)});      \
        return true;                                                                               \
    }
RUNNING(cummax)
RUNNING(cummin)

#define B TORCH_BOTH_OUT
#define X23 ">>> x = torch.tensor([[1., 5., 3.], [4., 2., 6.]])\n"
#define OVER "(input: Tensor, dim=None, keepdim: bool = False"

const NativeRow torch_reduce_rows[] = {
    {"sum" OVER ", *, dtype: dtype = None) -> Tensor", do_sum, B,
     "The sum over dims (None: all). Integers add as int64.",
     X23 ">>> x.sum(dim=1)\n"
         "tensor([ 9., 12.])"},
    {"mean" OVER ", *, dtype: dtype = None) -> Tensor", do_mean, B, "The average over dims.",
     X23 ">>> x.mean(-1, keepdim=True)\n"
         "tensor([[3.],\n"
         "        [4.]])"},
    {"prod" OVER ", *, dtype: dtype = None) -> Tensor", do_prod, B,
     "The product, of all or over one dim.",
     X23 ">>> x.prod()\n"
         "tensor(720.)"},
    {"nansum" OVER ") -> Tensor", do_nansum, B, "The sum without nans.",
     ">>> torch.nansum(torch.tensor([1., float('nan')]))\n"
     "tensor(1.)"},
    {"var(input: Tensor, dim=None, unbiased: bool = None, keepdim: bool = False, *, correction: "
     "int = None) -> Tensor",
     do_var, B, "Variance; unbiased divides by n - 1, unbiased=False by n.",
     X23 ">>> x.var(-1, unbiased=False)\n"
         "tensor([2.6667, 2.6667])"},
    {"std(input: Tensor, dim=None, unbiased: bool = None, keepdim: bool = False, *, correction: "
     "int = None) -> Tensor",
     do_std, B, "Standard deviation: the square root of var.",
     X23 ">>> x.std(dim=0)\n"
         "tensor([2.1213, 2.1213, 2.1213])"},
    {"var_mean(input: Tensor, dim=None, unbiased: bool = None, keepdim: bool = False, *, "
     "correction: int = None)",
     do_var_mean, TORCH_FN_OUT, "Variance and mean.",
     X23 ">>> torch.var_mean(x)\n"
         "(tensor(3.5000), tensor(3.5000))"},
    {"std_mean(input: Tensor, dim=None, unbiased: bool = None, keepdim: bool = False, *, "
     "correction: int = None)",
     do_std_mean, TORCH_FN_OUT, "Standard deviation and mean.",
     X23 ">>> torch.std_mean(x)\n"
         "(tensor(1.8708), tensor(3.5000))"},
    {"norm(input: Tensor, p=2, dim=None, keepdim: bool = False, dtype: dtype = None) -> Tensor",
     do_norm, B, "(sum |x|^p)^(1/p); p may be inf.",
     X23 ">>> x.norm(dim=1)\n"
         "tensor([5.9161, 7.4833])"},
    {"logsumexp(input: Tensor, dim, keepdim: bool = False) -> Tensor", do_logsumexp, B,
     "log(sum(exp(x))) without overflow.",
     X23 ">>> x.logsumexp(1)\n"
         "tensor([5.1429, 6.1429])"},
    {"amax(input: Tensor, dim=None, keepdim: bool = False) -> Tensor", do_amax, B,
     "The greatest over dims.",
     X23 ">>> x.amax(1)\n"
         "tensor([5., 6.])"},
    {"amin(input: Tensor, dim=None, keepdim: bool = False) -> Tensor", do_amin, B,
     "The least over dims.",
     X23 ">>> x.amin(0)\n"
         "tensor([1., 2., 3.])"},
    {"aminmax(input: Tensor, *, dim=None, keepdim: bool = False)", do_aminmax, B,
     "Least and greatest.",
     X23 ">>> torch.aminmax(x)\n"
         "torch.return_types.aminmax(\n"
         "min=tensor(1.),\n"
         "max=tensor(6.))"},
    {"max(input: Tensor, dim=None, keepdim: bool = False)", do_max, B,
     "The greatest element; with a dim the greatest of each row and where it stands; with another "
     "tensor the greater of both.",
     X23 ">>> x.max()\n"
         "tensor(6.)\n"
         ">>> x.max(dim=1)\n"
         "torch.return_types.max(\n"
         "values=tensor([5., 6.]),\n"
         "indices=tensor([1, 2]))"},
    {"min(input: Tensor, dim=None, keepdim: bool = False)", do_min, B,
     "The least element; with a dim the least of each row and where it stands; with another "
     "tensor the lesser of both.",
     X23 ">>> values, indices = x.min(0)\n"
         ">>> indices\n"
         "tensor([0, 1, 0])"},
    {"argmax(input: Tensor, dim: int = None, keepdim: bool = False) -> Tensor", do_argmax, B,
     "Where the greatest stands: in the flattened tensor, or along dim.",
     X23 ">>> x.argmax(dim=-1)\n"
         "tensor([1, 2])"},
    {"argmin(input: Tensor, dim: int = None, keepdim: bool = False) -> Tensor", do_argmin, B,
     "Where the least stands.",
     X23 ">>> x.argmin()\n"
         "tensor(0)"},
    {"all" OVER ") -> Tensor", do_all, B, "Whether all are not 0.",
     X23 ">>> (x > 0).all()\n"
         "tensor(True)"},
    {"any" OVER ") -> Tensor", do_any, B, "Whether one is not 0.",
     X23 ">>> (x > 5).any(dim=1)\n"
         "tensor([False,  True])"},
    {"count_nonzero(input: Tensor, dim=None) -> Tensor", do_count_nonzero, B, "How many are not 0.",
     ">>> torch.count_nonzero(torch.tensor([0, 1, 2]))\n"
     "tensor(2)"},
    {"softmax(input: Tensor, dim: int, dtype: dtype = None) -> Tensor", do_softmax, B,
     "exp(x - max) / sum over dim: positive, sums to 1.",
     ">>> torch.softmax(torch.tensor([[1., 2., 3.]]), dim=-1)\n"
     "tensor([[0.0900, 0.2447, 0.6652]])"},
    {"log_softmax(input: Tensor, dim: int, dtype: dtype = None) -> Tensor", do_log_softmax, B,
     "log(softmax(x)), exactly.",
     ">>> torch.log_softmax(torch.tensor([1., 2.]), 0)\n"
     "tensor([-1.3133, -0.3133])"},
    {"cumsum(input: Tensor, dim: int, dtype: dtype = None) -> Tensor", do_cumsum, B,
     "Running sum along dim.",
     ">>> torch.arange(1, 5).cumsum(0)\n"
     "tensor([ 1,  3,  6, 10])"},
    {"cumsum_(self, dim: int) -> Tensor", do_cumsum_, TORCH_METHOD | NATIVE_MUTATES,
     "cumsum in place.", NULL},
    {"cumprod_(self, dim: int) -> Tensor", do_cumprod_, TORCH_METHOD | NATIVE_MUTATES,
     "cumprod in place.", NULL},
    {"cumprod(input: Tensor, dim: int, dtype: dtype = None) -> Tensor", do_cumprod, B,
     "Running product along dim.",
     ">>> torch.arange(1, 5).cumprod(0)\n"
     "tensor([ 1,  2,  6, 24])"},
    {"cummax(input: Tensor, dim: int)", do_cummax, B, "Running maximum and where it stands.",
     ">>> torch.tensor([1, 3, 2]).cummax(0).values\n"
     "tensor([1, 3, 3])"},
    {"cummin(input: Tensor, dim: int)", do_cummin, B, "Running minimum and where it stands.",
     ">>> torch.tensor([3, 1, 2]).cummin(0).values\n"
     "tensor([3, 1, 1])"},
    {0},
};
