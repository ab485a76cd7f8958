/* The type torch.Tensor: its slots, its text, its life. */
#include "config.h"

#include "tensorobj/tensorobj.h"

#include <string.h>

#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "eval/dict.h"
#include "eval/vm.h"
#include "grad/ops.h"
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

static void tensor_traverse(Obj *self, GcVisit visit, void *ctx) {
    TensorObj *o = (TensorObj *)self;
    if (o->dict) dict_traverse(o->dict, visit, ctx);
    if (o->t) tensor_hooks_traverse(o->t, visit, ctx);
}

bool tensor_make_leaf(Tensor *t, Err *err) {
    if (dtype_is_float((DType)t->dtype) || dtype_is_complex((DType)t->dtype)) {
        return grad_requires_set(t, true, err);
    }
    return err_set(err, ERR_RUNTIME,
                   "Only Tensors of floating point and complex dtype can require gradients");
}

/* ---- text ---------------------------------------------------------------------- */

bool tensor_repr_text(Interp *in, const Tensor *t, Str *out, Err *err) {
    Str fn = STR_INIT;
    const char *suffix[1];
    int n = 0;
    const char *name = grad_fn_name((Tensor *)t);
    UNUSED(in), UNUSED(err);
    if (name) {
        str_printf(&fn, "grad_fn=<%s>", name);
        suffix[n++] = str_cstr(&fn);
    } else if (t->requires_grad) {
        suffix[n++] = "requires_grad=True";
    }
    tensor_repr(out, t, n, suffix, NULL);
    str_clear(&fn);
    return true;
}

static bool slot_repr(Interp *in, Value self, Str *out, Err *err) {
    return tensor_repr_text(in, ((TensorObj *)self.o)->t, out, err);
}

/* A tensor without dims is formatted as its number; another one takes no format. */
static bool slot_format(Interp *in, Value self, const char *spec, size_t n, Str *out, Err *err) {
    Tensor *t = ((TensorObj *)self.o)->t;
    Value number;
    bool ok;
    if (t->ndim == 0 && self.o->type == &type_tensor) {
        if (!tensor_item(t, &number, err)) return false;
        ok = value_format(in, number, spec, n, out, err);
        value_release(number);
        return ok;
    }
    if (n) {
        err_set(err, ERR_TYPE, "unsupported format string passed to Tensor.__format__");
        return err_hint(err, "format one element: x[0].item(), or set torch.set_printoptions");
    }
    return value_str(in, self, out, err);
}

static bool parameter_repr(Interp *in, Value self, Str *out, Err *err) {
    str_add(out, "Parameter containing:\n");
    return tensor_repr_text(in, ((TensorObj *)self.o)->t, out, err);
}

/* ---- truth, hash, membership -------------------------------------------------------- */

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

static bool slot_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = (uint64_t)(uintptr_t)self.o >> 4;
    return true;
}

static bool slot_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    Tensor *x = ((TensorObj *)self.o)->t, *y, *eq = NULL, *any = NULL;
    bool ok;
    UNUSED(in);
    if (!value_operand(item, &y, err)) return false;
    if (!y) {
        return err_set(err, ERR_RUNTIME,
                       "Tensor.__contains__ only supports Tensor or scalar, but "
                       "you passed in a %s.",
                       value_type(item)->name);
    }
    ok = op_eq(x, y, &eq, err) && op_any(eq, 0, NULL, false, &any, err);
    if (ok) *out = tensor_get_i64(any, NULL) != 0;
    tensor_release(y);
    tensor_release(eq);
    tensor_release(any);
    return ok;
}

/* ---- making ------------------------------------------------------------------------------ */

/* torch.Tensor(2, 3) is uninitialised, torch.Tensor([1, 2]) a float copy. */
static bool tensor_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    return tensor_legacy(in, "Tensor", dtype_default(), args, out, err);
}

/* Parameter(data, requires_grad=True): the same values as a leaf of its own. */
static bool parameter_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    bool on = true;
    TensorObj *o;
    if (args->npos > 1 && !value_truth(in, args->pos[1], &on, err)) return false;
    for (int i = 0; i < args->nkw; i++) {
        if (!strcmp(args->kwnames[i]->s, "requires_grad")) {
            if (!value_truth(in, args->kwvals[i], &on, err)) return false;
        }
    }
    if (args->npos == 0) {
        if (!tensor_empty(dtype_default(), 1, (int64_t[]){0}, &y, err)) return false;
    } else {
        if (!arg_tensor("nn_Parameter", 0, args->pos[0], &x, err)) return false;
        if (!grad_detach(x, &y, err)) return false;
    }
    if (on && !grad_requires_set(y, true, err)) {
        tensor_release(y);
        return false;
    }
    o = obj_new(cls);
    o->t = y;
    *out = value_obj(o);
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
    .traverse = tensor_traverse,
    .create = tensor_create,
    .repr = slot_repr,
    .format = slot_format,
    .truth = slot_truth,
    .hash = slot_hash,
    .binary = tensor_slot_binary,
    .inplace = tensor_slot_inplace,
    .unary = tensor_slot_unary,
    .len = tensor_slot_len,
    .contains = slot_contains,
    .getitem = tensor_slot_getitem,
    .setitem = tensor_slot_setitem,
    .setattr = tensor_slot_setattr,
    .iter = tensor_slot_iter,
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
    .traverse = tensor_traverse,
    .create = parameter_create,
    .repr = parameter_repr,
    .format = slot_format,
    .truth = slot_truth,
    .hash = slot_hash,
    .binary = tensor_slot_binary,
    .inplace = tensor_slot_inplace,
    .unary = tensor_slot_unary,
    .len = tensor_slot_len,
    .contains = slot_contains,
    .getitem = tensor_slot_getitem,
    .setitem = tensor_slot_setitem,
    .setattr = tensor_slot_setattr,
    .iter = tensor_slot_iter,
};
