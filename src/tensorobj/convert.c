/* From tensors to Python's numbers and lists, and from one dtype to another. */
#include "config.h"

#include <string.h>

#include "tensorobj/array.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "value/complex.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "tensor/convert.h"
#include "tensor/copy.h"

/* ---- numbers -------------------------------------------------------------------------------- */

static bool do_item(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && tensor_item(x, out, err);
}

static bool do_tolist(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && tensor_tolist(x, out, err);
}

static bool do_float_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !tensor_item(x, out, err)) return false;
    if (out->tag == VT_INT) *out = value_float((double)out->i);
    if (out->tag == VT_BOOL) *out = value_float(out->b);
    return true;
}

static bool do_int_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !tensor_item(x, out, err)) return false;
    if (out->tag == VT_BOOL) *out = value_int(out->b);
    if (out->tag == VT_FLOAT) {
        if (!(out->f >= -9.3e18 && out->f <= 9.2e18)) {
            return err_set(err, ERR_OVERFLOW, "cannot convert float %g to integer", out->f);
        }
        *out = value_int((int64_t)out->f);
    }
    return true;
}

static bool do_index_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x)) return false;
    if (tensor_numel(x) != 1 || dtype_is_float((DType)x->dtype)) {
        return err_set(err, ERR_TYPE,
                       "only integer tensors of a single element can be converted to an index");
    }
    *out = value_int(tensor_get_i64(x, (int64_t[TENSOR_MAX_DIM]){0}));
    return true;
}

/* ---- dtypes ------------------------------------------------------------------------------ */

static bool cast(Value self, DType dt, Value *out, Err *err) {
    Tensor *x = value_tensor(self), *y = NULL;
    if (x->dtype == dt) {
        *out = value_retain(self);
        return true;
    }
    return tensor_return(op_to(x, dt, &y, err), &y, out);
}

#define CAST(name, dt)                                                                             \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        UNUSED(in);                                                                                \
        return cast(args[0], dt, out, err);                                                        \
    }
CAST(float, DT_F32)
CAST(double, DT_F64)
CAST(half, DT_F16)
CAST(bfloat16, DT_BF16)
CAST(long, DT_I64)
CAST(int, DT_I32)
CAST(short, DT_I16)
CAST(char, DT_I8)
CAST(byte, DT_U8)
CAST(cfloat, DT_C64)
CAST(bool, DT_BOOL)
CAST(cpu, value_tensor(args[0])->dtype)

/* to(dtype), to(device), to(device, dtype), to(other), with keywords. */
static bool do_to(Interp *in, Value *args, Value *out, Err *err) {
    enum { SELF, ARGS, DTYPE, DEVICE, NON_BLOCKING, COPY };
    Tensor *x, *like, *y = NULL;
    Value *items;
    int64_t n;
    DType dt;
    bool copy;
    if (!ARG_TENSOR(SELF, &x) || !ARG_DTYPE(DTYPE, &dt) || !device_check(args[DEVICE], err) ||
        !ARG_BOOL(COPY, &copy)) {
        return false;
    }
    seq_items(args[ARGS], &items, &n);
    for (int64_t i = 0; i < n; i++) {
        DType given;
        if (items[i].tag == VT_BOOL) continue; /* non_blocking, copy by place */
        if (value_dtype(items[i], &given))
            dt = given;
        else if ((like = value_tensor(items[i])))
            dt = (DType)like->dtype;
        else if (!device_check(items[i], err))
            return false;
    }
    if (dt == DT_NONE) dt = (DType)x->dtype;
    if (copy && dt == (DType)x->dtype) return tensor_return(op_clone(x, &y, err), &y, out);
    UNUSED(in);
    return cast(args[SELF], dt, out, err);
}

static bool do_type_as(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *like;
    UNUSED(in);
    return ARG_TENSOR(1, &like) && cast(args[0], (DType)like->dtype, out, err);
}

static bool do_type(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    DType dt;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x)) return false;
    if (args[1].tag == VT_NONE) {
        Str name = STR_INIT;
        str_printf(&name, "torch.%s", legacy_name((DType)x->dtype));
        *out = str_value_cstr(str_cstr(&name));
        str_clear(&name);
        return true;
    }
    if (value_is(args[1], &type_str)) {
        for (int d = 0; d < DT_COUNT; d++) {
            const char *given = str_of(args[1])->s;
            if (str_starts(given, "torch.") && !strcmp(given + 6, legacy_name((DType)d)))
                return cast(args[0], (DType)d, out, err);
        }
        return err_set(err, ERR_VALUE, "invalid type: '%s'", str_of(args[1])->s);
    }
    if (!legacy_dtype(args[1], &dt) && !ARG_DTYPE(1, &dt)) return false;
    return cast(args[0], dt, out, err);
}

static bool refuse_cuda(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    err_set(err, ERR_RUNTIME, "qkv computes on the CPU only: there is no CUDA here");
    return err_hint(err, "leave .cuda() out, or write .to(device) with device = 'cpu'");
}

/* ---- copies -------------------------------------------------------------------------------- */

static bool do_clone(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && tensor_return(op_clone(x, &y, err), &y, out);
}

static bool do_contiguous(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x)) return false;
    if (tensor_is_contiguous(x)) {
        *out = value_retain(args[0]);
        return true;
    }
    return tensor_return(op_contiguous(x, &y, err), &y, out);
}

static bool do_detach(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && tensor_return(grad_detach(x, &y, err), &y, out);
}

static bool do_detach_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !grad_detach_(x, err)) return false;
    *out = value_retain(args[0]);
    return true;
}

/* copy.deepcopy: a leaf with values of its own; the class, requires_grad and grad go along.
 * memo is filled by the caller (copy.deepcopy). */
static bool do_deepcopy_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL, *g = NULL;
    TensorObj *o;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x)) return false;
    if (!grad_is_leaf(x)) {
        err_set(err, ERR_RUNTIME,
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment");
        return err_hint(err, "x.detach().clone() copies the values");
    }
    if (!tensor_clone(x, &y, err)) return false;
    if (grad_requires(x) && !grad_requires_set(y, true, err)) goto fail;
    if (grad_of(x)) {
        if (!tensor_clone(grad_of(x), &g, err) || !grad_of_set(y, g, err)) goto fail;
        tensor_release(g);
    }
    o = obj_new(args[0].o->type);
    o->t = y;
    *out = value_obj(o);
    return true;
fail:
    tensor_release(g);
    tensor_release(y);
    return false;
}

static bool do_copy_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *src;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_OPERAND(1, &src)) return false;
    ok = op_copy_(x, src, err);
    tensor_release(src);
    if (ok) *out = value_retain(args[0]);
    return ok;
}

static bool fill(Value self, Tensor *value, Value *out, Err *err) {
    Tensor *x = value_tensor(self);
    bool ok = number_fits((DType)x->dtype, value, err) && op_fill_(x, value, err);
    tensor_release(value);
    if (ok) *out = value_retain(self);
    return ok;
}

static bool do_fill_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *v;
    return ARG_OPERAND(1, &v) && fill(args[0], v, out, err);
}

static bool do_zero_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !op_zero_(x, err)) return false;
    *out = value_retain(args[0]);
    return true;
}

static bool do_numpy(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *plain = NULL;
    bool force;
    if (!ARG_TENSOR(0, &x) || !ARG_BOOL(1, &force)) return false;
    if (grad_requires(x) && force) {
        if (!grad_detach(x, &plain, err)) return false;
        *out = array_wrap_take(plain);
        return true;
    }
    if (grad_requires(x)) {
        return err_set(err, ERR_RUNTIME,
                       "Can't call numpy() on Tensor that requires grad. Use "
                       "tensor.detach().numpy() instead.");
    }
    if (x->dtype == DT_BF16) return err_set(err, ERR_TYPE, "Got unsupported ScalarType BFloat16");
    *out = array_wrap_take(tensor_retain(x));
    return true;
}

/* ---- a tensor's facts as methods ------------------------------------------------------------ */

/* dims of its own has a tensor or has not: unlike elsewhere, no dim 0 of a number. */
static bool own_dim(Interp *in, const char *fn, Value v, const Tensor *x, int *d, Err *err) {
    int64_t dim;
    if (!arg_int(in, fn, 1, v, &dim, err)) return false;
    if (x->ndim > 0) return dim_wrap(dim, x->ndim, d, err);
    return err_set(err, ERR_INDEX, "Dimension specified as %lld but tensor has no dimensions",
                   (long long)dim);
}

static bool do_size(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    int d;
    if (!ARG_TENSOR(0, &x)) return false;
    if (args[1].tag == VT_NONE) {
        *out = size_new(x->ndim, x->shape);
        return true;
    }
    if (!own_dim(in, __func__, args[1], x, &d, err)) return false;
    *out = value_int(x->shape[d]);
    return true;
}

static bool do_stride(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    int d;
    if (!ARG_TENSOR(0, &x)) return false;
    if (args[1].tag == VT_NONE) {
        *out = tuple_new(x->ndim);
        for (int i = 0; i < x->ndim; i++) tuple_items(*out)[i] = value_int(x->stride[i]);
        return true;
    }
    if (!own_dim(in, __func__, args[1], x, &d, err)) return false;
    *out = value_int(x->stride[d]);
    return true;
}

#define FACT(name, expr)                                                                           \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x;                                                                                 \
        UNUSED(in);                                                                                \
        if (!ARG_TENSOR(0, &x)) return false;                                                      \
        *out = (expr);                                                                             \
        return true;                                                                               \
    }
FACT(dim, value_int(x->ndim))
FACT(numel, value_int(tensor_numel(x)))
FACT(is_contiguous, value_bool(tensor_is_contiguous(x)))
FACT(storage_offset, value_int(x->offset))
FACT(data_ptr, value_int((int64_t)(uintptr_t)tensor_data(x)))
FACT(element_size, value_int((int64_t)dtype_size((DType)x->dtype)))
FACT(is_floating_point, value_bool(dtype_is_float((DType)x->dtype)))
FACT(is_complex, value_bool(dtype_is_complex((DType)x->dtype)))
FACT(get_device, (UNUSED(x), value_int(-1)))

#define M TORCH_METHOD
#define MM (TORCH_METHOD | NATIVE_MUTATES)

const NativeRow tensor_convert_rows[] = {
    {"item(self) -> Number", do_item, M, "The value of a tensor with one element.",
     ">>> torch.tensor(2.5).item()\n2.5"},
    {"tolist(self) -> list", do_tolist, M, "Nested lists of Python numbers.",
     ">>> torch.arange(4).reshape(2, 2).tolist()\n[[0, 1], [2, 3]]"},
    {"numpy(self, *, force: bool = False) -> ndarray", do_numpy, M,
     "An array on the tensor's memory; detach() first where it requires grad.",
     ">>> torch.ones(2).numpy()\narray([1., 1.], dtype=float32)"},
    {"__array__(self, dtype=None) -> ndarray", do_numpy, M, "np.asarray(x).", NULL},
    {"__float__(self) -> float", do_float_, M, "float(x).", ">>> float(torch.tensor(2))\n2.0"},
    {"__int__(self) -> int", do_int_, M, "int(x): towards zero.",
     ">>> int(torch.tensor(-2.7))\n-2"},
    {"__index__(self) -> int", do_index_, M, "Use as an index.",
     ">>> ['a', 'b'][torch.tensor(1)]\n'b'"},
    {"__deepcopy__(self, memo=None) -> Tensor", do_deepcopy_, M, "copy.deepcopy(x).",
     ">>> import copy\n>>> copy.deepcopy(torch.ones(2))\ntensor([1., 1.])"},
    {"float(self) -> Tensor", do_float, M, "As float32.",
     ">>> torch.tensor([1, 2]).float()\ntensor([1., 2.])"},
    {"double(self) -> Tensor", do_double, M, "As float64.",
     ">>> torch.tensor([1, 2]).double()\ntensor([1., 2.], dtype=torch.float64)"},
    {"half(self) -> Tensor", do_half, M, "As float16: 11 bits of precision, largest 65504.",
     ">>> torch.tensor([0.1]).half()\ntensor([0.1000], dtype=torch.float16)"},
    {"bfloat16(self) -> Tensor", do_bfloat16, M, "As bfloat16: float32's range, 8 bits.",
     ">>> torch.tensor([1.]).bfloat16()\ntensor([1.], dtype=torch.bfloat16)"},
    {"long(self) -> Tensor", do_long, M, "As int64, towards zero.",
     ">>> torch.tensor([1.7, -1.7]).long()\ntensor([ 1, -1])"},
    {"int(self) -> Tensor", do_int, M, "As int32, towards zero.",
     ">>> torch.tensor([1.7]).int()\ntensor([1], dtype=torch.int32)"},
    {"short(self) -> Tensor", do_short, M, "As int16.",
     ">>> torch.tensor([1.7]).short()\ntensor([1], dtype=torch.int16)"},
    {"char(self) -> Tensor", do_char, M, "As int8.",
     ">>> torch.tensor([1.7]).char()\ntensor([1], dtype=torch.int8)"},
    {"byte(self) -> Tensor", do_byte, M, "As uint8: how masks were before there were bools.",
     ">>> torch.tensor([True, False]).byte()\ntensor([1, 0], dtype=torch.uint8)"},
    {"cfloat(self) -> Tensor", do_cfloat, M, "As complex64.",
     ">>> torch.tensor([1.]).cfloat()\ntensor([1.+0.j])"},
    {"bool(self) -> Tensor", do_bool, M, "True where not zero.",
     ">>> torch.tensor([0., 2.]).bool()\ntensor([False,  True])"},
    {"cpu(self) -> Tensor", do_cpu, M, "Itself.", ">>> torch.ones(1).cpu()\ntensor([1.])"},
    {"cuda(self, device=None) -> Tensor", refuse_cuda, M, "An error: there is no GPU here.", NULL},
    {"to(self, *args, dtype: dtype = None, device=None, non_blocking: bool = False, copy: bool = "
     "False) -> Tensor",
     do_to, M,
     "Converted to a dtype, or to another tensor's; devices other than the CPU are errors.",
     ">>> torch.ones(2).to(torch.int64)\ntensor([1, 1])"},
    {"type_as(self, other: Tensor) -> Tensor", do_type_as, M, "Converted to other's dtype.",
     ">>> torch.ones(2).type_as(torch.tensor(1))\ntensor([1, 1])"},
    {"type(self, dtype=None)", do_type, M, "The old name of its class, or converted to a dtype.",
     ">>> torch.ones(2).type()\n'torch.FloatTensor'"},
    {"clone(input: Tensor, *, memory_format=None) -> Tensor", do_clone, TORCH_BOTH,
     "A copy with storage of its own; gradients flow through.",
     ">>> torch.ones(2).clone()\ntensor([1., 1.])"},
    {"contiguous(self, memory_format=None) -> Tensor", do_contiguous, M,
     "Itself when its elements lie in row-major order, else a copy that does.",
     ">>> torch.ones(2, 3).T.contiguous().stride()\n(2, 1)"},
    {"detach(input: Tensor) -> Tensor", do_detach, TORCH_BOTH,
     "The same values, out of the graph; shares storage.",
     ">>> torch.ones(1, requires_grad=True).detach()\ntensor([1.])"},
    {"detach_(self) -> Tensor", do_detach_, MM, "Takes itself out of the graph.",
     ">>> torch.ones(1).detach_()\ntensor([1.])"},
    {"copy_(self, src, non_blocking: bool = False) -> Tensor", do_copy_, MM,
     "Overwrites with src, broadcast and converted.",
     ">>> torch.zeros(2).copy_(torch.tensor([1, 2]))\ntensor([1., 2.])"},
    {"fill_(self, value) -> Tensor", do_fill_, MM, "Every element becomes value.",
     ">>> torch.zeros(2).fill_(7)\ntensor([7., 7.])"},
    {"zero_(self) -> Tensor", do_zero_, MM, "Every element becomes 0.",
     ">>> torch.ones(2).zero_()\ntensor([0., 0.])"},
    {"size(self, dim: int = None)", do_size, M, "The shape, or the size of one dim.",
     ">>> torch.zeros(2, 3).size(-1)\n3"},
    {"stride(self, dim: int = None)", do_stride, M,
     "Steps in elements from one index of a dim to the next.",
     ">>> torch.zeros(2, 3).stride()\n(3, 1)"},
    {"dim(self) -> int", do_dim, M, "How many dims.", ">>> torch.zeros(2, 3).dim()\n2"},
    {"ndimension(self) -> int", do_dim, M, "Same as dim().",
     ">>> torch.zeros(2, 3).ndimension()\n2"},
    {"numel(input: Tensor) -> int", do_numel, TORCH_BOTH, "How many elements.",
     ">>> torch.zeros(2, 3).numel()\n6"},
    {"nelement(self) -> int", do_numel, M, "Same as numel().",
     ">>> torch.zeros(2, 3).nelement()\n6"},
    {"is_contiguous(self, memory_format=None) -> bool", do_is_contiguous, M,
     "Whether the elements lie in row-major order.",
     ">>> torch.zeros(2, 3).T.is_contiguous()\nFalse"},
    {"storage_offset(self) -> int", do_storage_offset, M,
     "Elements of the storage before the first of this view.",
     ">>> torch.zeros(4)[2:].storage_offset()\n2"},
    {"data_ptr(self) -> int", do_data_ptr, M, "Address of the first element; views share it.",
     ">>> x = torch.zeros(4)\n>>> x.data_ptr() == x.view(2, 2).data_ptr()\nTrue"},
    {"element_size(self) -> int", do_element_size, M, "Bytes of one element.",
     ">>> torch.zeros(1).element_size()\n4"},
    {"is_floating_point(input: Tensor) -> bool", do_is_floating_point, TORCH_BOTH,
     "Whether the dtype is a floating one.", ">>> torch.zeros(1).is_floating_point()\nTrue"},
    {"is_complex(input: Tensor) -> bool", do_is_complex, TORCH_BOTH,
     "Whether the dtype is complex.", ">>> torch.zeros(1).is_complex()\nFalse"},
    {"get_device(self) -> int", do_get_device, M, "-1: the CPU.",
     ">>> torch.zeros(1).get_device()\n-1"},
    {0},
};
