/* Tensors from Python data and from nothing: tensor(), zeros, arange, eye, ... */
#include "config.h"

#include <math.h>
#include <string.h>

#include "tensorobj/array.h"
#include "torch/creation.h"
#include "torch/torch.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "value/complex.h"
#include "grad/tape.h"
#include "tensor/convert.h"
#include "tensor/copy.h"
#include "tensor/create.h"

/* The keywords that end every creation's signature, and where a body finds them. */
#define LIKE_KEYS "dtype: dtype = None, device=None, requires_grad: bool = False"
#define KEYS LIKE_KEYS ", layout=None, pin_memory: bool = False, generator=None"

/* creation_options, and layout= and pin_memory= behind them. */
static bool options(Interp *in, const char *fn, Value *args, int first, DType dflt, Creation *o,
                    Err *err) {
    return creation_options(in, fn, args, first, dflt, o, err) &&
           layout_check(args[first + 3], err) && pin_memory_check(in, args[first + 4], err);
}

/* ---- tensor(data) ------------------------------------------------------------------ */

static bool do_tensor(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Tensor *t = NULL;
    if (!creation_options(in, __func__, args, 1, DT_NONE, &o, err) ||
        !pin_memory_check(in, args[4], err))
        return false;
    return creation_return(tensor_of_data(in, args[0], o.dt, &t, err), &o, &t, out, err);
}

static bool do_from_numpy(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x = value_is_np_scalar(args[0]) ? NULL : value_array(args[0]);
    UNUSED(in);
    if (!x) {
        return err_set(err, ERR_TYPE, "expected np.ndarray (got %s)", value_type(args[0])->name);
    }
    *out = tensor_wrap_take(tensor_retain(x));
    return true;
}

/* No copy where the dtype is right. */
static bool do_as_tensor(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x = tensor_peek(args[0]);
    DType dt;
    Value call[5] = {args[0], args[1], args[2], value_bool(false), value_bool(false)};
    if (!ARG_DTYPE(1, &dt)) return false;
    if (x && (dt == DT_NONE || dt == (DType)x->dtype)) {
        *out = value_tensor(args[0]) ? value_retain(args[0]) : tensor_wrap_take(tensor_retain(x));
        return true;
    }
    return do_tensor(in, call, out, err);
}

/* ---- constants ------------------------------------------------------------------------ */

/* zeros(*size, size=None, KEYS): the sizes stand in slot 0 or in the keyword. */
static bool sizes(Interp *in, const char *fn, Value *args, Dims *d, Err *err) {
    Value from = args[1].tag != VT_NONE ? args[1] : args[0];
    if (!arg_dims(in, fn, 0, from, d, err)) return false;
    for (int i = 0; i < d->n; i++) {
        if (d->d[i] >= 0) continue;
        return err_set(err, ERR_RUNTIME, "Trying to create tensor with negative dimension %lld",
                       (long long)d->d[i]);
    }
    return true;
}

#define CONSTANT(name, value)                                                                      \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Creation o;                                                                                \
        Dims d;                                                                                    \
        Tensor *t = NULL;                                                                          \
        return sizes(in, __func__, args, &d, err) &&                                               \
               options(in, __func__, args, 2, dtype_default(), &o, err) &&                         \
               creation_return(tensor_full_f64(o.dt, d.n, d.d, value, &t, err), &o, &t, out, err); \
    }
CONSTANT(zeros, 0)
CONSTANT(ones, 1)

static DType number_dtype(Value v) {
    if (value_is(v, &type_complex)) return DT_C64;
    return v.tag == VT_BOOL ? DT_BOOL : v.tag == VT_INT ? DT_I64 : dtype_default();
}

/* n sizes filled with a Python number or a tensor of one element. */
static bool filled(const Creation *o, const Dims *d, Tensor *value, Tensor **t, Err *err) {
    return number_fits(o->dt, value, err) && tensor_full(o->dt, d->n, d->d, value, t, err);
}

static bool do_full(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Dims d;
    Tensor *value, *t = NULL;
    bool ok;
    if (!ARG_DIMS(0, &d) || !ARG_OPERAND(1, &value)) return false;
    ok = options(in, __func__, args, 2,
                 value->wrapped ? number_dtype(args[1]) : (DType)value->dtype, &o, err) &&
         creation_return(filled(&o, &d, value, &t, err), &o, &t, out, err);
    tensor_release(value);
    return ok;
}

static bool like(Interp *in, const char *fn, Value *args, double v, Value *out, Err *err) {
    Creation o;
    Tensor *x, *t = NULL;
    return arg_tensor(fn, 0, args[0], &x, err) &&
           options(in, fn, args, 1, (DType)x->dtype, &o, err) &&
           creation_return(tensor_full_like(x, o.dt, v, &t, err), &o, &t, out, err);
}

static bool do_zeros_like(Interp *in, Value *args, Value *out, Err *err) {
    return like(in, __func__, args, 0, out, err);
}

static bool do_ones_like(Interp *in, Value *args, Value *out, Err *err) {
    return like(in, __func__, args, 1, out, err);
}

static bool do_full_like(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Tensor *x, *value, *t = NULL;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_OPERAND(1, &value)) return false;
    ok = options(in, __func__, args, 2, (DType)x->dtype, &o, err) &&
         number_fits(o.dt, value, err) &&
         creation_return(tensor_full(o.dt, x->ndim, x->shape, value, &t, err), &o, &t, out, err);
    tensor_release(value);
    return ok;
}

/* x.new_zeros(*size): x's dtype unless another is given. */
static bool new_filled(Interp *in, const char *fn, Value *args, double v, Value *out, Err *err) {
    Creation o;
    Dims d;
    Tensor *x, *t = NULL;
    return arg_tensor(fn, 0, args[0], &x, err) && arg_dims(in, fn, 1, args[1], &d, err) &&
           options(in, fn, args, 2, (DType)x->dtype, &o, err) &&
           creation_return(tensor_full_f64(o.dt, d.n, d.d, v, &t, err), &o, &t, out, err);
}

static bool do_new_zeros(Interp *in, Value *args, Value *out, Err *err) {
    return new_filled(in, __func__, args, 0, out, err);
}

static bool do_new_ones(Interp *in, Value *args, Value *out, Err *err) {
    return new_filled(in, __func__, args, 1, out, err);
}

static bool do_new_full(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Dims d;
    Tensor *x, *value, *t = NULL;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_DIMS(1, &d) || !ARG_OPERAND(2, &value)) return false;
    ok = options(in, __func__, args, 3, (DType)x->dtype, &o, err) &&
         creation_return(filled(&o, &d, value, &t, err), &o, &t, out, err);
    tensor_release(value);
    return ok;
}

static bool do_new_tensor(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Tensor *x, *t = NULL;
    return ARG_TENSOR(0, &x) && options(in, __func__, args, 2, (DType)x->dtype, &o, err) &&
           creation_return(tensor_from_nest(args[1], o.dt, &t, err), &o, &t, out, err);
}

/* ---- ranges --------------------------------------------------------------------------------- */

static bool do_arange(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Tensor *t = NULL;
    double start, end, step;
    DType dt = DT_I64;
    Value from = args[0], to = args[1];
    bool ok;
    if (to.tag == VT_NONE) to = from, from = value_int(0);
    if (!arg_float(in, __func__, 0, from, &start, err) ||
        !arg_float(in, __func__, 1, to, &end, err) || !ARG_FLOAT(2, &step)) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        Tensor *x = value_tensor(args[i]);
        if (args[i].tag == VT_FLOAT || (x && dtype_is_float((DType)x->dtype))) dt = dtype_default();
    }
    if (!options(in, __func__, args, 3, dt, &o, err)) return false;
    DType wide = dtype_is_int(o.dt) ? DT_I64 : o.dt == DT_F32 ? DT_F64 : DT_F32;
    if (o.dt != DT_F64 && !(number_fits_f64(wide, start, err) && number_fits_f64(wide, end, err) &&
                            number_fits_f64(wide, step, err))) {
        return false;
    }
    if (dt == DT_I64 && dtype_is_int(o.dt)) {
        ok = tensor_arange_i64(o.dt, (int64_t)start, (int64_t)end, (int64_t)step, &t, err);
    } else {
        ok = tensor_arange_f64(o.dt, start, end, step, &t, err);
    }
    return creation_return(ok, &o, &t, out, err);
}

static bool do_linspace(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Tensor *t = NULL;
    double a, b;
    int64_t n;
    return ARG_FLOAT(0, &a) && ARG_FLOAT(1, &b) && ARG_INT(2, &n) &&
           options(in, __func__, args, 3, dtype_default(), &o, err) &&
           number_fits_f64(o.dt, a, err) && number_fits_f64(o.dt, b, err) &&
           creation_return(tensor_linspace(o.dt, a, b, n, &t, err), &o, &t, out, err);
}

static bool do_logspace(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Tensor *t = NULL;
    double a, b, base;
    int64_t n;
    return ARG_FLOAT(0, &a) && ARG_FLOAT(1, &b) && ARG_INT(2, &n) && ARG_FLOAT(3, &base) &&
           options(in, __func__, args, 4, dtype_default(), &o, err) &&
           creation_return(tensor_logspace(o.dt, a, b, n, base, &t, err), &o, &t, out, err);
}

static bool do_eye(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Tensor *t = NULL;
    int64_t n, m;
    if (!ARG_INT(0, &n)) return false;
    m = n;
    return (args[1].tag == VT_NONE || ARG_INT(1, &m)) &&
           options(in, __func__, args, 2, dtype_default(), &o, err) &&
           creation_return(tensor_eye(o.dt, n, m, &t, err), &o, &t, out, err);
}

#define TRIANGLE(name)                                                                             \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *t = NULL, *y = NULL;                                                               \
        int64_t rows, cols, offset;                                                                \
        DType dt;                                                                                  \
        bool ok = ARG_INT(0, &rows) && ARG_INT(1, &cols) && ARG_INT(2, &offset) &&                 \
                  ARG_DTYPE(3, &dt) && device_check(args[4], err) &&                               \
                  tensor_##name(rows, cols, offset, &t, err) &&                                    \
                  tensor_cast(t, dt == DT_NONE ? DT_I64 : dt, &y, err);                            \
        tensor_release(t);                                                                         \
        return tensor_return(ok, &y, out);                                                         \
    }
TRIANGLE(tril_indices)
TRIANGLE(triu_indices)

#define SIZES "*sizes, size=None, " KEYS
#define F TORCH_FN
#define FO TORCH_FN_OUT

const NativeRow torch_create_rows[] = {
    {"tensor(data, " LIKE_KEYS ", pin_memory: bool = False) -> Tensor", do_tensor, F,
     "A copy of nested lists or of a number; ints give int64, floats float32, bools bool.",
     ">>> torch.tensor([[1, 2], [3, 4.5]])\n"
     "tensor([[1.0000, 2.0000],\n"
     "        [3.0000, 4.5000]])"},
    {"as_tensor(data, dtype: dtype = None, device=None) -> Tensor", do_as_tensor, F,
     "A tensor of the data; a tensor of that dtype stays itself.",
     ">>> torch.as_tensor([1, 2])\n"
     "tensor([1, 2])"},
    {"from_numpy(ndarray) -> Tensor", do_from_numpy, F, "A tensor on an array's memory.",
     ">>> import numpy as np; torch.from_numpy(np.array([1.0, 2.0]))\n"
     "tensor([1., 2.], dtype=torch.float64)"},
    {"zeros(" SIZES ") -> Tensor", do_zeros, FO, "All 0.",
     ">>> torch.zeros(2, 3)\n"
     "tensor([[0., 0., 0.],\n"
     "        [0., 0., 0.]])"},
    {"ones(" SIZES ") -> Tensor", do_ones, FO, "All 1.",
     ">>> torch.ones((2, 2), dtype=torch.int64)\n"
     "tensor([[1, 1],\n"
     "        [1, 1]])"},
    {"empty(" SIZES ") -> Tensor", do_zeros, F,
     "A tensor to be filled. PyTorch leaves it uninitialised; here it starts as 0.",
     ">>> torch.empty(2, 3).shape\n"
     "torch.Size([2, 3])"},
    {"full(size, fill_value, " KEYS ") -> Tensor", do_full, FO, "All fill_value.",
     ">>> torch.full((2, 2), float('-inf'))\n"
     "tensor([[-inf, -inf],\n"
     "        [-inf, -inf]])"},
    {"zeros_like(input: Tensor, " KEYS ", memory_format=None) -> Tensor", do_zeros_like, F,
     "0 in input's shape and dtype.",
     ">>> torch.zeros_like(torch.ones(2, dtype=torch.int64))\n"
     "tensor([0, 0])"},
    {"ones_like(input: Tensor, " KEYS ", memory_format=None) -> Tensor", do_ones_like, F,
     "1 in input's shape and dtype.",
     ">>> torch.ones_like(torch.zeros(2))\n"
     "tensor([1., 1.])"},
    {"empty_like(input: Tensor, " KEYS ", memory_format=None) -> Tensor", do_zeros_like, F,
     "A tensor of input's shape and dtype to be filled; here it starts as 0.",
     ">>> torch.empty_like(torch.ones(2, 3)).shape\n"
     "torch.Size([2, 3])"},
    {"full_like(input: Tensor, fill_value, " KEYS ", memory_format=None) -> Tensor", do_full_like,
     F, "fill_value in input's shape and dtype.",
     ">>> torch.full_like(torch.zeros(2), 3)\n"
     "tensor([3., 3.])"},
    {"new_zeros(self, *size, " KEYS ") -> Tensor", do_new_zeros, TORCH_METHOD | NATIVE_SIZES,
     "0 in self's dtype.",
     ">>> torch.ones(1, dtype=torch.int64).new_zeros(2)\n"
     "tensor([0, 0])"},
    {"new_ones(self, *size, " KEYS ") -> Tensor", do_new_ones, TORCH_METHOD | NATIVE_SIZES,
     "1 in self's dtype.",
     ">>> torch.zeros(1).new_ones((1, 2))\n"
     "tensor([[1., 1.]])"},
    {"new_empty(self, *size, " KEYS ") -> Tensor", do_new_zeros, TORCH_METHOD | NATIVE_SIZES,
     "To be filled, in self's dtype.",
     ">>> torch.zeros(1).new_empty(2, 3).shape\n"
     "torch.Size([2, 3])"},
    {"new_full(self, size, fill_value, " KEYS ") -> Tensor", do_new_full, TORCH_METHOD,
     "fill_value in self's dtype.",
     ">>> torch.zeros(1).new_full((2,), 5)\n"
     "tensor([5., 5.])"},
    {"new_tensor(self, data, " KEYS ") -> Tensor", do_new_tensor, TORCH_METHOD,
     "A copy of data in self's dtype.",
     ">>> torch.zeros(1).new_tensor([1, 2])\n"
     "tensor([1., 2.])"},
    {"arange(start, end=None, step=1, " KEYS ") -> Tensor", do_arange, FO,
     "start, start + step, ... before end. arange(n) counts from 0.",
     ">>> torch.arange(5)\n"
     "tensor([0, 1, 2, 3, 4])\n"
     ">>> torch.arange(0, 1, 0.25)\n"
     "tensor([0.0000, 0.2500, 0.5000, 0.7500])"},
    {"linspace(start, end, steps: int, " KEYS ") -> Tensor", do_linspace, FO,
     "steps points evenly from start to end, both included.",
     ">>> torch.linspace(0, 1, 5)\n"
     "tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])"},
    {"logspace(start, end, steps: int, base: float = 10.0, " KEYS ") -> Tensor", do_logspace, FO,
     "base to the power of linspace(start, end).",
     ">>> torch.logspace(0, 2, 3)\n"
     "tensor([  1.,  10., 100.])"},
    {"eye(n: int, m: int = None, " KEYS ") -> Tensor", do_eye, FO, "The identity matrix.",
     ">>> torch.eye(2)\n"
     "tensor([[1., 0.],\n"
     "        [0., 1.]])"},
    {"tril_indices(row: int, col: int, offset: int = 0, dtype: dtype = None, device=None) -> "
     "Tensor",
     do_tril_indices, F, "Row and column numbers of the lower triangle, (2, count).",
     ">>> torch.tril_indices(2, 2)\n"
     "tensor([[0, 1, 1],\n"
     "        [0, 0, 1]])"},
    {"triu_indices(row: int, col: int, offset: int = 0, dtype: dtype = None, device=None) -> "
     "Tensor",
     do_triu_indices, F, "Row and column numbers of the upper triangle, (2, count).",
     ">>> torch.triu_indices(3, 3, offset=1)\n"
     "tensor([[0, 0, 1],\n"
     "        [1, 2, 2]])"},
    {0},
};
