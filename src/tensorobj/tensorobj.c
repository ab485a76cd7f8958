/* The types torch.Tensor and Parameter: their life and text; what they do is in slots.c. */
#include "config.h"

#include "tensorobj/tensorobj.h"

#include "value/dict.h"
#include "eval/vm.h"
#include "grad/tape.h"
#include "repr/repr.h"

Value tensor_wrap_take(Tensor *t) {
    TensorObj *o = obj_new_late(&type_tensor);
    o->t = t;
    return value_obj(o);
}

static void tensor_destroy(Obj *self) {
    TensorObj *o = (TensorObj *)self;
    tensor_release(o->t);
    dict_free(o->dict);
    o->t = NULL;
    o->dict = NULL;
}

bool tensor_make_leaf(Tensor *t, Err *err) {
    if (dtype_is_float((DType)t->dtype) || dtype_is_complex((DType)t->dtype)) {
        return grad_requires_set(t, true, err);
    }
    return err_set(err, ERR_RUNTIME,
                   "Only Tensors of floating point and complex dtype can require gradients");
}

/* ---- text ---------------------------------------------------------------------- */

void tensor_grad_text(const Tensor *t, Str *out) {
    const char *name = grad_fn_name((Tensor *)t);
    if (name)
        str_printf(out, "grad_fn=<%s>", name);
    else if (t->requires_grad)
        str_add(out, "requires_grad=True");
}

/* PyTorch's text of a tensor ("tensor([1., 2.], requires_grad=True)"). */
static void repr_text(const Tensor *t, Str *out) {
    Str grad = STR_INIT;
    tensor_grad_text(t, &grad);
    const char *suffix[] = {str_cstr(&grad)};
    tensor_repr(out, t, grad.len > 0, suffix, NULL);
    str_clear(&grad);
}

static bool slot_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    repr_text(((TensorObj *)self.o)->t, out);
    return true;
}

static bool parameter_repr(Interp *in, Value self, Str *out, Err *err) {
    str_add(out, "Parameter containing:\n");
    return slot_repr(in, self, out, err);
}

/* ---- truth ----------------------------------------------------------------------------- */

static bool slot_truth(Interp *in, Value self, bool *out, Err *err) {
    static const int64_t zeros[TENSOR_MAX_DIM];
    Tensor *t = ((TensorObj *)self.o)->t;
    int64_t n = tensor_numel(t);
    UNUSED(in);
    if (n != 1) {
        err_set(err, ERR_RUNTIME, "Boolean value of Tensor with %s is ambiguous",
                n ? "more than one value" : "no values");
        return err_hint(err, "use .any() or .all()");
    }
    *out = tensor_get_f64(t, zeros) != 0;
    return true;
}

/* ---- the types ------------------------------------------------------------------------------- */

Type type_tensor = {
    .name = "Tensor",
    .module = "torch",
    .doc = "A block of numbers of one dtype with a shape; see help of its methods.",
    .size = sizeof(TensorObj),
    .dict_offset = offsetof(TensorObj, dict),
    .flags = TYPE_BASE | TYPE_LATE,
    .destroy = tensor_destroy,
    .repr = slot_repr,
    .truth = slot_truth,
    .hash = obj_hash_identity,
};

Type type_parameter = {
    .name = "Parameter",
    .module = "torch.nn.parameter",
    .base = &type_tensor,
    .doc = "A tensor that a Module trains: requires_grad is on, parameters() lists it.",
    .size = sizeof(TensorObj),
    .dict_offset = offsetof(TensorObj, dict),
    .flags = TYPE_BASE,
    .destroy = tensor_destroy,
    .repr = parameter_repr,
    .truth = slot_truth,
    .hash = obj_hash_identity,
};
