/* Attributes of a tensor: shape, dtype, grad, T, ... as property rows; and what
 * can be assigned to.
 */
#include "config.h"

#include <string.h>

#include "tensorobj/tensorobj.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "grad/ops.h"
#include "grad/tape.h"

#define PROPERTY (TORCH_METHOD | NATIVE_PROPERTY)
#define SELF (((TensorObj *)args[0].o)->t)

#define PROP(name, expr)                                                                           \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        UNUSED(in), UNUSED(args), UNUSED(err);                                                     \
        *out = (expr);                                                                             \
        return true;                                                                               \
    }

PROP(shape, size_new(SELF->ndim, SELF->shape))
PROP(dtype, dtype_value((DType)SELF->dtype))
PROP(ndim, value_int(SELF->ndim))
PROP(device, device_cpu())
PROP(requires_grad, value_bool(grad_requires(SELF)))
PROP(is_leaf, value_bool(grad_is_leaf(SELF)))
PROP(itemsize, value_int((int64_t)dtype_size((DType)SELF->dtype)))
PROP(nbytes, value_int(tensor_numel(SELF) * (int64_t)dtype_size((DType)SELF->dtype)))
PROP(is_cuda, value_bool(false))
PROP(is_sparse, value_bool(false))
PROP(is_quantized, value_bool(false))
PROP(output_nr, value_int(grad_output_nr(SELF)))
PROP(retains_grad, value_bool(grad_retains(SELF)))
PROP(version, value_int(SELF->st->version))

static bool do_layout(Interp *in, Value *args, Value *out, Err *err) {
    Value torch;
    bool ok;
    UNUSED(args);
    if (!interp_import(in, "torch", &torch, err)) return false;
    ok = value_getattr_cstr(in, torch, "strided", out, err);
    value_release(torch);
    return ok;
}

static Value maybe_tensor(Tensor *t) {
    return t ? tensor_wrap_take(tensor_retain(t)) : VALUE_NONE;
}
PROP(grad, maybe_tensor(grad_of(SELF)))
PROP(base, maybe_tensor(grad_base(SELF)))

static bool do_data(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *y = NULL;
    UNUSED(in);
    return tensor_return(grad_detach(SELF, &y, err), &y, out);
}

/* .T reverses all dims. */
static bool do_T(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x = SELF, *y = NULL;
    int64_t dims[TENSOR_MAX_DIM];
    UNUSED(in);
    for (int i = 0; i < x->ndim; i++) dims[i] = x->ndim - 1 - i;
    return tensor_return(op_permute(x, x->ndim, dims, &y, err), &y, out);
}

static bool do_mT(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x = SELF, *y = NULL;
    UNUSED(in);
    if (x->ndim < 2) {
        return err_set(err, ERR_RUNTIME,
                       "tensor.mT is only supported on matrices or batches of matrices. Got %d-D "
                       "tensor.",
                       x->ndim);
    }
    return tensor_return(op_transpose(x, -2, -1, &y, err), &y, out);
}

static bool do_H(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x = SELF, *t = NULL, *y = NULL;
    bool ok;
    UNUSED(in);
    if (x->ndim != 2) {
        return err_set(err, ERR_RUNTIME,
                       "tensor.H is only supported on matrices (2-D tensors). "
                       "Got %d-D tensor.",
                       x->ndim);
    }
    if (!op_transpose(x, 0, 1, &t, err)) return false;
    if (!dtype_is_complex((DType)x->dtype)) return tensor_return(true, &t, out);
    ok = op_conj(t, &y, err);
    tensor_release(t);
    return tensor_return(ok, &y, out);
}

static bool do_real(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x = SELF, *y = NULL;
    UNUSED(in);
    if (!dtype_is_complex((DType)x->dtype)) {
        *out = value_retain(args[0]);
        return true;
    }
    return tensor_return(op_real(x, &y, err), &y, out);
}

static bool do_imag(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *y = NULL;
    UNUSED(in);
    if (!dtype_is_complex((DType)SELF->dtype)) {
        return err_set(err, ERR_RUNTIME,
                       "imag is not implemented for tensors with non-complex dtypes.");
    }
    return tensor_return(op_imag(SELF, &y, err), &y, out);
}

/* ---- assignment ------------------------------------------------------------------------ */

static bool set_requires_grad(Interp *in, Tensor *t, Value v, Err *err) {
    bool on;
    return value_truth(in, v, &on, err) && grad_requires_set(t, on, err);
}

static bool set_grad(Tensor *t, Value v, Err *err) {
    Tensor *g = value_tensor(v);
    if (!g && v.tag != VT_NONE && v.tag != VT_UNSET) {
        return err_set(err, ERR_TYPE,
                       "assigned grad expected to be a Tensor or None but got "
                       "grad of type %s",
                       value_type(v)->name);
    }
    return grad_of_set(t, g, err);
}

/* t.data = other: the same tensor object over other's storage; autograd does not notice. */
static bool set_data(Tensor *t, Value v, Err *err) {
    Tensor *from = value_tensor(v);
    Tensor *old;
    if (!from) {
        return err_set(err, ERR_TYPE, "Variable data has to be a tensor, but got %s",
                       value_type(v)->name);
    }
    old = tensor_view_raw(from, from->ndim, from->shape, from->stride, from->offset);
    Storage *st = t->st; /* the alias leaves with t's old storage */
    t->st = old->st;
    old->st = st;
    t->dtype = from->dtype;
    t->ndim = from->ndim;
    t->offset = from->offset;
    memcpy(t->shape, from->shape, sizeof t->shape);
    memcpy(t->stride, from->stride, sizeof t->stride);
    tensor_release(old);
    return true;
}

bool tensor_slot_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    Tensor *t = ((TensorObj *)self.o)->t;
    *done = true;
    if (!strcmp(name->s, "requires_grad")) return set_requires_grad(in, t, v, err);
    if (!strcmp(name->s, "grad")) return set_grad(t, v, err);
    if (!strcmp(name->s, "data")) return set_data(t, v, err);
    if (!strcmp(name->s, "shape") || !strcmp(name->s, "dtype") || !strcmp(name->s, "T") ||
        !strcmp(name->s, "is_leaf") || !strcmp(name->s, "grad_fn")) {
        err_set(err, ERR_ATTRIBUTE,
                "attribute '%s' of 'torch._C._TensorBase' objects is not writable", name->s);
        if (!strcmp(name->s, "shape")) err_hint(err, "x = x.reshape(...) gives another shape");
        if (!strcmp(name->s, "dtype")) err_hint(err, "x = x.to(dtype) converts");
        return false;
    }
    *done = false;
    return true;
}

#define X23 ">>> x = torch.tensor([[1., 2., 3.], [4., 5., 6.]])\n"

const NativeRow tensor_attr_rows[] = {
    {"shape(self) -> Size", do_shape, PROPERTY, "Sizes of the dims, outermost first.",
     X23 ">>> x.shape\ntorch.Size([2, 3])"},
    {"dtype(self) -> dtype", do_dtype, PROPERTY, "The kind of number: torch.float32, ...",
     X23 ">>> x.dtype\ntorch.float32"},
    {"device(self) -> device", do_device, PROPERTY, "Always the CPU.",
     X23 ">>> x.device\ndevice(type='cpu')"},
    {"layout(self)", do_layout, PROPERTY, "Always torch.strided.",
     X23 ">>> x.layout\ntorch.strided"},
    {"ndim(self) -> int", do_ndim, PROPERTY, "How many dims.", X23 ">>> x.ndim\n2"},
    {"T(self) -> Tensor", do_T, PROPERTY, "All dims reversed; a view.",
     X23 ">>> x.T\ntensor([[1., 4.],\n        [2., 5.],\n        [3., 6.]])"},
    {"mT(self) -> Tensor", do_mT, PROPERTY, "The last two dims swapped; a view.",
     X23 ">>> x.mT.shape\ntorch.Size([3, 2])"},
    {"H(self) -> Tensor", do_H, PROPERTY, "A matrix transposed and conjugated.",
     X23 ">>> x.H.shape\ntorch.Size([3, 2])"},
    {"real(self) -> Tensor", do_real, PROPERTY, "The real part.",
     X23 ">>> x.real[0]\ntensor([1., 2., 3.])"},
    {"imag(self) -> Tensor", do_imag, PROPERTY, "The imaginary part of a complex tensor.",
     ">>> torch.polar(torch.ones(1), torch.tensor([torch.pi / 2])).imag\ntensor([1.])"},
    {"data(self) -> Tensor", do_data, PROPERTY,
     "The same values outside autograd; assigning replaces the values.",
     ">>> torch.ones(2, requires_grad=True).data\ntensor([1., 1.])"},
    {"grad(self) -> Tensor", do_grad, PROPERTY,
     "What backward() accumulated in a leaf; None before.",
     ">>> w = torch.tensor(3., requires_grad=True)\n>>> (w * w).backward()\n>>> "
     "w.grad\ntensor(6.)"},
    {"requires_grad(self) -> bool", do_requires_grad, PROPERTY, "Whether autograd follows it.",
     X23 ">>> x.requires_grad\nFalse"},
    {"is_leaf(self) -> bool", do_is_leaf, PROPERTY, "Made by the user, not by an operation.",
     X23 ">>> x.is_leaf\nTrue"},
    {"retains_grad(self) -> bool", do_retains_grad, PROPERTY, "A non-leaf that keeps its grad.",
     X23 ">>> x.retains_grad\nFalse"},
    {"output_nr(self) -> int", do_output_nr, PROPERTY, "Which output of its operation it is.",
     X23 ">>> x.output_nr\n0"},
    {"itemsize(self) -> int", do_itemsize, PROPERTY, "Bytes of one element.",
     X23 ">>> x.itemsize\n4"},
    {"nbytes(self) -> int", do_nbytes, PROPERTY, "Bytes of all elements.", X23 ">>> x.nbytes\n24"},
    {"is_cuda(self) -> bool", do_is_cuda, PROPERTY, "Always False.", X23 ">>> x.is_cuda\nFalse"},
    {"is_sparse(self) -> bool", do_is_sparse, PROPERTY, "Always False.",
     X23 ">>> x.is_sparse\nFalse"},
    {"is_quantized(self) -> bool", do_is_quantized, PROPERTY, "Always False.",
     X23 ">>> x.is_quantized\nFalse"},
    {"_version(self) -> int", do_version, PROPERTY, "Counts writes in place into its storage.",
     ">>> x = torch.zeros(2)\n>>> y = x.add_(1)\n>>> x._version\n1"},
    {"_base(self) -> Tensor", do_base, PROPERTY, "The tensor that a view looks into; or None.",
     X23 ">>> x._base is None\nTrue"},
    {0},
};
