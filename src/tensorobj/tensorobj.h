/* Tensors as values of the dialect: the type torch.Tensor, its subclass
 * torch.nn.Parameter, and how C code passes between Tensor and Value.
 *
 *     Tensor *x = value_tensor(args[0]);          (borrowed; NULL: no tensor)
 *     Tensor *y = NULL;
 *     return tensor_return(op_exp(x, &y, err), &y, out);
 */
#ifndef QKV_TENSOROBJ_TENSOROBJ_H
#define QKV_TENSOROBJ_TENSOROBJ_H

#include "eval/native.h"
#include "value/obj.h"
#include "value/value.h"
#include "tensor/tensor.h"

/* Attributes that a user hangs on a tensor live in dict, at the place where every
 * type with TYPE_HASDICT keeps it (InstObj). */
typedef struct TensorObj {
    Obj head;
    Dict *dict; /* NULL until the first */
    Tensor *t;  /* owned */
} TensorObj;

extern Type type_tensor, type_parameter;

/* The tensor inside a Tensor or a subclass instance, borrowed; NULL for anything else. */
static inline Tensor *value_tensor(Value v) {
    if (v.tag != VT_OBJ) return NULL;
    if (v.o->type == &type_tensor || value_isinstance(v, &type_tensor)) {
        return ((TensorObj *)v.o)->t;
    }
    return NULL;
}
/* A new torch.Tensor value; takes over the reference. */
Value tensor_wrap_take(Tensor *t);
/* The end of most bodies: wraps *t when ok. */
static inline bool tensor_return(bool ok, Tensor **t, Value *out) {
    if (ok) *out = tensor_wrap_take(*t);
    return ok;
}
/* Appends what a tensor's text says of its gradient: "grad_fn=<MmBackward0>", "requires_grad=True"
 * or nothing. */
void tensor_grad_text(const Tensor *t, Str *out);
/* requires_grad=True of a creation; ERR_RUNTIME for integers. */
bool tensor_make_leaf(Tensor *t, Err *err);
/* torch.tensor(data): a copy of nested sequences, an array or a tensor; dt DT_COUNT: the data's. */
bool tensor_of_data(Interp *in, Value data, DType dt, Tensor **out, Err *err);
/* The same of nested sequences alone, whose parts may be arrays and tensors of one element. */
bool tensor_from_nest(Value data, DType dt, Tensor **out, Err *err);
/* torch.FloatTensor, LongTensor and their kin (legacy.c): into the module torch, by the
 * dtype, and what torch.Tensor(...) makes. "torch.FloatTensor" of DT_F32. */
void tensor_legacy_install(Interp *in, Value module);
bool tensor_legacy(Interp *in, const char *name, DType dt, const CallArgs *args, Value *out,
                   Err *err);
bool legacy_dtype(Value v, DType *out); /* false: v is none of these types */
const char *legacy_name(DType dt);
/* For the collector: the functions that only t holds, as hooks of its gradient. */
void tensor_hooks_traverse(const Tensor *t, GcVisit visit, void *ctx);

/* The error of a product whose inner sizes differ: names both operands as written, the sizes that
 * meet and the transpose that would fit. False. */
bool matmul_mismatch(Interp *in, const char *sign, Tensor *a, Tensor *b, Err *err);

/* Methods and properties of Tensor that stand beside the type; torch.h has the others. */
extern const NativeRow tensor_attr_rows[], tensor_convert_rows[], tensor_hook_rows[];

/* Fills the slots of both types; once, before the first tensor is made. */
void tensor_slots_install(void);

/* Slots that have a file of their own. */
bool tensor_slot_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
bool tensor_slot_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
bool tensor_slot_unary(Interp *in, Op op, Value a, Value *out, Err *err);
bool tensor_slot_getitem(Interp *in, Value self, Value key, Value *out, Err *err);
bool tensor_slot_setitem(Interp *in, Value self, Value key, Value v, Err *err);
bool tensor_slot_len(Interp *in, Value self, int64_t *out, Err *err);
bool tensor_slot_iter(Interp *in, Value self, Value *out, Err *err);
bool tensor_slot_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err);

/* Element at a flat contiguous place as a Python number (bool, int or float). */
Value tensor_number(const Tensor *t, const int64_t *index);
/* The value of a one-element tensor; ERR_VALUE ("only one element tensors can be
 * converted to Python scalars") otherwise. */
bool tensor_item(const Tensor *t, Value *out, Err *err);
/* Nested lists of numbers; a number for a scalar. */
bool tensor_tolist(const Tensor *t, Value *out, Err *err);

#endif
