/* What the types Tensor and Parameter do beyond their text: the slots of the other files of this
 * folder, which themselves make tensors and so stand above the types. See tensorobj.h. */
#include "config.h"

#include <string.h>

#include "value/dict.h"
#include "eval/vm.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "tensorobj/args.h"
#include "tensorobj/tensorobj.h"
#include "tensorobj/types.h"

static void tensor_traverse(Obj *self, GcVisit visit, void *ctx) {
    TensorObj *o = (TensorObj *)self;
    if (o->dict) dict_traverse(o->dict, visit, ctx);
    if (o->t) tensor_hooks_traverse(o->t, visit, ctx);
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

/* ---- the slots ----------------------------------------------------------------------------- */

static void set_slots(Type *t) {
    t->traverse = tensor_traverse;
    t->format = slot_format;
    t->binary = tensor_slot_binary;
    t->inplace = tensor_slot_inplace;
    t->unary = tensor_slot_unary;
    t->len = tensor_slot_len;
    t->contains = slot_contains;
    t->getitem = tensor_slot_getitem;
    t->setitem = tensor_slot_setitem;
    t->setattr = tensor_slot_setattr;
    t->iter = tensor_slot_iter;
}

void tensor_slots_install(void) {
    tuple_types_install(); /* of a tensor's shape */
    set_slots(&type_tensor);
    set_slots(&type_parameter);
    type_tensor.create = tensor_create;
    type_parameter.create = parameter_create;
}
