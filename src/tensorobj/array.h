/* Arrays and scalars of numpy as all that takes tensors sees them: objects that hold a tensor too.
 * The types are numpy's own, which says them here.
 *
 *     Tensor *t = value_array(v);                 (borrowed; NULL: neither array nor scalar)
 *     Tensor *t = tensor_peek(v);                 (the same, and tensors)
 */
#ifndef QKV_TENSOROBJ_ARRAY_H
#define QKV_TENSOROBJ_ARRAY_H

#include "value/value.h"
#include "tensor/tensor.h"

typedef struct ArrayObj {
    Obj head;
    Tensor *t;     /* owned; carries no gradient */
    bool reversed; /* stands for a view with negative steps, which tensors have not: a copy */
} ArrayObj;

/* Which types these are: arrays, and what all scalars are instances of. Process-wide. */
void array_types_register(Type *array, Type *scalar);

bool value_is_np_scalar(Value v);
/* The tensor inside an array or a scalar. */
Tensor *value_array(Value v);
/* The tensor inside a tensor, an array or a scalar, borrowed; NULL when it is none. */
Tensor *tensor_peek(Value v);
/* An ndarray whatever its dims; takes over the reference. */
Value array_wrap_take(Tensor *t);

#endif
